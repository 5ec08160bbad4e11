"""Links between files that no value carries: records of the same keys, file names that resemble. Weak by nature.

A generator that writes records of some keys and a trainer elsewhere in the project that reads records of the same keys
belong together often enough to say so, never surely enough to say more than that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from tosguard.flow.facts import CallFact, Place, Value
from tosguard.usage.evidence import MEDIUM, WEAK, Clue, Dossier
from tosguard.usage.limits import FEWEST_SHARED_KEYS, SHORTEST_NAME, SIMILAR_NAME
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.view import texts_in
from tosguard.usage.sites.sites import Site

#: Marks a clue that rests on one name on both sides.
SAME_NAME = "same"

#: Arguments of tuning services that say what is learned from, and the tag of those that only look up a job.
LEARNED_FROM = frozenset({"data", "file", "input", "path"})
JOB = "tuning-job"

_WORDS = re.compile(r"[a-z]{3,}")

#: The tags of trainers that fit a regression, and of calls that draw a chart.
REGRESSOR, CHART = "regressor", "chart"

#: Trainers of these tags learn from text.
TEXT_TRAINERS = frozenset({"llm", "any", "reward", "trainer", "loop"})


def collect(site: Site, dossier: Dossier, context: Context) -> Iterator[Clue]:
    """The name links of a site whose output is written."""
    written = dossier.of("training-record", "weak-record", "written", "published")
    if not written or dossier.has("flow-to-trainer", "flow-to-tuning"):
        return
    keys = _written_keys(site, context)
    names = tuple(n for clue in dossier.of("written", "published") for n in clue.values)
    yield from _scored_beside(site, names, context)
    for trainer in text_trainers(context):
        shared, place = _shared_keys(keys, trainer, context)
        if shared and dossier.has("training-record"):
            yield Clue(
                "same-record-keys",
                f"{trainer.place.path} trains on records with the same keys ({', '.join(shared)})",
                place,
                MEDIUM,
                values=shared,
            )
        near, same = _similar(names, trainer, context)
        if near:
            yield Clue(
                "similar-file-name",
                f"{trainer.place.path} reads {'data of the same' if same else 'a file of a similar'} name ({near})",
                trainer.place,
                WEAK,
                values=(SAME_NAME,) if same else (),
            )
        if same_part(trainer.place.path, site.place.path, context.readmes):
            yield Clue("trainer-in-project", f"{trainer.place.path} trains a model", trainer.place, WEAK)
    if dossier.has("training-record"):
        yield from _tuning_beside(site, dossier, context)


def _tuning_beside(site: Site, dossier: Dossier, context: Context) -> Iterator[Clue]:
    """Calls of a tuning service in the directory of a site and of the file that writes its records, which leave open
    what is tuned on: whoever runs them names a file."""
    folders = {c.place.path.rpartition("/")[0] for c in dossier.of("training-record") if not _is_notebook(c.place)}
    folders &= {site.place.path.rpartition("/")[0]}
    for call in context.view.by_role.get("tune", ()):
        if call.place.path.rpartition("/")[0] not in folders or _is_notebook(call.place) or JOB in call.entry.tags:
            continue
        if not any(v.all_origins() or v.constants for n, v in call.arguments.items() if n in LEARNED_FROM):
            said = f"{call.place.path} beside the records calls a tuning service for a file that it is given"
            yield Clue("tuning-beside", said, call.place, MEDIUM, values=(call.entry.provider,))


def _is_notebook(place: Place) -> bool:
    return place.path.endswith(".ipynb")


def _scored_beside(site: Site, names: Iterable[str], context: Context) -> Iterator[Clue]:
    """A program of the same folder that is named for an evaluation and reads a file like one that was written: answers
    are often kept under the settings of a run, and scored under those of another."""
    mine = {kin for name in names if (kin := _kin(name))}
    folder = site.place.path.rpartition("/")[0]
    for path in sorted(context.view.modules) if mine else ():
        where, _, name = path.rpartition("/")
        if where != folder or path == site.place.path or "evaluation" not in context.lexicon.words(name):
            continue
        for call in context.view.by_path.get(path, ()):
            read = texts_in(call.arguments.get("path", Value()), 1) if call.entry.role == "read" else ()
            if near := next((text for text in read if _kin(text) in mine), ""):
                said = f"{path} is named for an evaluation and reads a file of a similar name ({near})"
                yield Clue("scored-beside", said, call.place, MEDIUM)
                return


def _kin(path: str) -> tuple[str, str] | None:
    """The first word of a file's name and its ending, None where it has no word."""
    stem, _, ending = last_of(path).rpartition(".")
    words = _WORDS.findall(stem.lower())
    return (words[0], ending) if words else None


