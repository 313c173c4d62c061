"""A document file of any format into text and tables; the contents decide what it is, not the name."""

import re
import stat
from pathlib import Path

from fiscal import resources
from fiscal.disclosure.document import Cell, Document, Table, build
from fiscal.disclosure.plain import decode
from fiscal.errors import InputError

__all__ = ["Cell", "Document", "Table", "read"]

BYTES = 100_000_000
EXPECTED = "expected a document as text, HTML, .docx, .xlsx or PDF"
# What files of other kinds begin with, and what to do about it.
OTHERS = [
    (b"{\\rtf", "a rich text file; save it as .docx"),
    (b"MIME-Version:", "a web archive; save it as HTML"),
    (b"From: <", "a web archive; save it as HTML"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"BM", "an image"),
    (b"II*\0", "an image"),
    (b"MM\0*", "an image"),
    (b"RIFF", "an image or a film"),
    (b"Rar!", "an archive; take the document out of it"),
    (b"7z\xbc\xaf", "an archive; take the document out of it"),
    (b"\x1f\x8b", "an archive; take the document out of it"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
]
MARKUP = re.compile(
    rb"\s*(<\?xml[^>]*>|<!--.*?-->|\s)*<(!doctype\s+html|html|head|body|meta|title|table|div|p)\b", re.I | re.S
)
OFFICE_XML = re.compile(rb"<\?mso-application|<w:wordDocument|urn:schemas-microsoft-com:office:spreadsheet")
HEAD = 4096  # bytes in which a file shows what it is


def read(path) -> Document:
    """Read a document into its canonical text and its tables.

    Plain text is the decoded file, exactly: only a byte order mark is dropped, line ends stay, and there are no
    tables. HTML (the main text of the page), .docx, .xlsx (visible cells as displayed) and PDF (with a text layer)
    become one line for each paragraph and for each row of a table, cells separated by tabs. What a file is its
    contents say; its name decides only between HTML and plain text.

    Raises InputError: one line with the file and what was expected.
    """
    path = Path(path)
    where = resources.shown(path)
    data = _bytes(path, where)
    format, blocks = _opened(data, path.suffix.lower(), where)
    if format == "txt":
        return Document(path.name, "txt", decode(data, where))
    document = build(path.name, format, blocks, where)
    if not document.text:
        raise InputError(f"{where}: expected a document with text, found none")
    return document


def _bytes(path, where):
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise InputError(f"{where}: expected a file, found a folder")
        if not stat.S_ISREG(about.st_mode):
            raise InputError(f"{where}: expected an ordinary file")
        if about.st_size > BYTES:
            raise InputError(f"{where}: expected at most {BYTES:,} bytes, found {about.st_size:,}")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{where}: can't be read ({error.strerror}); {EXPECTED}") from error
    except ValueError as error:  # a NUL in the name
        raise InputError(f"{where}: expected the name of a file ({error})") from error
    if not data.strip():
        raise InputError(f"{where}: expected a document, found an empty file")
    return data


def _opened(data, suffix, where):
    """Format and blocks of a file; plain text has no blocks."""
    head = data[:HEAD]
    if b"%PDF-" in head[:1024]:
        from fiscal.disclosure import pdf

        return "pdf", pdf.blocks(data, where)
    if head.startswith(b"PK"):
        return _office(data, where)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError(f"{where}: {EXPECTED}, found one with a password; save it without")
        if "Workbook".encode("utf-16-le") in data:
            raise InputError(f"{where}: {EXPECTED}, found an old Excel workbook (.xls); save it as .xlsx")
        raise InputError(f"{where}: {EXPECTED}, found an old Word document (.doc); save it as .docx")
    for magic, found in OTHERS:
        # BM and MZ could also begin a text.
        if head.startswith(magic) and (len(magic) > 2 or b"\0" in head):
            raise InputError(f"{where}: {EXPECTED}, found {found}")
    if OFFICE_XML.search(head):
        raise InputError(f"{where}: {EXPECTED}, found an XML file of Office 2003; save it as .docx or .xlsx")
    if suffix in (".html", ".htm", ".shtml", ".xhtml") or _is_markup(head):
        from fiscal.disclosure import html

        return "html", html.blocks(data, where)
    return "txt", None


def _is_markup(head):
    # In UTF-16 each of these letters has a NUL beside it.
    return MARKUP.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b""))


def _office(data, where):
    from fiscal.disclosure.package import Package

    package = Package(data, where)
    main = package.main() or ""
    if main.startswith("word/"):
        from fiscal.disclosure import docx

        return "docx", docx.blocks(package)
    if main.endswith("workbook.xml"):
        from fiscal.disclosure import xlsx

        return "xlsx", xlsx.blocks(package)
    found = "an archive; take the document out of it"
    if main.endswith(".bin"):
        found = "a binary workbook (.xlsb); save it as .xlsx"
    elif main:
        found = "another kind of office file"
    elif "OFD.xml" in package.names:
        found = "an OFD file; save it as PDF"
    elif {"mimetype", "content.xml"} <= package.names:
        found = "an OpenDocument file; save it as .docx or .xlsx"
    raise InputError(f"{where}: {EXPECTED}, found {found}")
