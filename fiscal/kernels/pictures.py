"""An extension of IPython: pictures are shown when a cell has run, and not drawn once more for nothing before.

After each cell pyplot draws what is new, and the inline backend draws it to show it. Here the backend comes first; what
it has shown it closes, and nothing is left for pyplot. A picture comes out as ``savefig`` makes it.
"""

import sys


def load_ipython_extension(shell):
    """What IPython calls: before pyplot is asked for a first picture and lists its own hook."""
    shell.events.register("post_execute", _show)


def _show():
    if inline := sys.modules.get("matplotlib_inline.backend_inline"):
        inline.flush_figures()
