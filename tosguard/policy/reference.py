"""The rule reference: Markdown pages generated from the packs, one a provider, with its timeline.

``python -m tosguard.policy.reference DIRECTORY`` writes them; with ``--check`` it only says whether they are stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from tosguard.policy.diff import compare
from tosguard.policy.library import Library, open_library
from tosguard.policy.model import Pack, PackClause, Rule
from tosguard.policy.vocabulary import FIELDS
from tosguard.policy.wording import fill

_NOTICE = "<!-- Generated from rules/ by `python -m tosguard.policy.reference docs/rules`; do not edit. -->"


def pages(library: Library) -> dict[str, str]:
    """Every page by file name: ``README.md`` and one for each provider."""
    histories = {provider: _history(library, provider) for provider in library.providers()}
    texts = {f"{provider}.md": provider_page(packs) for provider, packs in histories.items()}
    return {"README.md": overview([packs[-1] for packs in histories.values()], len(library.entries)), **texts}


def stale(library: Library, directory: Path) -> tuple[str, ...]:
    """The pages in ``directory`` that differ from what the packs say, are missing, or have no pack."""
    wanted = pages(library)
    present = {path.name: path for path in directory.glob("*.md")}
    changed = [name for name, text in wanted.items() if name not in present or _read(present[name]) != text]
    return tuple(sorted({*changed, *(set(present) - set(wanted))}))


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _history(library: Library, provider: str) -> list[Pack]:
    return [library.load(entry) for entry in library.versions(provider)]


def overview(newest: Sequence[Pack], snapshots: int) -> str:
    """The page that lists the providers."""
    clauses = sum(len({clause.split("@")[0] for clause in pack.clauses}) for pack in newest)
    rules = sum(len(pack.rules) for pack in newest)
    lines = [
        _NOTICE,
        "",
        "# Rule reference",
        "",
        f"{len(newest)} packs in {snapshots} dated snapshots; the newest hold {clauses} clauses and {rules} rules.",
        "",
        "| provider | kind | newest snapshot | clauses | rules |",
        "|---|---|---|---:|---:|",
    ]
    for pack in newest:
        counts = (str(len(pack.clauses)), str(len(pack.rules)))
        row = (f"[{pack.name}]({pack.provider}.md)", pack.kind, pack.version, *counts)
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines) + "\n"


def provider_page(packs: Sequence[Pack]) -> str:
    """The page of one provider: the newest snapshot's rules, clauses and documents, and the timeline of all."""
    newest = packs[-1]
    lines = [_NOTICE, "", f"# {newest.name}", "", f"Route id `{newest.provider}`, {newest.kind}.", ""]
    if newest.unread:
        unread = ", ".join(f"`{pattern}`" for pattern in newest.unread)
        lines += [f"Not read, so unknown: {unread}. {newest.question}", ""]
    lines += _timeline(packs)
    if newest.rules:
        lines += [f"## Rules since {newest.version}", ""]
        for rule in newest.rules:
            lines += _rule(rule, newest.name)
    if newest.clauses:
        lines += ["## Clauses", ""]
        for clause in newest.clauses.values():
            lines += _clause(clause)
    if newest.documents:
        lines += ["## Documents", "", "| document | version | note |", "|---|---|---|"]
        for item in newest.documents:
            title = f"[{_cell(item.title)}]({item.url})" if item.url else _cell(item.title)
            lines.append(f"| {title} | {_cell(item.version)} | {_cell(item.note or item.governs)} |")
        lines.append("")
    if newest.data_sets:
        lines += _data_sets(newest)
    if newest.notes:
        lines += ["## Notes", "", *(f"- {note}" for note in newest.notes), ""]
    return "\n".join(lines).rstrip() + "\n"


def _timeline(packs: Sequence[Pack]) -> list[str]:
    lines = ["## Timeline", "", "| from | what changed |", "|---|---|"]
    lines.append(f"| {packs[0].version} | first terms on record: {_count(len(packs[0].clauses), 'clause')} |")
    for earlier, later in pairwise(packs):
        changes = [change for change in compare(earlier, later) if change.subject != "rule"]
        clauses = [f"{change.kind}: `{change.id}`" for change in changes if change.subject == "clause"]
        documents = [f"document {change.kind}: {change.id}" for change in changes if change.subject == "document"]
        lines.append(f"| {later.version} | {_cell('; '.join((*clauses, *documents)) or 'no clause on record')} |")
    return [*lines, ""]


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


#: What a template's fields are called where no usage fills them.
_GENERIC = {
    "models": "the model",
    "dataset": "the data set",
    "licence": "as its card says",
    "trained": "a model",
    "others": "the others",
}


def _rule(rule: Rule, provider: str) -> list[str]:
    words = {name: _GENERIC.get(name, f"the {name}") for name in FIELDS} | {"provider": provider}
    patterns = ", ".join(f"`{pattern}`" for pattern in rule.patterns)
    lines = [f"### `{rule.id}`", "", f"{rule.title}. **{rule.verdict.value}**, {rule.severity.value}; {patterns}.", ""]
    for word, condition in (("When", rule.when), ("Unless", rule.unless)):
        if condition:
            parts = (f"{key}: {' or '.join(f'`{v}`' for v in values)}" for key, values in condition.items())
            lines += [f"{word} {'; '.join(parts)}.", ""]
    lines += [f"**Why it matters.** {fill(rule.why, words)}", ""]
    lines += [f"**What would make it acceptable.** {fill(rule.remedy, words)}", ""]
    if rule.questions:
        lines += ["**Questions.**", "", *(f"- {fill(question, words)}" for question in rule.questions), ""]
    if rule.clauses:
        lines += [f"**Clauses.** {', '.join(f'`{clause}`' for clause in rule.clauses)}", ""]
    return lines


def _clause(clause: PackClause) -> list[str]:
    item = clause.clause
    editions = f" ({', '.join(clause.editions)})" if clause.editions else ""
    lines = [
        f"### `{item.id}`",
        "",
        f"{item.document}, {item.section}{editions}. It {clause.modality}; confidence {item.confidence}.",
        "",
    ]
    lines += [item.summary, ""]
    if item.exceptions:
        lines += ["Exceptions:", "", *(f"- {exception}" for exception in item.exceptions), ""]
    if item.anchor:
        lines += [f"Found by: “{item.anchor}”", ""]
    return lines


def _data_sets(pack: Pack) -> list[str]:
    lines = [
        "## Data sets",
        "",
        "| id | names | output of | licence | restriction | confidence |",
        "|---|---|---|---|---|---|",
    ]
    for item in pack.data_sets:
        names = ", ".join(f"`{name}`" for name in item.names)
        cells = (
            item.id,
            names,
            ", ".join(item.origins) or "no provider",
            item.licence,
            item.restriction,
            item.confidence,
        )
        lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    return [*lines, ""]


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main(arguments: Iterable[str]) -> int:
    """Write the pages, or check them. Returns 1 if they are stale, 2 if called wrongly."""
    words = list(arguments)
    directories = [Path(word) for word in words if word != "--check"]
    if len(directories) != 1:
        sys.stderr.write("usage: python -m tosguard.policy.reference [--check] DIRECTORY\n")
        return 2
    directory, library = directories[0], open_library()
    if "--check" in words:
        names = stale(library, directory)
        sys.stderr.writelines(f"{directory / name}: stale\n" for name in names)
        return 1 if names else 0
    directory.mkdir(parents=True, exist_ok=True)
    wanted = pages(library)
    for path in directory.glob("*.md"):
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (directory / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
