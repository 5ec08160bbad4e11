"""What a field is known to hold just here: ``self.x = f`` followed by ``self.x()`` calls ``f`` alone.

Cells of objects join everything that is ever stored. Inside one evaluation the order of statements says more: after a
store through an access path (a variable, then attributes and constant keys) the path holds that value until the
variable is bound anew, the same field is stored through another path, or a function that stores such a field is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tosguard.flow.values.joining import join, join_all
from tosguard.flow.values.taints import LOADED, Ways
from tosguard.flow.values.values import Atom, Constant, Value, constant
from tosguard.syntax import ir

if TYPE_CHECKING:
    from tosguard.flow.calls.context import Context
    from tosguard.flow.solver.frame import Environment, Frame
    from tosguard.flow.values.taints import Hop, Taint

#: The variable under which an environment keeps its known fields.
FIELDS = "<fields>"
#: Stands for every item of every collection.
ANY_ITEM = ("item", "<any>")
#: The owner of the globals that functions rebind.
GLOBALS = "<globals>"

#: An attribute name, or ``("item", key)``.
Field = object
Path = tuple[object, ...]


class Fields(Value):
    """The known fields of an environment, dressed as a value. Never changed once made."""

    __slots__ = ("known",)

    def __init__(self, known: Mapping[Path, Value]) -> None:
        super().__init__(frozenset())
        self.known = known

    def covers(self, other: Value) -> bool:
        """Whether nothing was forgotten and nothing more became possible."""
        if not isinstance(other, Fields) or other.known.keys() != self.known.keys():
            return False
        return all(self.known[path].covers(value) for path, value in other.known.items())


def same(left: Value | None, right: Value | None) -> bool:
    """Whether two values are the same things with the same origins, come by ways as long and as certain."""
    if left is right:
        return True
    if left is None or right is None:
        return False
    if isinstance(left, Fields) or isinstance(right, Fields):
        if not isinstance(left, Fields) or not isinstance(right, Fields) or left.known.keys() != right.known.keys():
            return False
        return all(same(value, right.known[path]) for path, value in left.known.items())
    return left.atoms == right.atoms and same_ways(left.taints, right.taints)


def same_ways(left: Mapping[Taint, Hop] | None, right: Mapping[Taint, Hop] | None) -> bool:
    """Whether the same origins came by ways as long and as certain."""
    if left is right:
        return True
    if left is None or right is None or left.keys() != right.keys():
        return False
    if isinstance(left, Ways) and isinstance(right, Ways) and left.as_far_as(right):
        return True
    for taint, hop in left.items():
        other = right[taint]
        if hop is not other and (hop.depth != other.depth or not _as_certain(hop, other)):
            return False
    return True


def _as_certain(left: Hop, right: Hop) -> bool:
    """Whether two ways of the same length both lead over a file, hub or queue, or neither does. Mostly they part only
    at the end: what they share is looked through only if it matters."""
    one: Hop | None = left
    other: Hop | None = right
    on_left = on_right = False
    while one is not None and other is not None and one is not other:
        on_left = on_left or one.step.kind == LOADED
        on_right = on_right or other.step.kind == LOADED
        one, other = one.previous, other.previous
    return on_left is on_right or (one is not None and one.inferred)


def path_to(frame: Frame, node: ir.Expr) -> Path | None:
    """The access path of an expression; None where it is no plain one."""
    if isinstance(node, ir.Name):
        return (node.id,)
    if isinstance(node, ir.Attribute):
        base = path_to(frame, node.value)
        return None if base is None else (*base, node.attr)
    if isinstance(node, ir.Subscript):
        base = path_to(frame, node.value)
        key = None if base is None else _key(frame, node.index)
        return None if base is None or key is None else (*base, ("item", key[0]))
    return None


def _key(frame: Frame, node: ir.Expr) -> tuple[object] | None:
    if isinstance(node, ir.Const):
        return (node.value,)
    if isinstance(node, ir.Name) and frame.env is not None:
        value = frame.env.get(node.id)
        if value is not None and len(value.atoms) == 1 and value.taints is None:
            (atom,) = value.atoms
            if isinstance(atom, Constant):
                return (atom.value,)
    return None


def known_field(frame: Frame, node: ir.Expr) -> Value | None:
    """What an attribute or item is known to hold here."""
    env = frame.env
    if env is None:
        return None
    fields = env.get(FIELDS)
    if not isinstance(fields, Fields):
        return None
    path = path_to(frame, node)
    return None if path is None else fields.known.get(path)


def remember(frame: Frame, path: Path, value: Value) -> None:
    """Notes that a path holds a value from here on."""
    env = frame.env
    if env is not None and len(path) > 1:
        fields = env.get(FIELDS)
        env[FIELDS] = Fields({**(fields.known if isinstance(fields, Fields) else {}), path: value})


def global_path(module: str, name: str) -> Path:
    """The path of a global that functions rebind."""
    return GLOBALS, f"<{module}.{name}>"


def rebound_global(frame: Frame, module: str, name: str, value: Value) -> None:
    """Notes that ``global name`` holds a value from here on, for whoever calls this function too."""
    path = global_path(module, name)
    stored(frame, path[1])
    remember(frame, path, value)


def known_global(env: Mapping[str, Value], module: str, name: str) -> Value | None:
    """What a global holds for certain since a function rebound it."""
    fields = env.get(FIELDS)
    return fields.known.get(global_path(module, name)) if isinstance(fields, Fields) else None


def stored(frame: Frame, field: Field) -> None:
    """Notes that a field of some object is stored: what was known of such fields holds no longer."""
    frame.context.stores.add(field)
    _forget(frame, (field,))


def leave_function(frame: Frame) -> None:
    """Notes what is known where a function is left."""
    if frame.env is None:
        return
    known = frame.env.get(FIELDS)
    here = known if isinstance(known, Fields) else Fields({})
    frame.departures.append(here)
    merge_exit(frame.context, here)


def merge_exit(context: Context, here: Fields) -> None:
    """Notes that a function is also left with these fields known."""
    context.exit = here if context.exit is None else merged(context.exit, here)


def announce_exit(frame: Frame, before: Fields | None) -> None:
    """Keeps of what is known at a function's end what callers can name: fields of parameters, globals. Callers that
    relied on something else (``before``) run again."""
    context = frame.context
    left = context.exit
    known = (
        {}
        if left is None
        else {
            p: v
            for p, v in left.known.items()
            if p[0] is GLOBALS or (p[0] in context.parameters and p[0] not in context.rebound)
        }
    )
    context.exit = Fields(known) if known else None
    if not same(before, context.exit):
        context.outdate_calls()
    elif before is not None:
        context.exit = before
    if known or context.stores:
        said = f"{len(context.stores)} {sorted(map(str, known))}"
        frame.machine.write(context.exits, join(constant(said), join_all(known.values())))


def after_call(frame: Frame, site: ir.Call | None, called: Context, receiver: Atom | None) -> None:
    """Forgets what a called function may have stored, and notes what it certainly left in its arguments. ``site`` is
    None where the arguments are not those written in the call."""
    env = frame.env
    frame.context.stores.update(called.stores)
    if frame.visit is not None:
        called.visits_of_calls.add(frame.visit)
    if called.running:
        frame.unsettle()
    if env is None:
        return
    if called.running:
        env.pop(FIELDS, None)
        return
    if FIELDS in env or called.exit is not None:
        frame.read(called.exits)
        _forget(frame, called.stores)
    if called.exit is not None and site is not None and called.atom is not None:
        places = _places(env, frame, site, called.atom.scope.node, receiver)
        for path, value in called.exit.known.items():
            place = (GLOBALS,) if path[0] is GLOBALS else places.get(path[0])
            if place is not None:
                remember(frame, (*place, *path[1:]), value)


def _places(
    env: Environment, frame: Frame, node: ir.Call, function: ir.Function, receiver: Atom | None
) -> dict[object, Path]:
    """The access paths of the arguments, by parameter; two parameters that may be one object are left out."""
    if any(a.stars for a in node.arguments):
        return {}
    parameters = [p.name for p in function.parameters if p.kind in ("any", "positional")]
    given: list[tuple[str, ir.Expr]] = []
    if receiver is not None and parameters:
        first = parameters.pop(0)
        owner = node.func.value if isinstance(node.func, ir.Attribute) else None
        if isinstance(owner, ir.Name) and owner.id in env and env[owner.id].atoms == {receiver}:
            given.append((first, owner))
    given.extend(zip(parameters, (a.value for a in node.arguments if a.keyword is None)))  # noqa: B905 - defaults fill the rest
    given.extend((a.keyword, a.value) for a in node.arguments if a.keyword is not None)
    places: dict[object, Path] = {}
    for name, value in given:
        path = path_to(frame, value)
        if path is not None and path not in places.values():
            places[name] = path
    return places


def _forget(frame: Frame, changed: Iterable[Field]) -> None:
    env = frame.env
    fields = env.get(FIELDS) if env is not None else None
    if env is None or not isinstance(fields, Fields):
        return
    changed = frozenset(changed)
    if not changed:
        return
    every_item = ANY_ITEM in changed

    def touched(path: Path) -> bool:
        return any(step in changed or (every_item and isinstance(step, tuple)) for step in path[1:])

    env[FIELDS] = Fields({path: value for path, value in fields.known.items() if not touched(path)})


def forget_variable(env: dict[str, Value], name: str) -> None:
    """Forgets the fields of a variable that is bound anew."""
    fields = env.get(FIELDS)
    if isinstance(fields, Fields) and any(path[0] == name for path in fields.known):
        env[FIELDS] = Fields({path: value for path, value in fields.known.items() if path[0] != name})


def merged(left: Value | None, right: Value | None) -> Fields:
    """What is known after two branches met: what both know."""
    if not isinstance(left, Fields) or not isinstance(right, Fields):
        return Fields({})
    return Fields({path: join(left.known[path], right.known[path]) for path in left.known if path in right.known})
