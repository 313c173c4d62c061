"""Headings of a report: ids that stay the same between runs and languages, one first heading, no level skipped.

An edition in Chinese has the ids of the English one, so that a link into the one leads to the same place in the other.
"""

import re
from itertools import zip_longest

from fiscal.text import LANGUAGES

LEVELS = tuple(f"h{level}" for level in range(1, 7))
HEADING = re.compile(r"^#{1,6}\s+(.+?)[\s#]*$", re.MULTILINE)
FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


def name(notebook):
    """Note in each cell of prose which ids its headings have, before one of the two languages goes.

    Cells in two languages that stand next to each other say the same: their headings have the English words as ids.
    """
    run = {lang: [] for lang in LANGUAGES}
    for cell in [*notebook.cells, None]:
        tags = {*cell.metadata.get("tags", ())} & {*LANGUAGES} if cell and cell.cell_type == "markdown" else ()
        if len(tags) == 1:
            run[tags.pop()].append(cell)
            continue
        for english, chinese in zip(run["en"], run["zh"], strict=False):
            english.metadata["headings"] = chinese.metadata["headings"] = [
                slug(words) for words in HEADING.findall(FENCED.sub("", english.source))
            ]
        run = {lang: [] for lang in LANGUAGES}


def slug(words):
    """Words as an id: ``How heavy is it?`` is ``how-heavy-is-it``; Chinese ones stay as they are."""
    return re.sub(r"[\W_]+", "-", words.casefold()).strip("-") or "section"


def identify(soup, notebook, taken=()):
    """Give each heading of a rendered notebook an id that is not among those ``taken``.

    A heading that a cell puts out has the id of its section and a number: what it says depends on the language.
    """
    for anchor in soup.find_all("a", class_="anchor-link"):
        anchor.decompose()
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    wanted = {}
    for cell, block in zip(prose, soup.find_all("div", class_="prose"), strict=False):
        found = block.find_all(LEVELS)
        for heading, given in zip_longest(found, cell.metadata.get("headings", ())[: len(found)]):
            wanted[id(heading)] = given or slug(heading.get_text())
    taken = {*taken, *(each["id"] for each in soup.find_all(id=True) if each.name not in LEVELS)}
    section, number = "", 0
    for heading in soup.find_all(LEVELS):
        if given := wanted.get(id(heading)):
            section, number = given, 0
        else:
            number += 1
            given = f"{section or 'section'}-{number}"
        heading["id"] = _free(given, taken)
        taken.add(heading["id"])


def _free(wanted, taken):
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def order(soup):
    """Put headings in order: one of the first level and none that skips one; gives the first heading, taken out."""
    first, last = soup.find("h1"), 1
    for heading in soup.find_all(LEVELS):
        if heading is not first:
            last = min(max(int(heading.name[1]), 2), last + 1)
            heading.name = f"h{last}"
    return first and first.extract()


def link(soup, label):
    """Put a link to itself beside each heading; ``label`` is a format with ``heading``."""
    for heading in soup.find_all(LEVELS):
        row = heading.wrap(soup.new_tag("div", attrs={"class": f"heading {heading.name}"}))
        name = label.format(heading=heading.get_text(strip=True))
        anchor = soup.new_tag("a", attrs={"class": "permalink", "href": f"#{heading['id']}", "aria-label": name})
        anchor.string = "#"
        row.append(anchor)


def contents(soup):
    """The sections of a page: id and text of each heading of the second level."""
    return [{"id": heading["id"], "text": heading.get_text(strip=True)} for heading in soup.find_all("h2")]
