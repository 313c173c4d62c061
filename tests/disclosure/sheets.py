"""Plain texts with standard tables, in many of the ways in which tables are laid out, headed and given a unit.

``write(random)`` gives a Text: what stands in it, the amounts by their place (``figures`` of each as in
disclosures.Amount), and those that a reader must find. Values are consistent, as those of ``disclosures``.
"""

from dataclasses import dataclass
from decimal import Decimal

import disclosures
from disclosures import FACTOR, LOWER, PARTS, Amount, Writer

from fiscal.disclosure.rows import width

TYPES = {"": "合计", ".general": "一般债务", ".special": "专项债务"}
RECEIVED, PAID = "transfers.received.general_public", "transfers.paid.general_public"
TRANSFERS = [".returning", ".grants.general", ".grants.special"]


@dataclass(frozen=True)
class Text:
    """``amounts``: (start, end) to Amount; ``needed``: the places that must be read."""

    text: str
    amounts: dict
    needed: frozenset
    jurisdiction: str
    year: int


@dataclass(frozen=True)
class Sheet:
    """A title, the unit, rows of a header and of a body; cells are words or Amounts."""

    title: str
    unit: str
    head: list
    body: list
    blanks: bool = False


def write(random):
    w = Writer(random)
    w.basis = "final"
    unit = "万元" if w.quantum < 10**6 else w.pick("亿元", "万元", "万元")
    kinds = [received, debt, by_type, one_type, funds, accounts]
    if w.split:
        kinds += [by_area, by_area, paid_by_area, levels, levels]
    text = f"{w.name}{w.year}年{w.pick('政府决算公开表', '财政决算公开表', '政府债务和转移支付决算公开')}\n"
    amounts, needed = {}, set()
    for number, kind in enumerate(w.shuffled(*kinds)[: random.randint(1, 3)], 1):
        sheet = kind(w, unit)
        text += w.pick("", "\n", f"\n表{number}\n", f"附表{number}\n")
        text = put(w, sheet, text, amounts, needed)
        text += w.pick("", "", "\n", f"注：本表反映{w.year}年决算数。\n", "\n备注：数据来自财政总决算报表。\n")
    return Text(text, amounts, frozenset(needed), w.name, w.year)


# Layouts


def put(w, sheet, text, amounts, needed):
    """The text with the sheet below it."""
    layouts = ["tab", "tab", "bars", "framed", "columns", "columns", "wide"]
    if not sheet.blanks:
        layouts += ["single", "double"]
    layout = w.pick(*layouts)
    place = w.pick("line", "line", "title", "right", "column", "inside" if layout == "framed" else "line")
    rows = [list(row) for row in [*sheet.head, *sheet.body]]
    heads = len(sheet.head)
    title = sheet.title
    if place == "title":
        title += w.pick(f"（单位：{sheet.unit}）", f"（{sheet.unit}）")
    text += title + "\n"
    if place == "line":
        text += w.pick("", "金额", "编制单位：财政局　") * (layout != "x") + f"单位：{sheet.unit}\n"
    elif place == "right":
        text += " " * 40 + f"单位：{sheet.unit}\n"
    elif place == "column":
        at = heads - 2 if rows[heads - 1][0] == "公式" else heads - 1
        rows[at] = [
            f"{cell}（{sheet.unit}）"
            if i and cell and cell not in ("公式", "支出项目", "项目") and "%" not in cell
            else cell
            for i, cell in enumerate(rows[at])
        ]
    if place == "inside":
        rows.insert(heads, [*[""] * (len(rows[0]) - 1), f"单位：{sheet.unit}"])
    if w.maybe(0.3) and layout != "wide":
        rows[0] = [{"项目": "项  目", "地区": "地  区"}.get(cell, cell) for cell in rows[0]]
    if layout == "single":
        rows[0] = [{"项  目": "项目", "地  区": "地区"}.get(cell, cell) for cell in rows[0]]
    grouped = w.maybe(0.4)
    printed = [[_print(cell, sheet.unit, grouped) for cell in row] for row in rows]
    lines = LAYOUTS[layout](w, printed, heads)
    for count, (row, pieces) in enumerate(zip(rows, lines, strict=True)):
        for cell, piece, aside in pieces_of(row, pieces):
            start = len(text) + aside
            text += piece
            if isinstance(cell, Amount):
                number = _print(cell, sheet.unit, grouped)
                amounts[start, start + len(number)] = cell
                if any(each[2] == "final" and each[3] == w.year for each in cell.figures):
                    needed.add((start, start + len(number)))
        text += "\n"
        if layout == "framed" and count == heads - 1:
            text += "|" + "---|" * len(rows[0]) + "\n"
    return text


