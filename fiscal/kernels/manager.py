"""Kernels of reports: talked to through sockets of this user's where the system has them, forked if they may be."""

import os
import uuid
from importlib.resources import files
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir


class LocalKernelManager(AsyncKernelManager):
    """Starts kernels as ever, but without a network port."""

    def _transport_default(self):
        return "ipc" if os.name == "posix" else "tcp"

    def _ip_default(self):
        if self.transport != "ipc":
            return super()._ip_default()
        # The stem of the socket files; left to itself it is one name in the working folder for all kernels.
        folder = Path(jupyter_runtime_dir())
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return str(folder / f"fiscal-{uuid.uuid4().hex[:12]}")


class WarmKernelManager(LocalKernelManager):
    """Forks kernels, whatever kernel the notebook names."""

    @property
    def kernel_spec(self):
        return specification()


def specification():
    """The kernelspec that installing this package adds to Jupyter."""
    return KernelSpec.from_resource_dir(str(files("fiscal.kernels") / "spec"))


def modules():
    """What a process has to import for kernels to be forked from it."""
    return specification().metadata["kernel_provisioner"]["config"]["modules"]
