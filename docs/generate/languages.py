"""Two languages in one site: which a page is in, the switch, the words around it, and search that knows Chinese."""

import gettext
import re
from pathlib import Path

import sphinx.locale
from bs4 import BeautifulSoup
from sphinx.search.en import SearchEnglish

HOME = {"en": "index", "zh": "zh/index"}
CODES = {"en": "en", "zh": "zh-CN"}
# Words of the theme that Sphinx's own catalogue does not have.
CHINESE = {
    "Back to top": "回到顶部",
    "Home": "首页",
    "On this page": "本页内容",
    "Skip to content": "跳到正文",
    "Search": "搜索",
    "Next": "下一页",
    "Previous": "上一页",
}


def of(docname):
    """The language of a page, by its folder."""
    return "zh" if docname.split("/")[0] == "zh" else "en"


def counterpart(docname):
    """The page that says the same in the other language; None for the reference, which is in English."""
    if docname in HOME.values():
        return HOME["en" if of(docname) == "zh" else "zh"]
    folder, _, rest = docname.partition("/")
    return {"en": f"zh/{rest}", "zh": f"en/{rest}"}.get(folder)


def context(app, pagename, templatename, context, doctree):
    """What the templates need to know of the languages."""
    lang = of(pagename)
    context["language"] = CODES[lang]
    other = counterpart(pagename)
    context["switch"] = None
    if other in app.env.found_docs:
        code = "zh" if lang == "en" else "en"
        context["switch"] = {"page": other, "lang": CODES[code], "label": {"en": "English", "zh": "中文"}[code]}
    context["master_doc"] = HOME[lang]
    _, before, after = app.builder.relations.get(pagename, (None, None, None))
    for name, page in (("prev", before), ("next", after)):
        if page and of(page) != lang:
            context[name] = None
    # Navigation in the reader's language; the reference belongs to the English one.
    if tree := context.get("furo_navigation_tree"):
        context["furo_navigation_tree"] = _navigation(tree, lang)
    if lang == "zh":
        catalogue = gettext.translation("sphinx", Path(sphinx.locale.__file__).parent, ["zh_CN"])
        context["_"] = context["gettext"] = lambda words: CHINESE.get(words.strip()) or catalogue.gettext(words)


def _navigation(tree, lang):
    """The tree without the sections whose caption is in the other language."""
    soup = BeautifulSoup(tree, "html.parser")
    for caption in soup.find_all("p", class_="caption"):
        chinese = re.search(r"[\u4e00-\u9fff]", caption.text) is not None
        if chinese != (lang == "zh"):
            caption.find_next_sibling("ul").decompose()
            caption.decompose()
    return str(soup)


class Search(SearchEnglish):
    """English words, and each pair of neighbouring Chinese characters: a word of two or more is found anywhere."""

    js_splitter_code = """
var splitQuery = (query) =>
  (query.match(/[\\u4e00-\\u9fff]+|[\\p{Letter}\\p{Number}_]+/gu) || []).flatMap((run) =>
    run.match(/[\\u4e00-\\u9fff]/) && run.length > 2
      ? Array.from({length: run.length - 1}, (_, start) => run.slice(start, start + 2))
      : run.match(/[\\u4e00-\\u9fff]/) ? [run] : run.split(/[\\u4e00-\\u9fff]+/).filter((word) => word));
"""

    def split(self, input):
        for run in re.findall(r"[\u4e00-\u9fff]+|[^\W\u4e00-\u9fff]+", input):
            if "\u4e00" <= run[0] <= "\u9fff" and len(run) > 2:
                yield from (run[start : start + 2] for start in range(len(run) - 1))
            else:
                yield run


def setup(app):
    app.add_search_language(Search)
    app.connect("html-page-context", context, priority=900)
