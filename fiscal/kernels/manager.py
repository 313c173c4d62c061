"""Kernels of reports: talked to through sockets of this user's where the system has them, forked if they may be."""

import contextlib
import os
import time
import uuid
from importlib.resources import files
from pathlib import Path
from queue import Empty

import zmq
from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir
from traitlets import Type

LOOK_MILLISECONDS = 10


class Channel(AsyncZMQSocketChannel):
    """Sends, and sees an answer that came in that moment.

    A socket tells once that something came, and to send takes note of that, without the loop that waits for it.
    nbclient sends in the midst of a cell what an ``Output`` widget shows; the cell then never ended, now and then.
    """

    def send(self, msg):
        super().send(msg)
        self.socket.get(zmq.EVENTS)  # has the loop look


class LocalKernelClient(AsyncKernelClient):
    shell_channel_class = Type(Channel)


class LocalKernelManager(AsyncKernelManager):
    """Starts kernels as ever, but without a network port."""

    client_factory = Type(LocalKernelClient)

    def _transport_default(self):
        return "ipc" if os.name == "posix" else "tcp"

    def _ip_default(self):
        if self.transport != "ipc":
            return super()._ip_default()
        # The stem of the socket files; left to itself it is one name in the working folder for all kernels.
        folder = Path(jupyter_runtime_dir())
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return str(folder / f"fiscal-{uuid.uuid4().hex[:12]}")


class WarmKernelClient(LocalKernelClient):
    """Takes a kernel for ready when it is.

    The client of Jupyter then listens for another fifth of a second, to throw away what it hears; those who read the
    answers of a kernel look at what each is an answer to.
    """

    def _context_default(self):
        context = super()._context_default()
        # Sockets of the client are made before the kernel has its own, and would look for those ten times a second.
        context.reconnect_ivl = LOOK_MILLISECONDS
        return context

    async def wait_for_ready(self, timeout=None):
        """Until the kernel answers, and what it broadcasts is heard. Raises RuntimeError if it died or does not."""
        patience = time.monotonic() + (timeout or float("inf"))
        while True:
            with contextlib.suppress(TimeoutError, Empty):
                asked = (await self.kernel_info(reply=True, timeout=1))["parent_header"]["msg_id"]
                while not _idle(await self.get_iopub_msg(timeout=0.2), asked):
                    pass
                return
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > patience:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")


def _idle(message, asked):
    """Whether a message says that all about a request has been said."""
    return message["parent_header"].get("msg_id") == asked and message["content"].get("execution_state") == "idle"


class WarmKernelManager(LocalKernelManager):
    """Forks kernels, whatever kernel the notebook names."""

    client_factory = Type(WarmKernelClient)

    @property
    def kernel_spec(self):
        return specification()


def specification():
    """The kernelspec that installing this package adds to Jupyter."""
    return KernelSpec.from_resource_dir(str(files("fiscal.kernels") / "spec"))
