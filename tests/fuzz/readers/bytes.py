"""Any bytes: what they are, and in which encoding."""

from fiscal.disclosure.file import read as read_file
from readers.document import PAGE, TEXT

SEEDS = [
    *(TEXT[:99].encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16", "utf-16-be", "utf-32")),
    *(b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf1", b"<?mso-application", PAGE[:200].encode("utf-16")),
]


def read(data, folder):
    path = folder / "document"
    path.write_bytes(data.replace(b"%PDF-", b"%PDX-"))  # each PDF is a process of its own: see pdf
    read_file(path)
