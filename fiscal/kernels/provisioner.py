"""The entry point for Jupyter: a provisioner whose kernels are forked where that can be, and else started."""

import asyncio
import os
import sys

from jupyter_client.provisioning import LocalProvisioner
from traitlets import List, Unicode

from fiscal.kernels import warm

LOOKS, LOOK_SECONDS = 50, 0.002


class WarmProvisioner(LocalProvisioner):
    """Forks ipykernels from a process that has ``modules`` (of the kernelspec's configuration) imported."""

    modules = List(Unicode(), config=True, help="Modules that are imported before a kernel is forked.")

    async def launch_kernel(self, cmd, **kwargs):
        asked = self._scrub_kwargs(kwargs)
        env = asked.pop("env", None)
        env = dict(os.environ if env is None else env)
        cwd = os.path.abspath(asked.pop("cwd", None) or os.getcwd())
        try:
            module, *argv = _python_module(cmd)
            if unusual := sorted(name for name, value in asked.items() if value not in (None, False)):
                raise warm.Unavailable(f"{', '.join(unusual)} of the process were asked for")
            self.process = await asyncio.to_thread(self._fork, module, argv, cwd, env)
        except warm.Unavailable as why:
            self.log.warning("an ordinary kernel is started, since %s", why)
            return await super().launch_kernel(cmd, **kwargs)
        self.pid = self.process.pid
        # Signals go through the nursery, which knows whether the number is still this kernel's.
        self.pgid = None
        self.cwd = cwd
        return self.connection_info

    async def kill(self, restart=False):
        await super().kill(restart)
        # It ends within milliseconds, as a rule: whoever waits for that looks ten times a second.
        for _ in range(LOOKS):
            if await self.poll() is not None:
                break
            await asyncio.sleep(LOOK_SECONDS)

    def _fork(self, module, argv, cwd, env):
        return warm.Process(warm.address(self.modules, env), module, argv, cwd, env)


def _python_module(cmd):
    """The module and arguments of a command of this Python."""
    if os.path.realpath(cmd[0]) != os.path.realpath(sys.executable) or cmd[1] != "-m":
        raise warm.Unavailable(f"only modules of this Python can be forked, not {' '.join(cmd[:2])}")
    return cmd[2:]
