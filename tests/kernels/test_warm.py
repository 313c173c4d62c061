"""Forked kernels: real ones, each for itself, gone when they should be, and ordinary ones where they can't be had."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

import psutil
import pytest
from jupyter_client.manager import KernelManager

from fiscal.kernels import nursery, warm

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"),
    pytest.mark.xdist_group("warm"),  # they share a warm process
]


@contextmanager
def kernel(name="fiscal", **how):
    """Start a kernel as any Jupyter tool does, and give a function that runs code in it and returns what it prints."""
    manager = KernelManager(kernel_name=name)
    # Under pytest an ipykernel does not capture what its children print.
    env = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    manager.start_kernel(**{"env": env} | how)
    client = manager.blocking_client()
    client.start_channels()

    def run(code):
        said = []

        def hear(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                said.append(content["text"])
            elif message["msg_type"] == "error":
                said.append(f"{content['ename']}: {content['evalue']}")

        client.execute_interactive(code, output_hook=hear, timeout=60)
        return "".join(said).strip()

    run.manager, run.client = manager, client
    try:
        client.wait_for_ready(timeout=60)
        yield run
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def gone(pid, seconds=10):
    """Whether a process ends (or is ended and waits to be collected) within this time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.02)
    return False


def test_any_jupyter_tool_gets_a_real_ipykernel_with_the_libraries_imported():
    with kernel() as run:
        assert run("print(type(get_ipython()).__module__)") == "ipykernel.zmqshell"
        assert run("import sys; print('seaborn' in sys.modules, 'fiscal.plots' in sys.modules)") == "True True"
        assert run("from IPython.display import display; 1 / 0") == "ZeroDivisionError: division by zero"
        assert run("import os; os.system('echo from a child')") == "from a child"
        assert run("%%bash\necho magic") == "magic"
    with kernel("python3") as run:
        assert run("import sys; print('seaborn' in sys.modules)") == "False"


def test_the_warm_process_has_no_thread_and_has_executed_nothing_that_starts_one():
    with warm.Nursery(warm.kernel_modules()) as started:
        # A first process is forked only after the imports, and only if there is no thread.
        process = warm.Process(started.address, "this", [], os.getcwd(), dict(os.environ))
        assert process.wait() == 0
        assert os.listdir(f"/proc/{started.pid}/task") == [str(started.pid)]


