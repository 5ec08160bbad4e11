"""Own packs, the lock, updates, the compiled form and the comparison of snapshots."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.policy.samples import PACK, published, usage
from tosguard.errors import ConfigurationError, UsageError
from tosguard.policy import compiled
from tosguard.policy.diff import compare, describe
from tosguard.policy.judge import judge
from tosguard.policy.judgement import PackVersion
from tosguard.policy.library import open_library, packs_in_force, write_index
from tosguard.policy.lock import read_lock, verify_lock, write_lock
from tosguard.policy.organisation import Organisation
from tosguard.policy.own import load_own, overlay
from tosguard.policy.packs import digest, load_pack
from tosguard.policy.update import apply_update, plan_update, reader_for
from tosguard.policy.versions import PackEntry, in_force, parse_date

LATER = PACK.replace("2025-01-01", "2025-06-01").replace("severity: error", "severity: warning").replace("'3'", "'4'")


def write_library(directory, *packs: tuple[str, str]):
    """A rules directory with the given (text, end) packs of acme."""
    entries = []
    for text, until in packs:
        data = text.encode()
        version = load_pack(data, "pack").version
        path = directory / "acme" / f"{version}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        entries.append(PackEntry("acme", version, until, f"acme/{version}.yaml", digest(data)))
    (directory / "index.json").write_bytes(write_index(entries))
    return open_library(directory)


# Own packs --------------------------------------------------------------------------------------------------------

OWN = """\
provider: acme
name: House rules
kind: organisation
version: 2025-01-01
documents:
  - id: house
    title: House rules
    version: '1'
clauses:
  - id: house.no-scraping
    document: house
    section: '1'
    modality: prohibits
    summary: No scraping.
    confidence: high
rules:
  - id: acme/house-scraping
    title: Scraping
    patterns: [unofficial-access]
    verdict: prohibited
    severity: error
    message: scraping
    why: w
    remedy: r
    clauses: [house.no-scraping]
adjust:
  - rule: acme/training
    verdict: conditional
    severity: note
    reason: agreed with counsel on 2025-02-01
