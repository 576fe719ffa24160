"""How much a check finds: ``python bench/check.py [SEEDS] [CLEAN]`` (4 a defect and 200 unless told).

For each of the 25 kinds of defect, SEEDS reports with that defect planted in three formats: the
share that is found, by a finding that the same report without the defect does not have. Of CLEAN reports without a defect, the errors that are none. And the seconds
that the check of a .docx of 15 pages takes, reading included.
"""

from __future__ import annotations

import logging
import random
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from check_defects import DEFECTS
from check_samples import Sample, make
from docx import Document

from domain import Finding, FinishedReport
from report import docx, html, markdown
from services import Gongkai
from settings import load_settings

FORMATS = (".docx", ".html", ".md")
PAGE = 28 * 22  # characters of a page of the .docx
TRIES = 200


def write(report: FinishedReport, path: Path, removed: list[str]) -> Path:
    """The report in the format of ``path``, without the headings in ``removed``."""
    if path.suffix == ".docx":
        docx.render(report, path)
        if removed:
            _without(path, removed)
        return path
    text = html.render(report) if path.suffix == ".html" else markdown.render(report)
    for heading in removed:
        text = re.sub(rf"^(?:#+ |<h\d>){re.escape(heading)}(?:</h\d>)?$", "", text, flags=re.MULTILINE)
    path.write_text(text, encoding="utf-8")
    return path


def _without(path: Path, removed: list[str]) -> None:
    document = Document(str(path))
    for paragraph in document.paragraphs:
        if paragraph.text in removed:
            paragraph._element.getparent().remove(paragraph._element)
    document.save(str(path))


def findings(services: Gongkai, sample: Sample, folder: Path, suffix: str) -> tuple[Finding, ...]:
    """What the check says about a sample, with last year's report beside it."""
    path = write(sample.finished(), folder / f"报告{suffix}", sample.removed)
    before = write(sample.finished_before(), folder / "上年.html", [])
    return services.reports.check(path, previous=before).findings


def recall(services: Gongkai, folder: Path, seeds: int) -> tuple[int, int]:
    """Print the share found for each kind of defect; (found, planted) of all."""
    found = planted = 0
    for number, defect in enumerate(DEFECTS, start=1):
        hits, missed = 0, []
        samples = list(_planted(defect, seeds))
        for seed, sample, rules in samples:
            clean = {(finding.rule, finding.message) for finding in findings(services, make(seed), folder, ".md")}
            for suffix in FORMATS:
                found_here = findings(services, sample, folder, suffix)
                if any(one.rule in rules and (one.rule, one.message) not in clean for one in found_here):
                    hits += 1
                else:
                    missed.append(f"{seed}{suffix}")
        total = len(samples) * len(FORMATS)
        print(f"{number:2} {defect.__name__:14} {hits}/{total} {' '.join(missed)}", flush=True)
        found, planted = found + hits, planted + total
    return found, planted


def _planted(defect, seeds: int):
    """(seed, sample, rules) of the first seeds that have a place for the defect."""
    made = 0
    for seed in range(TRIES):
        sample = make(seed)
        rules = defect(sample, random.Random(seed))
        if rules and made < seeds:
            made += 1
            yield seed, sample, rules


def false_errors(services: Gongkai, folder: Path, clean: int) -> tuple[int, int]:
    """Print every error in clean reports; (errors, warnings) of all."""
    errors = warnings = 0
    for seed in range(1000, 1000 + clean):
        for finding in findings(services, make(seed), folder, FORMATS[seed % 3]):
            errors += finding.severity == "error"
            warnings += finding.severity == "warning"
            if finding.severity == "error":
                print(f"   误报 {seed} {finding.rule} {finding.where}：{finding.message}")
    return errors, warnings


def seconds(services: Gongkai, folder: Path) -> float:
    """The median of three checks of a .docx of about 15 pages."""
    sample = next(one for one in map(make, range(TRIES)) if one.stated["new"] > 1000)
    paragraph = "围绕群众关切的民生事项，及时公开工作进展和办理结果，并通过座谈、走访等方式听取意见。" * 6
    sample.extra["overview"] = [f"{number}.{paragraph}" for number in range(12 * PAGE // len(paragraph))]
    path = write(sample.finished(), folder / "长.docx", [])
    before = write(sample.finished_before(), folder / "上年.docx", [])
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        services.reports.check(path, previous=before)
        taken.append(time.perf_counter() - start)
    return sorted(taken)[1]


def main() -> None:
    seeds, clean = (int(sys.argv[at]) if len(sys.argv) > at else default for at, default in ((1, 4), (2, 200)))
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        services = Gongkai(load_settings(home=folder / "data"))
        found, planted = recall(services, folder, seeds)
        print(f"查出率 {found}/{planted} = {found / planted:.3f}")
        errors, warnings = false_errors(services, folder, clean)
        print(f"{clean} 份无误报告：误报错误 {errors} 条，警告 {warnings} 条")
        print(f"15 页 .docx 体检 {seconds(services, folder):.2f} 秒")


if __name__ == "__main__":
    main()
