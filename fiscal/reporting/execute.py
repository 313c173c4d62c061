"""Run one notebook through papermill, in a kernel of this Python."""

import os
import tempfile
import uuid
from dataclasses import dataclass
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir
from nbclient.exceptions import DeadKernelError
from papermill import execute_notebook
from papermill.exceptions import PapermillExecutionError


class LocalKernelManager(AsyncKernelManager):
    """Kernels that are talked to through sockets of this user's, where the system has them, not over TCP."""

    def _transport_default(self):
        return "ipc" if os.name == "posix" else "tcp"

    def _ip_default(self):
        if self.transport != "ipc":
            return super()._ip_default()
        # The stem of the socket files; left to itself it is one name in the working folder for all kernels.
        folder = Path(jupyter_runtime_dir())
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return str(folder / f"fiscal-{uuid.uuid4().hex[:12]}")


@dataclass(frozen=True)
class Failure:
    """Why a notebook stopped: the number of its cell (from 1, in the template's order) and the message."""

    cell: int
    message: str


def execute(job):
    """The executed notebook of a job and, if a cell failed, the Failure; never raises for a failing notebook."""
    with tempfile.TemporaryDirectory(prefix="fiscal-") as folder:
        output = Path(folder) / "executed.ipynb"
        failure = None
        try:
            execute_notebook(
                job.template.path,
                output,
                parameters=job.given,
                kernel_name="python3",
                progress_bar=False,
                kernel_manager_class=LocalKernelManager,
                # A kernel that is told to stop calls that an error on our terminal.
                extra_arguments=["--log-level=CRITICAL"],
            )
        except PapermillExecutionError as error:
            failure = Failure(_number(output, error), f"{error.ename}: {error.evalue}")
        except DeadKernelError as error:
            failure = Failure(_number(output, None), f"the kernel died ({error})")
        notebook = nbformat.read(output, as_version=4)
    return _in_language(notebook, job.lang), failure


def _number(output, error):
    """Which cell of the template stopped: the one with the error or, if the kernel died, the first without a reply."""
    notebook = nbformat.read(output, as_version=4)
    # Papermill adds cells: the injected parameters, and on failure two notes with links to the error.
    own = [c for c in notebook.cells if not {"papermill-error-cell-tag", "injected-parameters"} & set(_tags(c))]
    for number, cell in enumerate(own, start=1):
        if cell.cell_type != "code":
            continue
        failed = cell.metadata.get("papermill", {}).get("status") == "failed"
        replied = "shell.execute_reply" in cell.metadata.get("execution", {})
        if failed if error else not replied:
            return number
    raise AssertionError("papermill stopped, but every cell of the notebook is done")


def _in_language(notebook, lang):
    """Of the prose in two languages, one; papermill's own notes go too, the page says it better."""
    drop = {"en", "zh", "papermill-error-cell-tag"} - {lang}
    notebook.cells = [cell for cell in notebook.cells if not drop & set(_tags(cell))]
    return notebook


def _tags(cell):
    return cell.metadata.get("tags", [])
