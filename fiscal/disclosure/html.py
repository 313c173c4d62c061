"""Web pages: the lines and tables of the main text, without what a site puts around it."""

import re
from itertools import accumulate, islice

from fiscal.disclosure.document import PLACES, Grid, clean
from fiscal.disclosure.markup import BLOCKS, tree
from fiscal.disclosure.plain import MARKS, decode
from fiscal.errors import InputError

BYTES = 32_000_000
CHARSET = re.compile(rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w-]+)""", re.I)
# Sites say GB2312 and mean what contains it.
ENCODINGS = dict.fromkeys(["gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030"], "gb18030")
ENCODINGS |= {"big5": "big5hkscs", "big5-hkscs": "big5hkscs", "utf-8": "utf-8", "utf8": "utf-8"}

UNSEEN = {"head", "script", "style", "template", "noscript", "iframe", "object", "svg", "select", "textarea"}
UNSEEN |= {"button", "canvas", "audio", "video", "map", "noframes", "noembed", "rp", "rt"}
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
AROUND = {"nav", "footer", "aside"}
ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}
AROUND_NAMES = re.compile(
    r"(?:^|[-_\s])(?:(?:top|main|left|sub)?nav|navbar|menu|breadcrumbs?|crumbs?|footer|foot|sidebar|share|pagination"
    r"|pager|dqwz|weizhi|copyright|toolbar)(?:$|[-_\s\d])",
    re.I,
)
TITLE = re.compile(r"<title[^>]*>([^<]*)", re.I)
HEADINGS = {"h1", "h2", "h3"}
# In these a page puts its parts; the lines of a text are not among them.
PARTS = {"html", "body", "div", "section", "article", "main", "form", "center", "table", "tbody", "tr", "td"}
CELL = 300  # characters: a cell with less is not where a page has its text

AMOUNT = re.compile(r"\d\s*(?:[十百千万亿]*元|[%％])")
NUMBERED = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:、|部分)|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|单位[:：]"
)
SENTENCE = re.compile(r"[。；]")
# What a site says of itself.
NOTICE = re.compile(r"版权|ICP备|主办|承办|备案|公网安备|标识码|浏览器|技术支持")
ASIDE_SHARE = 0.1  # of the sentences on a page: less than this beside its main part is the site's own
BROKEN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t\r]*\n[ \t\r]*(?=[\u3000-\u9fff\uff00-\uffef])")


def blocks(data, where):
    """Blocks of the main text, as ``document.build`` takes them."""
    if len(data) > BYTES:
        raise InputError(f"{where}: expected a page of at most {BYTES:,} bytes, found {len(data):,}")
    source = _decoded(data, where)
    title = clean(found[1]) if (found := TITLE.search(source)) else ""
    root = tree(source, where)
    page = _Lines(root)
    main = page.main(root)
    return page.titles_before(main, title) + _blocks(main, page.dropped, where)


def _decoded(data, where):
    """The page as text: by byte order mark, as UTF-8, by what it says of itself, else by what fits."""
    said = ENCODINGS.get(found[1].decode("ascii").lower()) if (found := CHARSET.search(data[:4096])) else None
    if not any(data.startswith(mark) for mark, _ in MARKS):
        for encoding in filter(None, ("utf-8", said)):
            try:
                # A page's control characters are never shown.
                if "\0" not in (text := data.decode(encoding)):
                    return text
            except UnicodeDecodeError:
                pass
    try:
        return decode(data, where)
    except InputError:
        if not said or b"\0" in data:
            raise
        return data.decode(said, errors="replace")


def _walk(root, dropped=()):
    """What a reader sees, in order: ("open", node), ("close", node) of blocks, and ("line", (text, link, heading)).

    ``link`` is how many characters of a line are in links, ``heading`` whether it is in a heading.
    """
    pieces, links, link, heading, pre = [], 0, 0, 0, 0
    stack = [(root, iter(root.children))]

    def finished():
        nonlocal links
        text = BROKEN.sub("", "".join(pieces))
        linked, links = links, 0
        pieces.clear()
        if line := clean(text):
            yield "line", (line, linked, heading > 0)

    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if isinstance(child, str):
            lines = child.split("\n") if pre else [child]
            for n, line in enumerate(lines):
                if n:
                    yield from finished()
                pieces.append(line)
            links += len(child.strip()) if link else 0
        elif child is None:
            stack.pop()
            if node.tag in BLOCKS:
                yield from finished()
                if stack:
                    yield "close", node
            link -= node.tag == "a"
            pre -= node.tag == "pre"
            heading -= node.tag in HEADINGS
        elif child.tag in ("br", "hr"):
            yield from finished()
        elif not (child.tag in UNSEEN or child in dropped or _is_hidden(child)):
            if child.tag in BLOCKS:
                yield from finished()
                yield "open", child
            link += child.tag == "a"
            pre += child.tag == "pre"
            heading += child.tag in HEADINGS
            stack.append((child, iter(child.children)))
    yield from finished()


def _is_hidden(node):
    return "hidden" in node.attributes or HIDDEN.search(node.attributes.get("style", ""))


class _Lines:
    """The lines of a page with what speaks for each being text, and which lines each block holds."""

    def __init__(self, root):
        self.lines, self.extent = [], {root: (0, 0)}
        begun, around = {}, []
        for kind, what in _walk(root):
            if kind == "line":
                self.lines.append(what)
            elif kind == "open":
                begun[what] = len(self.lines)
            else:
                self.extent[what] = (begun.pop(what), len(self.lines))
                if _is_around(what):
                    around.append(what)
        self.extent[root] = (0, len(self.lines))
        self.own = [line if 2 * links < len(line) else "" for line, links, _ in self.lines]
        amounts = _sums(bool(AMOUNT.search(line)) for line in self.own)
        self.dropped = {node for node in around if not self.count(amounts, node)}
        for node in self.dropped:
            first, last = self.extent[node]
            self.own[first:last] = [""] * (last - first)
        self.marks = _sums(bool(AMOUNT.search(line) or NUMBERED.match(line)) for line in self.own)
        self.sizes = _sums(map(len, self.own))
        self.sentences = _sums(
            len(line) if AMOUNT.search(line) or (SENTENCE.search(line) and not NOTICE.search(line)) else 0
            for line in self.own
        )

    def count(self, sums, node):
        first, last = self.extent[node]
        return sums[last] - sums[first]

    def main(self, root):
        """The innermost part that holds the text: beside it there is no amount, no numbered line, few sentences."""
        node = root
        while inner := self.inner(node):
            node = inner
        return node

    def inner(self, node):
        """The part of a part that holds its text, if there is one."""
        sentences, marks = self.count(self.sentences, node), self.count(self.marks, node)
        for child in node.children:
            if isinstance(child, str) or child.tag not in PARTS or child in self.dropped or child not in self.extent:
                continue
            if child.tag == "td" and self.count(self.sizes, child) < CELL:
                continue
            inside = self.count(self.sentences, child)
            if inside and inside >= (1 - ASIDE_SHARE) * sentences and self.count(self.marks, child) == marks:
                return child
        return None

    def titles_before(self, main, title):
        """Headings before the main part, and lines there that the title of the page begins with."""
        lines = zip(self.own, self.lines, strict=True)
        before = islice(lines, self.extent[main][0])
        return [own for own, (_, _, heading) in before if own and (heading or (len(own) > 5 and title.startswith(own)))]


def _sums(values):
    return list(accumulate(values, initial=0))


def _is_around(node):
    """Whether a block calls itself navigation, footer or the like."""
    names = f"{node.attributes.get('class', '')} {node.attributes.get('id', '')}"
    return node.tag in AROUND or node.attributes.get("role") in ROLES or AROUND_NAMES.search(names)


def _blocks(root, dropped, where):
    """The lines and tables of a part as blocks."""
    found = []
    into, tables = [found], []  # where lines go; for each open table its cells and rows, and where it began
    for kind, what in _walk(root, dropped):
        if kind == "line":
            into[-1].append(what[0])
        elif kind == "open":
            if what.tag == "table":
                tables.append(([], [], len(into)))
            elif what.tag == "tr" and tables:
                tables[-1][1].append([])
            elif what.tag in ("td", "th") and tables:
                contents, rows, _ = tables[-1]
                if not rows:
                    rows.append([])
                rows[-1].append((len(contents), _span(what, "colspan"), _span(what, "rowspan")))
                contents.append([])
                into.append(contents[-1])
        elif what.tag in ("td", "th") and tables and len(into) > tables[-1][2]:
            into.pop()
        elif what.tag == "table" and tables:
            contents, rows, depth = tables.pop()
            del into[depth:]
            into[-1].append(Grid(contents, _laid_out(rows, where)))
    return found


def _span(cell, name):
    value = cell.attributes.get(name, "").strip()
    return int(value) if value.isdecimal() and len(value) < 6 and int(value) else 1


def _laid_out(rows, where):
    """Rows of (cell, columns, rows that it spans) as rows of the cell in each place."""
    grid, below, places = [], {}, 0  # below: what reaches down into a column, and how many rows yet
    for row in rows:
        line, column, later = [], 0, {}
        cells = iter(row)
        cell = next(cells, None)
        while cell or column in below:
            if column in below:
                number, left = below.pop(column)
                taken = {column: (number, left - 1)}
            else:
                number, columns, left = cell
                taken = {column + n: (number, left - 1) for n in range(min(columns, 1_000))}
                cell = next(cells, None)
            line += [number] * len(taken)
            column += len(taken)
            if left > 1:
                later.update(taken)
            places += len(taken)
            if places > PLACES:
                raise InputError(f"{where}: expected at most {PLACES:,} places in a table")
        grid.append(line)
        # A cell that reaches down beyond the end of a shorter row still reaches its column.
        below = later | {c: (n, left - 1) for c, (n, left) in below.items() if left > 1}
    return grid
