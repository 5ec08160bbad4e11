"""A needle that begins an import statement is met where that module is imported, and nowhere else."""

from __future__ import annotations

import pytest

from tosguard.sources.triage import Triage

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
