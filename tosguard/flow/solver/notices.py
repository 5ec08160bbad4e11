"""Where a bound was met, told once a kind: a reader wants to know what may be missing and where, not each function."""

from __future__ import annotations

#: Functions named in one notice; the others are counted.
MAX_NAMED = 3


class Notices:
    """The bounds that were met, by what they mean, with the functions in which they were."""

    __slots__ = ("_met",)

    def __init__(self) -> None:
        self._met: dict[str, dict[str, None]] = {}

    def add(self, meaning: str, function: str = "") -> None:
        """Notes that a bound was met.

        Args:
            meaning: what may be missing for it, a whole sentence without its end.
            function: the dotted name of the function concerned, "" if it concerns the project.
        """
        met = self._met.setdefault(meaning, {})
        if function:
            met.setdefault(function)

    def lines(self) -> tuple[str, ...]:
        """One line for each bound, in the order in which they were met."""
        return tuple(_line(meaning, tuple(functions)) for meaning, functions in self._met.items())


def _line(meaning: str, functions: tuple[str, ...]) -> str:
    if not functions:
        return meaning
    rest = len(functions) - MAX_NAMED
    more = f" and {rest} more" if rest > 0 else ""
    return f"{meaning}: {', '.join(functions[:MAX_NAMED])}{more}"
