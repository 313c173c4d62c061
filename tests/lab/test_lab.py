"""Notebooks in a real JupyterLab, as a person uses them: Run All, look, move a slider."""

import os

import pytest

from fiscal import explore, resources

pytestmark = pytest.mark.xdist_group("lab")
NOTEBOOKS = sorted(
    path.relative_to(resources.notebooks()).as_posix() for path in resources.notebooks().rglob("*.ipynb")
)


def test_a_slider_that_is_moved_with_the_keyboard_moves_picture_numbers_and_projects(lab, axe):
    page = lab.run("explore.ipynb")
    picture = page.locator(".fiscal-panel img")
    assert picture.get_attribute("alt").startswith("End of September")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 600")
    before, tables = picture.get_attribute("alt"), page.locator(".fiscal-panel table")
    year = tables.first.locator("tr", has_text="year")
    assert "1,556,445,000 yuan" in year.inner_text()
    half = page.locator(".fiscal-panel .widget-vbox", has_text="completion below which half is recovered").last
    slider = half.get_by_role("slider")
    slider.focus()
    for _ in range(10):
        slider.press("ArrowLeft")
    # Moves on their way to the kernel are gathered, and the last of them may leave after a click that follows at once:
    # a person waits for the numbers of where the slider stands.
    panel = explore.rules("urumqi-2020")
    panel.controls["recovery.half_completion_max"].label = half.locator(".widget-readout").inner_text()
    source, here = year.locator("td").nth(-2), year.locator("td").nth(-1)
    here.get_by_text(f"{panel.monitoring['recovered_yuan'].sum():,} yuan").wait_for()
    assert source.inner_text() != here.inner_text()
    assert picture.get_attribute("alt") != before
    page.locator(".fiscal-panel caption", has_text="Who changes at the end of September").wait_for()
    page.get_by_role("button", name="Back to the source").click()
    page.wait_for_function("alt => document.querySelector('.fiscal-panel img').alt === alt", arg=before)
    page.locator(".fiscal-panel", has_text="No project changes.").wait_for()
    assert lab.errors(page) == []
    # What stands around the panel is JupyterLab's own.
    assert [each for each in axe(page, ".fiscal-panel") if each[1] in ("serious", "critical")] == []
    if folder := os.environ.get("FISCAL_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/explore.png")
    page.close()


@pytest.mark.soak
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_notebook_runs_and_shows_its_pictures(lab, name):
    page = lab.run(name)
    pictures = page.locator(".jp-OutputArea-output :is(svg, img)").all()
    assert any(each.bounding_box()["width"] > 300 for each in pictures if each.is_visible())
    page.close()
