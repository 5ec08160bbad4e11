"""``--redact`` leaves code out of every format and keeps statements and places."""

from __future__ import annotations

import importlib

import pytest

from tests.report_documents import sample
from tosguard.report.options import RenderOptions

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html", "csv", "cyclonedx")
CODE = ('answer = complete(seed["instruction"])', "complete(seed[", "json.dumps(row)", "sum(grade(task")


@pytest.mark.parametrize("name", FORMATS)
def test_no_code_and_all_places(name):
    options = RenderOptions(command="audit", redact=True, verbose=True)
    text = importlib.import_module(f"tosguard.report.{name}").render(sample.rich(), options)
    assert not [code for code in CODE if code in text]
    assert "src/generate.py" in text


@pytest.mark.parametrize("name", ["text", "markdown", "html"])
def test_the_same_formats_show_code_otherwise(name):
    text = importlib.import_module(f"tosguard.report.{name}").render(sample.rich(), RenderOptions(command="audit"))
    assert any(code.split("(")[0] in text for code in CODE)
