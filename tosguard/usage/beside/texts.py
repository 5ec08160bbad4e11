"""Usages outside Python code: training commands on known data, tuning and evaluation commands, evaluation suites."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from tosguard.catalog.matching import model_in
from tosguard.catalog.model import Command
from tosguard.flow.facts import Place
from tosguard.usage.beside.commands import Invocation, invocations
from tosguard.usage.beside.configs import Configured, configured, is_config
from tosguard.usage.beside.shell import Word
from tosguard.usage.evidence import MEDIUM, STRONG, Clue, Dossier
from tosguard.usage.model import Confidence, Step
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.providers import SELF_HOSTED, UNKNOWN, Route, named_models
from tosguard.usage.sites.materials import DERIVED_KINDS
from tosguard.usage.telling.candidate import Candidate

#: Files whose lines are commands.
SHELL_SUFFIXES = (".sh", ".bash", ".zsh", ".slurm", ".sbatch", ".mk", ".bat", ".ps1", ".cmd")
#: The field of a request's body that names a model.
_MODEL = re.compile(r"""["']?model["']?\s*[:=]\s*["']([^"'\s]+)["']""")

SHELL_NAMES = ("makefile", "dockerfile", "justfile")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that is not Python: its path and text. ``first_line`` and ``cell`` place a piece of a notebook."""

    path: str
    text: str
    first_line: int = 1
    cell: int | None = None


def holds_commands(text: TextFile) -> bool:
    """Whether the lines of a file are commands: a script, a Makefile, or a magic cell."""
    name = text.path.rsplit("/", 1)[-1].lower()
    return text.cell is not None or name.endswith(SHELL_SUFFIXES) or name in SHELL_NAMES


def candidates(texts: Iterable[TextFile], lexicon: Lexicon, read_by_code: Collection[str] = ()) -> Iterator[Candidate]:
    """The usages that commands and configuration files show.

    Args:
        texts: the files and pieces of notebooks.
        lexicon: the catalogue's look-ups.
        read_by_code: names of configuration files that the project's own code reads; the code's calls are reported,
            not what the file says that they ask.
    """
    catalogue = lexicon.catalogue
    for text in texts:
        if holds_commands(text):
            commands = tuple(invocations(text.text, catalogue.commands))
            # A Makefile lists commands of which one is chosen; a script runs all of its own.
            beside = commands if text.path.lower().endswith(SHELL_SUFFIXES) else ()
            for found in commands:
                yield from _of_command(text, found, beside, lexicon)
        elif is_config(text.path, text.text):
            own = any(f"/{text.path}".endswith(f"/{name}") for name in read_by_code)
            for suite in configured(text.path, text.text, catalogue.configs):
                if not own or suite.shape.role in ("train", "tune", "client", "serve"):
                    yield from _of_config(text, suite, lexicon)


def _of_command(
    text: TextFile, found: Invocation, beside: tuple[Invocation, ...], lexicon: Lexicon
) -> Iterator[Candidate]:
    """The usages of one command; ``beside`` are those that the same script runs."""
    role = found.command.role
    if role in ("train", "tune"):
        data = found.options.get("data", ())
        yield from _trained_data(text, data, found, lexicon)
        if role == "tune":
            route = _command_route(found.command, found.options.get("model", ()), lexicon)
            yield _candidate(
                text,
                found.line,
                "ordinary-use",
                Confidence.MEDIUM,
                route,
                "tuning-call",
                "a tuning service is called from the command line",
            )
    elif role == "judge" or "evaluation" in found.command.tags:
        yield _evaluated(text, found, beside, lexicon)
    elif role == "http":
        yield from _requested(text, found, lexicon)
    elif role in ("generate", "batch"):
        route = _command_route(found.command, found.options.get("model", ()), lexicon)
        yield _candidate(
            text,
            found.line,
            "ordinary-use",
            Confidence.MEDIUM,
            route,
            "config-run",
            f"{found.words[0].text} asks a model",
        )


def _evaluated(text: TextFile, found: Invocation, beside: tuple[Invocation, ...], lexicon: Lexicon) -> Candidate:
    """An evaluation by command: of models of several makers where a loop or the script's other commands name them."""
    command = found.command
    route = _command_route(command, found.options.get("model", ()), lexicon)
    alone = _makers(found, lexicon)
    together = alone.union(*(_makers(other, lexicon) for other in beside if other.command is command))
    if len(together) > 1 and alone and not {"safety", "judge"}.intersection(command.tags):
        said = f"{found.words[0].text} runs models of {', '.join(sorted(together))} on the same tests"
        confidence = Confidence.HIGH if len(alone) > 1 else Confidence.MEDIUM
        return _candidate(text, found.line, "competitor-benchmarking", confidence, route, "several-vendors", said)
    said = f"{found.words[0].text} runs an evaluation"
    return _evaluation(text, found.line, command.tags, Confidence.HIGH, route, "evaluation-service", said)


def _makers(found: Invocation, lexicon: Lexicon) -> frozenset[str]:
    """The makers of the models that a command is given."""
    return lexicon.makers(m for word in found.options.get("model", ()) for m in named_models(word.text))


def _requested(text: TextFile, found: Invocation, lexicon: Lexicon) -> Iterator[Candidate]:
    """A request on the command line: to a model's API, or to a consumer app."""
    program = found.words[0].text
    for word in found.words[1:]:
        host = lexicon.host(word.text) if "://" in word.text else None
        if host is None or host.audience == "local":
            continue
        if host.audience != "consumer" and not lexicon.serves_models(host.route):
            continue
        body = " ".join(w.text for w in found.options.get("body", ()))
        endpoint = lexicon.catalogue.endpoint_of(word.text)
        named = _MODEL.search(body)
        model = named.group(1) if named is not None else model_in(word.text, endpoint) if endpoint is not None else ""
        vendors = (v,) if (v := lexicon.vendor(host.route)) else ()
        route = Route((host.route,), (model,) if model and "$" not in model else (), vendors)
        if host.audience == "consumer":
            said = f"{program} sends a request to the consumer app at {word.text[:60]}"
            kind, pattern, confidence = "unofficial-client", "unofficial-access", Confidence.HIGH
        else:
            said = f"{program} sends a request to {word.text[:60]}"
            kind = "config-run" if endpoint is not None else "unmodelled"
            pattern, confidence = "ordinary-use", Confidence.MEDIUM
        yield _candidate(text, word.line, pattern, confidence, route, kind, said)
        return


def _trained_data(text: TextFile, data: tuple[Word, ...], found: Invocation, lexicon: Lexicon) -> Iterator[Candidate]:
    """A known provider-made data set given to a training command."""
    for word in data:
        for piece in word.text.replace(",", " ").split():
            dataset = lexicon.dataset(piece)
            if (
                dataset is None
                or dataset.kind not in DERIVED_KINDS
                or not dataset.origins
                or dataset.confidence == "low"
            ):
                continue
            vendors = tuple(sorted({v for o in dataset.origins if (v := lexicon.vendor(o))}))
            title = dataset.title or dataset.id
            made = _candidate(
                text,
                word.line,
                "training-on-output",
                Confidence.HIGH,
                Route(dataset.origins, dataset.models, vendors),
                "known-provider-data",
                f"{title} ({piece}) holds output of {', '.join(dataset.models or dataset.origins)} and is trained on",
            )
            made.attributes = {
                "datasets": {dataset.id},
                "origin": {"dataset"},
                "trained": _trained(found.command.tags),
                "training": {"trainer"},
            }
            yield made
            return


def _of_config(text: TextFile, suite: Configured, lexicon: Lexicon) -> Iterator[Candidate]:
    shape = suite.shape
    models = suite.values.get("model", ())
    if shape.role in ("train", "tune"):
        data = tuple(Word(v, _line(text.text, v)) for v in suite.values.get("data", ()))
        found = Invocation(Command(shape.id, (), shape.role, tags=shape.tags), suite.line)
        yield from _trained_data(text, data, found, lexicon)
    elif "library" in shape.tags or shape.role in ("client", "serve"):
        yield from _named_models(text, suite, lexicon)
    elif shape.role in ("judge", "generate", "metric"):
        route = _config_route(suite, lexicon)
        if not route.providers:
            return
        if len(route.vendors) > 1 and "safety" not in shape.tags:
            said = f"a configuration of {shape.id} runs models of {', '.join(route.vendors)} on the same tests"
            yield _candidate(
                text, suite.line, "competitor-benchmarking", Confidence.MEDIUM, route, "several-vendors", said
            )
            return
        yield _evaluation(
            text,
            suite.line,
            shape.tags,
            Confidence.MEDIUM,
            route,
            "config-run",
            f"a configuration of {shape.id} runs {', '.join(models[:3]) or 'models'} on its tests",
        )


def _named_models(text: TextFile, suite: Configured, lexicon: Lexicon) -> Iterator[Candidate]:
    """A configuration that names models: one that is served is a use of their routes, one with many keys a pool.

    What only names the models that a program may run is no call; the program's calls are.
    """
    route = _config_route(suite, lexicon)
    if not suite.values.get("model") or not route.providers:
        return
    said = f"a configuration of {suite.shape.id} names {', '.join(route.models[:3])}"
    if suite.shape.role == "serve":
        yield _candidate(text, suite.line, "ordinary-use", Confidence.MEDIUM, route, "config-run", said)
    keys = suite.values.get("key", ())
    if len(keys) > len(route.providers):
        said = f"a configuration of {suite.shape.id} lists {len(keys)} keys for {', '.join(route.providers)}"
        yield _candidate(text, suite.line, "rate-limit-evasion", Confidence.LOW, route, "random-endpoint", said)


def _config_route(suite: Configured, lexicon: Lexicon) -> Route:
    """The routes of the hosts that a configuration names, else of its models, else of its tool."""
    shape, models = suite.shape, suite.values.get("model", ())
    hosts = (lexicon.host(url) for url in suite.values.get("base_url", ()))
    routes = tuple(dict.fromkeys(SELF_HOSTED if h.audience == "local" else h.route for h in hosts if h is not None))
    routes = routes or tuple(dict.fromkeys(r for m in models if (r := lexicon.catalogue.route_of_model(m))))
    vendors = tuple(sorted(lexicon.makers(models)))
    return Route(routes or ((shape.provider,) if shape.provider else ()), models, vendors)


def _command_route(command: Command, models: tuple[Word, ...], lexicon: Lexicon) -> Route:
    ids = tuple(t for w in models for t in named_models(w.text) if t and not t.startswith("$"))
    routes = tuple(dict.fromkeys(r for m in ids if (r := lexicon.catalogue.route_of_model(m))))
    providers = (command.provider,) if command.provider else routes or (UNKNOWN,)
    vendors = tuple(sorted({v for p in providers if (v := lexicon.vendor(p))}))
    return Route(providers, ids, vendors)


def _evaluation(
    text: TextFile, line: int, tags: tuple[str, ...], confidence: Confidence, route: Route, kind: str, message: str
) -> Candidate:
    """An evaluation, by the tool's tags one of safety, or one by a judge of what others answered."""
    if "safety" not in tags:
        pattern = "llm-as-judge" if "judge" in tags else "bulk-evaluation"
        return _candidate(text, line, pattern, confidence, route, kind, message)
    made = _candidate(text, line, "safety-evaluation", confidence, route, kind, message)
    made.attributes = {"safety": {"yes"}}
    return made


def _candidate(
    text: TextFile, line: int, pattern: str, confidence: Confidence, route: Route, kind: str, message: str
) -> Candidate:
    at = line if text.cell is not None else line + text.first_line - 1
    place = Place(text.path, at, 1, at, 1, text.cell)
    dossier = Dossier([Clue(kind, message, place, STRONG if confidence is Confidence.HIGH else MEDIUM)])
    steps = (Step("source", text.path, at, 1, message, text.cell),)
    return Candidate(pattern, confidence, place, route, dossier, steps=steps)


def _trained(tags: tuple[str, ...]) -> set[str]:
    known = {"llm", "classifier", "embedding", "reward", "image", "speech"}
    return (set(tags) & known) or {"any"}


def _line(text: str, value: str) -> int:
    return next((n for n, line in enumerate(text.splitlines(), 1) if value in line), 1)
