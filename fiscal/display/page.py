"""Prose, tables and facts as HTML in a notebook that a person works in, where no report page styles them."""

# A note shows for the mouse as any title does; for the keyboard it is written out. Colours are those of JupyterLab.
STYLE = """<style>
.fiscal { line-height: 1.4; color: var(--jp-ui-font-color1, #222); font-size: 14px; }
.fiscal p, .fiscal ul { margin: 0 0 0.6em; max-width: 60em; }
.fiscal table { border-collapse: collapse; margin: 0.4em 0 1em; font-size: 13px; }
.fiscal caption { text-align: left; font-weight: 600; padding: 0.3em 0; caption-side: top; }
.fiscal th, .fiscal td { padding: 0.25em 0.7em; text-align: left !important; vertical-align: top; }
.fiscal th { border-bottom: 1px solid var(--jp-border-color1, #bbb); font-weight: 600; }
.fiscal td { border-bottom: 1px solid var(--jp-border-color2, #e0e0e0); }
.fiscal .num { text-align: right !important; font-variant-numeric: tabular-nums; white-space: nowrap; }
.fiscal .short { white-space: nowrap; }
.fiscal .scroll { overflow-x: auto; }
.fiscal .fact { position: relative; border-bottom: 1px dotted var(--jp-ui-font-color2, #767676); cursor: help; }
.fiscal .fact:focus-visible { outline: 2px solid var(--jp-brand-color1, #0173b2); outline-offset: 1px; }
.fiscal .fact:focus-visible::after { content: attr(title); position: absolute; z-index: 10; left: 0; top: 1.6em;
  width: max-content; max-width: 22em; padding: 0.5em 0.7em; text-align: left; white-space: pre-line; font-size: 12px;
  color: var(--jp-ui-font-color1, #222); background: var(--jp-layout-color1, #fff);
  border: 1px solid var(--jp-border-color1, #bbb); box-shadow: 0 2px 6px #0003; }
</style>"""


def page(*pieces, style=False):
    """Pieces (of ``fiscal.narrative``, or HTML as text) one below the other, as HTML."""
    shown = [each if isinstance(each, str) else _html(each) for each in pieces if each is not None]
    return (STYLE if style else "") + f'<div class="fiscal">{"".join(shown)}</div>'


def _html(piece):
    found = piece._repr_mimebundle_()["text/html"]
    return f'<div class="scroll">{found}</div>' if found.startswith("<table") else found
