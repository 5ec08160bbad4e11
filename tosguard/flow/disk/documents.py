"""Configuration files of the project: what reading one gives, key by key, as if the project had written it."""

from __future__ import annotations

from posixpath import normpath
from typing import TYPE_CHECKING

from tosguard.flow.language.iteration import MAX_WRAPPED
from tosguard.flow.values.joining import join
from tosguard.flow.values.questions import answered
from tosguard.flow.values.values import (
    ANYTHING,
    BY_SERIAL,
    KEYS,
    NOTHING,
    REST,
    SOURCE,
    Atom,
    ObjectAtom,
    SymbolAtom,
    Value,
    constant,
    ordered,
    single,
)
from tosguard.syntax import ir

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tosguard.flow.solver.frame import Frame
    from tosguard.flow.solver.machine import Machine
    from tosguard.flow.values.questions import Reader
    from tosguard.flow.values.values import FunctionAtom

#: A configuration nested deeper is data.
DEEPEST = 6
#: Items of one mapping or list that are looked at, and characters of a text that is kept.
MOST_ITEMS = 200
LONGEST_TEXT = 300


def seed(machine: Machine, documents: Mapping[str, object]) -> None:
    """Puts configuration files where readers of the same path find them.

    Args:
        machine: the solver, before anything is evaluated.
        documents: path → the parsed file: mappings, lists and scalars; a text as it stands.
    """
    machine.documents = {path: document for path, document in documents.items() if isinstance(document, dict)}
    for path, document in sorted(documents.items()):
        if isinstance(document, dict):
            machine.disk.write(machine, constant(path), single(_object(machine, "dict", (path,), document)))
        elif isinstance(document, str):
            machine.disk.write(machine, constant(path), constant(document))


def _object(machine: Machine, kind: str, place: tuple[object, ...], document: dict[object, object]) -> ObjectAtom:
    made = ObjectAtom(kind, None, place, None)
    for key, inner in list(document.items())[:MOST_ITEMS]:
        if not isinstance(key, (str, int)):
            continue
        value = _value(machine, kind, (*place, key), inner)
        if kind == "namespace" and isinstance(key, str):
            machine.write(made.cell(key), value)
        machine.put(made, key, value)
        machine.write(made.cell(KEYS), constant(key))
    return made


def _value(machine: Machine, kind: str, place: tuple[object, ...], document: object) -> Value:
    """A part of a document. It may be another when the program runs: every value may be anything else as well."""
    if len(place) > DEEPEST:
        return ANYTHING
    if isinstance(document, dict):
        return single(_object(machine, kind, place, document))
    if isinstance(document, list):
        made = ObjectAtom("list", None, place, None)
        for number, inner in enumerate(document[:MOST_ITEMS]):
            machine.put(made, REST, _value(machine, kind, (*place, number), inner))
        return single(made)
    if isinstance(document, str) and len(document) > LONGEST_TEXT:
        return ANYTHING
    if document is None or isinstance(document, (str, int, float)):
        return join(constant(document), ANYTHING)
    return ANYTHING


def mappings_behind(frame: Frame, value: Value) -> Sequence[ObjectAtom]:
    """The mappings that library objects were read from: what ``json.load`` gives of a file the project has or wrote."""
    atoms = value.atoms
    for atom in atoms:
        if isinstance(atom, SymbolAtom):
            return answered(frame, ("mappings", atoms), lambda question: _mappings_behind(question, atoms))
    return ()


def _mappings_behind(question: Reader, atoms: Iterable[Atom]) -> list[ObjectAtom]:
    pending: list[SymbolAtom] = []
    for atom in sorted(atoms, key=BY_SERIAL):
        if isinstance(atom, SymbolAtom):
            question.watch(atom)
            if SOURCE in atom.cells:
                pending.append(atom)
    found: list[ObjectAtom] = []
    seen: set[Atom] = set(pending)
    while pending and len(seen) < MAX_WRAPPED:
        for inner in ordered(question.read(pending.pop().cells[SOURCE])):
            if inner in seen:
                continue
            seen.add(inner)
            if isinstance(inner, SymbolAtom):
                question.watch(inner)
                if SOURCE in inner.cells:
                    pending.append(inner)
            elif isinstance(inner, ObjectAtom) and inner.kind == "dict":
                found.append(inner)
    return found


def composed(frame: Frame, atom: FunctionAtom) -> Value:
    """The configuration that a decorator names for a function: ``@hydra.main(config_path="conf", config_name="c")``;
    nothing where no decorator does."""
    machine = frame.machine
    result = NOTHING
    for decorator in atom.scope.node.decorators if machine.documents else ():
        if not isinstance(decorator, ir.Call):
            continue
        given = {a.keyword: a.value.value for a in decorator.arguments if a.keyword and isinstance(a.value, ir.Const)}
        name = given.get("config_name")
        if not isinstance(name, str):
            continue
        module = atom.scope.module
        folder = normpath(f"{module.path.rpartition('/')[0] or '.'}/{_text(given.get('config_path')) or '.'}")
        key = ("configuration", atom.serial, name)
        known = machine.bounds.get(key)
        if known is None:
            document = _with_defaults(machine.documents, folder, name)
            for option, values in _overrides(machine, module.path):
                _override(document, option.split("."), values[0])
            known = single(_object(machine, "namespace", (folder, name), document)) if document else NOTHING
            machine.bounds[key] = known
        result = join(result, known)
    return result


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _with_defaults(documents: Mapping[str, object], folder: str, name: str) -> dict[object, object]:
    """A configuration with the groups that its list of defaults names."""
    document = next(
        (found for end in ("", ".yaml", ".yml") if (found := documents.get(normpath(f"{folder}/{name}{end}")))), None
    )
    if not isinstance(document, dict):
        return {}
    whole: dict[object, object] = {}
    listed = document.get("defaults")
    for item in listed if isinstance(listed, list) else ():
        if isinstance(item, dict):
            for group, choice in item.items():
                part = documents.get(normpath(f"{folder}/{group}/{choice}.yaml"))
                if isinstance(part, dict) and isinstance(group, str):
                    whole[group] = part
        elif isinstance(item, str) and item != "_self_":
            part = documents.get(normpath(f"{folder}/{item}.yaml"))
            whole.update(part if isinstance(part, dict) else {})
    whole.update((k, v) for k, v in document.items() if k != "defaults")
    return whole


def _overrides(machine: Machine, path: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(name, values) for (program, name), values in machine.options.items() if program == path and "." in name]


def _override(document: dict[object, object], keys: list[str], value: str) -> None:
    for key in keys[:-1]:
        inner = document.get(key)
        inner = dict(inner) if isinstance(inner, dict) else {}
        document[key] = inner
        document = inner
    document[keys[-1]] = value
