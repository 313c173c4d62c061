"""What was found of reports in words: a line for each thing; what is the same of a large kind is counted."""

from itertools import groupby

SHORT = 12  # digits of a hash
WORDS = {
    "page": "the page, by its own hash",
    "file": "{}, by the record beside it",
    "record": "what page and record say of how it was made",
    "notebook": "the notebook {}",
    "code": "the code of {}",
    "again": "made again: {}",
    "index": "{}, by the records beside it",
}
TOGETHER = {"bundled": "{} files that all reports share", "version": "{} versions, Python's and libraries'"}


def lines(findings):
    """Lines of text about findings (see ``fiscal.reporting.verify``), report by report, and a last one for all."""
    reports = {}
    for finding in findings:
        reports.setdefault(finding.report, []).append(finding)
    for report, found in reports.items():
        yield _plain(report)
        for part, group in groupby(found, lambda finding: finding.part):
            group = list(group)
            same = [finding for finding in group if finding.outcome == "same"]
            if part in TOGETHER and same:
                yield _line("same", TOGETHER[part].format(len(same)))
            for finding in group:
                if part not in TOGETHER or finding not in same:
                    yield _line(finding.outcome, _words(finding))
    agree = sum(all(finding.agrees for finding in found) for found in reports.values())
    yield f"{agree} of {len(reports)} agree"


def _line(outcome, words):
    return _plain(f"  {outcome:<10}  {words}")


def _words(finding):
    if (finding.part, finding.outcome) == ("page", "unknown"):
        return "no page that fiscal report made"
    words = WORDS.get(finding.part, "{}").format(finding.item)
    if finding.outcome in ("unknown", "unfinished"):
        return f"{words}: {finding.now}"
    if finding.outcome == "changed" and finding.then:
        is_hash = finding.part not in ("version", "again")
        then, now = (each[:SHORT] if is_hash else each for each in (finding.then, finding.now))
        form = "{}: {!r} lies there, {!r} comes out" if finding.part == "again" else "{}: {} then, {} now"
        return form.format(words, then, now)
    return words


def _plain(words):
    """Words of others without what a terminal would take for a command."""
    return "".join(each if each.isprintable() else "\ufffd" for each in words)
