"""The words that make a file worth parsing are no words of ordinary programs."""

from __future__ import annotations

import sysconfig
from pathlib import Path

from tests.usage.building import catalogue
from tosguard.sources.prose import without_prose
from tosguard.sources.triage import Triage

#: Folders of the standard library that hold tests, or bundled packages of others.
ELSEWHERE = {"test", "tests", "idlelib", "lib2to3", "ensurepip", "site-packages", "__pycache__"}


def test_the_standard_library_has_next_to_no_file_of_interest():
    triage = Triage(catalogue().needles)
    library = Path(sysconfig.get_path("stdlib"))
    files = [p for p in library.rglob("*.py") if not ELSEWHERE.intersection(p.relative_to(library).parts)]
    texts = {p: p.read_text("utf-8", "replace") for p in files}
    met = {p for p, text in texts.items() if triage.mentions(text.encode()) and triage.said(without_prose(text))}
    assert len(files) > 300
    assert len(met) * 200 < len(files), sorted(str(p.relative_to(library)) for p in met)
