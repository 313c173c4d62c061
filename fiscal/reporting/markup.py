"""What the markup of a rendered notebook lacks for those who listen, use the keyboard or have a narrow window.

``soup`` is the article of a page, which is changed; ``words`` are those of ``fiscal.reporting.render`` in its language.
"""

import re
from html import escape

from fiscal import text
from fiscal.reporting.headings import LEVELS

CHINESE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+")
SHORT = 4  # characters of a Chinese heading that is not broken
# What runs, fetches, sends or leads elsewhere by itself: no notebook needs it, the page's policy would refuse most.
ACTIVE = re.compile(
    "script|iframe|frame|object|embed|applet|base|meta|link|form|select|textarea|button|template|noscript|portal|audio"
    "|video|source|track|input"
)
FETCHED = {"src", "srcset", "background", "poster", "ping", "data", "action", "formaction"}
PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml)[;,]", re.IGNORECASE)
ADDRESS = re.compile(r"https?:|mailto:|(?![^/?#]*:)", re.IGNORECASE)
FETCHING = re.compile(r"@import|url\((?!\s*[\"']?data:)", re.IGNORECASE)  # in a style
# A long word of a table, such as the name of a parameter or a cell of a rule, and where it may be broken.
LONG = re.compile(r"\S{10,}")
JOINT = re.compile(r"(?<=[_,.])(?=[a-zA-Z\"(])")


def defuse(soup):
    """Take out what could run or fetch, whoever put it there, and write out what can't be seen.

    Text from documents and data is escaped where it is put into HTML; this holds where someone's own notebook, or
    Markdown from a policy, does not.
    """
    from bs4 import NavigableString

    for element in soup.find_all(_runs):
        element.decompose()
    for element in soup.find_all(True):
        for name in list(element.attrs):
            if _acts(name.lower(), element[name]):
                del element[name]
            elif isinstance(element[name], str):
                element[name] = text.visible(element[name])
    for words in soup.find_all(string=text.UNSEEN):
        if type(words) is NavigableString:
            words.replace_with(text.visible(words))


def _runs(element):
    """Whether an element runs something, fetches it, or leads to what does."""
    if element.name == "style":
        return FETCHING.search(element.get_text()) is not None
    chosen = element.name == "input" and element.get("type") == "radio"  # a quiz has these; they do nothing
    return ACTIVE.fullmatch(element.name) is not None and not chosen


def _acts(name, value):
    """Whether an attribute runs something, fetches it, or leads to what runs."""
    if name in FETCHED:
        return not PICTURE.match(value)
    if name in ("href", "xlink:href"):
        return not ADDRESS.match(re.sub(r"[\0- ]", "", value))
    return name.startswith("on") or (name == "style" and FETCHING.search(value) is not None)


def pictures(soup, words):
    """Name the place in which each figure scrolls, and say so where a picture has no description."""
    for number, picture in enumerate(soup.find_all("img"), start=1):
        figure = picture.find_parent("figure")
        # One whose author says that there is nothing to describe is decoration; in a figure nobody does.
        if not picture.get("alt") and (figure or not picture.has_attr("alt")):
            picture["alt"] = words["undescribed"].format(number=number)
        if figure:
            picture.wrap(_scrolling(soup, {"aria-label": words["picture"].format(number=number)}))


def tables(soup, words):
    """Give each table a caption, headers with scopes, long words that can be broken, and a place to scroll in."""
    for number, table in enumerate(soup.find_all("table"), start=1):
        for cell in table.find_all("th"):
            if not cell.get_text(strip=True):
                cell.name = "td"
            elif not cell.get("scope"):
                cell["scope"] = "col" if cell.find_parent("thead") else "row"
            if CHINESE.fullmatch(heading := cell.get_text(strip=True)) and len(heading) <= SHORT:
                cell["class"] = [*cell.get("class", []), "short"]
        for long in _texts(table, LONG):
            pieces = LONG.sub(lambda word: JOINT.sub("\0", word[0]), long).split("\0")
            long.replace_with(*[each for piece in pieces for each in (soup.new_tag("wbr"), piece)][1:])
        if table.caption is None:
            heading = table.find_previous(LEVELS)
            about = [heading.get_text(strip=True)] if heading else []
            table.insert(0, soup.new_tag("caption", attrs={"class": "spoken"}))
            table.caption.string = " · ".join([*about, words["table"].format(number=number)])
        table.caption["id"] = f"table-{number}"
        table.wrap(_scrolling(soup, {"aria-labelledby": table.caption["id"]}))


def code(soup, words):
    """Let code and output that are too wide be scrolled with the keyboard."""
    for block in soup.find_all("pre"):
        block.attrs |= {"role": "group", "tabindex": "0", "aria-label": words["code"]}


def notes(soup):
    """Turn each fact's title into a note that keyboard and screen-reader users get too."""
    for number, fact in enumerate(soup.find_all("span", class_="fact", title=True)):
        fact.attrs.pop("data-fact", None)
        note = soup.new_tag("span", attrs={"class": "note", "role": "tooltip", "id": f"note-{number}"})
        note.string = fact.attrs.pop("title")
        fact["aria-describedby"] = note["id"]
        fact.append(note)


def chinese(soup):
    """Mark Chinese words on a page in another language, so that they are spoken and set as Chinese."""
    for words in _texts(soup, CHINESE):
        if words.find_parent(["pre", "code"]) or words.find_parent(lang=re.compile("^zh")):
            continue
        place, pieces = 0, []
        for found in CHINESE.finditer(words):
            marked = soup.new_tag("span", attrs={"lang": "zh-CN"})
            marked.string = found[0]
            pieces += [words[place : found.start()], marked]
            place = found.end()
        words.replace_with(*[piece for piece in (*pieces, words[place:]) if piece])


def spoken(words, lang):
    """Words as HTML, in which Chinese is marked where it stands on a page in another language."""
    written = escape(words, quote=False)
    return written if lang == "zh" else CHINESE.sub(r'<span lang="zh-CN">\g<0></span>', written)


def _scrolling(soup, name):
    return soup.new_tag("div", attrs={"class": "scroll", "role": "group", "tabindex": "0"} | name)


def _texts(within, pattern):
    """Pieces of text that match; comments and styles are none."""
    from bs4 import NavigableString

    return [words for words in within.find_all(string=pattern) if type(words) is NavigableString]
