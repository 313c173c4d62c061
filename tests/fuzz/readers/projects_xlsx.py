"""A user's projects as a workbook, part by part."""

import io

import openpyxl
import parts

from fiscal import datasets


def _seed():
    book = openpyxl.Workbook()
    for row in (
        ["project_id", "department", "node", "budget_yuan", "executed_yuan", "completion"],
        ["P1", "Water", "may", 1000, 0, "40%"],
        ["P2", "Roads", "9月", 5, 5, "80%"],
    ):
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    files = parts.parted(parts.unpacked(buffer.getvalue()))
    return parts.joined({name: files[name] for name in files if not name.startswith(("docProps", "xl/theme"))})


SEEDS = [_seed()]


def read(data, folder):
    path = folder / "projects.xlsx"
    path.write_bytes(parts.archive(data))
    datasets.read_projects(path)
