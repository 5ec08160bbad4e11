"""Whether a verdict is one on people's work, or one that a user of a page asked for: neither measures a model.

An essay, a CV, an answer in an interview or a change of code is graded as the product's own feature. What asks for the
verdict looks like a judge of models, down to the rubric; what tells them apart is whose work is shown.
"""

from __future__ import annotations

from collections.abc import Iterator

from tosguard.flow.facts import Place
from tosguard.usage.evidence import MEDIUM, Clue, Dossier
from tosguard.usage.reading.context import Context
from tosguard.usage.sites.sites import Site

#: The list of words and of phrases that name what people hand in, and that of phrases by which a project says so.
WORK = "peoples-work"
INTRODUCED = "readme-peoples-work"

#: The same for tests of models, which may be done with people's work.
TESTS = "model-tests"
TESTS_INTRODUCED = "readme-model-tests"

#: The list of phrases by which a prompt says that it shows another model's output.
TOLD_OUTPUT = "told-output"

#: What speaks of a verdict, and what shows that a server is asked for many of them on systems' answers at once.
MANY = ("loop-over-data", "loop-counted", "batch-api", "answer-listed")
VERDICT = ("judge-prompt", "judge-words", "judge-file", "evaluation-words")
SHOWN = ("sees-output", "sees-answer-field", "told-output")


def collect(site: Site, context: Context) -> Iterator[Clue]:
    """The clue that what one site's model is shown is people's work."""
    if is_peoples_work(site, context):
        said = "what the model is asked about is people's work, by the names or the prompt"
        yield Clue("peoples-work", said, site.place, MEDIUM, against=True)


def is_peoples_work(site: Site, context: Context) -> bool:
    """Whether names on the way to a call, its prompts or the project's introduction speak of what people hand in, and
    neither a prompt of a model's output nor a folder, a file or the introduction of tests of models."""
    said = context.phrases(site)
    if TOLD_OUTPUT in said or _tests_models(site, context):
        return False
    names = dict.fromkeys(n for p in site.chain for n in (p.scope.rpartition(".")[2], _file(p)))
    return (
        WORK in said
        or any(WORK in context.lexicon.words(name) for name in names)
        or context.is_introduced_by(site.place.path, INTRODUCED)
    )


def _tests_models(site: Site, context: Context) -> bool:
    pieces = dict.fromkeys(piece for p in (*site.chain, site.place) for piece in p.path.split("/"))
    return any(TESTS in context.lexicon.words(piece) for piece in pieces) or context.is_introduced_by(
        site.place.path, TESTS_INTRODUCED
    )


def asked_for(dossier: Dossier, place: Place) -> Clue | None:
    """What shows that a user of a page asked for one verdict, or for some on people's work: not where many of systems'
    answers are asked for at once, nor where nothing speaks of a verdict."""
    if not dossier.has("served") or not dossier.has(*VERDICT):
        return None
    if dossier.has(*MANY) and (dossier.has(*SHOWN) or not dossier.has("peoples-work", "judge-prompt")):
        return None
    return Clue("user-asked", "a user of a page asked for the verdict", place, MEDIUM, against=True)


def _file(place: Place) -> str:
    return place.path.rsplit("/", 1)[-1]