"""


def test_an_own_pack_adds_rules_and_relaxes_one_with_its_reason(tmp_path):
    library = write_library(tmp_path / "rules", (PACK, ""))
    own = tmp_path / "house.yaml"
    own.write_text(OWN)
    held = packs_in_force(library, ["acme"], date(2025, 3, 1), own=load_own([own])).packs
    items = [usage("training-on-output", "acme"), usage("unofficial-access", "acme")]
    first, second = judge(items, held, Organisation(), (), date(2025, 3, 1))
    assert (first.verdict.value, first.severity.value) == ("conditional", "note")
    assert "agreed with counsel on 2025-02-01" in first.why
    assert second.rule == "acme/house-scraping"


def test_an_adjustment_needs_a_reason():
    with pytest.raises(ConfigurationError, match="lacks the key 'reason'"):
        load_pack(OWN.replace("    reason: agreed with counsel on 2025-02-01\n", "").encode(), "house.yaml")


def test_an_adjustment_of_a_rule_that_is_not_in_force_is_refused():
    own = load_pack(OWN.replace("acme/training", "acme/trainng").encode(), "house.yaml")
    with pytest.raises(ConfigurationError, match="not among the rules in force"):
        overlay(load_pack(PACK.encode(), "acme.yaml"), [own])


def test_an_own_pack_for_a_service_nobody_knows_stands_alone(tmp_path):
    library = write_library(tmp_path / "rules", (PACK, ""))
    own = load_pack(PACK.replace("acme", "inhouse").encode(), "inhouse.yaml")
    held = packs_in_force(library, ["inhouse"], date(2025, 3, 1), own=[own]).packs
    assert held["inhouse"].rules[0].id == "inhouse/training"


def test_an_own_pack_counts_only_from_its_day(tmp_path):
    library = write_library(tmp_path / "rules", (PACK, ""))
    own = load_pack(OWN.replace("version: 2025-01-01", "version: 2025-04-01").encode(), "house.yaml")
    before = packs_in_force(library, ["acme"], date(2025, 3, 31), own=[own]).packs["acme"]
    after = packs_in_force(library, ["acme"], date(2025, 4, 1), own=[own]).packs["acme"]
    assert (len(before.rules), len(after.rules)) == (1, 2)


def test_versions_of_an_own_pack_follow_one_another(tmp_path):
    for day in ("2025-01-01", "2025-04-01"):
        (tmp_path / f"{day}.yaml").write_text(OWN.replace("version: 2025-01-01", f"version: {day}"))
    assert [(pack.version, pack.until) for pack in load_own([tmp_path])] == [
        ("2025-01-01", "2025-04-01"),
        ("2025-04-01", ""),
    ]


@pytest.mark.parametrize(
    ("second", "where"), [("2025-04-01", "a.yaml:5"), ("2025-01-01", "a.yaml:5")], ids=["overlap", "same-day"]
)
def test_own_packs_that_claim_the_same_days_are_refused_with_their_line(tmp_path, second, where):
    first = OWN.replace("version: 2025-01-01", "version: 2025-01-01\nuntil: 2025-06-01")
    (tmp_path / "a.yaml").write_text(first)
    (tmp_path / "b.yaml").write_text(OWN.replace("version: 2025-01-01", f"version: {second}"))
    with pytest.raises(ConfigurationError, match="claim the same days") as caught:
        load_own([tmp_path])
    assert caught.value.where.endswith(where)


def test_the_own_packs_that_counted_are_announced(tmp_path):
    library = write_library(tmp_path / "rules", (PACK, ""))
    own = load_pack(OWN.encode(), "house.yaml")
    held = packs_in_force(library, ["acme"], date(2025, 3, 1), own=[own])
    assert held.notices == (
        f"the organisation's own pack 'House rules' of 2025-01-01 (sha256 {own.sha256[:12]}) bears on acme",
    )


# Versions ---------------------------------------------------------------------------------------------------------


def test_the_snapshot_in_force_changes_on_its_day(tmp_path):
    entries = write_library(tmp_path, (PACK, "2025-06-01"), (LATER, "")).entries
    chosen = [in_force(entries, "acme", date.fromisoformat(day)) for day in ("2024-12-31", "2025-05-31", "2025-06-01")]
    assert [entry and entry.version for entry in chosen] == [None, "2025-01-01", "2025-06-01"]


@pytest.mark.parametrize("text", ["2025-13-01", "2025-02-30", "20250101", "yesterday", "", "2025-1-1"])
def test_a_wrong_date_is_refused(text):
    with pytest.raises(UsageError, match="is not a date"):
        parse_date(text)


# Lock -------------------------------------------------------------------------------------------------------------


def test_a_lock_round_trips_and_names_what_deviates():
    locked = (PackVersion("b", "2025-01-01", "1" * 64), PackVersion("a", "2025-01-01", "2" * 64))
    again = read_lock(write_lock(locked))
    assert again == tuple(sorted(locked, key=lambda item: item.provider))
    assert verify_lock(again, locked) == ()
    newer = (PackVersion("a", "2025-06-01", "3" * 64), PackVersion("b", "2025-01-01", "4" * 64))
    messages = [deviation.message for deviation in verify_lock(again, newer)]
    assert "locked to the terms of 2025-01-01, those of 2025-06-01 are in force" in messages[0]
    assert "digest differs" in messages[1]


@pytest.mark.parametrize("data", [b"", b"{}", b'{"schema": 2, "packs": []}', b'{"schema": 1, "packs": [{}]}'])
def test_a_broken_lock_is_refused(data):
    with pytest.raises(ConfigurationError, match="lock file is not well formed"):
        read_lock(data)


# Update -----------------------------------------------------------------------------------------------------------


def test_an_update_shows_the_diff_first_and_is_taken_whole(tmp_path):
    library = write_library(tmp_path / "rules", (PACK, ""))
    write_library(tmp_path / "offer", (PACK, "2025-06-01"), (LATER, ""))
    plan = plan_update(library, reader_for(str(tmp_path / "offer")), "offer")
    assert "section 3 became 4" in plan.changes[0]
    assert open_library(tmp_path / "rules").entries == library.entries, "planning writes nothing"
    apply_update(library, plan)
    fresh = open_library(tmp_path / "rules")
    assert [entry.version for entry in fresh.versions("acme")] == ["2025-01-01", "2025-06-01"]
    assert fresh.load(fresh.entries[0]).until == "2025-06-01"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_an_update_without_news_is_empty(tmp_path):
    library = write_library(tmp_path / "rules", (PACK, ""))
    assert plan_update(library, reader_for(str(tmp_path / "rules")), "rules").empty


def spoil_digest(offer):
    (offer / "acme" / "2025-06-01.yaml").write_text(LATER + "# touched\n")


def spoil_pack(offer):
    write_raw(offer, LATER.replace("verdict: prohibited", "verdict: forbidden"))


def spoil_history(offer):
    write_library(offer, (PACK.replace("severity: error", "severity: note"), "2025-06-01"), (LATER, ""))


def spoil_dates(offer):
    write_library(offer, (PACK, "2025-07-01"), (LATER, ""))


def spoil_place(offer):
    old = PackEntry("acme", "2025-01-01", "2025-06-01", "acme/2025-01-01.yaml", digest(PACK.encode()))
    new = PackEntry("acme", "2025-06-01", "", "acme/2025-01-01.yaml", digest(LATER.encode()))
    (offer / "index.json").write_bytes(write_index([old, new]))


def write_raw(offer, text):
    data = text.encode()
    (offer / "acme" / "2025-06-01.yaml").write_bytes(data)
    old = PackEntry("acme", "2025-01-01", "2025-06-01", "acme/2025-01-01.yaml", digest(PACK.encode()))
    new = PackEntry("acme", "2025-06-01", "", "acme/2025-06-01.yaml", digest(data))
    (offer / "index.json").write_bytes(write_index([old, new]))


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (spoil_digest, "disagree"),
        (spoil_pack, "is not a verdict"),
        (spoil_history, "would change"),
        (spoil_dates, "claim the same days"),
        (spoil_place, "does not lie in its place"),
        (lambda offer: (offer / "acme" / "2025-06-01.yaml").unlink(), "cannot be read"),
    ],
    ids=["digest", "faulty-pack", "changed-history", "overlap", "place", "missing-file"],
)
def test_a_bad_update_is_refused_and_nothing_is_written(tmp_path, spoil, message):
    library = write_library(tmp_path / "rules", (PACK, ""))
    offer = tmp_path / "offer"
    try:
        write_library(offer, (PACK, "2025-06-01"), (LATER, ""))
        spoil(offer)
    except ConfigurationError:
        pass  # the sample library refuses the spoilt index itself; the update must do so, too
    before = {path: path.read_bytes() for path in (tmp_path / "rules").rglob("*") if path.is_file()}
    with pytest.raises(ConfigurationError, match=message):
        plan_update(library, reader_for(str(offer)), "offer")
    assert {path: path.read_bytes() for path in (tmp_path / "rules").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("writes", [0, 1])
def test_a_failed_write_leaves_the_packs_as_they_were(tmp_path, monkeypatch, writes):
    library = write_library(tmp_path / "rules", (PACK, ""))
    write_library(tmp_path / "offer", (PACK, "2025-06-01"), (LATER, ""))
    plan = plan_update(library, reader_for(str(tmp_path / "offer")), "offer")
    before = {path: path.read_bytes() for path in (tmp_path / "rules").rglob("*") if path.is_file()}
    done = []
    rename = Path.replace

    def full(self, target):
        done.append(target)
        if len(done) > writes:
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(ConfigurationError, match="cannot be written"):
        apply_update(library, plan)
    assert {path: path.read_bytes() for path in (tmp_path / "rules").rglob("*") if path.is_file()} == before


class Answer:
    """What httpx.stream gives, as far as the reader uses it."""

    def __init__(self, status, data):
        self.status_code, self.data = status, data

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def iter_bytes(self):
        yield from (self.data[start : start + 65536] for start in range(0, len(self.data), 65536))


def serve(monkeypatch, directory, asked):
    httpx = pytest.importorskip("httpx")

    def stream(method, url, *, timeout, follow_redirects):
        asked.append((method, url, follow_redirects))
        file = directory / url.removeprefix("https://packs.example/v1/")
        return Answer(200, file.read_bytes()) if file.is_file() else Answer(404, b"")

    monkeypatch.setattr(httpx, "stream", stream)


def test_an_update_from_an_address_reads_the_index_and_the_new_packs_only(tmp_path, monkeypatch):
    library = write_library(tmp_path / "rules", (PACK, ""))
    write_library(tmp_path / "offer", (PACK, "2025-06-01"), (LATER, ""))
    asked = []
    serve(monkeypatch, tmp_path / "offer", asked)
    plan = plan_update(library, reader_for("https://packs.example/v1/"), "https://packs.example/v1")
    assert list(plan.files) == ["acme/2025-06-01.yaml"]
    assert asked == [
        ("GET", "https://packs.example/v1/index.json", False),
        ("GET", "https://packs.example/v1/acme/2025-06-01.yaml", False),
    ]


def test_what_an_address_does_not_have_or_has_too_much_of_is_refused(tmp_path, monkeypatch):
    serve(monkeypatch, tmp_path, [])
    read = reader_for("https://packs.example/v1")
    with pytest.raises(ConfigurationError, match="status 404"):
        read("index.json")
    (tmp_path / "big.yaml").write_bytes(b"x" * (1024 * 1024 + 1))
    with pytest.raises(ConfigurationError, match="too large"):
        read("big.yaml")


def test_a_source_that_is_neither_directory_nor_address_is_refused():
    for source in ("nowhere", "http://packs.example"):
        with pytest.raises(UsageError, match="neither a directory nor an https"):
            reader_for(source)


# Compiled form ----------------------------------------------------------------------------------------------------


def test_the_compiled_form_gives_the_same_pack_without_parsing(tmp_path, monkeypatch):
    library = write_library(tmp_path / "rules", (PACK, ""))
    cache = tmp_path / "cache"
    first = library.load(library.entries[0], cache)
    monkeypatch.setattr(compiled, "read_plain", lambda *_: pytest.fail("the YAML was parsed again"))
    assert library.load(library.entries[0], cache) == first


@pytest.mark.parametrize("damage", [b"", b"garbage", b"\xff\xfe", b"tosguard-pack-2 x y\n{}"])
def test_a_damaged_compiled_form_is_made_anew(tmp_path, damage):
    library = write_library(tmp_path / "rules", (PACK, ""))
    cache = tmp_path / "cache"
    first = library.load(library.entries[0], cache)
    (file,) = cache.iterdir()
    good = file.read_bytes()
    file.write_bytes(damage or good[:-1])
    assert library.load(library.entries[0], cache) == first
    assert file.read_bytes() == good


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    library = write_library(tmp_path / "rules", (PACK, ""))
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert library.load(library.entries[0], blocked / "cache").provider == "acme"


def test_packs_compiled_at_build_time_need_neither_cache_nor_parsing(tmp_path, monkeypatch):
    library = write_library(tmp_path / "rules", (PACK, ""))
    first = library.load(library.entries[0])
    assert compiled.compile_packs(tmp_path / "rules", tmp_path / "rules") == 1
    monkeypatch.setattr(compiled, "read_plain", lambda *_: pytest.fail("the YAML was parsed again"))
    assert library.load(library.entries[0]) == first


# Comparison -------------------------------------------------------------------------------------------------------


def test_a_comparison_says_in_words_what_began_ended_and_changed():
    library = published()
    by_day = [in_force(library.entries, "openai", date.fromisoformat(day)) for day in ("2024-01-31", "2026-01-01")]
    before, after = (library.load(entry) for entry in by_day if entry)
    text = describe(before, after)
    assert "begun   openai.model-extraction: on record for the first time, the earlier text was not read" in text
    assert "openai/resale: The provider's API is passed on to others (conditional, warning)" in text
    assert "section 2(e) became 3.3(e)" in text
    ended = [change.id for change in compare(before, after) if (change.kind, change.subject) == ("ended", "clause")]
    assert "openai.ai-interaction-disclosure" in ended


def test_a_changed_rule_says_what_changed():
    after = LATER.replace("verdict: prohibited", "verdict: conditional").replace(
        "- id: acme.no-training", "- id: acme.new"
    )
    after = after.replace("clauses: [acme.no-training]", "clauses: [acme.new]")
    changes = compare(load_pack(PACK.encode(), "a"), load_pack(after.encode(), "b"))
    assert [change.text for change in changes if change.subject == "rule"] == [
        "Output trains a model: prohibited, error became conditional, warning; "
        "it rests on acme.new as well; it no longer rests on acme.no-training"
    ]


def test_a_pack_compared_with_itself_has_not_changed():
    pack = load_pack(PACK.encode(), "acme.yaml")
    assert compare(pack, pack) == ()
    assert "nothing changed" in describe(pack, pack)
