"""Checks a pack's tree and names every fault with its line. Nothing of a pack with a fault is used."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from tosguard.errors import ConfigurationError
from tosguard.policy import vocabulary
from tosguard.policy.judgement import Severity, Verdict
from tosguard.policy.versions import is_date
from tosguard.policy.yamltext import Node
from tosguard.usage.model import PATTERNS

MAX_ANCHOR_WORDS = 12

_SLUG = re.compile(r"[a-z0-9][a-z0-9.-]*")
_RULE_ID = re.compile(r"[a-z0-9][a-z0-9.-]*/[a-z0-9][a-z0-9-]*")
_CLAUSE_ID = re.compile(r"[a-z0-9][a-z0-9.-]*\.[a-z0-9][a-z0-9.-]*(@[a-z0-9.-]+)?")
_FIELD = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a pack file."""

    line: int
    message: str
    hint: str = ""


@dataclass(slots=True)
class _Checker:
    """Walks the tree and collects problems; each method checks one kind of value."""

    problems: list[Problem] = field(default_factory=list)

    def report(self, line: int, message: str, hint: str = "") -> None:
        self.problems.append(Problem(line, message, hint))

    def mapping(self, node: Node, what: str, required: Iterable[str], optional: Iterable[str]) -> Mapping[str, Node]:
        """The entries of a mapping; unknown and missing keys are reported."""
        if not isinstance(node.value, dict):
            self.report(node.line, f"{what} must be a mapping of keys to values")
            return {}
        known = (*required, *optional)
        for key, line in node.keys.items():
            if key not in known:
                self.report(line, f"unknown key {key!r} in {what}", suggestion(key, known))
        for key in required:
            if key not in node.value:
                self.report(node.line, f"{what} lacks the key {key!r}")
        return {key: value for key, value in node.value.items() if key in known}

    def items(self, node: Node | None, what: str) -> tuple[Node, ...]:
        if node is None:
            return ()
        if not isinstance(node.value, tuple):
            self.report(node.line, f"{what} must be a list")
            return ()
        return node.value

    def text(self, node: Node | None, what: str, *, empty: bool = True) -> str:
        if node is None:
            return ""
        if not isinstance(node.value, str):
            self.report(node.line, f"{what} must be text")
            return ""
        if not empty and not node.value.strip():
            self.report(node.line, f"{what} is empty")
        return node.value

    def texts(self, node: Node | None, what: str) -> tuple[str, ...]:
        return tuple(self.text(item, f"an entry of {what}") for item in self.items(node, what))

    def choice(self, node: Node | None, what: str, allowed: Iterable[str]) -> str:
        value = self.text(node, what)
        options = tuple(allowed)
        if node is not None and isinstance(node.value, str) and value not in options:
            self.report(node.line, f"{value!r} is not a {what}", suggestion(value, options))
        return value

    def choices(self, node: Node | None, what: str, allowed: Iterable[str]) -> tuple[str, ...]:
        options = tuple(allowed)
        return tuple(self.choice(item, what, options) for item in self.items(node, f"the list of {what}s"))

    def day(self, node: Node | None, what: str) -> str:
        if node is None or node.value is None:
            return ""
        value = self.text(node, what)
        if value and not is_date(value):
            self.report(node.line, f"{what} is not a date: {value!r}", "write YYYY-MM-DD")
        return value

    def identifier(self, node: Node | None, what: str, form: re.Pattern[str]) -> str:
        value = self.text(node, what, empty=False)
        if node is not None and value and not form.fullmatch(value):
            self.report(node.line, f"{value!r} is not a well-formed {what}")
        return value

    def expression(self, node: Node | None, what: str) -> None:
        value = self.text(node, what, empty=False)
        try:
            re.compile(value)
        except re.error as error:
            assert node is not None
            self.report(node.line, f"{what} is not a regular expression: {error}")


