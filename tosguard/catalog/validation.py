"""From documents to catalogue values: every rule a catalogue file must keep is checked here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tosguard.catalog.documents import Node
from tosguard.catalog.model import (
    Applies,
    Command,
    ConfigShape,
    Dataset,
    Endpoint,
    Entry,
    Host,
    ModelId,
    Shape,
    SqlFunction,
    Topic,
)
from tosguard.catalog.reading import Reader, suggestion
from tosguard.catalog.symbols import is_symbol, is_tail
from tosguard.catalog.vocabulary import (
    AUDIENCES,
    CALL_KEYS,
    CONFIDENCES,
    KINDS,
    RETURNS,
    ROLES,
    SECTION_KEYS,
    TOPIC_KEYS,
)


@dataclass(frozen=True, slots=True)
class Located:
    """An entry and the line that declares its symbol, for errors about two files."""

    entry: Entry
    where: str


@dataclass(slots=True)
class Content:
    """What one file, or all files together, declare. Filled while files are read, then frozen into a ``Catalogue``."""

    topics: list[Topic] = field(default_factory=list)
    calls: list[Located] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    alias_lines: dict[str, str] = field(default_factory=dict)
    skips: dict[str, tuple[str, ...]] = field(default_factory=dict)
    administration: dict[str, tuple[str, ...]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    needles: list[str] = field(default_factory=list)
    models: list[ModelId] = field(default_factory=list)
    vendors: dict[str, str] = field(default_factory=dict)
    makers: dict[str, str] = field(default_factory=dict)
    hosts: list[Host] = field(default_factory=list)
    endpoints: list[Endpoint] = field(default_factory=list)
    sql: list[SqlFunction] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    datasets: list[Dataset] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    commands: list[Command] = field(default_factory=list)
    configs: list[ConfigShape] = field(default_factory=list)


def read_document(document: Node, name: str) -> Content:
    """Check one file and return what it declares.

    Args:
        document: the parsed file.
        name: the file as errors shall call it.

    Raises:
        ConfigurationError: for the first thing that is wrong, with file, line, key and a suggestion.
    """
    reader = Reader(name)
    content = Content()
    keys = reader.mapping(document, "catalogue file", (*TOPIC_KEYS, *SECTION_KEYS))
    if any(key in keys for key in TOPIC_KEYS):
        reader.mapping(document, "calls file", required=("topic", "kind"))
        _read_topic(reader, keys, content)
    _read_sections(reader, keys, content)
    return content


# --------------------------------------------------------------------------------------------------- calls files


def _read_topic(reader: Reader, keys: dict[str, Node], content: Content) -> None:
    topic = Topic(
        reader.text(keys["topic"], "topic"),
        reader.text(keys["kind"], "kind", KINDS),
        reader.text(keys.get("provider"), "provider"),
        reader.texts(keys.get("packages"), "packages"),
        _package_routes(reader, keys),
        reader.text_map(keys.get("modules"), "modules"),
    )
    content.topics.append(topic)
    _read_aliases(reader, keys.get("aliases"), content)
    _read_skips(reader, keys.get("skip"), content)
    _read_administration(reader, keys.get("administration"), content)
    content.settings.update(reader.text_map(keys.get("settings"), "settings"))
    for symbol in content.settings:
        _symbol(reader, symbol, keys["settings"].keys[symbol])
    for node in reader.items(keys.get("calls"), "calls"):
        _read_call(reader, node, topic, content)


def _package_routes(reader: Reader, keys: dict[str, Node]) -> dict[str, str]:
    routes = reader.text_map(keys.get("routes"), "routes")
    packages = reader.texts(keys.get("packages"), "packages")
    for package in routes:
        if package not in packages:
            line = keys["routes"].keys[package]
            raise reader.error(f"routes: {package!r} is not among the packages", line, suggestion(package, packages))
    return routes


def _read_aliases(reader: Reader, node: Node | None, content: Content) -> None:
    if node is None:
        return
    for alias, target in reader.text_map(node, "aliases").items():
        line = node.keys[alias]
        _symbol(reader, alias, line)
        _symbol(reader, target, line)
        content.aliases[alias] = target
        content.alias_lines[alias] = f"{reader.name}:{line}"


def _read_skips(reader: Reader, node: Node | None, content: Content) -> None:
    if node is None:
        return
    for symbol, value in reader.mapping(node, "skip").items():
        _symbol(reader, symbol, node.keys[symbol])
        tails = reader.texts(value, f"skip: {symbol!r}")
        for tail in tails:
            if not is_tail(tail):
                raise reader.error(
                    f"skip: {tail!r} is no continuation of a symbol", value.line, "write '.name' or '.name()'"
                )
        content.skips[symbol] = tails


def _read_administration(reader: Reader, node: Node | None, content: Content) -> None:
    if node is None:
        return
    for symbol, value in reader.mapping(node, "administration").items():
        _symbol(reader, symbol, node.keys[symbol])
        content.administration[symbol] = reader.texts(value, f"administration: {symbol!r}")


def _read_call(reader: Reader, node: Node, topic: Topic, content: Content) -> None:
    keys = reader.mapping(node, "call", CALL_KEYS, ("symbols", "role"))
    role = reader.text(keys["role"], "role", ROLES)
    arguments = reader.arguments(keys.get("arguments"), "arguments")
    for edge in ("since", "until"):
        reader.text(keys.get(edge), edge)
    fields = {
        "provider": reader.text(keys.get("provider"), "provider") or topic.provider,
        "arguments": arguments,
        "model": reader.text(keys.get("model"), "model"),
        "returns": _returns(reader, keys.get("returns"), arguments),
        "applies": _applies(reader, keys.get("applies")),
        "transparent": reader.flag(keys.get("transparent"), "transparent"),
        "tags": reader.texts(keys.get("tags"), "tags"),
        "switches": _switches(reader, keys.get("switches"), arguments),
        "fills": _fills(reader, keys.get("fills"), arguments),
        "hands": _hands(reader, keys.get("hands")),
    }
    symbols = reader.items(keys["symbols"], "symbols")
    if not symbols:
        raise reader.error("a call names at least one symbol", keys["symbols"].line)
    for item in symbols:
        symbol = _symbol(reader, reader.text(item, "symbol"), item.line)
        entry = Entry(symbol, role, topic.name, topic.kind, **fields)  # type: ignore[arg-type]
        content.calls.append(Located(entry, f"{reader.name}:{item.line}"))


def _switches(reader: Reader, node: Node | None, arguments: Mapping[str, object]) -> dict[str, str]:
    switches = reader.text_map(node, "switches")
    for name in switches:
        if node is not None and name not in arguments:
            raise reader.error(f"switches: {name!r} is not among the call's arguments", node.keys[name])
    return switches


def _fills(reader: Reader, node: Node | None, arguments: Mapping[str, object]) -> tuple[str, ...]:
    fields = reader.texts(node, "fills")
    for name in fields:
        if node is not None and name.partition(".")[0] not in arguments:
            raise reader.error(f"fills: {name!r} begins with no argument of the call", node.line)
    return fields


def _hands(reader: Reader, node: Node | None) -> dict[str, str]:
    given = reader.text_map(node, "hands")
    for name, symbol in given.items():
        if node is not None:
            _symbol(reader, symbol, node.keys[name])
    return given


def _symbol(reader: Reader, text: str, line: int) -> str:
    if not is_symbol(text):
        raise reader.error(f"{text!r} is no symbol", line, "write a path such as 'openai.OpenAI().models.list'")
    return text


def _returns(reader: Reader, node: Node | None, arguments: Mapping[str, object]) -> str:
    if node is None:
        return ""
    terms = [term.strip() for term in reader.text(node, "returns").split(" + ")]
    for term in terms:
        if term.startswith("symbol:"):
            _symbol(reader, term.removeprefix("symbol:"), node.line)
        elif term.startswith("argument:"):
            name = term.removeprefix("argument:").removesuffix("[]")
            if name not in arguments:
                raise reader.error(f"returns: {name!r} is not among the call's arguments", node.line)
        elif term not in RETURNS:
            known = (*RETURNS, "argument:NAME", "symbol:PATH")
            raise reader.error(f"returns {term!r} is unknown", node.line, suggestion(term, known))
    return " + ".join(terms)


def _applies(reader: Reader, node: Node | None) -> Applies | None:
    if node is None:
        return None
    keys = reader.mapping(node, "applies", ("function", "elements", "passes"), ("function",))
    return Applies(
        reader.slots(keys["function"], "applies: 'function'"),
        reader.slots(keys.get("elements"), "applies: 'elements'"),
        reader.slots(keys.get("passes"), "applies: 'passes'"),
    )


def _needles(reader: Reader, node: Node | None) -> tuple[str, ...]:
    needles = reader.texts(node, "needles")
    for needle in needles:
        if len(needle) < 3 and node is not None:
            raise reader.error(
                f"needle {needle!r} is too short", node.line, "at least three characters, or every file matches"
            )
    return needles


# ------------------------------------------------------------------------------------------- words-and-ids files


def _read_sections(reader: Reader, sections: dict[str, Node], content: Content) -> None:
    readers: dict[str, Callable[[Reader, Node], object]] = {
        "models": _model,
        "hosts": _host,
        "endpoints": _endpoint,
        "sql": _sql,
        "datasets": _dataset,
        "shapes": _shape,
        "commands": _command,
        "configs": _config,
    }
    for section, read_item in readers.items():
        target: list[object] = getattr(content, section)
        target.extend(read_item(reader, node) for node in reader.items(sections.get(section), section))
    for section in ("vendors", "makers", "environment", "prefixes"):
        getattr(content, section).update(reader.text_map(sections.get(section), section))
    content.needles.extend(_needles(reader, sections.get("needles")))
    for section in ("words", "phrases"):
        if section in sections:
            for name, node in reader.mapping(sections[section], section).items():
                getattr(content, section)[name] = reader.texts(node, f"{section}: {name!r}")


def _model(reader: Reader, node: Node) -> ModelId:
    keys = reader.mapping(node, "model", ("pattern", "vendor", "weights", "open"), ("pattern", "vendor"))
    return ModelId(
        reader.text(keys["pattern"], "pattern").lower(),
        reader.text(keys["vendor"], "vendor"),
        reader.text(keys.get("weights"), "weights"),
        reader.flag(keys.get("open"), "open"),
    )


def _host(reader: Reader, node: Node) -> Host:
    keys = reader.mapping(node, "host", ("pattern", "route", "audience", "gateway"), ("pattern", "route"))
    name, slash, path = reader.text(keys["pattern"], "pattern").partition("/")
    return Host(
        f"{name.lower()}{slash}{path}",
        reader.text(keys["route"], "route"),
        reader.text(keys.get("audience"), "audience", AUDIENCES) or "api",
        reader.text(keys.get("gateway"), "gateway"),
    )


def _endpoint(reader: Reader, node: Node) -> Endpoint:
    keys = reader.mapping(node, "endpoint", ("path", "role", "arguments", "host", "tags"), ("path", "role"))
    return Endpoint(
        reader.text(keys["path"], "path"),
        reader.text(keys["role"], "role", ROLES),
        reader.arguments(keys.get("arguments"), "arguments"),
        reader.text(keys.get("host"), "host").lower(),
        reader.texts(keys.get("tags"), "tags"),
    )


def _sql(reader: Reader, node: Node) -> SqlFunction:
    keys = reader.mapping(node, "SQL function", ("name", "role", "provider", "model"), ("name", "role", "provider"))
    position = keys["model"].value if "model" in keys else 0
    if not isinstance(position, int) or isinstance(position, bool) or position < 0:
        raise reader.error("model must be the position of an argument", keys["model"].line, "count from 0")
    return SqlFunction(
        reader.text(keys["name"], "name").lower(),
        reader.text(keys["role"], "role", ROLES),
        reader.text(keys["provider"], "provider"),
        position,
    )


def _dataset(reader: Reader, node: Node) -> Dataset:
    allowed = ("id", "names", "files", "origins", "kind", "title", "confidence", "models", "note")
    keys = reader.mapping(node, "data set", allowed, ("id", "kind"))
    return Dataset(
        reader.text(keys["id"], "id"),
        reader.texts(keys.get("names"), "names"),
        reader.texts(keys.get("files"), "files"),
        reader.texts(keys.get("origins"), "origins"),
        reader.text(keys["kind"], "kind"),
        reader.text(keys.get("title"), "title"),
        reader.text(keys.get("confidence"), "confidence", CONFIDENCES) or "high",
        reader.texts(keys.get("models"), "models"),
        reader.text(keys.get("note"), "note"),
    )


def _shape(reader: Reader, node: Node) -> Shape:
    keys = reader.mapping(node, "shape", ("id", "kind", "required", "forbidden", "title"), ("id", "kind", "required"))
    return Shape(
        reader.text(keys["id"], "id"),
        reader.text(keys["kind"], "kind"),
        _groups(reader, keys["required"], "required"),
        reader.texts(keys.get("forbidden"), "forbidden"),
        reader.text(keys.get("title"), "title"),
    )


def _groups(reader: Reader, node: Node, what: str) -> tuple[tuple[str, ...], ...]:
    """Groups of alternative keys, none of them empty."""
    groups = tuple(reader.texts(item, f"each group of {what}") for item in reader.items(node, what))
    if not groups or not all(groups):
        raise reader.error(f"{what}: at least one group of at least one key", node.line)
    return groups


def _command(reader: Reader, node: Node) -> Command:
    allowed = ("id", "words", "role", "provider", "options", "tags")
    keys = reader.mapping(node, "command", allowed, ("id", "words", "role"))
    return Command(
        id=reader.text(keys["id"], "id"),
        words=reader.texts(keys["words"], "words"),
        role=reader.text(keys["role"], "role", ROLES),
        options=reader.arguments(keys.get("options"), "options"),
        provider=reader.text(keys.get("provider"), "provider"),
        tags=reader.texts(keys.get("tags"), "tags"),
    )


def _config(reader: Reader, node: Node) -> ConfigShape:
    allowed = ("id", "role", "requires", "forbidden", "values", "provider", "files", "tags")
    keys = reader.mapping(node, "config", allowed, ("id", "role", "requires"))
    values = reader.mapping(keys["values"], "values") if "values" in keys else {}
    return ConfigShape(
        id=reader.text(keys["id"], "id"),
        role=reader.text(keys["role"], "role", ROLES),
        requires=_groups(reader, keys["requires"], "requires"),
        forbidden=reader.texts(keys.get("forbidden"), "forbidden"),
        values={name: reader.texts(value, f"values: {name!r}") for name, value in values.items()},
        files=reader.texts(keys.get("files"), "files"),
        provider=reader.text(keys.get("provider"), "provider"),
        tags=reader.texts(keys.get("tags"), "tags"),
    )
