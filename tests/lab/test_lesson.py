"""A student answers an exercise in a real JupyterLab: wrongly, then rightly."""

import pytest

pytestmark = pytest.mark.xdist_group("lab")


def test_an_exercise_is_answered_wrongly_then_rightly(lab):
    page = lab.run("teaching/3-debt.ipynb")
    cell = page.locator(".jp-CodeCell").filter(has_text='teaching.check("3.1"')
    cell.get_by_text("Put your answer in place of the dots").wait_for()
    answered = {
        '"1188.94"': "without quotation marks",
        "138057000000": "That is the limit",
        "118894000000": "Right.",
    }
    for answer, said in answered.items():
        cell.locator(".cm-content").click()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.insert_text(f'answer = {answer}\nteaching.check("3.1", answer)')
        page.keyboard.press("ControlOrMeta+Enter")
        cell.get_by_text(said).wait_for()
    assert lab.errors(page) == []
    page.close()