def suggestion(word: str, known: Iterable[str]) -> str:
    """A hint that names the known word most like ``word``, or the known words where none is near."""
    options = tuple(known)
    near = difflib.get_close_matches(word, options, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known: {', '.join(options)}" if len(options) <= 16 else ""


def check(root: Node) -> tuple[Problem, ...]:
    """Every fault of a pack, in line order; an empty tuple means that the pack can be used."""
    checker = _Checker()
    required = ("provider", "name", "kind", "version")
    optional = (
        *(
            "until",
            "documents",
            "clauses",
            "rules",
            "editions",
            "unread",
            "unread_clauses",
            "question",
            "notes",
            "data_sets",
            "adjust",
        ),
    )
    top = checker.mapping(root, "the pack", required, optional)
    provider = checker.identifier(top.get("provider"), "provider id", _SLUG)
    checker.text(top.get("name"), "the name", empty=False)
    checker.choice(top.get("kind"), "kind", vocabulary.KINDS)
    begins, ends = checker.day(top.get("version"), "the version"), checker.day(top.get("until"), "the end")
    if begins and ends and begins >= ends:
        checker.report(top["until"].line, f"the pack ends on {ends}, before it begins on {begins}")
    checker.choices(top.get("unread"), "pattern", PATTERNS)
    for item in checker.items(top.get("unread_clauses"), "the unread clauses"):
        checker.identifier(item, "clause id", _CLAUSE_ID)
    checker.text(top.get("question"), "the question")
    checker.texts(top.get("notes"), "the notes")
    editions = _editions(checker, top.get("editions"))
    documents = _documents(checker, top.get("documents"))
    clauses = _clauses(checker, top.get("clauses"), documents, editions)
    _rules(checker, top.get("rules"), provider, clauses)
    _data_sets(checker, top.get("data_sets"))
    _adjustments(checker, top.get("adjust"))
    return tuple(sorted(checker.problems, key=lambda problem: problem.line))


def raise_first(problems: Iterable[Problem], name: str) -> None:
    """Raise the first problem as an error for users, saying how many more there are.

    Raises:
        ConfigurationError: if there is any problem.
    """
    listed = tuple(problems)
    if not listed:
        return
    first, more = listed[0], len(listed) - 1
    raise ConfigurationError(
        first.message,
        where=f"{name}:{first.line}",
        why=f"and {more} more in this file" if more else "",
        next_step=first.hint or ("correct the pack; nothing of it was used" if not more else ""),
    )


def _unique(checker: _Checker, seen: dict[str, int], node: Node | None, value: str, what: str) -> None:
    if node is not None and value in seen:
        checker.report(node.line, f"the {what} {value} is given twice", f"first on line {seen[value]}")
    elif node is not None:
        seen[value] = node.line


def _editions(checker: _Checker, node: Node | None) -> set[str]:
    seen: dict[str, int] = {}
    for item in checker.items(node, "editions"):
        entry = checker.mapping(item, "an edition", ("id", "title", "models"), ("version", "governed_by"))
        _unique(checker, seen, entry.get("id"), checker.identifier(entry.get("id"), "edition id", _SLUG), "edition")
        checker.expression(entry.get("models"), "the model pattern")
        for key in ("title", "version", "governed_by"):
            checker.text(entry.get(key), key)
    return set(seen)


def _documents(checker: _Checker, node: Node | None) -> set[str]:
    seen: dict[str, int] = {}
    optional = ("url", "effective", "superseded", "applies_to", "governs", "note")
    for item in checker.items(node, "documents"):
        entry = checker.mapping(item, "a document", ("id", "title", "version"), optional)
        _unique(checker, seen, entry.get("id"), checker.identifier(entry.get("id"), "document id", _SLUG), "document")
        for key in ("title", "url", "version", "effective", "superseded", "governs", "note"):
            checker.text(entry.get(key), key, empty=key not in ("title", "url", "version"))
        if "applies_to" in entry:
            checker.choice(entry["applies_to"], "scope of a document", vocabulary.APPLIES_TO)
        url = entry.get("url")
        if url is not None and isinstance(url.value, str) and not url.value.startswith("https://"):
            checker.report(url.line, "the address of a document must begin with https://")
    return set(seen)


def _clauses(checker: _Checker, node: Node | None, documents: set[str], editions: set[str]) -> dict[str, str]:
    seen: dict[str, int] = {}
    confidences: dict[str, str] = {}
    optional = ("exceptions", "anchor", "effective", "superseded", "editions", "change", "patterns")
    required = ("id", "document", "section", "summary", "modality", "confidence")
    for item in checker.items(node, "clauses"):
        entry = checker.mapping(item, "a clause", required, optional)
        identity = checker.identifier(entry.get("id"), "clause id", _CLAUSE_ID)
        _unique(checker, seen, entry.get("id"), identity, "clause")
        checker.choice(entry.get("document"), "document of this pack", documents)
        checker.choice(entry.get("modality"), "modality", vocabulary.MODALITIES)
        confidences[identity] = checker.choice(entry.get("confidence"), "confidence", vocabulary.CONFIDENCES)
        checker.choices(entry.get("patterns"), "pattern", (*PATTERNS, "other"))
        checker.choices(entry.get("editions"), "edition of this pack", editions)
        checker.texts(entry.get("exceptions"), "the exceptions")
        checker.text(entry.get("summary"), "the summary", empty=False)
        for key in ("section", "effective", "superseded", "change"):
            checker.text(entry.get(key), key)
        anchor = checker.text(entry.get("anchor"), "the anchor")
        if len(anchor.split()) > MAX_ANCHOR_WORDS:
            message = f"the anchor has {len(anchor.split())} words, at most {MAX_ANCHOR_WORDS} may be quoted"
            checker.report(entry["anchor"].line, message, "shorten it to a phrase that is found once in the document")
    return confidences


def _rules(checker: _Checker, node: Node | None, provider: str, clauses: Mapping[str, str]) -> None:
    seen: dict[str, int] = {}
    required = ("id", "title", "patterns", "verdict", "severity", "message", "why", "remedy", "clauses")
    for item in checker.items(node, "rules"):
        entry = checker.mapping(item, "a rule", required, ("when", "unless", "questions", "tests"))
        identity = checker.identifier(entry.get("id"), "rule id", _RULE_ID)
        _unique(checker, seen, entry.get("id"), identity, "rule")
        if identity and not identity.startswith(f"{provider}/"):
            checker.report(entry["id"].line, f"the rule {identity} does not begin with {provider}/")
        if not checker.choices(entry.get("patterns"), "pattern", PATTERNS) and "patterns" in entry:
            checker.report(entry["patterns"].line, "the rule names no pattern")
        checker.choice(entry.get("verdict"), "verdict", [verdict.value for verdict in Verdict])
        severity = checker.choice(entry.get("severity"), "severity", [severity.value for severity in Severity])
        for key in ("title", "message", "why", "remedy"):
            _wording(checker, entry.get(key), key)
        for question in checker.items(entry.get("questions"), "the questions"):
            _wording(checker, question, "question")
        for key in ("when", "unless"):
            _condition(checker, entry.get(key), key)
        cited = checker.choices(entry.get("clauses"), "clause of this pack", clauses)
        if cited and clauses.get(cited[0]) == "low" and severity not in ("note", ""):
            message = f"severity {severity} may not rest on {cited[0]}, a clause of confidence low"
            checker.report(entry["severity"].line, message, "use severity: note")
        _tests(checker, entry.get("tests"))


def _wording(checker: _Checker, node: Node | None, what: str) -> None:
    text = checker.text(node, f"the {what}", empty=False)
    if node is None:
        return
    for name in _FIELD.findall(text):
        if name not in vocabulary.FIELDS:
            checker.report(node.line, f"unknown field {{{name}}} in the {what}", suggestion(name, vocabulary.FIELDS))
    if _FIELD.sub("", text).count("{") or _FIELD.sub("", text).count("}"):
        checker.report(node.line, f"a brace in the {what} is not closed")
    for word in vocabulary.FORBIDDEN:
        if word in text.lower():
            hint = "say what the code does and which clause bears on it"
            checker.report(node.line, f"the {what} says {word!r}…", hint)


def _condition(checker: _Checker, node: Node | None, what: str) -> None:
    if node is None:
        return
    known = {**vocabulary.ATTRIBUTES, **vocabulary.SPECIAL}
    for key, value in checker.mapping(node, f"{what!r}", (), known).items():
        _condition_values(checker, key, value, known[key])


def _condition_values(checker: _Checker, key: str, value: Node, allowed: tuple[str, ...]) -> None:
    if key == "models":
        for item in checker.items(value, "models"):
            checker.expression(item, "the model pattern")
    elif allowed:
        checker.choices(value, f"value of {key}", dict.fromkeys((*allowed, vocabulary.UNKNOWN)))
    else:
        checker.texts(value, key)


def _tests(checker: _Checker, node: Node | None) -> None:
    if node is None:
        return
    entry = checker.mapping(node, "tests", (), ("triggers", "passes", "usages"))
    checker.texts(entry.get("triggers"), "triggers")
    checker.texts(entry.get("passes"), "passes")
    known: dict[str, Callable[[Node], object]] = {}
    for key, allowed in {**vocabulary.ATTRIBUTES, **vocabulary.SPECIAL}.items():
        known[key] = lambda value, key=key, allowed=allowed: _example_values(checker, key, value, allowed)  # type: ignore[misc]
    known["expect"] = lambda value: checker.choice(value, "expectation", ("fires", "silent"))
    known["pattern"] = lambda value: checker.choice(value, "pattern", PATTERNS)
    for item in checker.items(entry.get("usages"), "the usage tests"):
        example = checker.mapping(item, "a usage test", ("expect",), [key for key in known if key != "expect"])
        for key, value in example.items():
            known[key](value)


def _example_values(checker: _Checker, key: str, value: Node, allowed: tuple[str, ...]) -> None:
    if isinstance(value.value, str):
        checker.choice(value, f"value of {key}", dict.fromkeys((*allowed, vocabulary.UNKNOWN))) if allowed else None
    elif allowed:
        checker.choices(value, f"value of {key}", dict.fromkeys((*allowed, vocabulary.UNKNOWN)))
    else:
        checker.texts(value, key)


def _data_sets(checker: _Checker, node: Node | None) -> None:
    seen: dict[str, int] = {}
    optional = ("files", "origins", "models", "licence", "restriction", "note")
    for item in checker.items(node, "data sets"):
        entry = checker.mapping(item, "a data set", ("id", "names", "kind", "confidence"), optional)
        _unique(checker, seen, entry.get("id"), checker.identifier(entry.get("id"), "data-set id", _SLUG), "data set")
        for key in ("names", "files", "origins", "models"):
            checker.texts(entry.get(key), key)
        for key in ("kind", "licence", "restriction", "note"):
            checker.text(entry.get(key), key)
        checker.choice(entry.get("confidence"), "confidence", vocabulary.CONFIDENCES)


def _adjustments(checker: _Checker, node: Node | None) -> None:
    for item in checker.items(node, "adjust"):
        entry = checker.mapping(item, "an adjustment", ("rule", "reason"), ("verdict", "severity"))
        checker.identifier(entry.get("rule"), "rule id", _RULE_ID)
        checker.text(entry.get("reason"), "the reason", empty=False)
        if "verdict" in entry:
            checker.choice(entry["verdict"], "verdict", [verdict.value for verdict in Verdict])
        if "severity" in entry:
            checker.choice(entry["severity"], "severity", [severity.value for severity in Severity])
        if entry and not {"verdict", "severity"} & set(entry):
            checker.report(item.line, "the adjustment changes neither the verdict nor the severity")
