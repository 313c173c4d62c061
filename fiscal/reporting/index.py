"""The index of a folder of reports, made from what the executed notebooks in it say of themselves."""

import json

from fiscal.reporting import render


def groups(out):
    """Reports by place and year: each group has place_en, place_zh, year and cards."""
    found = {}
    for path in sorted(out.glob("*/*.ipynb")):
        about = _report(path)
        if about is None:
            continue
        stem = path.name.removesuffix(".ipynb").removesuffix(".error")
        entry = found.setdefault((path.parent.name, stem), {})
        entry["failed" if about["failure"] else "done"] = about
    by_place = {}
    for (folder, stem), entry in found.items():
        about = entry.get("done") or entry["failed"]
        key = (about["place"]["zh"], about["year"], about["place"].get("en", about["place"]["zh"]))
        by_place.setdefault(key, []).append(_card(out, folder, stem, entry))
    return [
        {"place_zh": place_zh, "place_en": place_en, "year": year, "cards": cards}
        for (place_zh, year, place_en), cards in sorted(
            by_place.items(), key=lambda item: (item[0][2], str(item[0][1]))
        )
    ]


def _report(path):
    """What an executed notebook says of its report; None for a notebook that is something else."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))["metadata"]["fiscal"]["report"]
    except (ValueError, KeyError, TypeError):
        return None


def _card(out, folder, stem, entry):
    done, failed = entry.get("done"), entry.get("failed")
    about = done or failed
    picture = f"{folder}/{stem}.svg"
    mark = ""
    if failed:
        where = failed["failure"]
        mark = {
            "en": f"Not finished: cell {where['cell']}, {where['message']}",
            "zh": f"未能完成：第{where['cell']}个单元格，{where['message']}",
        }[about["lang"]]
    return {
        "lang": about["lang"],
        "title": about["title"],
        "headline": about["headline"],
        "href": f"{folder}/{stem}.html" if done and not failed else f"{folder}/{stem}.error.html",
        "picture": picture if done and (out / picture).exists() else "",
        "failed": mark,
    }


def page(out):
    """The index page of the folder ``out``, as text."""
    return render.index(groups(out))