def pieces_of(row, pieces):
    """(cell or None, piece of text, where in the piece the cell begins)."""
    for index, piece, aside in pieces:
        yield (row[index] if index is not None else None), piece, aside


def _print(cell, unit, grouped):
    if isinstance(cell, str):
        return cell
    number = Decimal(cell.value) / FACTOR[unit]
    if number == number.to_integral():
        number = number.quantize(1)
    return f"{number:,f}" if grouped else f"{number:f}"


def separated(mark, before="", after="", short=False):
    def lay(w, rows, heads):
        trimmed = short and w.maybe()
        lines = []
        for at, row in enumerate(rows):
            last = len(row)
            while (trimmed or at >= heads) and last > 1 and mark == "\t" and not row[last - 1]:
                last -= 1
            pieces = [(None, before, 0)]
            for index, cell in enumerate(row[:last]):
                pieces += [(None, mark, 0)] if index else []
                pieces.append((index, cell, 0))
            lines.append([*pieces, (None, after, 0)])
        return lines

    return lay


def single(gap):
    def lay(w, rows, heads):
        lines = []
        for row in rows:
            pieces = []
            for index, cell in enumerate(row):
                if cell:
                    pieces += [(None, gap, 0)] if pieces else []
                    pieces.append((index, cell, 0))
            lines.append(pieces)
        return lines

    return lay


