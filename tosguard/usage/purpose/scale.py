"""How often a site's call is made: over rows of data, a number of times, a handful, the pieces of one document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import prod

from tosguard.flow.facts import CallFact, Loop, Value
from tosguard.usage.evidence import MEDIUM, STRONG, WEAK, Clue
from tosguard.usage.limits import COMBINATIONS, DATA_LOOPS, DOCUMENT_SUFFIXES, HANDFUL
from tosguard.usage.purpose.contestants import is_left, is_tried
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.view import texts_in
from tosguard.usage.sites.sites import Site

#: Tags of platform reads that give one item or react to one event.
ONE_ITEM = frozenset({"item", "handler", "command", "once"})

#: The tag of what hands a program the messages that are sent to it.
HANDED = "handler"

#: The argument that says where the next page of one thing begins.
PAGE = "page"

#: Arguments that decide whose account pays.
ACCOUNT_ARGUMENTS = ("key", "organization", "headers", "cookies")

#: The word list of the tools that a model's answer calls for.
TOOL_CALLS = "tool-calls"

#: A path with a ``*`` is no longer than this.
LONGEST_PATH = 200

#: How the calls end that read a file line by line.
LINES = ".readlines"

#: The tag of calls that take a collection and answer each item of it.
MANY_AT_ONCE = "many"

#: Roles whose results are many items.
ROW_ROLES = frozenset({"read", "load-dataset", "platform-read", "harvest", "generate", "queue-get", "http"})


#: The word list of what is asked one by one, though a file may hold it in one text.
TASKS = "tasks"


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clues about repetition at one site."""
    calls = context.calls(site)
    yield from _of_platform(site, context)
    for call in calls:
        if call.entry.role == "batch":
            yield Clue("batch-api", "the requests go to a batch service", call.place, STRONG)
        elif _sent_elsewhere(call, context):
            yield Clue("batch-api", "the answers come from a batch service", call.place, STRONG)
    if from_elsewhere(site, context):
        yield Clue("called-from-elsewhere", "a function that nothing in the project is seen to call", site.place, WEAK)
    yield from _of_calls(calls, site, context)


def _of_calls(calls: Iterable[CallFact], site: Site, context: Context) -> Iterator[Clue]:
    """The clues of the loops around each call of a site. Where one caller has it run over rows, what another asks a
    handful of times is a trial of the same."""
    found: list[tuple[Clue, ...]] = []
    over_rows = False
    for call in calls:
        clues = {x: c for x in call.loops if (c := _loop_clue(x, site, context)) is not None}
        clues.update(_taken_at_once(call, site, context))
        if (call.entry.role == "batch" and "path" in call.arguments) or _sent_elsewhere(call, context):
            clues = {x: c for x, c in clues.items() if c.kind != "handful"}  # a few files of many requests each
        left = _without_small_ones(clues, prod(x.count for x in call.loops if x.count), context)
        found.append((*_called_pieces(clues, context), *left, *_combined(call)))
        over_rows = over_rows or any(_over_rows(loop, clue, context) for loop, clue in clues.items())
    for told in found:
        yield from (c for c in told if not (over_rows and c.kind == "handful"))


def _over_rows(loop: Loop, clue: Clue, context: Context) -> bool:
    """Whether a loop runs over rows that no model wrote just before."""
    if clue.kind != "loop-over-data" or clue.strength != STRONG:
        return False
    births = [context.view.birth(o) for o in loop.over.all_origins()] if loop.over is not None else []
    return not any(b.entry.role == "generate" for b in births)


def _sent_elsewhere(call: CallFact, context: Context) -> bool:
    """Whether a call fetches the answers to a batch that another program sends."""
    beside = context.view.by_path.get(call.place.path, ())
    return context.fetches_batch(call) and all(other.entry.role != "batch" for other in beside)


def _taken_at_once(call: CallFact, site: Site, context: Context) -> dict[Loop, Clue]:
    """The rows that a call which answers each item of a collection is given, as a loop over them."""
    given = call.arguments.get("input") if MANY_AT_ONCE in call.entry.tags else None
    if given is None:
        return {}
    loop = Loop("batch", call.place, given)
    clue = _data_loop(loop, given, site, context)
    return {loop: clue} if clue.kind == "loop-over-data" and clue.strength == STRONG else {}


