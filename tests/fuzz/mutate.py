"""Change an input where it has structure: its words, lines and pairs of brackets, with words that break readers."""

import random
import re

WORD = re.compile(rb"([\s,;:=<>\"'{}\[\]()&|/*]+)")
ODD = [
    *(b"", b"0", b"-0", b"-1", b"1e400", b"1E999999999", b"-1e-999999999", b".5", b"NaN", b"inf", b".inf", b".nan"),
    *(b"9" * 30, b"9" * 5000, b"0." + b"0" * 40 + b"1", b"9223372036854775807", b"9223372036854775808", b"2147483648"),
    *(b"1_000", b"0x10", b"0o7", b"1:30:00", b"2021-02-30", b"2021-08-17", b"2021-08-17T25:00:00Z", b"true", b"null"),
    *(b"~", b"!!binary AA", b"!!python/name:os.system", b"!!set {a}", b"!!int x", b"!!float x", b"&a [*a]", b"*a"),
    *(b"<<", b"{a: 1}", b"[1, 2]", b"? [a]", b"---", b"...", b"%YAML 9.9", b"|", b">", b"@", b"`", b"\t", b"'", b'"'),
    *(b"\x00", b"\x1b[31m", b"\r", b"\n", b"\r\n", b"\x85", b"\xc2\x85", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf"),
    *("\u2028", "\u202e", "\u200b", "\ue000", "\ufffe", "\U0001f4a9", "１２．５", "٣", "²", "㈠", "Ⅻ", "〇", "−5"),
    *(
        "亿元",
        "万元",
        "%",
        "元",
        "一般债务",
        "专项债务余额",
        "转移支付",
        "2020年",
        "其中：",
        "其中",
        "分别为",
        "、",
        "，",
    ),
    *(
        "（",
        "）",
        "一、",
        "（一）",
        "1.",
        "本级",
        "全市",
        "较上年增长",
        "合计",
        "单位：万元",
        "项目",
        "决算数",
        "预算数",
        "—",
    ),
    *(b"../x", b"CON", b"a" * 2000, b"<script>alert(1)</script>", b"=1+1", b"</x>", b"<x>", b"&#0;", b"&amp;", b"]]>"),
    *("may", "5月", "80%", "project_id", "budget_yuan", "completion", "urumqi-2020", "debt.balance", "whole", "stated"),
]
ODD = [word.encode() if isinstance(word, str) else word for word in ODD]


def mutated(data, chance: random.Random):
    """An input with one to four changes of its structure."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        data = (_lines if chance.random() < 0.25 else _words)(data, chance)
    return data


def _words(data, chance):
    words = WORD.split(data)
    place = chance.randrange(len(words))
    what = chance.randrange(6)
    if what < 3:
        words[place] = chance.choice(ODD)
    elif what == 3:
        words[place] += chance.choice(ODD)
    elif what == 4:
        words[place] = words[chance.randrange(len(words))]
    else:
        end = min(len(words), place + chance.randrange(1, 9))
        words[place:end] = [] if chance.random() < 0.5 else words[place:end] * 2
    return b"".join(words)


def _lines(data, chance):
    lines = data.splitlines(keepends=True) or [b""]
    place, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    what = chance.randrange(4)
    if what == 0:
        del lines[place]
    elif what == 1:
        lines[place:place] = lines[other : other + chance.randrange(1, 4)] * chance.choice((1, 1, 1, 20))
    elif what == 2:
        lines[place], lines[other] = lines[other], lines[place]
    else:
        lines[place] = (b" " if chance.random() < 0.5 else b"") + lines[place].lstrip(b" ")
    return b"".join(lines)
