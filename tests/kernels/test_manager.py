"""Kernels of reports: ready when they answer and are heard, gone when they are told to, or an error that says so."""

import asyncio
import signal
import sys
import time

import pytest

from fiscal.kernels.manager import LocalKernelManager, WarmKernelManager

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only"),
    pytest.mark.xdist_group("warm"),
]


def with_kernel(use, kernels=WarmKernelManager):
    """Run ``use(manager, client)`` with a kernel that was just started; gives the provisioner, which outlives it."""

    async def run():
        manager = kernels(kernel_name="python3")
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            await use(manager, client)
        finally:
            provisioner = manager.provisioner
            client.stop_channels()
            await manager.shutdown_kernel(now=True)
        return provisioner

    return asyncio.run(run())


def test_what_a_kernel_that_is_ready_says_is_heard_from_the_first_word():
    heard = []

    async def use(manager, client):
        await client.wait_for_ready(timeout=60)
        asked = client.execute("print('first')")
        while "idle" not in heard[-1:]:
            message = await client.get_iopub_msg(timeout=60)
            assert message["parent_header"]["msg_id"] == asked
            heard.append(message["content"].get("text") or message["content"].get("execution_state"))

    with_kernel(use)
    assert "first\n" in heard


@pytest.mark.parametrize("kernels", [LocalKernelManager, WarmKernelManager])
def test_an_answer_that_comes_while_something_is_sent_is_heard(kernels):
    # As nbclient sends what an Output widget shows, just when the kernel is done with the cell.
    async def use(manager, client):
        await client.wait_for_ready(timeout=60)
        waiting = asyncio.ensure_future(client.get_shell_msg(timeout=60))
        await asyncio.sleep(0.1)
        asked = client.execute("1")
        time.sleep(0.5)  # the answer is here, and the loop has not seen it
        client.shell_channel.send(client.session.msg("comm_msg", {"comm_id": "nobody's", "data": {}}))
        answer = await asyncio.wait_for(waiting, timeout=10)
        assert answer["parent_header"]["msg_id"] == asked

    with_kernel(use, kernels)


def test_a_kernel_that_does_not_answer_or_died_is_not_ready():
    async def stopped(manager, client):
        await manager.signal_kernel(signal.SIGSTOP)
        with pytest.raises(RuntimeError, match=r"Kernel didn't respond in 0\.5 seconds"):
            await client.wait_for_ready(timeout=0.5)

    async def killed(manager, client):
        await manager.signal_kernel(signal.SIGKILL)
        with pytest.raises(RuntimeError, match="Kernel died before replying"):
            await client.wait_for_ready(timeout=60)

    with_kernel(stopped)
    with_kernel(killed)


def test_a_kernel_that_was_killed_is_gone_when_that_returns():
    async def use(manager, client):
        await client.wait_for_ready(timeout=60)
        await manager.provisioner.kill()
        assert await manager.provisioner.poll() == -signal.SIGKILL

    assert not with_kernel(use).has_process
