"""Blocks of nothing but ``pass`` have no statement: whatever looks at the end of a block takes that for an answer."""

from __future__ import annotations

import pytest

from tests.flow.flows import marked

BLOCKS = {
    "with": "with lock:\n    pass\n",
    "with in with": "with lock:\n    with lock:\n        pass\n",
    "try": "try:\n    pass\nexcept OSError:\n    pass\nelse:\n    pass\nfinally:\n    pass\n",
    "with in try": "try:\n    with lock:\n        pass\nexcept OSError:\n    pass\n",
    "if": "if lock:\n    pass\nelse:\n    pass\n",
    "while": "while lock:\n    pass\nelse:\n    pass\n",
    "for": "for one in lock:\n    pass\nelse:\n    pass\n",
    "match": "match lock:\n    case 1:\n        pass\n    case _:\n        pass\n",
    "function": "def inner():\n    pass\n",
    "class": "class Inner:\n    pass\n",
}


@pytest.mark.parametrize("around", ["for item in items:", "def main():", "if items:", "with items:"])
@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS.keys())
def test_an_empty_block_at_an_end_ends_nothing(block: str, around: str) -> None:
    inside = "".join(f"    {line}\n" for line in block.splitlines())
    source = f"from api import ask\n\n{around}\n{inside}\nsaid = ask('question')  # said\nprint(said)  # shown\n"
    assert ("said", "shown") in marked(source)
