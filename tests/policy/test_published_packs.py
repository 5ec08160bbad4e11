"""The published packs as data: complete, unchanged, traceable, and worded as promised."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.policy.samples import ROOT, published
from tosguard.policy import vocabulary
from tosguard.policy.library import open_library, read_index, write_index
from tosguard.policy.packs import problems_of
from tosguard.policy.reference import stale
from tosguard.policy.selftest import run_tests
from tosguard.usage.model import PATTERNS

RULES = ROOT / "rules"
SCHEMA = ROOT / "tosguard" / "policy" / "pack.schema.json"


@pytest.fixture(scope="module")
def packs():
    library = published()
    return [library.load(entry) for entry in library.entries]


def test_a_published_pack_never_changes():
    for entry in published().entries:
        data = (RULES / entry.path).read_bytes()
        assert hashlib.sha256(data).hexdigest() == entry.sha256, f"{entry.path} differs from its published digest"


def test_packs_of_the_last_release_are_all_still_there_unchanged():
    def git(*words: str) -> str:
        done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
        return done.stdout.strip() if done.returncode == 0 else ""

    tag = git("describe", "--tags", "--abbrev=0", "--match", "v*") if shutil.which("git") else ""
    index = git("show", f"{tag}:rules/index.json") if tag else ""
    if not index:
        pytest.skip("no release with packs to compare with")
    now = {(entry.provider, entry.version): entry.sha256 for entry in published().entries}
    for entry in read_index(index.encode(), f"{tag}:rules/index.json"):
        assert now.get((entry.provider, entry.version)) == entry.sha256, f"{entry.path} changed since {tag}"


def test_the_index_names_every_file_and_nothing_else():
    files = {path.relative_to(RULES).as_posix() for path in RULES.glob("*/*")}
    assert files == {entry.path for entry in published().entries}
    assert (RULES / "index.json").read_bytes() == write_index(published().entries)


def test_each_file_lies_under_its_provider_and_date(packs):
    for entry, pack in zip(published().entries, packs, strict=True):
        assert entry.path == f"{pack.provider}/{pack.version}.yaml"
        assert (pack.provider, pack.version, pack.until) == (entry.provider, entry.version, entry.until)


def test_all_packs_validate():
    found = [(e.path, p) for e in published().entries for p in problems_of((RULES / e.path).read_bytes(), e.path)]
    assert found == []


def test_snapshots_of_a_provider_follow_one_another_without_a_gap():
    library = published()
    for provider in library.providers():
        versions = library.versions(provider)
        assert [entry.until for entry in versions] == [*(entry.version for entry in versions[1:]), ""]


def test_the_newest_packs_conform_to_the_schema_editors_use():
    jsonschema = pytest.importorskip("jsonschema")
    yaml = pytest.importorskip("yaml")
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    library = published()
    for provider in library.providers():
        text = (RULES / library.versions(provider)[-1].path).read_text(encoding="utf-8")
        errors = [
            error.message
            for error in validator.iter_errors(yaml.load(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))
        ]
        assert errors == [], provider


def test_the_schema_knows_the_vocabulary():
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["$defs"]
    assert definitions["pattern"]["enum"] == list(PATTERNS)
    known = {**vocabulary.ATTRIBUTES, **vocabulary.SPECIAL}
    assert set(definitions["condition"]["properties"]) == set(known)
    for name, values in known.items():
        allowed = definitions["condition"]["properties"][name]["items"].get("enum")
        assert allowed == ([*dict.fromkeys((*values, "unknown"))] if values else None)


def test_every_rule_passes_its_own_tests(packs):
    outcomes = [run_tests(pack) for pack in packs]
    assert [failure for outcome in outcomes for failure in outcome.failures] == []
    assert sum(outcome.ran for outcome in outcomes) > 3000


def test_every_rule_says_which_usage_it_answers_to(packs):
    missing = {
        rule.id for pack in packs for rule in pack.rules if not any(u["expect"] == "fires" for u in rule.tests.usages)
    }
    assert missing == set()


def test_rules_with_a_condition_also_say_what_they_pass_over(packs):
    missing = {
        rule.id
        for pack in packs
        for rule in pack.rules
        if {"trained", "competes", "develops_models", "published"} & set(rule.when)
        if not any(u["expect"] == "silent" for u in rule.tests.usages)
    }
    assert missing <= {
        "exaone/model-training",
        "gemma/similar-model-derivative",
        "gemma/training-permitted",
        "meta-llama/other-training",
        "x/narrow-model-training",
    }


def test_nothing_above_a_note_rests_on_a_clause_of_confidence_low(packs):
    for pack in packs:
        for rule in pack.rules:
            if rule.clauses and pack.clauses[rule.clauses[0]].clause.confidence == "low":
                assert rule.severity.value == "note", rule.id


def test_anchors_have_at_most_twelve_words(packs):
    assert max(len(c.clause.anchor.split()) for pack in packs for c in pack.clauses.values()) <= 12


def test_no_rule_says_that_something_is_forbidden_by_law(packs):
    words = re.compile("|".join(vocabulary.FORBIDDEN), re.IGNORECASE)
    for pack in packs:
        for rule in pack.rules:
            for text in (rule.title, rule.message, rule.why, rule.remedy, *rule.questions):
                assert not words.search(text), f"{rule.id}: {text}"


def test_findings_name_a_clause(packs):
    for pack in packs:
        for rule in pack.rules:
            if rule.verdict.value in ("prohibited", "conditional"):
                assert rule.clauses, rule.id


def test_the_rule_reference_is_not_stale():
    names = stale(published(), ROOT / "docs" / "rules")
    assert names == (), "run `python -m tosguard.policy.reference docs/rules`"


def test_every_fact_traces_to_a_clause_and_back(packs):
    """With TOSGUARD_FACTS set to the directory of the facts the packs were made from."""
    directory = os.environ.get("TOSGUARD_FACTS")
    if not directory:
        pytest.skip("TOSGUARD_FACTS is not set; the facts are not part of this repository")
    yaml = pytest.importorskip("yaml")
    facts, files = {}, {}
    for path in sorted(Path(directory).glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        files[content.get("provider", "datasets")] = content
        for clause in content.get("clauses", ()):
            facts[clause["id"]] = clause
    held = {}
    for pack in packs:
        for identity, clause in pack.clauses.items():
            held.setdefault(identity.split("@")[0], []).append(clause)
    assert set(held) == set(facts)
    assert {pack.provider for pack in packs} == set(files)
    rank = {"high": 2, "medium": 1, "low": 0}
    for identity, clauses in held.items():
        fact = facts[identity]
        for clause in clauses:
            assert rank[clause.clause.confidence] <= rank[fact["confidence"]], identity
            assert clause.modality == fact["modality"], identity
    listed = {str(item["id"]) for item in files["datasets"]["datasets"]}
    assert {entry.id for pack in packs for entry in pack.data_sets} == listed


def test_the_library_in_the_source_checkout_is_found():
    assert open_library().directory == RULES
