"""The index of a folder of reports, made from their records."""

from fiscal.reporting.shelf import ERROR
from fiscal.text import LANGUAGES


def groups(records):
    """Reports by place and year: each group has place_en, place_zh, year and cards. ``records`` by name."""
    found = {}
    for name, record in records.items():
        kind = "failed" if name.endswith(ERROR) else "done"
        found.setdefault(name.removesuffix(ERROR), {})[kind] = record
    by_place = {}
    for name, entry in sorted(found.items()):
        twin = any(f"{name.rpartition('.')[0]}.{lang}" in found.keys() - {name} for lang in LANGUAGES)
        about = (entry.get("done") or entry["failed"])["report"]
        key = (about["place"]["zh"], about["year"], about["place"].get("en", about["place"]["zh"]))
        by_place.setdefault(key, []).append(_card(name, entry, twin))
    return [
        {"place_zh": place_zh, "place_en": place_en, "year": year, "cards": cards}
        for (place_zh, year, place_en), cards in sorted(
            by_place.items(), key=lambda item: (item[0][2], str(item[0][1]))
        )
    ]


def _card(name, entry, twin):
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

    return render.index(groups(records))
