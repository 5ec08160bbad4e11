"""The versions of terms around an audit date, from the packs on record."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from tosguard.engine.terms_history import history_of
from tosguard.policy.library import open_library, packs_in_force

LIBRARY = open_library()


def _history(provider: str, as_of: str):
    force = packs_in_force(LIBRARY, [provider], date.fromisoformat(as_of))
    return history_of([force.packs[provider]], as_of, None, LIBRARY)


def test_the_version_in_force_moves_with_the_date_and_the_others_stay_listed() -> None:
    early, late = _history("openai", "2025-06-01"), _history("openai", "2026-06-01")
    held = {
        timeline.as_of: [v.version for v in timeline.versions if v.series == "openai/services-agreement" and v.in_force]
        for timeline in (early, late)
    }
    assert held == {"2025-06-01": ["2025-05-31"], "2026-06-01": ["2026-01-01"]}
    assert {"2025-05-31", "2026-01-01"} <= {v.version for v in early.versions}


def test_a_version_ends_where_the_next_begins_and_the_newest_is_open() -> None:
    versions = [v for v in _history("openai", "2026-06-01").versions if v.series == "openai/usage-policies"]
    assert len(versions) > 2
    for earlier, later in pairwise(versions):
        assert earlier.effective < earlier.superseded <= later.effective
    assert versions[-1].superseded == ""


def test_each_document_has_one_version_in_force() -> None:
    for provider in LIBRARY.providers():
        entry = LIBRARY.versions(provider)[-1]
        pack = LIBRARY.load(entry)
        timeline = history_of([pack], pack.version, None, LIBRARY)
        held = [v.series for v in timeline.versions if v.in_force]
        assert sorted(held) == sorted(f"{provider}/{document.id}" for document in pack.documents), provider
