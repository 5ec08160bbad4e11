"""Inline suppressions: ``# tosguard: ignore[rule-id, …] reason``.

A comment covers the statement it stands on, wherever in the statement it stands; on a line of its own it covers the
next statement (of a compound statement, its head). ``until=YYYY-MM-DD`` ends it, ``ref=…`` names a ticket. Without a
reason it covers nothing and says so: an exception nobody can explain later is none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from tosguard.findings.lexing import LineMap, Token, tokens
from tosguard.findings.model import Waiver
from tosguard.findings.problems import Problem, suggestion
from tosguard.findings.selectors import names_rule
from tosguard.usage.model import Location

_DIRECTIVE = re.compile(r"#\s*tosguard\s*:\s*(?P<verb>[A-Za-z-]*)\s*(?P<rules>\[[^\]]*\]?)?(?P<rest>.*)", re.IGNORECASE)
_OTHER_PRAGMA = re.compile(r"\s#\s*(?:noqa|type|pylint|pragma|fmt|nosec|ruff|mypy|pyright|isort)\b.*", re.IGNORECASE)
_OPTION = re.compile(r"(?:^|\s)(until|ref)=(\S+)", re.IGNORECASE)
_FRESH_START = re.compile(r"(?:async|class|def|from|import|@)\b|@")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One comment that suppresses. ``first`` to ``last`` are the lines it covers; ``rules`` its selectors."""

    path: str
    cell: int | None
    line: int
    first: int
    last: int
    rules: tuple[str, ...]
    waiver: Waiver

    def covers(self, location: Location, rule: str) -> bool:
        """Whether it speaks of a rule at a place."""
        return (
            location.path == self.path
            and location.cell == self.cell
            and self.first <= location.line <= self.last
            and any(names_rule(selector, rule) for selector in self.rules)
        )


def find_suppressions(
    sources: Mapping[str, str], known_rules: Collection[str] = ()
) -> tuple[tuple[Suppression, ...], tuple[Problem, ...]]:
    """The suppressions of many sources, and what is wrong with the others.

    Args:
        sources: text by path (``path#cell`` for notebook cells).
        known_rules: all rule ids; empty turns the check for unknown ones off.
    """
    found: list[Suppression] = []
    problems: list[Problem] = []
    for key in sorted(sources):
        if "tosguard" in sources[key]:
            path, cell = _split(key)
            for line, first, last, comment in _covered_lines(sources[key]):
                read = _read(path, cell, (line, first, last), comment, known_rules)
                found += [item for item in read if isinstance(item, Suppression)]
                problems += [item for item in read if isinstance(item, Problem)]
    return tuple(found), tuple(problems)


def _split(key: str) -> tuple[str, int | None]:
    path, mark, cell = key.rpartition("#")
    return (path, int(cell)) if mark and cell.isdigit() else (key, None)


def _read(
    path: str, cell: int | None, lines: tuple[int, int, int], comment: str, known_rules: Collection[str]
) -> list[Suppression | Problem]:
    directive = _DIRECTIVE.search(comment)
    if directive is None:
        return []
    line, first, last = lines
    shown = path if cell is None else f"{path}:cell {cell}"
    verb, brackets = directive["verb"].lower(), directive["rules"] or ""
    malformed = _malformed(verb, brackets)
    if malformed:
        return [Problem(shown, line, "suppression-malformed", malformed)]
    rules = tuple(dict.fromkeys(rule.strip() for rule in brackets.strip("[]").split(",") if rule.strip()))
    rest = _OTHER_PRAGMA.sub("", directive["rest"])
    options = {name.lower(): value for name, value in _OPTION.findall(rest)}
    reason = " ".join(_OPTION.sub(" ", rest).split()).lstrip("-–—: ")
    problems = [problem for rule in rules for problem in _unknown(shown, line, rule, known_rules)]
    rules = tuple(rule for rule in rules if not _unknown(shown, line, rule, known_rules))
    if not re.search(r"\w", reason):
        text = f"this suppression gives no reason and has no effect; write '# tosguard: ignore[{', '.join(rules)}] why'"
        return [*problems, Problem(shown, line, "suppression-without-reason", text)]
    until = options.get("until", "")
    if until and not is_date(until):
        text = f"until={until} is no date and the suppression has no effect; write until=YYYY-MM-DD"
        return [*problems, Problem(shown, line, "suppression-malformed", text)]
    if not rules:
        return list(problems)
    waiver = Waiver("inline", reason, expires=until, reference=options.get("ref", ""), line=line)
    return [*problems, Suppression(path, cell, line, first, last, rules, waiver)]


