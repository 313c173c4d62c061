"""One look for every picture: a font with Chinese glyphs, and colours that mean the same thing everywhere."""

import textwrap
import warnings
from io import BytesIO

import matplotlib as mpl
import seaborn as sns
from matplotlib.font_manager import fontManager
from noto_cjk_sans_otc import FONT_PATH

from fiscal import text

FONT = "Noto Sans CJK SC"

# Seaborn's "colorblind" palette, whose colours are told apart with any common colour vision; a colour stands for one
# thing in all pictures of documents: what is received (blue) and paid (orange), tax rebates (grey), what is general
# (green: transfers and debt) and special (pink), totals (dark grey).
_BLUE, _ORANGE, _GREEN, _, _PINK, _, _, _GREY, _, _ = sns.color_palette("colorblind").as_hex()
COLOURS = {
    "received": _BLUE,
    "paid": _ORANGE,
    "returning": _GREY,
    "general": _GREEN,
    "special": _PINK,
    "total": "#4d4d4d",
}
# Light to dark, so that the order of the bands is seen without colour too.
BANDS = {"green": "#f7f4ea", "yellow": "#f6dfa9", "orange": "#eeb17a", "red": "#d98873"}
INK = "#333333"


def theme(lang="en"):
    """Set the look of all pictures that follow, as ``seaborn.set_theme`` does, with Chinese glyphs.

    Axis labels, titles and legends are in ``lang`` (en or zh) where a picture is drawn with it. The palette is
    seaborn's "colorblind", and ``fiscal.plots.COLOURS`` says what each of its colours stands for: blue is received,
    orange paid, grey rebates, green general, pink special, dark grey a total. In a notebook pictures become SVG with
    alternative text. Raises UnknownName for another language.

    >>> fiscal.plots.theme("zh")
    >>> import matplotlib
    >>> matplotlib.rcParams["font.family"]
    ['Noto Sans CJK SC']
    """
    text.language(lang)
    if FONT not in {font.name for font in fontManager.ttflist}:
        fontManager.addfont(str(FONT_PATH))
    sns.set_theme(
        context="notebook",
        style="whitegrid",
        palette="colorblind",
        rc={
            "font.family": [FONT],
            "font.size": 10,
            "figure.titlesize": 12,
            "axes.labelsize": 10,
            "axes.edgecolor": "#cccccc",
            "axes.labelcolor": INK,
            "text.color": INK,
            "xtick.labelsize": 10,
            "ytick.labelsize": 10,
            "legend.frameon": False,
            "figure.figsize": (8, 3.8),
            "figure.constrained_layout.use": True,
            "savefig.dpi": 150,  # of what is drawn as pixels inside an SVG: thousands of points
            "svg.fonttype": "path",
            "text.parse_math": False,  # a name with two dollar signs is no formula
            "svg.hashsalt": "fiscal",
        },
    )
    _show_as_svg()


def _show_as_svg():
    """In IPython, show figures as SVG with their label as alternative text."""
    from IPython import get_ipython

    shell = get_ipython()
    if shell is None or not hasattr(shell, "kernel"):
        return
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    # A name may have a character that no font has: the picture shows a box there, and no report a warning.
    warnings.filterwarnings("ignore", "Glyph .* missing from")

    set_matplotlib_formats()  # none of its own, or each picture would be drawn twice
    shell.display_formatter.mimebundle_formatter.for_type(mpl.figure.Figure, _bundle)


def _bundle(figure, include=None, exclude=None):
    for words in figure.findobj(mpl.text.Text):
        words.set_text(text.visible(words.get_text()))
    buffer = BytesIO()
    figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
    kind = "image/svg+xml"
    return {kind: buffer.getvalue().decode("utf-8")}, {kind: {"alt": figure.get_label()}}


def finish(axes, title, lang, *, unit="x", source="", alt="") -> mpl.axes.Axes:
    """Title, unit and source of a picture, and its alternative text; returns the axes.

    ``unit`` says which axis carries 亿元 ("x", "y" or "" for none).

    >>> import matplotlib.pyplot as plt
    >>> from fiscal.plots.theme import finish
    >>> axes = finish(plt.subplots()[1], "Balances differ", "en", source="Source: urumqi-2020")
    >>> axes.get_xlabel(), axes.figure.get_suptitle()
    ('yi (亿元, 100 million yuan)', 'Balances differ')
    """
    amount = {"en": "yi (亿元, 100 million yuan)", "zh": "亿元"}[lang]
    axes.figure.suptitle(wrapped(str(title), lang), x=0.01, ha="left", linespacing=1.3)
    axes.set_xlabel(amount if unit == "x" else axes.get_xlabel())
    axes.set_ylabel(amount if unit == "y" else axes.get_ylabel())
    sns.despine(ax=axes, left=True)
    if source:
        axes.figure.supxlabel(source, x=0.01, ha="left", fontsize=8, color="#666666")
    axes.figure.set_label({"en": ". ", "zh": "。"}[lang].join(filter(None, [str(title), alt])))
    return axes


def legible(colour):
    """Ink or white, whichever is read better on a colour.

    >>> from fiscal.plots.theme import legible
    >>> legible("#0173b2"), legible("#ece133")
    ('white', '#111111')
    """
    red, green, blue = mpl.colors.to_rgb(colour)
    return "white" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.4 else "#111111"


def wrapped(title, lang):
    """A title on as many lines as it needs.

    >>> from fiscal.plots.theme import wrapped
    >>> print(wrapped("债务限额，" * 10, "zh"))
    债务限额，债务限额，债务限额，债务限额，债务限额，债务限额，债务限额，债务限额，债务限额，
    债务限额，
    """
    width = {"en": 96, "zh": 46}[lang]
    return "\n".join(textwrap.wrap(title, width)) if lang == "en" else "\n".join(_chunks(title, width))


def _chunks(title, width):
    """Chinese lines, broken after punctuation where there is some."""
    while len(title) > width:
        cut = max(title.rfind(mark, 0, width) for mark in "，、；：") + 1 or width
        yield title[:cut]
        title = title[cut:]
    yield title


def cited(frame, lang):
    """Where the figures of a picture stand: the ids of its disclosures and their clauses.

    >>> from fiscal.plots.theme import cited
    >>> cited(fiscal.datasets.transfers("urumqi-2020"), "en")
    'Source: urumqi-2020, clauses I.1 and I.2'
    """
    names = text.listed(dict.fromkeys(frame["disclosure"]), lang)
    if "clause" in frame:
        places = dict.fromkeys(place for place in frame["clause"] if place)
    else:
        places = dict.fromkeys(e.clause for row in frame["evidence"] for e in row if e.clause)
    where = text.listed([text.clause(place, lang) for place in sorted(places)], lang)
    if lang == "en":
        return f"Source: {names}, clause{'s' * (len(places) > 1)} {where}" if where else f"Source: {names}"
    return f"来源：{names}，{where}" if where else f"来源：{names}"


def nothing(lang) -> mpl.axes.Axes:
    """Axes that say that there is nothing to draw.

    >>> from fiscal.plots.theme import nothing
    >>> nothing("zh").texts[0].get_text()
    '文件未公布本图所需的结果数据。'
    """
    import matplotlib.pyplot as plt

    _, axes = plt.subplots(figsize=(8, 1.2))
    axes.set_axis_off()
    message = {
        "en": "The document does not state the results that this picture would show.",
        "zh": "文件未公布本图所需的结果数据。",
    }[lang]
    axes.text(0, 0.5, message, va="center")
    axes.figure.set_label(message)
    return axes
