"""A web page."""

from fiscal.disclosure.file import read as read_file
from readers.document import PAGE

SEEDS = [PAGE.encode(), PAGE.replace("utf-8", "gb2312").encode("gb18030")]


def read(data, folder):
    path = folder / "page.html"
    path.write_bytes(data)
    read_file(path)
