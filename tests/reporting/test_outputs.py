"""What a page shows of an output that comes in several forms, and of pictures that nobody described."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from fiscal.reporting import render

WIDGET = "application/vnd.jupyter.widget-view+json"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
IMAGE = f"data:image/png;base64,{PNG}"


def main_of(cell, lang="en"):
    """The main part of the page of one cell, as soup."""
    notebook = nbformat.v4.new_notebook(cells=[cell])
    page = render.report(render.article(notebook), lang=lang, name="n", place="某市", year=2020, title="t")
    return BeautifulSoup(page, "html.parser").main


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ({"application/javascript": "alert(1)", "text/html": "<b>bold</b>"}, "bold"),
        ({"application/javascript": "alert(1)"}, ""),
        ({WIDGET: {"model_id": "1"}, "text/plain": "IntSlider(value=3)"}, "IntSlider(value=3)"),
        ({WIDGET: {"model_id": "1"}}, ""),
        ({"text/latex": "$\\frac{a}{b} < 1$", "text/plain": "<Latex object>"}, "$\\frac{a}{b} < 1$"),
        ({"text/html": "<i>table</i>", "text/latex": "\\hline", "text/plain": "plain"}, "table"),
    ],
)
@pytest.mark.filterwarnings("error")
def test_the_form_that_a_page_can_show_is_shown(data, shown):
    output = nbformat.v4.new_output("display_data", data)
    found = main_of(nbformat.v4.new_code_cell("…", outputs=[output])).find("div", class_="output")
    assert found.get_text().strip() == shown


def test_a_picture_is_preferred_to_a_formula():
    output = nbformat.v4.new_output("display_data", {"image/png": PNG, "text/latex": "$x$", "text/plain": "x"})
    found = main_of(nbformat.v4.new_code_cell("…", outputs=[output]))
    assert found.img["alt"] == "Picture 1, without a description"
    assert "$x$" not in found.get_text()


@pytest.mark.parametrize(("lang", "said"), [("en", "Picture 2, without a description"), ("zh", "图2（无文字说明）")])
def test_pictures_in_prose_say_that_they_have_no_description_unless_they_are_decoration(lang, said):
    words = f'![A map]({IMAGE})\n\n<img src="{IMAGE}">\n\n<img alt="" src="{IMAGE}">'
    pictures = main_of(nbformat.v4.new_markdown_cell(words), lang).find_all("img")
    assert [picture["alt"] for picture in pictures] == ["A map", said, ""]
