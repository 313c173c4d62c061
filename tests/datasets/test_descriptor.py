"""One schema: what loads here validates with frictionless, and every table is described."""

import json

from frictionless import validate

from fiscal import resources


def test_the_data_package_validates():
    report = validate(str(resources.data() / "datapackage.json"))
    assert report.valid, report.flatten(["path", "rowNumber", "fieldName", "message"])


def test_every_table_and_column_is_described():
    root = resources.data()
    package = json.loads((root / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["path"] for resource in package["resources"]}
    assert described == {path.relative_to(root).as_posix() for path in root.rglob("*.csv")}
    for resource in package["resources"]:
        for field in json.loads((root / resource["schema"]).read_text(encoding="utf-8"))["fields"]:
            assert field["description"], (resource["name"], field["name"])
