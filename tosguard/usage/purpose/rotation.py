"""Keys taken one after the other out of several, as the code is written: by a position that moves or in a loop."""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import CallFact, ModuleFact, Place, Value
from tosguard.usage.evidence import MEDIUM, STRONG, Clue
from tosguard.usage.reading.context import Context
from tosguard.usage.reading.lexicon import tokens
from tosguard.usage.sites.sites import Site

#: Pieces of the names of exceptions that mean "too many requests", without underscores, and the status of an answer.
LIMIT_ERRORS = ("429", "ratelimit", "toomanyrequests", "resourceexhausted", "throttl", "quotaexceeded")

#: What a collection of keys is called where it has no longer name; it says something only beside a rate limit.
PLAIN = "keys"

#: How the names of collections of clients end.
CLIENTS = "clients"

#: Fields that records of any kind have.
OF_ANYTHING = ("key", "keys")

#: A field is read of what was taken within so many lines.
SOON = 8

#: The list of names of functions that take the next key out of a pool.
TAKING = "key-taking"

#: The list of names of what is called key and is no credential.
OTHER_KEYS = "key-things"

#: Tag of clients that spread calls over several deployments.
ROUTER = "router"


def collect(site: Site, near: frozenset[str], context: Context) -> Iterator[Clue]:
    """The clues that the files around a site take its credential out of several, one after the other.

    Args:
        site: an inference site.
        near: the functions on the way to its calls and those that these call.
        context: the project.
    """
    modules = [m for m in context.view.solution.modules if m.path == site.place.path or _holds(m, near)]
    limited = any(meets_limit(name) for m in modules for name, _ in m.caught)
    calls = [c for call in context.calls(site) for c in (call, *context.view.clients(call))]
    loops = {(loop.place.path, loop.place.line) for call in calls for loop in call.loops}
    yield from _one_queue(near, loops, context)
    yield from _deployments(calls, context)
    given = {c.place.path for c in calls if "key" in c.arguments or "headers" in c.arguments}
    one_a_key = len(context.route(site).vendors) < 2 and any(  # several makers have a key each
        _for_every_key(client, context) for call in calls for client in context.view.clients(call)
    )
    if given:
        yield from _taken(near, limited, context)
    for module in modules:
        met_there = any(meets_limit(name) for name, _ in module.caught)
        for name, function, looped, line in module.draws:
            pool = _keys(name, met_there or (one_a_key and looped), context)
            if function not in near or not (pool or (module.path in given and _of_records(module, line, context))):
                continue
            if looped and (module.path, line) not in loops:
                continue
            place = Place(module.path, line, 1, line, 1, scope=function.removeprefix(f"{module.name}."))
            yield Clue("key-pool", f"the credential is one of `{name}`", place, MEDIUM)
            if limited:
                yield Clue("switch-on-limit", "another key is taken when the rate limit is hit", place, STRONG)
            else:
                yield Clue("cycled-keys", "keys are taken in turn", place, MEDIUM)
            return


def _for_every_key(client: CallFact, context: Context) -> bool:
    """Whether a client is made in a loop over a collection of keys: there is one for each."""
    return any(context.is_over(loop, "keys") for loop in client.loops)


def _one_queue(near: frozenset[str], loops: set[tuple[str, int]], context: Context) -> Iterator[Clue]:
    """Workers that are started key by key and take their tasks from one queue: the tasks spread over the keys.

    A loop that tries the keys one by one has no queue inside.
    """
    for take in context.view.by_role.get("queue-get", ()):
        if take.function not in near:
            continue
        for loop in take.loops[1:]:
            here = loop.place
            if (here.path, here.line) in loops and context.is_over(loop, "credential"):
                yield Clue("key-pool", "a worker is started for every one of several keys", here, MEDIUM)
                yield Clue("cycled-keys", "the workers of all keys take their tasks from one queue", take.place, STRONG)
                return


def _taken(near: frozenset[str], limited: bool, context: Context) -> Iterator[Clue]:
    """A function on the way to the call whose name says that it takes the next key, where a rate limit is met: how it
    chooses may stand in a file or a database that nobody sees."""
    for function in context.view.solution.functions:
        if function.name not in near:
            continue
        name = function.name.rpartition(".")[2]
        said = context.lexicon.words(name)
        if TAKING in said and OTHER_KEYS not in said and (limited or _limits(function.place, context)):
            yield Clue("key-pool", f"the credential is taken by `{name}`", function.place, MEDIUM)
            yield Clue("cycled-keys", "keys are taken in turn", function.place, MEDIUM)
            return


def _limits(place: Place, context: Context) -> bool:
    """Whether a file handles that there were too many requests."""
    module = context.view.modules.get(place.path)
    return module is not None and any(meets_limit(name) for name, _ in module.caught)


def _deployments(calls: list[CallFact], context: Context) -> Iterator[Clue]:
    """A router over deployments of which there are more credentials than models: one model under several keys."""
    for call in calls:
        listed = call.arguments.get("model", Value()).element if ROUTER in call.entry.tags else None
        for _, fields in listed.keys if listed is not None else ():
            credentials = {
                written
                for name, value in fields.keys
                if "credential" in context.lexicon.words(name)
                for written in (*value.constants, *value.symbols)
                if written
            }
            models = {c for name, value in fields.keys if name == "model" for c in value.constants}
            if models and len(credentials) > len(models):
                said = f"a router spreads calls over {len(credentials)} keys for {len(models)} model(s)"
                yield Clue("key-pool", said, call.place, STRONG)
                yield Clue("cycled-keys", "the deployments of one model are taken in turn", call.place, STRONG)
                return


def meets_limit(name: str) -> bool:
    """Whether an exception's name says that there were too many requests."""
    plain = name.lower().replace("_", "")
    return any(piece in plain for piece in LIMIT_ERRORS)


def _of_records(module: ModuleFact, line: int, context: Context) -> bool:
    """Whether a credential is read of what was just taken: the collection holds records with a key each. Names in
    capitals are those of the environment."""
    soon = [field for field, at in module.keys_read if line <= at < line + SOON and not field.isupper()]
    return any("credential" in context.lexicon.words(field) and field not in OF_ANYTHING for field in soon)


def _holds(module: ModuleFact, near: frozenset[str]) -> bool:
    return any(function in near for _, function, _, _ in module.draws)


def _keys(name: str, limited: bool, context: Context) -> bool:
    """Whether a collection's name says that it holds keys or accounts; of what is called just that, and of clients,
    each of which has a key of its own, a rate limit that is met in the same file says it."""
    if tokens(name) == (PLAIN,) or tokens(name)[-1:] == (CLIENTS,):
        return limited
    return "keys" in context.lexicon.words(name)
