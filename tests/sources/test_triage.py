"""A needle that begins an import statement is met where that module is imported, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tosguard.sources import triage
from tosguard.sources.triage import Triage, signs

IMPORTS = Triage((b"import together", b"from together", b"import evals", b"google import genai"))


@pytest.mark.parametrize(
    "source",
    [
        "import together",
        "    import together as t",
        "import together.types",
        "import json; import together",
        "try: import together\nexcept ImportError: pass",
        ">>> import together",
        "import json, together",
        "import json as j, os.path, together as t, csv",
        "from together import Together",
        "from together.types  import Message",
        "from google import genai",
        'python -c "import together"',
    ],
)
def test_an_import_of_the_module_is_found(source: str) -> None:
    assert IMPORTS.mentions(source.encode())
    assert IMPORTS.said(source)


@pytest.mark.parametrize(
    "source",
    [
        "from sympy.polys import together",
        "from . import together",
        "from .rationaltools import\ttogether",
        "from sympy import cancel, together, factor",
        "import togetherness",
        "import json, togetherness",
        "lazy_import together",
        "raise ValueError(text) from together",
        "yield from together",
        "select name from together where import_date > 1",
        "from togetherness import x",
        "import_together = together(x)",
        "reimport json, together",
    ],
)
def test_another_thing_of_that_spelling_is_not(source: str) -> None:
    assert not IMPORTS.mentions(source.encode())
    assert not IMPORTS.said(source)


_NEEDLES = (b"openai", b"import evals", b"from evals", b"evaluate.load", b"api.x.com", b"s1K", b"_base")
_PIECES = [needle.decode() for needle in _NEEDLES]
_PIECES += [
    "import evals_",
    "from evalsé",
    "import eval",
    "s",
    "1K",
    " ",
    "\n",
    "x",
    "ai",
    ".",
    "é",
    "import ",
    ", evals",
    "a",
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=6).map("".join)


@given(_TEXTS, st.sets(st.sampled_from(_NEEDLES), max_size=3))
def test_few_words_and_the_pattern_of_all_find_the_same(text: str, needles: set[bytes]) -> None:
    """Few bytes are looked through word by word, many with one pattern."""
    little, much = Triage(needles), Triage(needles)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(triage, "_WORTH_A_PATTERN", 1 << 30)
        by_words = (little.mentions(text.encode()), little.said(text))
        patch.setattr(triage, "_WORTH_A_PATTERN", 0)
        by_pattern = (much.mentions(text.encode()), much.said(text))
    assert by_words == by_pattern
    if any(by_pattern):
        assert any(sign in text.encode() for sign in signs(needles))


def test_a_pattern_is_made_once_it_is_worth_it() -> None:
    found = Triage(_NEEDLES)
    assert not found.mentions(b"x" * 10)
    assert found._mentioned is None
    assert not found.mentions(b"x" * triage._WORTH_A_PATTERN)
    assert found._mentioned is not None
