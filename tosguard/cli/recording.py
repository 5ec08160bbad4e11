"""Keeping the answer of a run, with all it rests on, so that it can be given again (see ``answers``)."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tosguard.cachefolder import cache_folder
from tosguard.cli.answers import Answer, Call, digest_of
from tosguard.cli.replay import PLAIN, UNTOLD, identity, said_of_others
from tosguard.config.discovery import OWN_NAME, SHARED_NAME, repository_of
from tosguard.engine.filenames import file_names
from tosguard.engine.manifest import RACY_NS, Facts, Stat, unpacked
from tosguard.engine.version import sources_of_this_version
from tosguard.sources import git
from tosguard.sources.asking import BRANCH, HEAD, ORIGIN, STATUS, Question, can_ask
from tosguard.sources.importing import imports_in
from tosguard.sources.kinds import PYTHON, kind_of_name
from tosguard.sources.prompts import prompt_folders
from tosguard.sources.reading import Unreadable, read
from tosguard.sources.readme import NAMES as READMES
from tosguard.sources.readme import OF_A_PART, folders_of
from tosguard.sources.triage import signs

if TYPE_CHECKING:
    from tosguard.cli.options import Options
    from tosguard.cli.places import Places
    from tosguard.config import Settings
    from tosguard.engine.request import Request
    from tosguard.engine.run import Grounds
    from tosguard.report.model import Report

#: Answers of one command line that are kept side by side, and command lines in all.
_MOST_ANSWERS, _MOST_RECORDS = 20, 40
#: What two records must have in common for the answers of one to hold for the other, besides the contents of files.
_SAME = ("root", "listing", "asked", "present", "outside", "needles")
_CONFIGURATIONS = (OWN_NAME, SHARED_NAME)

_Record = dict[str, object]


def keep_answer(
    call: Call,
    answer: Answer,
    *,
    options: Options,
    settings: Settings,
    places: Places,
    request: Request,
    report: Report,
    grounds: Grounds,
) -> None:
    """Keep what a run wrote, if it was an ordinary one and its command line is used again.

    A command line is only noted the first time: most that name files never come back.

    Args:
        call: the command line.
        answer: what was written, and the exit code.
        options: the options it was understood as.
        settings: the configuration that held.
        places: the project and what of it was reported.
        request: what the run was asked for.
        report: its report.
        grounds: what that rests on.
    """
    if not _is_ordinary(options, settings, places, request, report) or grounds.tree.listing is None or not can_ask():
        return
    known = call.record()
    if known is None:
        call.keep(())
        _make_room(call)
        return
    found = _record(options, settings, places, request, report, grounds, known)
    if found is None:
        return
    answers = _answers_before(known, found)
    kept = answer.packed()
    found["answers"] = dict([*answers, (call.paths, kept)][-_MOST_ANSWERS:])
    if places.touched and _are_untold(places.touched, found):
        found["untold"] = kept
    call.keep((found,))


def _is_ordinary(options: Options, settings: Settings, places: Places, request: Request, report: Report) -> bool:
    """Whether a run wrote to stdout only, and read nothing but the project and the usual configuration."""
    elsewhere = options.output or options.compare or options.staged or options.diff_base is not None or options.timings
    summary = options.format == "github" and os.environ.get("GITHUB_STEP_SUMMARY")
    further = settings.include or settings.own_packs or settings.catalogue or settings.notices
    ours = repository_of(Path.cwd()) == places.root
    usual = request.means.cache is not None and str(request.means.cache) == cache_folder(os.environ)
    return not (elsewhere or summary or further or report.errors) and ours and usual


def _record(
    options: Options,
    settings: Settings,
    places: Places,
    request: Request,
    report: Report,
    grounds: Grounds,
    before: tuple[object, ...],
) -> _Record | None:
    """All that an answer rests on; None where a part of it may have changed since it was read. What ``before``, the
    record of an earlier run, tells of the imports of a file that has not changed is not read off again."""
    tree, root = grounds.tree, str(places.root)
    believed_ns = tree.began_ns - RACY_NS
    files: dict[str, tuple[int, ...] | None] = {}
    for path in git.paths_in(tree.listing or b""):
        if path in tree.facts or kind_of_name(path.rpartition("/")[2]) is None:
            continue
        files[path] = status = _identity(f"{root}/{path}")
        if status is not None and not _is_believed(status, believed_ns):
            return None
    outside: dict[str, tuple[int, ...] | None] = {}
    for path in (*_read_besides(options, settings, request, grounds), *sources_of_this_version()):
        if path.removeprefix(f"{root}/") in tree.facts:
            continue
        outside[path] = status = _identity(path)
        if status is not None and not _is_believed(status, believed_ns):
            return None
    known = {}
    is_routed = tree.routed
    told = _told_before(before, outside)
    for path, facts in tree.facts.items():
        stat = tree.stat(path)
        files[path] = _of(stat) if max(stat.mtime_ns, stat.ctime_ns) < believed_ns else ()
        flags = _flags(path, facts, grounds)
        said = None
        if is_routed and flags & PLAIN:
            said = told.get((path, facts.digest)) or _said(tree.root / path, facts)
        known[path] = (facts.digest, flags, said)
    asked = _asked(root, report) if request.means.provenance else []
    if asked is None:
        return None
    return {
        "root": root,
        "listing": digest_of((tree.listing or b"",)),
        "asked": asked,
        "present": {f"{folder}/.git": folder == root for folder in _folders_to(root, {str(Path.cwd()), root})},
        "files": files,
        "outside": outside,
        "known": known,
        "needles": signs(grounds.knowledge.needles),
        "answers": {},
        "untold": None,
    }


def _asked(root: str, report: Report) -> list[tuple[tuple[str, ...], bytes]] | None:
    """What git says of the commit; None if that is no longer what the report says."""
    answers = {command: Question(root, command).answer() for command in (HEAD, BRANCH, STATUS, ORIGIN)}
    commit = (answers[HEAD] or b"").decode("ascii").strip() or None
    if commit != report.run.commit or (commit is not None and bool(answers[STATUS]) != report.run.dirty):
        return None
    return [(command, digest_of((repr(answer).encode(),))) for command, answer in answers.items()]


def _answers_before(known: tuple[object, ...], found: Mapping[str, object]) -> Iterator[tuple[object, object]]:
    """The answers that a record holds already, if it rests on the same."""
    old = known[0] if known else None
    if isinstance(old, dict) and all(old[name] == found[name] for name in _SAME) and _contents(old) == _contents(found):
        yield from old["answers"].items()


def _told_before(known: tuple[object, ...], outside: Mapping[str, object]) -> dict[tuple[str, bytes], bytes]:
    """What a record tells of files' imports, by path and digest, if the same code read them off."""
    old = known[0] if known else None
    if not isinstance(old, dict) or old["outside"] != outside:
        return {}
    return {(path, digest): said for path, (digest, _, said) in old["known"].items() if said}