def _malformed(verb: str, brackets: str) -> str:
    if verb != "ignore":
        hint = suggestion(verb, ["ignore"]) if verb else ""
        return f"'tosguard: {verb}' is no directive{hint}; write '# tosguard: ignore[rule-id] reason'"
    if not brackets.endswith("]"):
        return "a suppression names its rules in brackets; write '# tosguard: ignore[rule-id] reason'"
    if not brackets.strip("[] ,"):
        return "this suppression names no rule; write '# tosguard: ignore[rule-id] reason'"
    return ""


def _unknown(path: str, line: int, rule: str, known_rules: Collection[str]) -> list[Problem]:
    if rule.lower() in ("all", "*"):
        text = f"'{rule}' suppresses nothing: name the rules, or all of one provider as 'provider/*'"
        return [Problem(path, line, "suppression-malformed", text)]
    if not known_rules or any(names_rule(rule, known) for known in known_rules):
        return []
    hint = suggestion(rule, known_rules) or "; see `tosguard rules list`"
    text = f"no rule is called '{rule}' and nothing is suppressed for it: correct the id{hint}"
    return [Problem(path, line, "suppression-unknown-rule", text)]


def is_date(text: str) -> bool:
    """Whether a text is a calendar date written ``YYYY-MM-DD``."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _covered_lines(source: str) -> list[tuple[int, int, int, str]]:
    """Each comment that speaks to tosguard: its line, the first and last line it covers, its text."""
    lines = LineMap(source)
    statements, comments = _statements(source, lines)
    begins = [first for first, _, _ in statements]
    result = []
    for token in comments:
        line = lines.line(token.start)
        following = bisect_right(begins, line)
        first, last = line, line
        if following and statements[following - 1][1] >= line:
            first, last, _ = statements[following - 1]
        elif following < len(statements):
            first, last = _decorated(statements, following)
        result.append((line, first, last, token.text))
    return result


def _decorated(statements: list[tuple[int, int, bool]], index: int) -> tuple[int, int]:
    """The lines of a statement; decorators are taken together with what they decorate."""
    first, last, decorator = statements[index]
    while decorator and index + 1 < len(statements):
        index += 1
        _, last, decorator = statements[index]
    return first, last


def _statements(source: str, lines: LineMap) -> tuple[list[tuple[int, int, bool]], list[Token]]:
    """Logical lines (first, last, whether a decorator) and the comments that name tosguard."""
    statements: list[tuple[int, int, bool]] = []
    comments: list[Token] = []
    depth = 0
    first: Token | None = None
    last: Token | None = None
    for token in tokens(source):
        if token.kind == "comment":
            if "tosguard" in token.text.lower():
                comments.append(token)
            continue
        if token.kind == "newline":
            # A bracket that is never closed must not swallow the rest of a broken file.
            if depth and _FRESH_START.match(source, token.end):
                depth = 0
            if depth == 0 and first is not None and last is not None:
                statements.append((lines.line(first.start), lines.line(last.end - 1), first.text == "@"))
                first = None
            continue
        first = first or token
        last = token
        if token.kind == "op":
            depth = max(depth + (token.text in "([{") - (token.text in ")]}"), 0)
    if first is not None and last is not None:
        statements.append((lines.line(first.start), lines.line(last.end - 1), first.text == "@"))
    return statements, comments
