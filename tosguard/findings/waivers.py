"""The waivers file: findings that someone with a name has accepted, for a reason, until a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tosguard.errors import ConfigurationError
from tosguard.findings.model import Waiver
from tosguard.findings.problems import suggestion
from tosguard.findings.selectors import names_rule, path_matches
from tosguard.findings.suppressions import is_date
from tosguard.findings.yamlnodes import compose, line_of

DEFAULT_NAME = "tosguard-waivers.yaml"

_FIELDS = ("fingerprint", "rule", "path", "reason", "approved_by", "date", "expires", "reference")
_REQUIRED = ("reason", "approved_by", "date")


@dataclass(frozen=True, slots=True)
class WaiverEntry:
    """One entry: what it covers (a fingerprint, or a rule selector and a path glob) and the decision."""

    waiver: Waiver
    fingerprint: str = ""
    rule: str = ""
    path: str = ""

    def covers(self, rule: str, path: str) -> bool:
        """Whether an entry by rule and path speaks of a finding; entries by fingerprint are matched elsewhere."""
        return bool(self.rule) and names_rule(self.rule, rule) and path_matches(path, self.path)

    @property
    def subject(self) -> str:
        """What it covers, in words."""
        return f"fingerprint {self.fingerprint}" if self.fingerprint else f"{self.rule} in {self.path}"


def parse_waivers(text: str, where: str = DEFAULT_NAME) -> tuple[WaiverEntry, ...]:
    """The entries of a waivers file.

    Args:
        text: the file's text.
        where: its name, for messages and as the source of its waivers.

    Raises:
        ConfigurationError: with the line of the first entry that cannot be used.
    """
    root = compose(text, where)
    if root is None:
        return ()
    top = _mapping(root, where, "the file", ("version", "waivers"))
    version = top.get("version")
    if version is not None and version.value != "1":
        raise ConfigurationError(
            f"version {version.value} of the waivers format is not known", where=_at(where, version), next_step="use 1"
        )
    entries = top.get("waivers")
    if entries is None or (entries.id == "scalar" and entries.value in ("", "null", "~")):
        return ()
    if entries.id != "sequence":
        raise ConfigurationError(
            "'waivers' is no list", where=_at(where, entries), next_step="begin each entry with a dash"
        )
    return tuple(_entry(node, where) for node in entries.value)


def _entry(node: Any, where: str) -> WaiverEntry:
    fields = _mapping(node, where, "a waiver", _FIELDS)
    values = {name: _scalar(value, name, where) for name, value in fields.items()}
    for name in _REQUIRED:
        if not values.get(name):
            raise ConfigurationError(
                f"a waiver without '{name}'",
                where=_at(where, node),
                why="it records who accepted what, why and when",
                next_step=f"add {name}",
            )
    for name in ("date", "expires"):
        if values.get(name) and not is_date(values[name]):
            raise ConfigurationError(
                f"'{name}: {values[name]}' is no date", where=_at(where, fields[name]), next_step="write YYYY-MM-DD"
            )
    by_rule = bool(values.get("rule")) and bool(values.get("path"))
    if bool(values.get("fingerprint")) == by_rule or (
        values.get("fingerprint") and (values.get("rule") or values.get("path"))
    ):
        raise ConfigurationError(
            "a waiver that does not say what it covers",
            where=_at(where, node),
            next_step="give either 'fingerprint' or both 'rule' and 'path'",
        )
    waiver = Waiver(
        source=where,
        reason=values["reason"],
        approved_by=values["approved_by"],
        date=values["date"],
        expires=values.get("expires", ""),
        reference=values.get("reference", ""),
        line=line_of(node),
    )
    return WaiverEntry(waiver, values.get("fingerprint", ""), values.get("rule", ""), values.get("path", ""))


def _mapping(node: Any, where: str, what: str, allowed: Sequence[str]) -> dict[str, Any]:
    if node.id != "mapping":
        raise ConfigurationError(f"{what} is no mapping", where=_at(where, node), next_step="write 'key: value' lines")
    found: dict[str, Any] = {}
    for key, value in node.value:
        name = str(key.value)
        if name not in allowed:
            raise ConfigurationError(
                f"unknown key '{name}'{suggestion(name, allowed)}",
                where=_at(where, key),
                next_step=f"use one of {', '.join(allowed)}",
            )
        if name in found:
            raise ConfigurationError(f"'{name}' stands twice", where=_at(where, key), next_step="keep one of them")
        found[name] = value
    return found


def _scalar(node: Any, name: str, where: str) -> str:
    if node.id != "scalar":
        raise ConfigurationError(f"'{name}' is no text", where=_at(where, node), next_step="write it on one line")
    text = str(node.value).strip()
    return "" if node.tag == "tag:yaml.org,2002:null" else text


def _at(where: str, node: Any) -> str:
    return f"{where}:{line_of(node)}"


def append_waiver(text: str, fields: Mapping[str, str], where: str = DEFAULT_NAME) -> str:
    """A waivers file with one more entry; everything that stands in it stays as it is, to the byte.

    Args:
        text: the file's text, "" for a new file.
        fields: ``fingerprint`` or ``rule`` and ``path``, ``reason``, ``approved_by``, ``date``, and where given
            ``expires`` and ``reference``; empty values are left out.
        where: the file's name for messages.

    Returns:
        The new text; reading it gives the old entries and the new one.

    Raises:
        ConfigurationError: the file cannot be read, is written in a way that leaves no safe place for an entry, or the
            new entry lacks something.
    """
    if text.startswith("\ufeff"):
        return "\ufeff" + append_waiver(text[1:], fields, where)
    known = parse_waivers(text, where)
    newline = "\r\n" if "\r\n" in text else "\n"
    entries = _entries_node(text, where)
    if entries is None:
        head = text if not text or text.endswith(("\n", "\r")) else text + newline
        start = "" if head.strip() else f"version: 1{newline}"
        result = f"{head}{start}waivers:{newline}{_written(fields, '  ', newline)}"
    elif entries.id == "scalar" or not entries.value:
        begin, end = entries.start_mark.index, entries.end_mark.index
        block = f"{newline}{_written(fields, '  ', newline)}"
        rest = text[end:]
        result = text[:begin].rstrip(" ") + block.rstrip("\r\n") + (rest or newline)
    elif entries.flow_style:
        raise ConfigurationError(
            "the list of waivers is written in brackets",
            where=_at(where, entries),
            next_step="write one entry a dash, then waivers can be added",
        )
    else:
        at = _line_behind(text, entries)
        head = text[:at] if text[:at].endswith(("\n", "\r")) else text[:at] + newline
        indent = " " * entries.value[0].start_mark.column
        indent = indent[:-2] if len(indent) >= 2 else ""
        result = head + _written(fields, indent, newline) + text[at:]
    if len(parse_waivers(result, where)) != len(known) + 1:
        raise ConfigurationError("the waiver could not be added", where=where, next_step="add it by hand")
    return result


def _entries_node(text: str, where: str) -> Any:
    root = compose(text, where)
    if root is None:
        return None
    return next((value for key, value in root.value if key.value == "waivers"), None)


def _line_behind(text: str, entries: Any) -> int:
    """The offset of the line behind the last entry's last value."""
    last = entries.value[-1]
    ends = [value.end_mark.index for _, value in last.value]
    end = max(ends, default=last.end_mark.index)
    if end and text[end - 1] == "\n":
        return int(end)
    following = text.find("\n", end)
    return len(text) if following < 0 else following + 1


def _written(fields: Mapping[str, str], indent: str, newline: str) -> str:
    lines = [f"{name}: {_quoted(fields[name])}" for name in _FIELDS if fields.get(name)]
    return "".join(f"{indent}{'- ' if number == 0 else '  '}{line}{newline}" for number, line in enumerate(lines))


def _quoted(value: str) -> str:
    """A value as YAML: plain where that is safe, else in double quotes (JSON strings are YAML strings)."""
    import json
    import re

    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_./@ -]*", value) and not value.endswith(" ") and value.lower() != "null":
        return value
    text = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]", lambda c: f"\\u{ord(c.group()):04x}", text)
