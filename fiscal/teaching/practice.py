"""A page to practise reading on: the figures of a document in sentences of our own, where its text is not here."""

from fiscal import text
from fiscal.figures import vocabulary

AREAS = {"省": "全省", "市": "全市", "县": "全县", "区": "全区"}  # how a document calls all of its place


def page(case):
    """A text in Chinese, as documents are. Its last amount is a difference, which the reader leaves unread."""
    place, year = case.source["jurisdiction"]["zh"], case.source["fiscal_year"]
    area = AREAS.get(place[-1], "")
    rows = [case.row(concept) for concept in dict.fromkeys(case.figures["concept"]) if case.has(concept)]
    rows = [row for row in rows if row["unit"] == "yuan"]
    lines = [f"{place}{year}年政府决算公开说明", "一、有关数据"]
    for row in rows:
        end = "末" if vocabulary.concepts().at[row["concept"], "kind"] == "stock" else ""
        label = vocabulary.label(row["concept"], "zh").removeprefix("年末")
        lines.append(f"{row['fiscal_year']}年{end}，{area}{label}{row['disclosed']}{row['disclosed_unit']}。")
    lines += (
        ["二、其他说明", f"前两项数据相差{text.money(abs(rows[0]['value'] - rows[1]['value']), 'zh')}。"]
        if len(rows) > 1
        else []
    )
    return "\n".join(lines) + "\n"
