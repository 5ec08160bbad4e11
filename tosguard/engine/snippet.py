"""The usages of one piece of code that is no file: what the tests of rules are run on."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tosguard.catalog.catalogue import Catalogue
    from tosguard.usage.model import Usage


def analyse_snippet(code: str) -> tuple[Usage, ...]:
    """What a run would find in a project of one file.

    Args:
        code: Python source.

    Raises:
        SyntaxProblem: the code is not Python.
    """
    from tosguard.flow.programs.project import SourceModule
    from tosguard.flow.solve import solve
    from tosguard.syntax.lowering import lower
    from tosguard.usage.classify import classify

    catalogue = _catalogue()
    return classify(solve([SourceModule("example.py", lower(code))], catalogue), catalogue)


@cache
def _catalogue() -> Catalogue:
    from tosguard.catalog.compiled import load_fast

    return load_fast()
