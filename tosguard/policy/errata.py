"""Corrections of what published snapshots say of code. The files stay as they were published; the sentence is mended.

Terms are corrected by a new snapshot. A sentence of ours that says more than the code shows is no matter of terms or of
days: it would be wrong under every version, so it is replaced wherever it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tosguard.errors import ConfigurationError
from tosguard.policy.locate import ERRATA
from tosguard.policy.model import Pack, Rule
from tosguard.policy.versions import is_date

ERRATA_SCHEMA = 1

#: The texts of a rule that can be corrected.
CORRECTED = ("message", "why", "remedy", "questions")


@dataclass(frozen=True, slots=True)
class Correction:
    """Words of a rule's text and what they are read as; in packs of some kinds only where ``kinds`` names any."""

    text: str
    says: str
    reads: str
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Errata:
    """Corrections in the order in which they are made, for snapshots of the days before ``before``."""

    before: str = ""
    corrections: tuple[Correction, ...] = ()

    def corrected(self, pack: Pack) -> Pack:
        """The pack with its rules' texts corrected; a later snapshot is taken as it stands."""
        if not self.corrections or pack.version >= self.before:
            return pack
        return replace(pack, rules=tuple(self._rule(rule, pack.kind) for rule in pack.rules))

    def _rule(self, rule: Rule, kind: str) -> Rule:
        message, why, remedy = (
            _read(text, self._of(name, kind))
            for name, text in (("message", rule.message), ("why", rule.why), ("remedy", rule.remedy))
        )
        questions = tuple(_read(text, self._of("questions", kind)) for text in rule.questions)
        return replace(rule, message=message, why=why, remedy=remedy, questions=questions)

    def _of(self, text: str, kind: str) -> tuple[Correction, ...]:
        return _chosen(self.corrections, text, kind)


@lru_cache(maxsize=64)
def _chosen(corrections: tuple[Correction, ...], text: str, kind: str) -> tuple[Correction, ...]:
    return tuple(one for one in corrections if one.text == text and (not one.kinds or kind in one.kinds))


@lru_cache(maxsize=4096)
def _read(text: str, corrections: tuple[Correction, ...]) -> str:
    for one in corrections:
        text = text.replace(one.says, one.reads)
    return text


def read_errata(directory: Path) -> Errata:
    """The corrections that lie beside the packs; none where there is no such file.

    Raises:
        ConfigurationError: if the file is not well formed.
    """
    name = f"{directory.name}/{ERRATA}"
    try:
        content = json.loads((directory / ERRATA).read_bytes())
        if content["schema"] != ERRATA_SCHEMA or not is_date(content["before"]):
            raise ValueError("schema or day")
        return Errata(content["before"], tuple(_corrections(content["corrections"])))
    except FileNotFoundError:
        return Errata()
    except OSError as error:
        raise ConfigurationError("the errata cannot be read", where=name, why=error.strerror or str(error)) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigurationError("the errata are not well formed", where=name, why=str(error)) from error


def _corrections(items: Iterable[dict[str, object]]) -> Iterable[Correction]:
    for item in items:
        text, kinds = str(item["in"]), item.get("kinds", [])
        if text not in CORRECTED or not isinstance(kinds, list) or not item["says"]:
            raise ValueError(f"no correction: {item}")
        yield Correction(text, str(item["says"]), str(item["reads"]), tuple(str(kind) for kind in kinds))