def test_where_a_thread_runs_in_the_warm_process_an_ordinary_kernel_is_started(tmp_path, monkeypatch, caplog):
    (tmp_path / "threaded.py").write_text(
        "import threading, time\nthreading.Thread(target=time.sleep, args=(1000,), daemon=True).start()\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    from fiscal.kernels.provisioner import WarmProvisioner

    before = WarmProvisioner.__init__

    def with_thread(self, **kwargs):
        before(self, **kwargs | {"modules": ["threaded"]})

    monkeypatch.setattr(WarmProvisioner, "__init__", with_thread)
    with caplog.at_level("WARNING"), kernel() as run:
        assert run("import sys; print('seaborn' in sys.modules, 1 + 1)") == "False 2"
        assert isinstance(run.manager.provisioner.process, subprocess.Popen)


def test_elsewhere_than_on_linux_there_is_no_nursery(monkeypatch):
    monkeypatch.setattr(warm.sys, "platform", "darwin")
    with pytest.raises(warm.Unavailable, match="on Linux only"):
        warm.Nursery([])


def test_a_forked_kernel_sees_what_a_started_one_sees(tmp_path):
    look = (
        "import os, sys, signal, threading, time\n"
        "own = ('JPY_PARENT_PID', 'JPY_SESSION_NAME', 'FISCAL_STARTED_BY')\n"
        "env = {k: v for k, v in os.environ.items() if k not in own}\n"
        "handlers = [signal.getsignal(s) for s in (signal.SIGCHLD, signal.SIGTERM)]\n"
        "print([os.getcwd(), sys.argv[1:2], len(sys.argv), os.path.basename(sys.argv[0]), sys.path, env, handlers,\n"
        "       os.getsid(0) == os.getpid(), sorted(t.name.rstrip('0123456789') for t in threading.enumerate()),\n"
        "       __name__, time.tzname, signal.pthread_sigmask(signal.SIG_BLOCK, [])])"
    )
    environment = dict(os.environ) | {"FISCAL_SEEN": "yes", "TZ": "Asia/Shanghai"}
    seen = {}
    for name in ("fiscal", "python3"):
        with kernel(name, env=dict(environment), cwd=str(tmp_path)) as run:
            # Imported, the debugger says in the environment how it works.
            run("import ipykernel.debugger")
            seen[name] = run(look)
    assert seen["fiscal"] == seen["python3"]
    for words in ("FISCAL_SEEN", "CST", str(tmp_path), "ipykernel_launcher.py"):
        assert words in seen["fiscal"]


def test_no_file_of_the_warm_process_is_open_in_a_kernel():
    with kernel() as run:
        pid = run.manager.provisioner.pid
        parent = psutil.Process(pid).ppid()

        def files(of):
            links = [os.readlink(f"/proc/{of}/fd/{fd}") for fd in os.listdir(f"/proc/{of}/fd") if int(fd) > 2]
            return {link for link in links if link.startswith(("socket:", "pipe:"))}

        assert files(parent)
        assert not files(parent) & files(pid)
        with kernel("python3") as plain:
            assert abs(len(files(pid)) - len(files(plain.manager.provisioner.pid))) <= 1


def test_what_one_kernel_does_to_itself_no_other_sees(tmp_path):
    state = (
        "import os, matplotlib, pandas, seaborn, random, sys, decimal, locale, warnings\n"
        "print(os.getcwd(), os.environ.get('LEAK'), matplotlib.rcParams['font.size'], matplotlib.get_backend(),\n"
        "      pandas.options.display.max_rows, sys.path[:1], decimal.getcontext().prec, len(warnings.filters),\n"
        "      locale.setlocale(locale.LC_ALL), hasattr(seaborn, 'leak'))"
    )
    with kernel(cwd=str(tmp_path)) as run:
        before = run(state)
        run(
            "os.chdir('/'); os.environ['LEAK'] = '1'; matplotlib.rcParams['font.size'] = 99\n"
            "matplotlib.use('agg'); pandas.options.display.max_rows = 3; random.seed(1)\n"
            "sys.path.insert(0, '/leak'); decimal.getcontext().prec = 5; seaborn.leak = bytearray(200_000_000)\n"
            "warnings.simplefilter('error')"
        )
        assert run(state) != before
    with kernel(cwd=str(tmp_path)) as run:
        assert run(state) == before


def test_no_two_kernels_draw_the_same_random_numbers():
    draw = (
        "import random, numpy, uuid, tempfile\n"
        "print(random.random(), numpy.random.rand(), numpy.random.default_rng().random(), uuid.uuid4(), "
        "next(tempfile._get_candidate_names()))"
    )
    drawn = []
    for _ in range(2):
        with kernel() as run:
            drawn.append(run(draw).split())
    assert len(drawn[0]) == 5
    assert not set(drawn[0]) & set(drawn[1])


def test_a_kernel_is_interrupted_restarted_and_ended():
    with kernel() as run:
        manager = run.manager
        first = manager.provisioner.pid
        run.client.execute("import time\nwhile True: time.sleep(0.01)", stop_on_error=False)
        time.sleep(0.3)
        manager.interrupt_kernel()
        assert run.client.get_shell_msg(timeout=10)["content"]["ename"] == "KeyboardInterrupt"
        assert run("print('still there')") == "still there"
        manager.restart_kernel(now=True)
        run.client.wait_for_ready(timeout=60)
        assert run("print('again')") == "again"
        assert gone(first)
        second = manager.provisioner.pid
    assert gone(second)


def test_a_kernel_that_dies_is_seen_to_be_dead_and_its_children_end_with_it():
    with kernel() as run:
        start = "import subprocess; print(subprocess.Popen(['sleep', '1000']{}).pid)"
        children = [int(run(start.format(how))) for how in ("", ", start_new_session=True")]
        # One that its own parent left: it is the warm process's by now.
        children.append(int(run("!sh -c 'setsid sh -c \"sleep 1000 & echo \\$!\"'")))
        run.client.execute("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
        process = run.manager.provisioner.process
        assert gone(run.manager.provisioner.pid)
        assert process.wait() == -signal.SIGSEGV
        with kernel() as another:
            survivor = int(another("!sh -c 'setsid sh -c \"sleep 1000 & echo \\$!\"'"))
            for child in children:
                assert gone(child)
            assert not gone(survivor, 0.2)
    assert gone(survivor)


@pytest.mark.parametrize("killed", ["tool", "nursery"])
def test_when_the_tool_or_the_warm_process_is_killed_nothing_is_left(killed):
    script = (
        "import os, time\n"
        "from fiscal.kernels import warm\n"
        "nursery = warm.Nursery([])\n"
        'code = \'import subprocess, os, time; subprocess.Popen(["sleep", "1000"], start_new_session=True); \'\n'
        "code += 'time.sleep(1000)'\n"
        "open('sleeper.py', 'w').write(code)\n"
        "env = dict(os.environ) | {'PYTHONPATH': os.getcwd()}\n"
        "import sys\n"
        "process = warm.Process(nursery.address, 'timeit', ['-n1', '-r1', code], os.getcwd(), env)\n"
        "print(nursery.pid, process.pid, flush=True)\n"
        "time.sleep(1000)\n"
    )
    tool = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd="/tmp")
    nursery, process = map(int, tool.stdout.readline().split())
    deadline = time.monotonic() + 10
    while not (sleepers := psutil.Process(process).children()) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert sleepers
    os.kill(tool.pid if killed == "tool" else nursery, signal.SIGKILL)
    assert gone(nursery)
    assert gone(process)
    if killed == "tool":  # a process that left its group is the warm one's child by now
        assert gone(sleepers[0].pid)
    for each in [*sleepers, psutil.Process(tool.pid)]:
        if each.is_running():
            each.kill()
    tool.wait()


def test_what_a_killed_warm_process_could_not_end_ends_with_its_owner(tmp_path):
    place = tmp_path / "pid"
    code = (
        "import subprocess, time; child = subprocess.Popen(['sleep', '1000'], start_new_session=True); "
        f"file = open({str(place)!r}, 'w'); file.write(f'{{child.pid}} '); file.flush(); time.sleep(1000)"
    )
    with warm.Nursery([]) as started:
        process = warm.Process(started.address, "timeit", ["-n1", "-r1", code], str(tmp_path), dict(os.environ))
        deadline = time.monotonic() + 10
        while not place.exists() or " " not in place.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.02)
        os.kill(started.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert gone(int(place.read_text()))


def test_edited_code_is_not_served_stale(tmp_path, monkeypatch):
    module = tmp_path / "edited_module.py"
    module.write_text("VALUE = 1", encoding="utf-8")
    env = dict(os.environ) | {"PYTHONPATH": str(tmp_path)}

    def value():
        address = warm.address(["edited_module"], env)
        return warm.Process(address, "timeit", ["-n1", "-r1", code], os.getcwd(), env).wait()

    code = "import edited_module, os; os._exit(edited_module.VALUE)"
    assert value() == 1
    module.write_text("VALUE = 2  # and longer", encoding="utf-8")
    assert value() == 2


@pytest.mark.parametrize("asked", [b'{"module": "this", "cwd": "/", "env": {}, "argv": []}\n', b"nonsense\n", b"[\n"])
def test_neither_a_full_system_nor_nonsense_ends_the_warm_process(monkeypatch, asked):
    def full():
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(nursery.os, "fork", full)
    monkeypatch.setattr(nursery.os, "listdir", lambda path: ["1"])  # pytest itself has threads
    here, there = socket.socketpair()
    with socket.socket() as listener, here:
        served = nursery.Nursery(listener, "test")
        served.received[there] = (b"", [])
        served.selector.register(there, 1)
        here.sendall(asked)
        assert served._read(there) is None
        answer = here.recv(1000)
        assert (b"no process can be forked (Resource temporarily unavailable)" in answer) == (b"module" in asked)
        assert there not in served.received


def test_requests_that_can_not_be_met_say_why(tmp_path):
    with warm.Nursery([]) as started:
        with pytest.raises(warm.Unavailable, match="there is no folder"):
            warm.Process(started.address, "this", [], str(tmp_path / "absent"), {})
        address = started.address
    with pytest.raises(warm.Unavailable, match="does not answer"):
        warm.Process(address, "this", [], "/", {})
