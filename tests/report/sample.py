"""Reports made by hand for the renderers' tests; nothing here is analysed."""

from __future__ import annotations

from dataclasses import replace

from tosguard.findings.model import Finding, Status, Waiver
from tosguard.policy.judgement import Clause, Judgement, PackVersion, Severity, Verdict
from tosguard.report.model import AnalysisError, FileCounts, Report, Run
from tosguard.usage.model import Confidence, Evidence, Location, Step, Usage

GEN = """import openai

client = openai.OpenAI()


def answer(question):
    reply = client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": question}],
    )
    return reply.choices[0].message.content
"""
TRAIN = """from answers import answer

rows = [{"instruction": q, "output": answer(q)} for q in questions]
trainer.train(rows)
"""

CLAUSE = Clause(
    id="openai-sa-3.3e",
    document="Example Services Agreement",
    version="2025-05-31",
    section="3.3(e)",
    url="https://example.com/policies/services-agreement/",
    summary="Output may not be used to develop models that compete with the provider's",
    exceptions=("classifiers and embeddings that are not distributed",),
    anchor="develop models that compete",
    effective="2025-05-31",
)

TRAINING = Usage(
    id="u-1",
    pattern="training-on-output",
    providers=("openai",),
    models=("gpt-4o",),
    confidence=Confidence.HIGH,
    location=Location("src/answers.py", 7, 13, 10, 6, scope="answer"),
    trace=(
        Step("source", "src/answers.py", 7, 13, "output of gpt-4o is born"),
        Step("flow", "src/answers.py", 11, 5, "returned by answer()"),
        Step("loop", "src/train.py", 3, 9, "once for every item of questions"),
        Step("sink", "src/train.py", 4, 1, "trained on by trainer.train()"),
    ),
    evidence=(Evidence("record-shape", "instruction record", "src/train.py", 3),),
    attributes=(("trained", ("llm",)),),
    runner_up="bulk-generation: no training sink would be needed",
)
CELL = Usage(
    id="u-2",
    pattern="bulk-evaluation",
    providers=("anthropic",),
    models=("claude-sonnet-4",),
    confidence=Confidence.MEDIUM,
    location=Location("notebooks/eval.ipynb", 2, 1, 2, 12, cell=3),
    trace=(Step("source", "notebooks/eval.ipynb", 2, 1, "answers of claude-sonnet-4", cell=3),),
)
ORDINARY = Usage(
    id="u-3",
    pattern="ordinary-use",
    providers=("mistral",),
    models=(),
    confidence=Confidence.HIGH,
    location=Location("src/chat.py", 3, 5, 3, 30, scope="main"),
)

TRAINING_JUDGED = Judgement(
    rule="openai/training-on-output",
    usage="u-1",
    provider="openai",
    verdict=Verdict.PROHIBITED,
    severity=Severity.ERROR,
    message=(
        "output of gpt-4o (src/answers.py:7) is written as instruction data (src/train.py:3) "
        "and trained on (src/train.py:4)"
    ),
    why="The terms forbid developing competing models with output",
    remedy="train on data whose licence allows it, or get written permission",
    questions=("Does the trained model compete with the provider's?",),
    clause=CLAUSE,
    also=("openai/bulk-generation",),
)
CELL_JUDGED = Judgement(
    rule="anthropic/bulk-evaluation",
    usage="u-2",
    provider="anthropic",
    verdict=Verdict.CONDITIONAL,
    severity=Severity.WARNING,
    message="answers of claude-sonnet-4 are scored over a data set",
    why="",
    remedy="",
    questions=(),
    clause=None,
)
ORDINARY_JUDGED = Judgement(
    rule="",
    usage="u-3",
    provider="mistral",
    verdict=Verdict.SILENT,
    severity=Severity.NOTE,
    message="the terms do not mention ordinary use",
    why="",
    remedy="",
    questions=(),
    clause=None,
)

OPEN = Finding(TRAINING_JUDGED, TRAINING, "1111111111111111.aaaaaaaa.1")
WAIVED = Finding(
    CELL_JUDGED,
    CELL,
    "2222222222222222.bbbbbbbb.1",
    Status.WAIVED,
    Waiver("tosguard-waivers.yaml", "internal study", "R. Counsel", "2026-01-10", "2026-12-31", "LEGAL-12", 4),
)

REPORT = Report(
    run=Run("0.1.0", "2026-03-01", ".", "0123456789abcdef0123456789abcdef01234567", True, FileCounts(12, 4, 1, 1)),
    packs=(PackVersion("openai", "2025-05-31", "ab" * 32),),
    usages=(CELL, TRAINING, ORDINARY),
    judgements=(CELL_JUDGED, TRAINING_JUDGED, ORDINARY_JUDGED),
    findings=(WAIVED, OPEN),
    errors=(AnalysisError("src/broken.py", 9, "not valid Python: unexpected indent"),),
    notices=("tosguard-waivers.yaml:4: the waiver expires on 2026-12-31",),
    sources={
        "src/answers.py": GEN,
        "src/train.py": TRAIN,
        "notebooks/eval.ipynb#3": "import anthropic\nscore(data)\n",
    },
)

CLEAN = Report(
    run=Run("0.1.0", "2026-03-01", ".", None, False, FileCounts(3, 0, 0, 0)),
    packs=(),
    usages=(),
    judgements=(),
    findings=(),
    errors=(),
)


def hostile() -> Report:
    """A finding in a file whose name, code and message try to drive the terminal or a parser."""
    name = "src/\x1b[31mred\u202egpj.py\udcff::error::]]>\n<x>.py"
    code = "x = 1\n\tcall('\x1b]0;title\x07', '\u202eevil')  # ]]> ::set-output\n"
    usage = replace(
        TRAINING, id="u-h", location=Location(name, 2, 2, 2, 30), trace=(Step("source", name, 2, 2, "a\nb\x00c"),)
    )
    judged = replace(TRAINING_JUDGED, usage="u-h", message="output\n::error::of \x1b[2Jmodel ]]> <b>&amp;</b> [x](y)")
    return replace(
        REPORT,
        usages=(usage,),
        judgements=(judged,),
        findings=(Finding(judged, usage, "3333333333333333.cccccccc.1"),),
        errors=(AnalysisError(name, 0, "bad\x1b[0m bytes"),),
        sources={name: code},
    )
