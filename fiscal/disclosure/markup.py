"""HTML as a tree, whatever it looks like: in time that grows with its length, without recursion."""

import re
from html import unescape

from fiscal.errors import InputError

NODES = 1_000_000
LEVELS = 200  # how far up an element is looked for that ends here

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
RAW = {"script", "style", "textarea", "iframe", "xmp", "noembed", "noframes"}
BLOCKS = {"html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "dir"}
BLOCKS |= {"div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS |= {"header", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "ul"}
BLOCKS |= {"table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"}
SCOPE = {"table", "td", "th", "caption", "html"}
SECTIONS = {"td", "th", "tr", "thead", "tbody", "tfoot", "caption"}
# What ends when a tag begins: elements of these kinds, but none beyond an element of the other kinds.
ENDED = {tag: ({"p"}, SCOPE) for tag in BLOCKS - SECTIONS - {"html", "body", "li", "dt", "dd", "table"}}
ENDED |= {
    "li": ({"li"}, SCOPE | {"ul", "ol", "menu", "dir"}),
    "dt": ({"dt", "dd"}, SCOPE | {"dl"}),
    "dd": ({"dt", "dd"}, SCOPE | {"dl"}),
    "a": ({"a"}, BLOCKS),
    "td": ({"td", "th", "caption"}, {"table"}),
    "th": ({"td", "th", "caption"}, {"table"}),
    "tr": ({"tr", "caption"}, {"table"}),
    "tbody": (SECTIONS, {"table"}),
    "thead": (SECTIONS, {"table"}),
    "tfoot": (SECTIONS, {"table"}),
    "caption": (SECTIONS, {"table"}),
}
NAME = re.compile(r"[A-Za-z][^\s/>]*")
ATTRIBUTE = re.compile(r"[\s/]*([^\s/>=]+)\s*(=)?\s*|[\s/]*=")
UNQUOTED = re.compile(r"[^\s>]*")
# More digits than any character has.
ENDLESS = re.compile(r"&#[xX]?[0-9A-Fa-f]{9,};?")
KEPT = {"class", "id", "style", "hidden", "role", "colspan", "rowspan"}


class Node:
    """An element: tag, attributes (those of ``KEPT``), and children (nodes and texts) in order."""

    __slots__ = ("attributes", "children", "tag")

    def __init__(self, tag, attributes):
        self.tag, self.attributes, self.children = tag, attributes, []


def tree(page, where):
    """The root of a page's elements. Raises InputError where there are more than ``NODES``."""
    root = Node("html", {})
    open_nodes = [root]
    for count, (kind, name, attributes) in enumerate(_tokens(page), start=1):
        if count > NODES:
            raise InputError(f"{where}: expected a page of at most {NODES:,} tags and texts")
        if kind == "text":
            open_nodes[-1].children.append(name)
        elif kind == "end":
            _close(open_nodes, name)
        elif name not in ("html", "body") or not root.attributes:
            if name in BLOCKS and len(open_nodes) > 1 and open_nodes[1].tag == "head":
                del open_nodes[1:]
            if name in ENDED:
                _end(open_nodes, *ENDED[name])
            node = Node(name, attributes)
            open_nodes[-1].children.append(node)
            if name not in VOID:
                open_nodes.append(node)
    return root


def _close(open_nodes, name):
    """End the innermost element of this name, unless one that it can't reach across lies between."""
    barrier = SCOPE - {name} if name in BLOCKS else BLOCKS
    if name in SECTIONS or name == "table":
        barrier = {"table"}
    for depth in range(len(open_nodes) - 1, max(0, len(open_nodes) - LEVELS), -1):
        tag = open_nodes[depth].tag
        if tag == name:
            del open_nodes[depth:]
            return
        if tag in barrier:
            return


def _end(open_nodes, ended, barrier):
    """End the outermost element of the kinds ``ended`` that is within the nearest barrier."""
    found = None
    for depth in range(len(open_nodes) - 1, max(0, len(open_nodes) - LEVELS), -1):
        tag = open_nodes[depth].tag
        if tag in barrier:
            break
        if tag in ended:
            found = depth
    if found:
        del open_nodes[found:]


def _tokens(page):
    """(kind, name or text, attributes) of each tag and text."""
    position, last = 0, page.rfind(">")
    while position < len(page):
        tag = page.find("<", position)
        if tag < 0 or tag > last:  # no tag ends any more
            tag = len(page)
        if tag > position:
            yield "text", unescape(ENDLESS.sub("\ufffd", page[position:tag])), None
        if tag == len(page):
            return
        if page.startswith("<!--", tag):
            end = page.find("-->", tag + 2)
            position = len(page) if end < 0 else end + 3
        elif page[tag + 1] in "!?":
            position = page.find(">", tag) + 1
        elif page[tag + 1] == "/" and (match := NAME.match(page, tag + 2)):
            yield "end", match[0].lower(), None
            position = page.find(">", match.end()) + 1 or len(page)
        elif match := NAME.match(page, tag + 1):
            name = match[0].lower()
            attributes, position = _attributes(page, match.end())
            yield "start", name, attributes
            if name in RAW:
                end = re.compile(f"</{name}", re.I).search(page, position)
                text_end = end.start() if end else len(page)
                if name == "xmp":
                    yield "text", page[position:text_end], None
                position = text_end
        else:
            yield "text", "<", None
            position = tag + 1


def _attributes(page, position):
    """The attributes of a tag, and where the tag ends."""
    attributes = {}
    while match := ATTRIBUTE.match(page, position):
        position, value = match.end(), ""
        if match[2]:
            quote = page[position : position + 1]
            end = page.find(quote, position + 1) if quote in ("'", '"') else -1
            if end < 0:
                end = UNQUOTED.match(page, position).end()
                value, position = page[position:end], end
            else:
                value, position = page[position + 1 : end], end + 1
        if match[1] and (name := match[1].lower()) in KEPT:
            attributes.setdefault(name, unescape(ENDLESS.sub("", value)))
    end = page.find(">", position)
    return attributes, len(page) if end < 0 else end + 1
