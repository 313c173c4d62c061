"""Run one notebook through papermill, in a kernel of its own, within limits."""

import nbformat
from nbclient.exceptions import DeadKernelError
from nbconvert.preprocessors import CoalesceStreamsPreprocessor
from papermill import execute_notebook
from papermill.engines import NBClientEngine, papermill_engines
from papermill.exceptions import PapermillExecutionError

from fiscal.kernels import pictures
from fiscal.kernels.limits import Watch
from fiscal.kernels.manager import LocalKernelManager, WarmKernelManager
from fiscal.reporting import headings
from fiscal.reporting.order import Failure

INJECTED = "injected-parameters"  # papermill's tag of the cell with the parameters that are given
HANDING_OVER = "handing-over"  # tag of a cell that no page shows
MANAGERS = {"plain": LocalKernelManager, "warm": WarmKernelManager}


def execute(content, given, folder, lang, *, env, kernel="warm", seconds=None, memory=None):
    """The executed notebook and, if a cell failed, the Failure; never raises for a failing notebook.

    ``content``: the notebook, as bytes. It runs in ``folder / "run"`` with ``env`` added to the environment, for at
    most so many ``seconds`` and with at most so many bytes of ``memory``; what lies in the folder ends with the report.
    """
    source, output = folder / "notebook.ipynb", folder / "executed.ipynb"
    source.write_bytes(content)
    watch = Watch(seconds, memory)
    failure = None
    try:
        notebook = execute_notebook(
            source,
            output,
            parameters=given,
            kernel_name="python3",
            engine_name=Engine.NAME,
            progress_bar=False,
            request_save_on_cell_execute=False,  # it is written at the end, also after a failure
            kernel_manager_class=_manager(MANAGERS[kernel], folder, env, watch),
            # It is thrown away, with all it may have left in its folder.
            shutdown_kernel="immediate",
            resources={"metadata": {"path": str(folder / "run")}},
            # A kernel that is told to stop calls that an error on our terminal; what was typed is in the notebook.
            extra_arguments=[
                "--log-level=CRITICAL",
                "--HistoryManager.enabled=False",
                f"--IPKernelApp.extra_extensions={pictures.__name__}",
            ],
        )
    except PapermillExecutionError as error:
        died = error.ename == DeadKernelError.__name__
        message = watch.exceeded or ("the kernel died" if died else f"{error.ename}: {error.evalue}")
        notebook = nbformat.read(output, as_version=4)
        failure = Failure(_failed_cell(notebook), message, message if died else error.ename)
    finally:
        watch.end()
    return in_language(without_clock(notebook), lang), failure


class Engine(NBClientEngine):
    """Papermill's own engine; a kernel that dies is an error of the cell that ran, and what was done so far is kept."""

    NAME = "fiscal"

    @classmethod
    def execute_managed_notebook(cls, nb_man, kernel_name, **kwargs):
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **kwargs)
        except (DeadKernelError, RuntimeError) as error:
            if not isinstance(error, DeadKernelError) and "ernel died" not in str(error):
                raise
            cell = next(cell for cell in nb_man.nb.cells if cell.cell_type == "code" and not _replied(cell))
            ename = DeadKernelError.__name__
            cell.outputs.append(nbformat.v4.new_output("error", ename=ename, evalue=str(error), traceback=[]))
            nb_man.cell_exception(cell, exception=error)


papermill_engines.register(Engine.NAME, Engine)


def _manager(base, folder, env, watch):
    """A kernel manager for one notebook: all of its files in one folder, its kernel watched."""

    class Manager(base):
        def _connection_file_default(self):
            return str(folder / "kernel.json")

        def _ip_default(self):
            stem = str(folder / "kernel")
            # A socket's path has little room.
            return stem if self.transport == "ipc" and len(stem) < 90 else super()._ip_default()

        async def _async_launch_kernel(self, kernel_cmd, **kw):
            await super()._async_launch_kernel(kernel_cmd, **kw | {"env": kw["env"] | env})
            watch.begin(self.provisioner.pid)

    return Manager


def _replied(cell):
    return "shell.execute_reply" in cell.metadata.get("execution", {})


def _failed_cell(notebook):
    """Which cell of the template stopped."""
    # Papermill adds cells: the injected parameters, and on failure two notes with links to the error.
    own = [c for c in notebook.cells if not {"papermill-error-cell-tag", INJECTED} & set(_tags(c))]
    failed = [n for n, c in enumerate(own, start=1) if c.metadata.get("papermill", {}).get("status") == "failed"]
    return failed[0] if failed else 1  # the injected parameters themselves


def without_clock(notebook):
    """Take out of an executed notebook what differs from run to run: times, and what was drawn or cut by chance."""
    for part in (notebook, *notebook.cells):
        part.metadata.pop("execution", None)
        for time in ("start_time", "end_time", "duration"):
            part.metadata.get("papermill", {}).pop(time, None)
    for cell in notebook.cells:
        if INJECTED in _tags(cell):
            cell.id = INJECTED
    # How a long print is cut into messages is a matter of time.
    return CoalesceStreamsPreprocessor().preprocess(notebook, {})[0]


def in_language(notebook, lang):
    """Keep one of the two languages of the prose; papermill's own notes go too, the page says it better."""
    headings.name(notebook)
    drop = {"en", "zh", "papermill-error-cell-tag", HANDING_OVER} - {lang}
    notebook.cells = [cell for cell in notebook.cells if not drop & set(_tags(cell))]
    return notebook


def _tags(cell):
    return cell.metadata.get("tags", [])
