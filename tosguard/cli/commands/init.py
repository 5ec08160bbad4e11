"""``tosguard init``: the files a project needs to keep tosguard running, each explained, none overwritten."""

from __future__ import annotations

from pathlib import Path

import click

from tosguard import __version__
from tosguard.errors import UsageError

_CONFIGURATION = """\
# Settings of tosguard: which uses of model providers and data platforms this project allows itself.

# The lowest severity that fails `tosguard check`: error, warning, note or never.
fail-on = "error"
# How sure the classification must be to be reported by `check`: high, medium or low.
min-confidence = "medium"
# Paths that are not analysed, as in .gitignore.
exclude = []

# What tosguard cannot read from code. Remove the comment signs and say it; what is not said is asked in the findings.
[organisation]
# develops_models = true
# competes_with = []
# products = []

# An agreement with a provider that permits what its public terms do not.
# [[agreements]]
# provider = ""
# reference = ""
# permits = []
# expires = ""
"""

_HOOK = f"""\
repos:
  - repo: local
    hooks:
      - id: tosguard
        name: tosguard
        entry: tosguard check
        language: python
        additional_dependencies: ["tosguard=={__version__}"]
        types_or: [python, pyi, jupyter]
        require_serial: true
"""

_GITHUB = f"""\
name: tosguard
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
  security-events: write
jobs:
  tosguard:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with:
          fetch-depth: 0
          persist-credentials: false
      - uses: actions/setup-python@0b93645e9fea7318ecaed2b359559ac225c90a2b # v5.3.0
        with:
          python-version: "3.12"
      - run: python -m pip install "tosguard=={__version__}"
      - name: Check what the pull request changes
        env:
          BASE: ${{{{ github.event.pull_request.base.sha }}}}
        run: tosguard check --format github -o tosguard.sarif ${{BASE:+--diff-base "$BASE"}}
      - if: ${{{{ always() && hashFiles('tosguard.sarif') != '' }}}}
        uses: github/codeql-action/upload-sarif@48ab28a6f5dbc2a99bf1e0131198dd8f1df78169 # v3.28.0
        with:
          sarif_file: tosguard.sarif
          category: tosguard
"""

_GITLAB = f"""\
tosguard:
  stage: test
  image: python:3.12
  variables:
    GIT_DEPTH: "0"
  script:
    - python -m pip install "tosguard=={__version__}"
    - tosguard check --format text -o gl-code-quality-report.json
      ${{CI_MERGE_REQUEST_DIFF_BASE_SHA:+--diff-base "$CI_MERGE_REQUEST_DIFF_BASE_SHA"}}
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""


@click.command("init", short_help="Write a configuration, a pre-commit entry and a CI workflow.")
@click.option(
    "--ci",
    "service",
    type=click.Choice(["auto", "github", "gitlab", "none"]),
    default="auto",
    show_default=True,
    help="The CI service to write a workflow for; auto looks at what is there.",
)
@click.argument("directory", type=click.Path(file_okay=False, exists=True, path_type=Path), default=Path())
def command(service: str, directory: Path) -> None:
    """Write a configuration, a pre-commit entry and a CI workflow into DIRECTORY (default: here).

    A file that exists is left alone; what would have been written is shown instead.
    """
    if _is_configured(directory):
        click.echo("kept     the configuration in pyproject.toml")
    else:
        _offer(directory / "tosguard.toml", _CONFIGURATION, "thresholds, paths, your organisation and its agreements")
    _offer(directory / ".pre-commit-config.yaml", _HOOK, "checks the files of each commit; enable: pre-commit install")
    if service == "auto":
        service = "gitlab" if (directory / ".gitlab-ci.yml").exists() else "github"
    if service == "github":
        _offer(
            directory / ".github/workflows/tosguard.yml", _GITHUB, "shows new findings on the lines of a pull request"
        )
    elif service == "gitlab":
        _offer(directory / ".gitlab-ci.yml", _GITLAB, "shows new findings in merge requests")
    click.echo(
        "\nFindings of today can wait: `tosguard baseline create` records them, so that only new ones are reported."
    )


def _offer(path: Path, content: str, purpose: str) -> None:
    """Write a file, or show what it would hold where one stands already."""
    if path.exists():
        click.echo(f"kept     {path}: it exists; add to it if it lacks this ({purpose}):\n")
        click.echo("".join(f"    {line}\n" for line in content.splitlines()))
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Made anew or not at all: a file that appeared meanwhile is not ours.
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
    except OSError as error:
        raise UsageError(
            "the file cannot be written",
            where=str(path),
            why=error.strerror or str(error),
            next_step="make its directory writable, or name another one",
        ) from None
    click.echo(f"wrote    {path}: {purpose}")


def _is_configured(directory: Path) -> bool:
    try:
        return "[tool.tosguard" in (directory / "pyproject.toml").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
