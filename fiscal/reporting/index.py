"""The index of a folder of reports, made from their records."""

from fiscal.reporting.shelf import ERROR
from fiscal.text import LANGUAGES


def groups(records):
    """Reports by place and year: each group has place_en, place_zh, year and cards. ``records`` by name."""
    by_place = {}
    entries = _entries(records)
    there = {name for name, _ in entries}
    for name, entry in entries:
        twin = any(f"{name.rpartition('.')[0]}.{lang}" in there - {name} for lang in LANGUAGES)
        about = (entry.get("done") or entry["failed"])["report"]
        key = (about["place"]["zh"], about["year"], about["place"].get("en", about["place"]["zh"]))
        by_place.setdefault(key, []).append(_card(name, entry, twin))
    return [
        {"place_zh": place_zh, "place_en": place_en, "year": year, "cards": cards}
        for (place_zh, year, place_en), cards in sorted(
            by_place.items(), key=lambda item: (item[0][2], str(item[0][1]))
        )
    ]


def lessons(records):
    """Lessons by folder and language: each group has its language, name and cards."""
    from fiscal.reporting.render import WORDS

    found = {}
    for name, entry in _entries(records):
        about = (entry.get("done") or entry["failed"])["report"]
        folder = name.partition("/")[0]
        card = _card(name, entry) | {"lesson": about["lesson"]}
        found.setdefault((folder, about["lang"]), []).append(card)
    several = len({folder for folder, _ in found}) > 1
    return [
        {"lang": lang, "name": WORDS[lang]["name"] + f" · {folder}" * several, "cards": cards}
        for (folder, lang), cards in found.items()
    ]


def _entries(records):
    """What there is of each report, by name: the one that is done, the one that failed, or both."""
    found = {}
    for name, record in records.items():
        kind = "failed" if name.endswith(ERROR) else "done"
        found.setdefault(name.removesuffix(ERROR), {})[kind] = record
    return sorted(found.items())


def _card(name, entry, twin=True):
    done, failed = entry.get("done"), entry.get("failed")
    about = (done or failed)["report"]
    mark = ""
    if failed:
        where = failed["report"]["failure"]
        cell = {"en": f"cell {where['cell']}, ", "zh": f"第{where['cell']}个单元格，"} if where["cell"] else {}
        mark = {"en": "Not finished: ", "zh": "未能完成："}[about["lang"]]
        mark += cell.get(about["lang"], "") + where["message"]
    return {
        "lang": about["lang"],
        "title": about["title"],
        "headline": about["headline"],
        "href": f"{name}{ERROR}.html" if failed else f"{name}.html",
        "twin": twin,  # it is there in the other language too
        "picture": f"{name}.svg" if done and "svg" in done["files"] else "",
        "alt": done["report"].get("alt", "") if done else "",  # an older release did not record it
        "failed": mark,
    }


def page(records):
    """The index page, as text."""
    from fiscal.reporting import render

    course = records and all("lesson" in record["report"] for record in records.values())
    return render.course(lessons(records)) if course else render.index(groups(records))
