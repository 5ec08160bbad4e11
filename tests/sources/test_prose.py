"""What a source says to people is blanked, nothing else, and everything stays where it is."""

from __future__ import annotations

import pytest

from tosguard.sources.prose import without_prose


@pytest.mark.parametrize(
    "source",
    [
        '"""prose"""\nimport code\n',
        "# prose\n'''prose\nprose'''\ncode = 1  # prose\n",
        'def f():  # prose\n    """prose"""\n    return "code"\n',
        'class C:\n\n    # prose\n    r"""prose\n\n    prose."""\n    code = 1\n',
        "url = 'code#code'  # prose 'prose\n",
        'code = """code # code\n"""\n',
        'ask("""code""", "code")\n',
        'call(\n    """code"""\n)\n',
        "text = 'co\\'de' # prose\n",
        'def f():\n    x = 1\n    """code"""\n',
    ],
)
def test_prose_is_blanked(source: str) -> None:
    left = without_prose(source)
    assert "prose" not in left
    assert left.count("code") == source.count("code")
    assert len(left) == len(source)
    assert [i for i, c in enumerate(left) if c == "\n"] == [i for i, c in enumerate(source) if c == "\n"]
