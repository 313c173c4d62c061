"""What a page says of itself to machines: what it was made of, and a hash of its bytes.

Both stand in a block of data in the page's head, which no browser runs. The hash is that of the page with zeros in its
place. It shows what happened by accident or carelessly: whoever alters a page on purpose can compute it anew.
"""

import json

from fiscal.reporting.inputs import digest

BLANK = "0" * 64
OPENING = '<script type="application/json" id="record">{"sha256":"'
CLOSING = "</script>"


def block(said):
    """The block of a page that says this, with zeros for the hash."""
    rest = json.dumps(said, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'{OPENING}{BLANK}",{rest[1:]}{CLOSING}'


def sealed(page):
    """The bytes of a page (text) with its hash in its block; as it is if it has none."""
    head, opening, rest = page.partition(OPENING)
    return (head + opening + digest(page) + rest[len(BLANK) :] if opening else page).encode("utf-8")


def opened(page):
    """What a page (bytes) says of itself, and whether its hash is right; None and False for a page without a block."""
    head, opening, rest = page.partition(OPENING.encode())
    stated, content = rest[: len(BLANK)], rest[len(BLANK) :]
    try:
        said = json.loads(f'{{"sha256":"{content.partition(CLOSING.encode())[0].decode("utf-8")}')
    except (ValueError, RecursionError):
        return None, False
    return said, digest(head + opening + BLANK.encode() + content).encode() == stated


def shown(page):
    """A page (bytes) without its block."""
    head, _, rest = page.partition(OPENING.encode())
    return head + rest.partition(CLOSING.encode())[2] if rest else head
