"""The picture of a government between the level above and the level below: which streams a document prints."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from fiscal import text
from fiscal.narrative import say
from fiscal.plots.theme import COLOURS, INK, cited, finish

PLACES = (0.0, 1.0, 2.0)  # above, place, below
WIDTH, HEIGHT = 0.27, 0.24
GREY = "#767676"
RECEIVED, PAID = "transfers.received.general_public", "transfers.paid.general_public"
REVENUE, EXPENDITURE = "revenue.general_public", "expenditure.general_public"


def chain(facts):
    """Draw what the general public budget received, paid, collected and spent; what is not printed is dashed.

    ``facts``: those of a document (``fiscal.narrative.facts``). Returns the axes.
    """
    lang = facts.lang
    words = {
        "en": ("from above", "to below", "own revenue", "spending in all", "remitted upwards", "not printed"),
        "zh": ("上级补助", "对下补助", "自身收入", "支出总额", "上解上级", "未列出"),
    }[lang]
    _, axes = plt.subplots(figsize=(8, 3.6))
    for x, name in zip(PLACES, ("level_above", "jurisdiction", "level_below"), strict=True):
        _box(axes, x, _lines(facts.name(name)), INK if name == "jurisdiction" else GREY)
    left, right = PLACES[0] + WIDTH, PLACES[2] - WIDTH
    inner = PLACES[1] - WIDTH, PLACES[1] + WIDTH
    streams = [
        (words[0], RECEIVED, (left, 0.06), (inner[0], 0.06), COLOURS["received"]),
        (words[1], PAID, (inner[1], 0.06), (right, 0.06), COLOURS["paid"]),
        (words[2], REVENUE, (PLACES[1] - 0.13, -1.0), (PLACES[1] - 0.13, -HEIGHT), COLOURS["received"]),
        (words[3], EXPENDITURE, (PLACES[1] + 0.13, -HEIGHT), (PLACES[1] + 0.13, -1.0), COLOURS["paid"]),
        (words[4], None, (inner[0], -0.1), (left, -0.1), GREY),
    ]
    described = []
    for name, concept, start, end, colour in streams:
        printed = concept is not None and facts.has(concept)
        shown = facts.figure(concept).shown if printed else words[5]
        _stream(axes, start, end, colour if printed else GREY, printed)
        _label(axes, name, shown, start, end, printed)
        described.append(text.named(name, shown, lang))
    axes.set(xlim=(-0.4, 2.4), ylim=(-1.1, 0.5))
    axes.set_axis_off()
    frame = facts.figures[facts.figures["concept"].isin([RECEIVED, PAID, REVENUE, EXPENDITURE])]
    alt = ("; " if lang == "en" else "；").join(described)
    return finish(axes, title(facts), lang, unit="", source=cited(frame, lang), alt=alt)


def title(facts):
    """How many of the streams are printed."""
    printed = sum(facts.has(concept) for concept in (RECEIVED, PAID, REVENUE, EXPENDITURE))
    return say(
        facts.lang,
        en="Of what runs through {place}'s general public budget the document prints {printed} (solid)",
        zh="流经{place}一般公共预算的资金，文件列出了{printed}项（实线）",
        place=facts.name("jurisdiction"),
        printed={"en": ("none", "one", "two", "three", "four")[printed], "zh": str(printed)}[facts.lang],
    )


def flows_title(facts):
    """The finding of the picture of all that is printed, without sums that students are to form."""
    return say(
        facts.lang,
        en="{place}'s general public budget received {received} and paid {paid} to {below}; two more stand beside it",
        zh="{place}一般公共预算收到补助{received}，对{below}补助{paid}；另有两本预算",
        place=facts.name("jurisdiction"),
        below=facts.name("level_below"),
        received=facts.figure(RECEIVED),
        paid=facts.figure(PAID),
    )


def _box(axes, x, name, colour):
    shape = FancyBboxPatch(
        (x - WIDTH, -HEIGHT),
        2 * WIDTH,
        2 * HEIGHT,
        boxstyle="round,pad=0,rounding_size=0.06",
        fc="white",
        ec=colour,
        lw=1.5,
    )
    axes.add_patch(shape)
    axes.text(x, 0, name, ha="center", va="center", fontsize=11, color=INK)


def _lines(name):
    """A long English name on two lines."""
    words = name.split(" ")
    if len(words) < 3:
        return name
    half = (len(words) + 1) // 2
    return "\n".join([" ".join(words[:half]), " ".join(words[half:])])


def _stream(axes, start, end, colour, printed):
    arrow = FancyArrowPatch(
        start,
        end,
        arrowstyle="-|>",
        mutation_scale=20,
        lw=3.5 if printed else 1.5,
        linestyle="-" if printed else "--",
        color=colour,
        shrinkA=2,
        shrinkB=2,
    )
    axes.add_patch(arrow)


def _label(axes, name, shown, start, end, printed):
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if start[0] == end[0]:  # upright: beside the arrow
        side = -1 if start[0] < PLACES[1] else 1
        place = {"x": x + side * 0.05, "y": y, "ha": "right" if side < 0 else "left", "va": "center"}
    else:
        above = y > 0
        place = {"x": x, "y": y + (0.06 if above else -0.06), "ha": "center", "va": "bottom" if above else "top"}
    at = place.pop("x"), place.pop("y")
    axes.text(*at, f"{name}\n{shown}", fontsize=10, color=INK if printed else "#595959", linespacing=1.3, **place)