def _without_small_ones(clues: Mapping[Loop, Clue], rounds: int, context: Context) -> Iterator[Clue]:
    """The clues of one call's nested loops: a handful of rounds over rows of data, or over many items, makes no handful
    of calls, nor do many combinations of a few items each, nor a few attempts at each of the items of a collection, or
    a few answers to each."""
    kinds = {(c.kind, c.strength) for c in clues.values()}
    many = ("loop-over-data", STRONG) in kinds or ("loop-counted", MEDIUM) in kinds or rounds >= COMBINATIONS
    over = ("loop-over-data", WEAK) in kinds
    for loop, clue in clues.items():
        if clue.kind != "handful" or not (many or (over and _again(loop, context))):
            yield clue


def _called_pieces(clues: Mapping[Loop, Clue], context: Context) -> Iterator[Clue]:
    """Where no loop is known to run over rows, whether one is said to run over pieces of something."""
    if any(c.kind == "loop-over-data" and c.strength == STRONG for c in clues.values()):
        return
    for loop, clue in clues.items():
        if clue.kind == "loop-over-data" and _names_pieces(loop, context):
            yield Clue("pieces-named", "names say that these are pieces of a text", loop.place, WEAK, against=True)


def _again(loop: Loop, context: Context) -> bool:
    """Whether a loop that is counted asks the same again: a number of times, or until it succeeds."""
    return _is_range(loop) or is_tried(loop, context) or is_left(loop, context)


def _combined(call: CallFact) -> Iterator[Clue]:
    """A call for every combination of several short lists."""
    counted = [x for x in call.loops if x.count]
    rounds = prod(x.count or 1 for x in counted)
    if rounds >= COMBINATIONS and all((x.count or 0) < HANDFUL for x in counted):
        said = f"repeated for {rounds} combinations of literal items"
        yield Clue("loop-counted", said, counted[0].place, MEDIUM)


def _of_platform(site: Site, context: Context) -> Iterator[Clue]:
    """Content of a platform that the model is shown: at length it is told as such, and is no other bulk beside; a
    message at a time is how a bot is asked."""
    told: set[str] = set()
    for flow in context.inputs(site):
        birth = context.view.birth(flow.origin)
        if birth.entry.role != "platform-read" or flow.derived:
            continue
        platforms = context.routes.of(birth).providers
        if not reads_one(birth, context):
            kind, said, against = "platform-input", "the model is shown content of a platform", True
        else:
            kind, said, against = "platform-message", "the model is shown a message of a platform", False
        if kind not in told:
            told.add(kind)
            yield Clue(kind, said, birth.place, MEDIUM, against=against, values=platforms)


def reads_one(call: CallFact, context: Context) -> bool:
    """Whether one thing of a platform is read, or what belongs to one: the comments of an issue, the files of a pull
    request one after the other; or a program asks again and again what was sent to it, or for the next page of one."""
    tags = set(call.entry.tags)
    awaited = HANDED in tags or PAGE in call.arguments
    return bool(ONE_ITEM & tags) and all(
        _of_one(loop, context) or _attempts(loop, context) or (awaited and loop.kind == "while") for loop in call.loops
    )


def _attempts(loop: Loop, context: Context) -> bool:
    """Whether a loop tries the same again until it succeeds, or over one of a few sources after the other."""
    return is_tried(loop, context) or (loop.count is not None and (loop.count < HANDFUL or is_left(loop, context)))


def _of_one(loop: Loop, context: Context) -> bool:
    """Whether a loop runs over what was read of one thing of a platform."""
    over = loop.over.all_origins() if loop.over is not None else ()
    births = [context.view.birth(origin) for origin in over]
    return bool(births) and all(
        b.entry.role == "platform-read" and ONE_ITEM & set(b.entry.tags) and not b.loops for b in births
    )


def from_elsewhere(site: Site, context: Context) -> bool:
    """Whether the way outwards ends in a function without a known caller: how often it is called cannot be seen."""
    ends = [c.callers[0] if c.callers else c.place for c in context.calls(site)]
    return any(p.scope and not context.view.callers_of.get(context.view.function_at(p)) for p in ends)


