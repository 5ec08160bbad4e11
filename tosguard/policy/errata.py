"""Corrections of what published snapshots say of code. The files stay as they were published; the sentence is mended.

Terms are corrected by a new snapshot. A sentence of ours that says more than the code shows is no matter of terms or of
days: it would be wrong under every version, so it is replaced wherever it stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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
        corrections = [one for one in self.corrections if not one.kinds or pack.kind in one.kinds]
        return replace(pack, rules=tuple(_corrected(rule, corrections) for rule in pack.rules))


def _corrected(rule: Rule, corrections: Sequence[Correction]) -> Rule:
    def read(name: str, text: str) -> str:
        for one in corrections:
            if one.text == name:
                text = text.replace(one.says, one.reads)
        return text

    return replace(
        rule,
        message=read("message", rule.message),
        why=read("why", rule.why),
        remedy=read("remedy", rule.remedy),
        questions=tuple(read("questions", text) for text in rule.questions),
    )


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