def _contents(record: Mapping[str, Any]) -> dict[str, object]:
    """What tells the content of each file: its digest where that is known, else what the file system says."""
    known = record["known"]
    return {path: known[path][:2] if path in known else status for path, status in record["files"].items()}


def _read_besides(options: Options, settings: Settings, request: Request, grounds: Grounds) -> Iterator[str]:
    """The files that a run reads, or looks for, besides those of the project."""
    root = str(request.project.root)
    selection = request.selection
    named = (options.config, selection.waivers, selection.baseline, request.terms.lock)
    yield from (str(path.absolute()) for path in named if path is not None)
    if settings.source:
        yield str(Path(settings.source).absolute())
    yield from (f"{root}/{name}" for name in READMES)
    beside = folders_of(grounds.tree.named)
    yield from (f"{root}/{folder}/{OF_A_PART}" for folder in beside)
    yield from (f"{root}/{folder}" for folder in prompt_folders(beside))
    yield from (f"{root}/{path}" for path in grounds.tree.prompts)
    folders = {root, *(f"{root}/{path.rpartition('/')[0]}".rstrip("/") for path in grounds.cited)}
    for folder in sorted(_folders_to(root, folders)):
        yield from (f"{folder}/{name}" for name in _CONFIGURATIONS)


def _folders_to(root: str, folders: Iterable[str]) -> set[str]:
    """These folders, and those around them as far as the root."""
    found = {root}
    for folder in folders:
        while folder.startswith(f"{root}/"):
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found


def _flags(path: str, facts: Facts, grounds: Grounds) -> int:
    """What may become of a file without bearing on an answer."""
    if facts.suppresses or facts.problem is not None or path in grounds.cited:
        return 0
    if grounds.tree.kinds[path] != PYTHON or facts.named or path in grounds.analysed:
        return UNTOLD
    return UNTOLD | PLAIN


def _said(path: Path, facts: Facts) -> bytes:
    """See ``said_of_others``; b"" where that cannot be told any more."""
    if facts.imports is None:
        try:
            data = read(path)
        except Unreadable:
            return b""
        return said_of_others(imports_in(data), file_names(data)) if digest_of((data,)) == facts.digest else b""
    return said_of_others(((each.module, each.name, each.bound) for each in unpacked(facts.imports)), facts.names)


def _are_untold(touched: Iterable[str], found: _Record) -> bool:
    known = found["known"]
    assert isinstance(known, dict)
    return all(path in known and known[path][1] & UNTOLD for path in touched)


def _identity(path: str) -> tuple[int, ...] | None:
    try:
        return identity(os.lstat(path))
    except OSError:
        return None


def _of(stat: Stat) -> tuple[int, ...]:
    return stat.size, stat.mtime_ns, stat.ctime_ns, stat.inode


def _is_believed(status: tuple[int, ...], until_ns: int) -> bool:
    return max(status[1:3]) < until_ns


def _make_room(call: Call) -> None:
    """Forget the records that were longest not written."""
    if call.file is None:
        return
    try:
        with os.scandir(Path(call.file).parent) as entries:
            found = sorted((entry.stat().st_mtime_ns, entry.path) for entry in entries)
        for _, path in found[:-_MOST_RECORDS]:
            Path(path).unlink()
    except OSError:
        return
