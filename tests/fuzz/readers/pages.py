"""What the process that reads PDF pages may tell of them: words and ruled lines anywhere."""

import json
import re

from fiscal.disclosure import extract, pdf
from fiscal.disclosure.document import build

NUMBER = re.compile(rb"-?[0-9]{1,5}(?:\.[0-9]{1,3})?")
SEEDS = [
    """p 600 800
w 72 700 300 714 荔城区2023年决算说明
w 72 680 500 694 2023年末，政府债务余额12.5亿元，其中一般债务
w 72 660 200 674 2.5亿元。
l 72 500 500 501
l 72 450 500 451
l 72 400 500 401
l 72 400 73 500
l 300 400 301 500
l 500 400 501 500
w 80 470 200 484 项目
w 310 470 400 484 决算数
w 80 420 200 434 债务余额
w 310 420 400 434 12.5
w 280 30 320 44 - 1 -
p 800 600
w 72 500 300 514 二、其他
w 310 500 400 514 12.5%
""".encode()
]


def read(data, folder):
    pages = []
    for line in data.splitlines()[:2_000]:
        kind, *words = line.split(b" ", 5)
        places = [float(word) for word in words[:4] if NUMBER.fullmatch(word)]
        if kind == b"p" and len(places) == 2 and min(places) > 0:
            pages.append({"width": places[0], "height": places[1], "words": [], "lines": []})
        elif pages and len(places) == 4 and places[0] <= places[2] and places[1] <= places[3]:
            text = b"".join(words[4:]).decode("utf-8", "replace").strip()
            if kind == b"w" and text:
                pages[-1]["words"].append([text, *places])
            elif kind == b"l":
                pages[-1]["lines"].append(places)
    original = pdf._pages
    pdf._pages = lambda *_: json.loads(json.dumps(pages))
    try:
        document = build("document.pdf", "pdf", pdf.blocks(b"", "document.pdf"), "document.pdf")
    finally:
        pdf._pages = original
    extract(document, "荔城区", 2023).plain()
