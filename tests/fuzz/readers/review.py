"""The review page of a text."""

from fiscal.disclosure import extract
from fiscal.reporting import review
from readers.document import TEXT

SEEDS = [TEXT.encode()]


def read(data, folder):
    path = folder / "document.txt"
    path.write_bytes(data)
    review(extract(path, "荔城区", 2023))
