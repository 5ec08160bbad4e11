"""The stand-ins for libcst's nodes are lowered as the real ones are."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings

import tosguard
from tests.syntax import programs
from tosguard.syntax import nodes
from tosguard.syntax.recovery import lower_tolerant

#: Sources of many kinds: ours, and the standard library's.
_PACKAGE = Path(tosguard.__file__).parent
_LIBRARY = Path(subprocess.__file__).parent
_SOURCES = sorted(_PACKAGE.glob("**/*.py"))[::6] + [
    _LIBRARY / name
    for name in ("dataclasses.py", "ast.py", "asyncio/tasks.py", "typing.py", "enum.py", "statistics.py")
]


class _ByLibcst:
    """A parser that copies libcst's own nodes."""

    native = None


class _ByItself(nodes._Parser):
    """The extension by itself, whichever release it is of."""


@pytest.fixture(scope="module")
def by_itself() -> nodes._Parser:
    with pytest.MonkeyPatch.context() as patch:
        release = nodes._release(str(Path(__import__("libcst").__file__).parent))
        patch.setattr(nodes, "TRIED", frozenset((release,)))
        return _ByItself()


def _both(source: str, by_itself: nodes._Parser) -> tuple[object, object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nodes, "_parser", by_itself)
        mine = lower_tolerant(source)
        patch.setattr(nodes, "_parser", _ByLibcst())
        return mine, lower_tolerant(source)


def test_the_parser_can_be_used_without_its_package(by_itself: nodes._Parser) -> None:
    assert by_itself.native is not None


@pytest.mark.parametrize("path", _SOURCES, ids=lambda path: path.name)
def test_sources_are_lowered_alike(path: Path, by_itself: nodes._Parser) -> None:
    mine, theirs = _both(path.read_text(encoding="utf-8"), by_itself)
    assert repr(mine) == repr(theirs)


@given(programs.programs)
@settings(max_examples=150, deadline=None)
def test_programs_are_lowered_alike(source: str) -> None:
    own = nodes._parser
    if own.native is None:
        pytest.skip("this release of libcst parses by itself")
    mine, theirs = _both(source, own)
    assert repr(mine) == repr(theirs)


@pytest.mark.parametrize(
    "source", ["def f(:\n", "x = (1,\n", "print 'a'\n", "class A\n    pass\n", "f'{a'\n", "match x:\n"]
)
def test_errors_are_told_alike(source: str, by_itself: nodes._Parser) -> None:
    mine, theirs = _both(source, by_itself)
    assert repr(mine) == repr(theirs)


def test_another_release_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "TRIED", frozenset())
    assert nodes._Parser().native is None


def test_libcst_itself_still_works_afterwards() -> None:
    code = (
        "import sys\n"
        "from tosguard.syntax.lowering import lower\n"
        "lower('x = f(1)')\n"
        "assert 'libcst' not in sys.modules\n"
        "import libcst\n"
        "assert libcst.parse_module('x = f(1)').code == 'x = f(1)'\n"
        "lower('y = 1')\n"
        "assert isinstance(libcst.parse_expression('a'), libcst.Name)\n"
    )
    if nodes._parser.native is None:
        pytest.skip("this release of libcst parses by itself")
    subprocess.run([sys.executable, "-c", code], check=True)