def _loop_clue(loop: Loop, site: Site, context: Context) -> Clue | None:
    if loop.count is None and (is_tried(loop, context) or (_is_range(loop) and is_left(loop, context))):
        return Clue("open-loop", "one is tried after the other until an answer is there", loop.place, WEAK)
    if loop.count is not None:
        if loop.count < HANDFUL:
            return Clue(
                "handful",
                f"repeated over {loop.count} literal item{'s' if loop.count != 1 else ''}",
                loop.place,
                MEDIUM,
                against=True,
            )
        return Clue("loop-counted", f"repeated {loop.count} times", loop.place, MEDIUM)
    if loop.over is None:
        return Clue(
            "open-loop", "stands in a loop without data (turns, polls or until enough is there)", loop.place, WEAK
        )
    if loop.kind != "while" and loop.kind not in DATA_LOOPS:
        return None
    if _over_credentials(loop, loop.over, site, context):
        return None
    return _data_loop(loop, loop.over, site, context)


def _data_loop(loop: Loop, over: Value, site: Site, context: Context) -> Clue:
    births = {o: b for o in sorted(over.all_origins()) if (b := context.view.birth(o)).entry.role in ROW_ROLES}
    if any(_is_streamed(loop, b, site) for b in births.values()):
        return Clue("open-loop", "repeated over the pieces of the answer that asks again", loop.place, WEAK)
    rows = [b for o, b in births.items() if not _is_own(o, b, site, context)]
    if births and not rows:
        return Clue("open-loop", "repeated over what it wrote itself in an earlier round", loop.place, WEAK)
    if _in_pieces(loop, over, rows, site, context):
        return Clue("document-chunks", "repeated over the pieces of one document", loop.place, MEDIUM, against=True)
    if rows and all(HANDED in b.entry.tags for b in rows):
        return Clue("open-loop", "repeated over the messages that it is sent", loop.place, WEAK)
    if _of_one(loop, context):
        said = "repeated over what belongs to one thing of a platform"
        return Clue("document-chunks", said, loop.place, MEDIUM, against=True)
    if _of_tool_calls(loop, rows, site, context):
        return Clue("answer-listed", "repeated over the tools that one answer calls for", loop.place, WEAK)
    if rows and all(_one_answer(b, site, context) for b in rows):
        return Clue("answer-listed", "repeated over what one answer of a model lists", loop.place, WEAK)
    if rows and all(_asked_for(b, context) for b in rows):
        return Clue("open-loop", "repeated over what a model had looked up", loop.place, WEAK)
    if rows:
        source = rows[0]
        what = {"load-dataset": "the rows of a data set", "platform-read": "content of a platform"}.get(
            source.entry.role,
            "what another model wrote" if source.entry.role == "generate" else "the items of a file or query",
        )
        return Clue("loop-over-data", f"repeated over {what}", loop.place, STRONG)
    if any("range" in s for s in over.symbols):
        kind = "open-loop" if any(c.guards for c in context.calls(site)) else "loop-counted"
        return Clue(kind, "repeated a number of times that the code takes as a setting", loop.place, WEAK)
    if over.element is not None and any(_lists_files(t) for t in texts_in(over.element, 1)):
        return Clue("loop-over-data", "repeated over the files of a directory", loop.place, STRONG)
    return Clue("loop-over-data", "repeated over a collection that comes from elsewhere", loop.place, WEAK)


def _lists_files(text: str) -> bool:
    """Whether a text is a path that stands for every file of a directory."""
    return "*" in text and not any(c.isspace() for c in text) and len(text.replace("*", "")) < LONGEST_PATH


def _one_answer(call: CallFact, site: Site, context: Context) -> bool:
    """Whether a model was asked for this once in each round of what both calls stand in: what is made of its answer is
    a plan or a list, not rows of data."""
    around = {x.place for c in context.calls(site) for x in c.loops}
    own = (x for x in call.loops if x.place not in around)
    return call.entry.role == "generate" and not any(x.kind in DATA_LOOPS or x.count for x in own)


def _is_own(origin: int, birth: CallFact, site: Site, context: Context) -> bool:
    """Whether a model wrote something at this very site, in an earlier round or a recursion."""
    return birth.entry.role == "generate" and site.place in (birth.place, *context.view.origin(origin).chain)


