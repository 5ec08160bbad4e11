"""``tosguard catalog``: what it says, and one's own files beside the package's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tosguard.cli.main import main

GATEWAY = """\
topic: acme
kind: provider
provider: acme
needles: [acme_llm]
calls:
  - {symbols: [acme_llm.ask], role: generate, arguments: {input: [0], model: [model]}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOSGUARD_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("openai.OpenAI().chat.completions.create", "role     generate"),
        ("deepl", "call     deepl.Translator().translate_text (generate)"),
        ("meta-llama/Meta-Llama-3-8B-Instruct", "made by meta, weights under the terms of meta-llama"),
        ("api.x.ai", "route xai"),
        ("ANTHROPIC_API_KEY", "route anthropic"),
        ("tatsu-lab/alpaca", "holds output of openai"),
    ],
)
def test_a_word_is_looked_up_as_whatever_it_is(word: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "show", word]) == 0
    assert said in capsys.readouterr().out


def test_what_is_not_known_is_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "show", "no-such-thing"]) == 2
    assert main(["catalog", "list", "--kind", "nonsense"]) == 2
    assert "kinds are" in capsys.readouterr().err


def test_the_topics_are_listed_by_kind(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "list", "--kind", "provider"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("provider ") for line in lines)
    assert any(" anthropic " in line for line in lines)


def test_own_files_are_checked_with_their_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "acme.yaml").write_text(GATEWAY)
    assert main(["catalog", "check", "acme.yaml"]) == 0
    (folder / "acme.yaml").write_text(GATEWAY.replace("role: generate", "role: genrate"))
    assert main(["catalog", "check", "acme.yaml"]) == 2
    err = capsys.readouterr().err
    assert "acme.yaml:6" in err
    assert "did you mean 'generate'" in err


def test_own_files_join_by_configuration(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "acme.yaml").write_text(GATEWAY)
    (folder / "tosguard.toml").write_text('catalogue = ["acme.yaml"]\n')
    (folder / "app.py").write_text("import acme_llm\n\nprint(acme_llm.ask('x', model='acme-1'))\n")
    assert main(["audit", ".", "--format", "json"]) == 0
    (usage,) = json.loads(capsys.readouterr().out)["usages"]
    assert (usage["providers"], usage["models"]) == (["acme"], ["acme-1"])


def test_list_and_show_know_the_files_that_the_configuration_names(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "acme.yaml").write_text(GATEWAY)
    (folder / "tosguard.toml").write_text('catalogue = ["acme.yaml"]\n')
    assert main(["catalog", "list"]) == 0
    assert "provider    acme " in capsys.readouterr().out
    assert main(["catalog", "show", "acme_llm.ask"]) == 0
    assert "route    acme" in capsys.readouterr().out
    (folder / "acme.yaml").write_text(GATEWAY.replace("role: generate", "role: generat"))
    assert main(["catalog", "list"]) == 2
    assert "acme.yaml:6: role 'generat' is unknown; did you mean 'generate'?" in capsys.readouterr().err