def columns(space):
    def lay(w, rows, heads):
        widths = [max(width(row[i]) for row in rows) for i in range(len(rows[0]))]
        widths = [each + each % 2 for each in widths]
        right, between = w.maybe(), space * (w.random.randint(2, 4) if space == " " else 1)
        lines = []
        for row in rows:
            pieces = []
            for index, cell in enumerate(row):
                fill = widths[index] - width(cell)
                fill = (space * (fill // 2) + " " * (fill % 2)) if space != " " else " " * fill
                pieces += [(None, between, 0)] if index else []
                if right and index:
                    pieces.append((index, fill + cell, len(fill)))
                else:
                    pieces.append((index, cell + fill, 0))
            lines.append(pieces)
        return lines

    return lay


LAYOUTS = {
    "tab": separated("\t", short=True),
    "bars": separated(" | "),
    "framed": separated(" | ", "| ", " |"),
    "single": single(" "),
    "double": single("  "),
    "columns": columns(" "),
    "wide": columns("　"),
}


# Tables


def fig(w, unit, concept, scope="whole", year=0, basis="final", value=None):
    value = w.known(concept, scope, year) if value is None else value
    return Amount(value, unit, figures=((concept, scope, basis, w.year + year),))


def none(w, unit, value=None):
    return Amount(w.value(1, 9_000) if value is None else value, unit)


def percent(w):
    return f"{w.random.randint(501, 1999) / 10:.1f}"


def received(w, unit):
    """Transfers by row; budget, adjusted budget, final accounts, their share, the year before, by column."""
    names = w.pick(
        ["上级补助收入合计", "一、返还性收入", "二、一般性转移支付收入", "三、专项转移支付收入"],
        ["一般公共预算上级补助收入", "（一）返还性收入", "（二）一般性转移支付收入", "（三）专项转移支付收入"],
        ["上级补助收入", "1.返还性收入", "2.一般性转移支付收入", "3.专项转移支付收入"],
        ["合计", "一、返还性收入", "二、一般性转移支付收入", "三、专项转移支付收入"],
    )
    kinds = w.pick(
        ["final"],
        ["budget", "final"],
        ["budget", "final", "share"],
        ["budget", "adjusted", "final", "share"],
        ["budget", "adjusted", "final", "of_last"],
        ["last", "final", "growth"],
        ["last", "final", "change", "growth"],
    )
    head = {
        "budget": w.pick("预算数", "年初预算数"),
        "adjusted": w.pick("调整预算数", "预算调整数", "变动预算数"),
        "final": w.pick("决算数", f"{w.year}年决算数") if "last" not in kinds else f"{w.year}年决算数",
        "share": w.pick("决算数为预算数的%", "为预算%", "完成预算%"),
        "of_last": w.pick("为上年决算数的%", "决算数为上年决算数的%"),
        "last": w.pick(f"{w.year - 1}年决算数", "上年决算数"),
        "growth": w.pick("增长%", "增减%", "比上年增长%"),
        "change": w.pick("增减额", "比上年增减"),
    }
    concepts = [RECEIVED, *(RECEIVED + part for part in TRANSFERS)]
    inner = w.maybe(0.4)
    table = {}
    for part in [*TRANSFERS, ""]:
        concept = RECEIVED + part
        if part:
            budget, last = w.value(), w.value()
        else:
            budget, last = (sum(table[RECEIVED + each][kind] for each in TRANSFERS) for kind in (0, 1))
        table[concept] = (budget, last)
    rows = []
    for name, concept in zip(names, concepts, strict=True):
        budget, last = table[concept]
        final = w.known(concept, "whole")
        cells = {
            "budget": fig(w, unit, concept, basis="budget", value=budget),
            "adjusted": none(w, unit, final),
            "final": fig(w, unit, concept),
            "share": f"{final * 100 / budget:.1f}",
            "of_last": f"{final * 100 / last:.1f}",
            "last": fig(w, unit, concept, year=-1, value=last),
            "growth": f"{final * 100 / last - 100:.1f}",
            "change": none(w, unit, final - last),
        }
        rows.append([name, *(cells[kind] for kind in kinds)])
        if inner and "一般性" in name:
            rows.append(
                [
                    "其中：均衡性转移支付收入",
                    *(none(w, unit) if k not in ("share", "of_last", "growth") else percent(w) for k in kinds),
                ]
            )
    if names[0] == "合计" and w.maybe():
        rows = [*rows[1:], rows[0]]
    title = f"{w.year}年{w.name}一般公共预算{w.pick('上级补助收入决算表', '上级转移支付收入决算表')}"
    return Sheet(title, unit, [["项目", *(head[kind] for kind in kinds)]], rows)


def debt(w, unit):
    """Limits, balances, issue and service by row; the area and its own level by column."""
    scopes = w.pick(["whole", "own"], ["whole", "own", "lower"], ["whole"]) if w.split else ["whole"]
    heads = {
        "whole": w.pick("本地区", f"全{w.us}", "金额" if len(scopes) == 1 else "本地区"),
        "own": w.pick("本级", f"{w.us}本级", f"其中：{w.us}本级"),
        "lower": w.pick("下级", LOWER[w.us][0]),
    }
    y = w.year
    blocks = [
        [("{}" + f"{y - 1}年末地方政府债务余额", "debt.balance", -1, True)],
        [("{}" + f"{y}年地方政府债务限额", "debt.limit.year_end", 0, True)],
        [("{}" + f"{y}年新增地方政府债务限额", "debt.limit.new", 0, True)],
        [("{}" + f"{y}年新增债券发行额", "debt.bonds.new", 0, True)],
        [("{}" + f"{y}年再融资债券发行额", "debt.bonds.refinancing", 0, True)],
        [("{}" + f"{y}年地方政府债务还本{w.pick('决算数', '额', '支出')}", "debt.service.principal", 0, True)],
        [("{}" + f"{y}年地方政府债务付息{w.pick('决算数', '额', '支出')}", "debt.service.interest", 0, True)],
        [("{}" + f"{y}年末地方政府债务余额{w.pick('决算数', '')}", "debt.balance", 0, True)],
    ]
    rows, formulas, numbered = [], w.maybe(0.5), w.maybe(0.2)
    chosen = sorted(w.random.sample(range(len(blocks)), w.random.randint(3, len(blocks))))
    style = w.pick("其中", "numbers", "indent")
    for count, at in enumerate(chosen):
        ((name, concept, year, _),) = blocks[at]
        letter = chr(ord("A") + 3 * count)
        lines = [
            (
                name.format(disclosures.CHINESE[count] + "、"),
                concept,
                f"{letter}={chr(ord(letter) + 1)}+{chr(ord(letter) + 2)}",
            )
        ]
        bonds = ".bonds." in concept
        for number, (type, words) in enumerate(
            w.shuffled(*list(TYPES.items())[1:]) if style == "x" else list(TYPES.items())[1:]
        ):
            words = words.replace("债务", "债券") if bonds else words
            words = words + w.pick("", "余额" if concept == "debt.balance" else "限额" if "limit" in concept else "")
            lead = {"其中": "其中：" if not number else "", "numbers": f"（{'一二'[number]}）", "indent": ""}[style]
            lines.append((lead + words, concept + type, chr(ord(letter) + 1 + number)))
        for words, each, formula in lines:
            cells = [fig(w, unit, each, scope, year) for scope in scopes]
            rows.append([words, *([formula] if formulas else []), *cells])
    head = ["项目", *(["公式"] if formulas else []), *(heads[scope] for scope in scopes)]
    if numbered:
        head, rows = ["行次", *head], [[str(i), *row] for i, row in enumerate(rows, 1)]
    return Sheet(f"{w.name}{y}年地方政府债务限额、余额及还本付息决算情况表", unit, [head], rows)


def by_type(w, unit):
    """Debt by row; the sum, general and special by column."""
    lines = w.shuffled(
        ("年末债务余额", "debt.balance"),
        ("债务限额", "debt.limit.year_end"),
        ("新增债务限额", "debt.limit.new"),
        ("债务还本", "debt.service.principal"),
        ("债务付息", "debt.service.interest"),
    )[: w.random.randint(2, 5)]
    order = w.pick(["", ".general", ".special"], [".general", ".special", ""], [".general", ".special"])
    names = {"": w.pick("合计", "小计"), ".general": "一般债务", ".special": "专项债务"}
    rows = [[f"{w.year}年{name}", *(fig(w, unit, concept + type) for type in order)] for name, concept in lines]
    return Sheet(f"{w.year}年{w.name}政府债务情况表", unit, [["项目", *(names[type] for type in order)]], rows)


def one_type(w, unit):
    """The table of general or of special debt: a budget for the limit, accounts for the rest."""
    type, words = w.pick((".general", "一般"), (".special", "专项"))
    y = w.year
    limit = fig(w, unit, f"debt.limit.year_end{type}")
    limit = Amount(limit.value, unit, figures=(*limit.figures, (f"debt.limit.year_end{type}", "whole", "budget", y)))
    budgets = w.maybe(0.6)
    rows = [
        [
            f"一、{y - 1}年末地方政府{words}债务余额{w.pick('', '实际数')}",
            "",
            fig(w, unit, f"debt.balance{type}", year=-1),
        ],
        [f"二、{y}年末地方政府{words}债务{w.pick('余额限额', '限额')}", limit, ""],
        [f"三、{y}年地方政府{words}债务发行额", "", none(w, unit)],
        [f"四、{y}年地方政府{words}债务还本{w.pick('额', '支出')}", "", fig(w, unit, f"debt.service.principal{type}")],
        [f"五、{y}年末地方政府{words}债务余额{w.pick('决算数', '')}", "", fig(w, unit, f"debt.balance{type}")],
    ]
    head = ["项目", "预算数", "决算数"]
    if not budgets:
        head, rows = ["项目", "决算数"], [[name, a or b] for name, a, b in rows]
    return Sheet(f"{w.name}{y}年地方政府{words}债务余额情况表", unit, [head], rows, blanks=budgets)


def by_area(w, unit):
    """Limits and balances by area, below a header of two rows."""
    size = w.pick(2, 2, 1)
    concepts = [
        ("debt.limit.year_end", f"{w.year}年{w.pick('债务限额', '末债务限额')}"),
        ("debt.balance", f"{w.year}年{w.pick('末债务余额', '债务余额', '债务余额（决算数）')}"),
    ][:size]
    if size == 1:
        concepts = [w.pick(("debt.balance", f"{w.year}年末债务余额"), ("debt.limit.year_end", f"{w.year}年债务限额"))]
    upper, lower = ["地区"], [""]
    for _, name in concepts:
        upper += [name, "", ""]
        lower += ["合计", "一般债务", "专项债务"]
    rows = []
    for name, scope in (
        (w.pick(w.name, "合计", f"全{w.us}合计", f"全{w.us}"), "whole"),
        (f"{w.us}本级", "own"),
        (w.pick(f"{LOWER[w.us][0]}小计", LOWER[w.us][0]), "lower"),
    ):
        rows.append([name, *(fig(w, unit, concept + type, scope) for concept, _ in concepts for type in TYPES)])
    for part in w.shuffled(*PARTS)[:3]:
        cells = []
        for _ in concepts:
            a, b = w.value(), w.value()
            cells += [none(w, unit, a + b), none(w, unit, a), none(w, unit, b)]
        rows.append([f"{part}县", *cells])
    head = [upper, lower]
    if w.maybe():
        head.append(["公式", *["A=B+C", "B", "C", "D=E+F", "E", "F"][: 3 * size]])
    return Sheet(f"{w.name}{w.year}年地方政府债务限额及余额决算情况表", unit, head, rows)


def paid_by_area(w, unit):
    """What was paid to each area below, by kind."""
    below = LOWER[w.us][0]
    names = w.pick(
        ["税收返还", "一般性转移支付", "专项转移支付"], ["返还性支出", "一般性转移支付支出", "专项转移支付支出"]
    )
    total = ["合计", fig(w, unit, PAID, "own"), *(fig(w, unit, PAID + part, "own") for part in TRANSFERS)]
    rows = []
    for part in w.shuffled(*PARTS)[:3]:
        values = [w.value() for _ in TRANSFERS]
        rows.append([f"{part}县", none(w, unit, sum(values)), *(none(w, unit, each) for each in values)])
    rows = [total, *rows] if w.maybe() else [*rows, total]
    title = f"{w.year}年{w.name}对{below}税收返还和转移支付{w.pick('分地区决算表', '决算表', '分地区情况表')}"
    return Sheet(title, unit, [["地区", w.pick("合计", "小计"), *names]], rows)


def levels(w, unit):
    """One kind of amount by level and type: 本地区, 本级 and 下级 each by 合计, 一般, 专项 in a header of two rows."""
    concepts = w.shuffled(
        ("债务限额", "debt.limit.year_end"),
        ("年末债务余额", "debt.balance"),
        ("债务还本", "debt.service.principal"),
        ("债务付息", "debt.service.interest"),
    )[:2]
    scopes = w.pick(["whole", "own"], ["whole", "own", "lower"])
    heads = {"whole": w.pick("本地区", f"全{w.us}"), "own": w.pick("本级", f"{w.us}本级"), "lower": "下级"}
    upper, lower = ["项目"], [""]
    for scope in scopes:
        upper += [heads[scope], "", ""]
        lower += ["合计", "一般债务", "专项债务"]
    rows = [
        [f"{w.year}年{name}", *(fig(w, unit, c + type, scope) for scope in scopes for type in TYPES)]
        for name, c in concepts
    ]
    return Sheet(f"{w.year}年{w.name}地方政府债务决算情况表", unit, [upper, lower], rows)


def funds(w, unit):
    """The transfers of the other budgets, of which the first row is made up of the rows below it."""
    concept = "transfers.received.government_fund"
    total = w.known(concept, "whole")
    part = total // w.quantum // 3 * w.quantum
    rows = [
        ["一、政府性基金转移支付收入", fig(w, unit, concept)],
        ["其中：政府性基金补助收入", none(w, unit, part)],
        ["抗疫特别国债转移支付收入", none(w, unit, total - part)],
        ["二、国有资本经营预算转移支付收入", fig(w, unit, "transfers.received.state_capital")],
    ]
    return Sheet(f"{w.year}年{w.name}政府性基金和国有资本经营预算转移支付收入决算表", unit, [["项目", "决算数"]], rows)


def accounts(w, unit):
    """Revenue on the left, expenditure on the right."""
    rows = [
        ["税收收入", none(w, unit), "一般公共服务支出", none(w, unit)],
        ["非税收入", none(w, unit), "教育支出", none(w, unit)],
        [
            "一般公共预算收入合计",
            fig(w, unit, "revenue.general_public"),
            "一般公共预算支出合计",
            fig(w, unit, "expenditure.general_public"),
        ],
    ]
    head = ["收入项目", "决算数", "支出项目", "决算数"]
    return Sheet(f"{w.year}年{w.name}一般公共预算收支决算表", unit, [head], rows)