def _is_streamed(loop: Loop, birth: CallFact, site: Site) -> bool:
    """Whether a loop runs over what this very call gave just before: what is asked within it is the next turn."""
    here, before = loop.place, birth.place
    return (
        birth.entry.role == "generate"
        and before in site.chain
        and (before.path, before.scope, before.cell) == (here.path, here.scope, here.cell)
        and before.line < here.line
    )


def _of_tool_calls(loop: Loop, rows: list[CallFact], site: Site, context: Context) -> bool:
    """Whether a loop runs over the tools that a model's answer calls for, or, for one of these, over what the answer
    gave it (beside files that it reads): what a tool asks of a model is a turn of an agent, however many there are."""
    if not any(b.entry.role == "generate" for b in rows):
        return False
    if context.is_over(loop, TOOL_CALLS):
        return True
    inside = any(context.is_over(around, TOOL_CALLS) for call in context.calls(site) for around in call.loops)
    return inside and all(b.entry.role in ("generate", "read") for b in rows)


def _asked_for(call: CallFact, context: Context) -> bool:
    """Whether a request was put together from what a model answered: what comes back is a turn of an agent."""
    if call.entry.role != "http":
        return False
    sent = {o for value in call.arguments.values() for o in value.all_origins()}
    return any(context.view.birth(o).entry.role == "generate" for o in sent)


def _over_credentials(loop: Loop, over: Value, site: Site, context: Context) -> bool:
    """Whether a loop runs over keys or accounts: what it repeats over is the credential of the calls inside."""
    if not context.is_over(loop, "credential"):
        return False
    made = (c for call in context.calls(site) for c in (call, *context.view.clients(call)))
    used = {o for c in made for n in ACCOUNT_ARGUMENTS for o in c.arguments.get(n, Value()).all_origins()}
    return bool(used & over.all_origins())


def _by_lines(rows: list[CallFact], context: Context) -> bool:
    return all("file" in b.entry.tags for b in rows) or any(
        b.symbol.endswith(LINES) or _is_cut(b, context) for b in rows
    )


def _is_cut(read: CallFact, context: Context) -> bool:
    """Whether the text that is read is cut into its lines at once."""
    module = context.view.modules.get(read.place.path)
    place = (read.place.cell or 0, read.place.line, read.place.column)
    return module is not None and place in module.lined


def _in_pieces(loop: Loop, over: Value, rows: list[CallFact], site: Site, context: Context) -> bool:
    """Whether a loop runs over the pieces of one document. A file iterated as it is or read by lines gives one item
    each; what was read whole and cut up, or is cut by a range of its pages, is one document."""
    if rows:
        if context.is_over(loop, TASKS):
            return False
        named = _names_pieces(loop, context)
        one = all(_one_document(b, loop) or (named and _is_text(b, loop)) for b in rows)
        return one and not _by_lines(rows, context)
    if not _is_range(loop):
        return False
    shown = [context.view.birth(flow.origin) for flow in context.inputs(site)]
    read = [b for b in shown if b.entry.role in ROW_ROLES - {"generate"}]
    return bool(read) and all(_one_document(b, loop) for b in read)


def _is_range(loop: Loop) -> bool:
    """Whether a loop runs over numbers."""
    symbols = loop.over.symbols if loop.over is not None else ()
    return "range" in (*loop.names, *(symbol.rpartition(".")[2] for symbol in symbols))


def _names_pieces(loop: Loop, context: Context) -> bool:
    """Whether what a loop runs over is called chunks, pages or the like."""
    return context.is_over(loop, "pieces")


def _is_text(call: CallFact, loop: Loop) -> bool:
    """Whether a text is read whole, and by no other loop over many."""
    return call.entry.role == "read" and "rows" not in call.entry.tags and _read_once(call, loop)


def _read_once(call: CallFact, loop: Loop) -> bool:
    return not any(x.kind in DATA_LOOPS and x.place != loop.place for x in call.loops)


def _one_document(call: CallFact, loop: Loop) -> bool:
    """Whether a call reads one document, in no other loop than this."""
    if call.entry.role != "read":
        return False
    if "document" in call.entry.tags:
        return _read_once(call, loop)
    paths = [t.lower() for t in texts_in(call.arguments.get("path", Value()), 1)]
    return bool(paths) and all(p.endswith(DOCUMENT_SUFFIXES) for p in paths)
