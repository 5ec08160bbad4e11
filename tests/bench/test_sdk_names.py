"""What reading a release says of the symbols that a catalogue models."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

from sdk_names import Names, Told

PACKAGE = {
    "maker/__init__.py": """\
from .client import Client
from .tools import *
from elsewhere import Borrowed

__all__ = ["Late"]

def __getattr__(name): ...
def connect() -> "Client": ...
def guess(): ...
""",
    "maker/client.py": """\
from pydantic import BaseModel
from .base import Root

class Chats:
    def create(self): ...

class Client(Root, BaseModel):
    region: str

    def __init__(self):
        self.chats = Chats()

    @property
    def models(self) -> Chats: ...
    def __call__(self, text): ...

class Open(Strange):
    pass
""",
    "maker/base.py": "class Root:\n    def ask(self): ...\n",
    "maker/tools.py": "if True:\n    def helper(): ...\n",
    "maker-1.2.data/purelib/maker/extra.py": "class Extra: ...\n",
    "maker-1.2.dist-info/top.py": "",
}


@pytest.fixture
def release(tmp_path: Path) -> Names:
    for name, text in PACKAGE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return Names(tmp_path)


@pytest.mark.parametrize(
    ("symbol", "told"),
    [
        ("maker.Client", Told.FOUND),
        ("maker.client.Client().ask", Told.FOUND),
        ("maker.Client().models.create", Told.FOUND),
        ("maker.connect().ask", Told.FOUND),
        ("maker.helper", Told.FOUND),
        ("maker.extra.Extra()", Told.FOUND),
        ("maker.Client().chats.create", Told.POSSIBLE),
        ("maker.Client()()", Told.POSSIBLE),
        ("maker.guess().anything", Told.POSSIBLE),
        ("maker.Borrowed().anything", Told.POSSIBLE),
        ("maker.Late", Told.POSSIBLE),
        ("maker.client.Open().anything", Told.POSSIBLE),
        ("maker.Never", Told.MISSING),
        ("maker.Client().tell", Told.MISSING),
        ("maker.connect().tell", Told.MISSING),
        ("maker.absent.Client", Told.MISSING),
        ("other.Client", Told.MISSING),
    ],
)
def test_a_symbol_is_told_by_reading(release: Names, symbol: str, told: Told) -> None:
    assert release.tells(symbol) is told


def test_a_release_says_its_version(release: Names) -> None:
    assert release.version == "1.2"
