"""Reading of a configuration file: strict, with the file, the key and the line in every complaint."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from tosguard.config.keys import (
    AGREEMENT,
    AGREEMENT_REQUIRED,
    ORGANISATION,
    READERS,
    WrongValue,
    kind_of,
    nearest,
    written,
)
from tosguard.config.model import AgreementSettings, OrganisationSettings, Settings
from tosguard.config.toml_lines import key_line
from tosguard.errors import ConfigurationError

_TABLE = ("tool", "tosguard")


def read_settings(path: Path, patterns: Collection[str] = ()) -> Settings:
    """The settings of a ``pyproject.toml`` or of a file of tosguard's own.

    Args:
        path: the file.
        patterns: the usage patterns there are, to check what agreements permit; empty turns the check off.

    Raises:
        ConfigurationError: the file cannot be read or holds something that cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigurationError(
            "configuration cannot be read",
            where=str(path),
            why=error.strerror or str(error),
            next_step="check the path",
        ) from None
    except UnicodeDecodeError:
        raise ConfigurationError(
            "configuration cannot be read", where=str(path), why="not UTF-8", next_step="save it as UTF-8"
        ) from None
    return parse_settings(text, str(path), root=str(path.parent), patterns=patterns)


def parse_settings(text: str, where: str, *, root: str = "", patterns: Collection[str] = ()) -> Settings:
    """The settings a TOML text holds.

    Args:
        text: the document; in a ``pyproject.toml`` only ``[tool.tosguard]`` is read, in another file everything is,
            below ``[tool.tosguard]`` if there is such a table.
        where: the file's name.
        root: the folder relative paths start at.
        patterns: the usage patterns there are.

    Raises:
        ConfigurationError: not TOML, an unknown key, a wrong type or value.
    """
    document = load_toml(text, where)
    table = _own_table(document)
    own = table is not None
    if table is None:
        table = {} if Path(where).name == "pyproject.toml" else document
    reader = _Reader(text, where, _TABLE if own else (), patterns)
    values = reader.settings(table)
    return Settings(**values, source=where, root=root)


def load_toml(text: str, where: str) -> dict[str, Any]:
    """A TOML text as dicts and lists; raises ConfigurationError with the line where it is none."""
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]

    try:
        document: dict[str, Any] = tomllib.loads(text)
        return document
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        why = re.sub(r"\s*\(at .*\)$", "", str(error)) or "nesting is too deep"
        place = f"{where}:{found[1]}" if found else where
        raise ConfigurationError("not valid TOML", where=place, why=why, next_step="correct the line") from None


def has_settings(text: str, where: str) -> bool:
    """Whether a ``pyproject.toml`` has a table for tosguard; files that never name it are not parsed."""
    return "tosguard" in text and _own_table(load_toml(text, where)) is not None


def _own_table(document: Mapping[str, Any]) -> dict[str, Any] | None:
    tool = document.get("tool")
    table = tool.get("tosguard") if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


class _Reader:
    """Reads tables of one file and knows where in it each complaint belongs."""

    def __init__(self, text: str, where: str, prefix: tuple[str, ...], patterns: Collection[str]) -> None:
        self._text = text
        self._where = where
        self._prefix = prefix
        self._patterns = patterns

    def settings(self, table: Mapping[str, Any]) -> dict[str, Any]:
        """The values of ``Settings``' fields that the file sets."""
        own = {key: value for key, value in table.items() if key not in ("organisation", "agreements")}
        values = self._table(own, READERS, (), also=("organisation", "agreements"))
        if "organisation" in table:
            values["organisation"] = self._organisation(table["organisation"])
        if "agreements" in table:
            values["agreements"] = self._agreements(table["agreements"])
        return values

    def _organisation(self, table: object) -> OrganisationSettings:
        if not isinstance(table, dict):
            raise self._error(f"expected a table, got {kind_of(table)}", ("organisation",))
        return OrganisationSettings(**self._table(table, ORGANISATION, ("organisation",)))

    def _agreements(self, tables: object) -> tuple[AgreementSettings, ...]:
        path = ("agreements",)
        if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
            got = kind_of(tables)
            raise self._error(f"expected [[…agreements]] tables, got {got}", path)
        found = []
        for index, table in enumerate(tables):
            values = self._table(table, AGREEMENT, path, index=index)
            missing = [key for key in AGREEMENT_REQUIRED if key not in values]
            if missing:
                raise self._error(f"an agreement without '{missing[0]}'", path, index, f"add {missing[0]}")
            for pattern in values["permits"]:
                if self._patterns and pattern not in self._patterns:
                    text = f"no usage pattern is called '{pattern}'{nearest(pattern, self._patterns)}"
                    raise self._error(text, (*path, "permits"), index)
            found.append(AgreementSettings(**values))
        return tuple(found)

    def _table(
        self,
        table: Mapping[str, Any],
        readers: Mapping[str, Callable[[object], Any]],
        path: tuple[str, ...],
        *,
        also: tuple[str, ...] = (),
        index: int = 0,
    ) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in table.items():
            name = written(key)
            if name not in readers:
                hint = nearest(name, (*readers, *also))
                raise self._error(f"unknown key '{key}'{hint}", (*path, key), index, "correct or remove it")
            field_name = name.replace("-", "_")
            if field_name in values:
                raise self._error(f"'{name}' is given twice", (*path, key), index, "keep one spelling")
            try:
                values[field_name] = readers[name](value)
            except WrongValue as error:
                raise self._error(f"'{key}': {error}", (*path, key), index) from None
        return values

    def _error(
        self, what: str, path: tuple[str, ...], index: int = 0, next_step: str = "correct the value"
    ) -> ConfigurationError:
        line = key_line(self._text, (*self._prefix, *path), index)
        place = f"{self._where}:{line}" if line else self._where
        return ConfigurationError(what, where=place, next_step=next_step)
