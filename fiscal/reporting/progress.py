"""What a batch says while it runs and when it ends: to a person, into a pipe, or to a machine."""

import json
import sys
import time
from collections import Counter

SECONDS_BETWEEN_LINES = 10
EXAMPLES = 3  # of failures with the same cause


class Progress:
    """Call it with each Report. A terminal gets a bar, a pipe a line now and then, a machine JSON for each."""

    def __init__(self, total, as_json=False):
        self.total = total
        self.as_json = as_json
        self.counts = Counter()
        self.failed = []
        self._began = self._spoke = time.monotonic()
        self._bar = None

    def __call__(self, report):
        kind = "failed" if report.failure else "done" if report.made else "unchanged"
        self.counts[kind] += 1
        if report.failure:
            self.failed.append(report)
        if self.as_json:
            failure = report.failure and report.failure.said
            about = {"report": report.job.name, "outcome": kind, "page": str(report.path), "failure": failure}
            self._json(about | {"seconds": round(time.monotonic() - self._began, 3)})
        elif report.made:
            self._bar_or_line(report)

    def close(self):
        if self._bar is not None:
            self._bar.close()

    def summary(self, index):
        """Failures by cause, and how many reports there are."""
        causes = {}
        for report in self.failed:
            causes.setdefault(report.failure.cause, []).append(report)
        if self.as_json:
            counts = {kind: self.counts[kind] for kind in ("done", "unchanged", "failed")}
            by_cause = {cause: [report.job.name for report in reports] for cause, reports in causes.items()}
            seconds = round(time.monotonic() - self._began, 3)
            self._json({"total": self.total} | counts | {"causes": by_cause, "index": str(index), "seconds": seconds})
            return
        for cause, reports in causes.items():
            for report in reports[:EXAMPLES]:
                where = f"notebook {report.job.template.name}, cell {report.failure.cell}: " * bool(report.failure.cell)
                print(f"fiscal: {report.job.name}: {where}{report.failure.message}; see {report.path}", file=sys.stderr)
            if len(reports) > EXAMPLES:
                print(f"fiscal: and {len(reports) - EXAMPLES} more for the same cause: {cause}", file=sys.stderr)
        there = self.counts["done"] + self.counts["unchanged"]
        unchanged = f" ({self.counts['unchanged']} unchanged)" if self.counts["unchanged"] else ""
        print(f"{there} of {self.total} reports done{unchanged}: open {index}")

    def _json(self, about):
        print(json.dumps(about, ensure_ascii=False), flush=True)

    def _bar_or_line(self, report):
        if sys.stderr.isatty():
            if self._bar is None:
                from tqdm import tqdm

                # What was up to date took no time: the rate is that of reports that are made.
                self._bar = tqdm(total=self.total, initial=self.counts["unchanged"], unit="report")
            failed = f"{self.counts['failed']} failed, " if self.failed else ""
            self._bar.set_postfix_str(failed + report.job.name, refresh=False)
            self._bar.update()
        elif time.monotonic() - self._spoke > SECONDS_BETWEEN_LINES:
            self._spoke = time.monotonic()
            made = self.counts["done"] + self.counts["failed"]
            rate = made / (self._spoke - self._began)
            left = (self.total - made - self.counts["unchanged"]) / rate
            counts = ", ".join(f"{self.counts[kind]} {kind}" for kind in ("done", "failed", "unchanged"))
            print(f"{counts} of {self.total}; {rate:.2g} a second, {left:.0f} s left", file=sys.stderr)