def last_of(path: str) -> str:
    """The last piece of a path or id, written for whatever system."""
    return path.replace("\\", "/").rsplit("/", 1)[-1]


def text_trainers(context: Context) -> tuple[CallFact, ...]:
    """The calls of the project that train a model of text, one a place."""
    found = {
        c.place: c
        for c in context.view.by_role.get("train", ())
        if not c.entry.tags or set(c.entry.tags) & TEXT_TRAINERS
    }
    return tuple(found.values())


def is_trend_line(trainer: CallFact, context: Context) -> bool:
    """Whether a regression is fitted where a chart is drawn, in one function: it gives a line in that chart."""
    if REGRESSOR not in trainer.entry.tags or not trainer.place.scope:
        return False
    here = trainer.place.within
    return any(c.place.within == here for c in context.view.by_tag.get(CHART, ()))


def same_part(one: str, other: str, readmes: Collection[str] = ()) -> bool:
    """Whether two files lie in the same part of a project: the same directory, or one directly at its root, or both in
    directories of a project that has a README and says nothing of either apart.

    Args:
        one: a file.
        other: another file.
        readmes: the directories that have a README of their own.
    """
    a, b = one.split("/")[:-1], other.split("/")[:-1]
    if not a or not b or a[0] == b[0]:
        return True
    return "" in readmes and not any(folder.split("/")[0] in (a[0], b[0]) for folder in readmes if folder)


def _written_keys(site: Site, context: Context) -> frozenset[str]:
    sets = [
        keys
        for flow in context.flows(site)
        if context.view.call(flow.sink).entry.role in ("write", "publish")
        for keys in context.records_at(flow)
    ]
    return max(sets, key=len, default=frozenset())


def _shared_keys(keys: frozenset[str], trainer: CallFact, context: Context) -> tuple[tuple[str, ...], Place]:
    """The record keys that a trainer's file reads too, where it reads all of a training record's."""
    module = context.view.modules.get(trainer.place.path)
    read = dict(getattr(module, "keys_read", ())) if module is not None else {}
    shared = tuple(sorted(k for k in keys if k in read))
    if len(shared) < FEWEST_SHARED_KEYS:
        return (), trainer.place
    line = min(read[k] for k in shared)
    place = Place(trainer.place.path, line, 1, line, 1)
    return shared, place


def _similar(names: tuple[str, ...], trainer: CallFact, context: Context) -> tuple[str, bool]:
    """A file that the trainer's module reads whose name resembles one that was written, or "", and whether it is the
    same name in another folder or account."""
    from rapidfuzz import fuzz

    mine = {last for n in names if len(last := last_of(n)) >= SHORTEST_NAME and not last.startswith(".")}
    found = ""
    for call in context.view.by_path.get(trainer.place.path, ()):
        if call.entry.role not in ("read", "load-dataset"):
            continue
        for name in (
            last_of(t) for arg in ("path", "id", "data_files") for t in texts_in(call.arguments.get(arg, Value()), 1)
        ):
            if name in mine:
                return name, True
            if len(name) >= SHORTEST_NAME and not found and any(fuzz.ratio(name, m) >= SIMILAR_NAME for m in mine):
                found = name
    return found, False


def readers_of_same_name(dossier: Dossier) -> tuple[Clue, ...]:
    """The trainers that read data of the very name that a site's output is kept under: worth telling in its trace."""
    return tuple(c for c in dossier.of("similar-file-name") if SAME_NAME in c.values)
