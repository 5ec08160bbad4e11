"""What a project declares it needs: named in the inventory with its place, and an unofficial client even uncalled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.usage.building import catalogue
from tosguard.engine.request import Means, Project, Request, Terms, Unwatched
from tosguard.engine.run import run
from tosguard.report.model import Report
from tosguard.usage.beside.declared import declared
from tosguard.usage.beside.texts import TextFile

FILES = {
    "requirements.txt": 'openai>=1.0 ; python_version > "3.8"\n# g4f\n-r other.txt\n\nnumpy\nrevChatGPT==6  # chat\n',
    "dev-requirements.txt": "git+https://example.org/people/litellm.git@main\n-e git+https://example.org/x#egg=Groq\n",
    "pyproject.toml": '[project]\nname = "openai"\ndependencies = [\n  "anthropic>=0.3",\n]\n'
    '[project.optional-dependencies]\nbot = ["python_telegram_bot[webhooks]"]\n'
    '[dependency-groups]\ndev = ["hugchat", {include-group = "x"}]\n'
    '[tool.poetry.group.x.dependencies]\nmistralai = "1"\n',
    "setup.cfg": "[options]\npackages = cohere\ninstall_requires =\n    together>=1\n    six\n"
    "[options.extras_require]\nall = replicate\n",
    "Pipfile": '[packages]\nbardapi = "*"\n[dev-packages]\nragas = "*"\n[scripts]\ng4f = "x"\n',
    "setup.py": "from setuptools import setup\nNEEDED = [\n    'openai>=1',\n    'six',\n]\nOTHER = ['cohere']\n"
    "setup(\n    name='groq',\n    install_requires=NEEDED,\n    extras_require={'chat': ['revChatGPT']},\n)\n",
    "environment.yml": "name: openai\ndependencies:\n  - python=3.10\n  - pip:\n      - trl==0.7\n",
}
EXPECTED = {
    "requirements.txt": [("openai", 1, "openai"), ("revchatgpt", 6, "openai")],
    "dev-requirements.txt": [("litellm", 1, ""), ("groq", 2, "groq")],
    "pyproject.toml": [
        ("anthropic", 4, "anthropic"),
        ("python-telegram-bot", 7, "telegram"),
        ("hugchat", 9, "huggingface"),
        ("mistralai", 11, "mistral"),
    ],
    "setup.cfg": [("together", 4, "together"), ("replicate", 7, "replicate")],
    "Pipfile": [("bardapi", 2, "google-gemini"), ("ragas", 4, "")],
    "setup.py": [("openai", 3, "openai"), ("revchatgpt", 10, "openai")],
    "environment.yml": [("trl", 5, "")],
}


@pytest.mark.parametrize("name", FILES)
def test_every_way_of_declaring_is_read(name: str) -> None:
    found = declared([TextFile(f"sub/{name}", FILES[name])], catalogue())
    assert [(d.package, d.line, d.route) for d in found] == EXPECTED[name]


def test_requirements_that_another_program_wrote_in_utf_16_are_read(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_bytes("six==1\r\nanthropic==0.40\r\n".encode("utf-16"))
    found = report(tmp_path, app_py="print(1)\n")
    assert [(m.attribute("sdk"), m.location.line) for m in found.mentions] == [(("anthropic",), 2)]
    assert not found.errors


@pytest.mark.parametrize(
    "text", ["[project\n", "[project]\ndependencies = 3\n", '[tool.poetry]\ndependencies = ["x"]\n', ""]
)
def test_a_damaged_or_odd_file_declares_nothing(text: str) -> None:
    assert declared([TextFile("pyproject.toml", text)], catalogue()) == ()


def report(root: Path, **files: str) -> Report:
    for name, text in files.items():
        (root / name.replace("_", ".")).write_text(text)
    return run(Request(Project(root), Terms("2026-01-01"), means=Means(provenance=False)), Unwatched())


def test_the_inventory_names_what_is_declared_with_its_place(tmp_path: Path) -> None:
    found = report(tmp_path, requirements_txt="six\nopenai\nanthropic\n", app_py="import openai\nopenai.OpenAI()\n")
    rows = {(m.pattern, m.attribute("sdk"), m.location.path, m.location.line) for m in found.mentions}
    assert {
        ("declared", ("openai",), "requirements.txt", 2),
        ("declared", ("anthropic",), "requirements.txt", 3),
        ("ordinary-use", ("openai",), "app.py", 2),
    } <= rows
    assert not found.usages


def test_an_unofficial_client_that_is_declared_but_not_called_is_worth_a_look(tmp_path: Path) -> None:
    found = report(tmp_path, requirements_txt="revChatGPT\n", app_py="print(1)\n")
    (usage,) = found.usages
    assert (usage.pattern, usage.confidence.value, usage.providers) == ("unofficial-access", "low", ("openai",))
    assert (usage.location.path, usage.location.line) == ("requirements.txt", 1)
    assert not any(m.attribute("sdk") == ("revchatgpt",) for m in found.mentions), "it is listed once"


def test_a_declared_client_that_is_called_is_told_by_its_call(tmp_path: Path) -> None:
    code = "from revChatGPT.V1 import Chatbot\nfor part in Chatbot(config={}).ask(input()):\n    print(part)\n"
    found = report(tmp_path, requirements_txt="revChatGPT\n", app_py=code)
    (usage,) = found.usages
    assert (usage.location.path, usage.confidence.value) == ("app.py", "high")
    assert ("declared", "requirements.txt") in {(m.pattern, m.location.path) for m in found.mentions}
    assert ("unofficial-declared", "requirements.txt", 1) in {(e.kind, e.path, e.line) for e in usage.evidence}


def test_the_declaration_of_another_unofficial_client_is_no_evidence_for_a_call(tmp_path: Path) -> None:
    code = "from revChatGPT.V1 import Chatbot\nfor part in Chatbot(config={}).ask(input()):\n    print(part)\n"
    found = report(tmp_path, requirements_txt="six\nhugchat\n", app_py=code)
    called, uncalled = sorted(found.usages, key=lambda u: u.location.path)
    assert called.location.path == "app.py"
    assert "unofficial-declared" not in {e.kind for e in called.evidence}
    assert (uncalled.location.path, uncalled.location.line, uncalled.providers) == (
        "requirements.txt",
        2,
        ("huggingface",),
    )


@pytest.mark.parametrize(
    "text", ["setup(install_requires=read('x')\n", "setup(install_requires=read('openai'))\n", "x"]
)
def test_a_setup_program_without_literal_requirements_declares_nothing(text: str) -> None:
    assert declared([TextFile("setup.py", text)], catalogue()) == ()


def test_an_unofficial_client_that_a_setup_program_lists_is_worth_a_look(tmp_path: Path) -> None:
    code = "from setuptools import setup\n\nsetup(name='x', install_requires=['requests', 'revChatGPT'])\n"
    (usage,) = report(tmp_path, setup_py=code, app_py="print(1)\n").usages
    assert (usage.pattern, usage.location.path, usage.location.line) == ("unofficial-access", "setup.py", 3)
