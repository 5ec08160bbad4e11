"""Reports to render: a rich one as an audit would give, a hostile one, and one with thousands of findings."""

from __future__ import annotations

import dataclasses

from tosguard.findings.model import Finding, Status, Waiver
from tosguard.policy.judgement import Clause, Judgement, PackVersion, Severity, Verdict
from tosguard.report.model import AnalysisError, FileCounts, ProviderCard, Report, Run
from tosguard.report.terms import TermsTimeline, TermsVersion
from tosguard.usage.model import Confidence, Evidence, Location, Step, Usage

COMMIT = "5f0c2a9d1e7b4830c6a1f29b77d3e8405a6b9c1d"

GENERATE = '''"""Makes instruction data from seed tasks."""

import json
import os

from north import Client

client = Client(api_key=os.environ["NORTH_API_KEY"])


def complete(prompt: str, model: str = "aurora-4") -> str:
    """One answer."""
    response = client.chat.create(
        model=model,
        messages=[{"role": "user", "content": prompt}],
        temperature=0.7,
    )
    return response.text


def main() -> None:
    seeds = json.load(open("seeds.json"))
    rows = []
    for seed in seeds:
        answer = complete(seed["instruction"])
        rows.append({"instruction": seed["instruction"], "output": answer})
    with open("data/instructions.jsonl", "w") as target:
        for row in rows:
            target.write(json.dumps(row) + "\\n")
'''

PREPARE = """import json


def load(path):
    with open(path) as source:
        return [json.loads(line) for line in source]


def to_features(rows, tokenizer):
    return [tokenizer(row["instruction"] + row["output"]) for row in rows]
"""

TRAIN = """from prepare import load, to_features
from trainers import Trainer, base_model, tokenizer

rows = load("data/instructions.jsonl")
trainer = Trainer(model=base_model, train_dataset=to_features(rows, tokenizer))
trainer.train()
"""

COMPARE = """MODELS = {"aurora-4": north_call, "vega-pro": south_call, "local": local_call}

scores = {}
for name, call in MODELS.items():
    scores[name] = sum(grade(task, call(task)) for task in TASKS) / len(TASKS)
print(sorted(scores.items(), key=lambda item: -item[1]))
"""

CELL = """answers = [south_call(question) for question in questions]
frame["score"] = [judge(a) for a in answers]
frame.to_csv("scores.csv")
"""

NORTH_OUTPUT = Clause(
    id="north.terms.output-training",
    document="North Business Terms",
    version="2025-06-01",
    section="2(c)",
    url="https://north.example/terms#use",
    summary="Customers may not use output to develop models that compete with the provider's own models.",
    exceptions=(
        "Embeddings and classifiers that categorise or organise the customer's own data, as long as they are not "
        "distributed.",
        "Fine-tuning through the provider's own service.",
    ),
    anchor="use Output to develop models that compete",
    effective="2025-06-01",
)
NORTH_BENCHMARK = Clause(
    id="north.terms.benchmarks",
    document="North Service Terms",
    version="2024-11",
    section="7",
    url="https://north.example/service-terms",
    summary="Published benchmarks must come with what others need to repeat them, and allow the same in return.",
    effective="2024-11",
    confidence="medium",
)
SOUTH_EVAL = Clause(
    id="south.policy.evaluation",
    document="South Usage Policy",
    version="2025",
    section="Research use",
    url="https://south.example/policy",
    summary="Systematic evaluation of the service needs prior written consent.",
    exceptions=("Evaluation of one's own application that contains the service.",),
    anchor="prior written consent for systematic evaluation",
    effective="2025",
)
AGORA = Clause(
    id="agora.api.training",
    document="Agora Developer Agreement",
    version="2025-03-15",
    section="III.A",
    url="https://agora.example/developer",
    summary="Content obtained through the API may not be used to train foundation or frontier models.",
    effective="2025-03-15",
    superseded="2026-12-01",
)


def rich() -> Report:
    """Several providers, two files and a notebook, every status, a long trace, a timeline."""
    training = Usage(
        id="u1",
        pattern="training-on-output",
        providers=("north",),
        models=("aurora-4",),
        confidence=Confidence.HIGH,
        location=Location("src/generate.py", 25, 18, 25, 47, scope="main"),
        trace=(
            Step("source", "src/generate.py", 13, 16, "aurora-4 answers"),
            Step("flow", "src/generate.py", 18, 5, "the answer is returned by complete()"),
            Step("loop", "src/generate.py", 24, 5, "called for every seed task"),
            Step("flow", "src/generate.py", 26, 9, "stored as “output” of an instruction record"),
            Step("flow", "src/generate.py", 29, 13, "written to data/instructions.jsonl"),
            Step("via", "src/prepare.py", 6, 17, "read from the same path"),
            Step("flow", "src/prepare.py", 10, 13, "turned into training features"),
            Step("sink", "src/train.py", 5, 11, "trains base_model"),
        ),
        evidence=(
            Evidence("record-shape", "records have the keys instruction and output", "src/generate.py", 26),
            Evidence("trainer", "a trainer is started", "src/train.py", 6, "strong"),
        ),
        attributes=(("datasets", ("data/instructions.jsonl",)), ("sdk", ("north-sdk",))),
    )
    compare = Usage(
        id="u2",
        pattern="competitor-benchmarking",
        providers=("north", "south", "self-hosted"),
        models=("aurora-4", "vega-pro"),
        confidence=Confidence.MEDIUM,
        location=Location("eval/compare.py", 5, 36, 5, 46),
        trace=(
            Step("source", "eval/compare.py", 5, 36, "each model answers the same task"),
            Step("loop", "eval/compare.py", 4, 1, "over the models in MODELS"),
            Step("sink", "eval/compare.py", 6, 7, "ranked by score"),
        ),
        attributes=(("sdk", ("north-sdk", "south-client")),),
    )
    notebook = Usage(
        id="u3",
        pattern="bulk-evaluation",
        providers=("south",),
        models=("vega-pro",),
        confidence=Confidence.LOW,
        location=Location("notebooks/scores.ipynb", 1, 12, 1, 32, cell=3),
        trace=(
            Step("source", "notebooks/scores.ipynb", 1, 12, "vega-pro answers each question", cell=3),
            Step("sink", "notebooks/scores.ipynb", 3, 1, "scores are written to scores.csv", cell=3),
        ),
        attributes=(("sdk", ("south-client",)),),
    )
    platform = Usage(
        id="u4",
        pattern="platform-data-training",
        providers=("agora",),
        models=(),
        confidence=Confidence.HIGH,
        location=Location("crawl/agora.py", 40, 9, 40, 40, scope="fetch"),
        trace=tuple(
            Step(
                "source" if n == 0 else "sink" if n == 23 else "flow",
                f"crawl/stage_{n // 4}.py" if n else "crawl/agora.py",
                10 + n,
                5,
                f"posts pass stage {n}",
            )
            for n in range(24)
        ),
        attributes=(("datasets", ("agora-dump-2025",)),),
    )
    ordinary = Usage(
        id="u5",
        pattern="ordinary-use",
        providers=("north",),
        models=("aurora-4-mini",),
        confidence=Confidence.HIGH,
        location=Location("app/chat.py", 12, 5, 12, 30, scope="Chat.reply"),
        attributes=(("sdk", ("north-sdk",)),),
    )
    unknown = Usage(
        id="u6",
        pattern="ordinary-use",
        providers=("unknown",),
        models=(),
        confidence=Confidence.LOW,
        location=Location("app/gateway.py", 8, 1, 8, 20),
    )
    open_weights = Usage(
        id="u7",
        pattern="bulk-generation",
        providers=("boreal",),
        models=("boreal-8b-instruct",),
        confidence=Confidence.HIGH,
        location=Location("src/local.py", 3, 9, 3, 44),
    )
    judgements = (
        _judge(training, "north", NORTH_OUTPUT, Verdict.PROHIBITED, Severity.ERROR,
               "Output of aurora-4 (src/generate.py:13) is written as instruction data (src/generate.py:29) and "
               "trained on (src/train.py:5).",
               "The model trained is a language model, and the clause speaks of models that compete.",
               "Train on output of a model whose terms allow it, tune through the provider's own service, or obtain "
               "written permission.",
               ("Will the trained model be offered to others?", "Is there an agreement beside the standard terms?"),
               also=("north.usage-policy.distillation",)),
        _judge(compare, "north", NORTH_BENCHMARK, Verdict.CONDITIONAL, Severity.WARNING,
               "aurora-4, vega-pro and a self-hosted model get the same tasks and are ranked (eval/compare.py:6).",
               "The clause lets benchmarks be published under conditions.",
               "Keep the tasks, prompts and settings with the results.",
               ("Will the ranking be published?",)),
        _judge(compare, "south", SOUTH_EVAL, Verdict.PROHIBITED, Severity.ERROR,
               "vega-pro is ranked against aurora-4 and a self-hosted model (eval/compare.py:6).",
               "The comparison is systematic and no consent is on record.", "Ask for written consent.", ()),
        _judge(notebook, "south", SOUTH_EVAL, Verdict.CONDITIONAL, Severity.NOTE,
               "vega-pro is run over a table of questions and its answers are scored (notebooks/scores.ipynb, cell 3).",
               "It may be an evaluation of one's own application.", "Say so in a waiver if it is.",
               ("Is the notebook about your own application?",)),
        _judge(platform, "agora", AGORA, Verdict.PROHIBITED, Severity.ERROR,
               "Posts read from Agora (crawl/agora.py:10) become training data (crawl/stage_5.py:33).",
               "The clause speaks of training on content obtained through the API.",
               "Use content under another licence, or ask for one.", ("Which model is trained?",)),
        _judge(ordinary, "north", None, Verdict.PERMITTED, Severity.NOTE, "An application answers users.", "", "", ()),
    )  # fmt: skip
    findings = (
        Finding(judgements[0], training, "a1b2c3d4e5f60718"),
        Finding(judgements[1], compare, "b2c3d4e5f6071829", Status.WAIVED, Waiver(
            "tosguard-waivers.yaml", "Internal ranking only, not published.", "R. Osei, General Counsel", "2026-03-02",
            "2027-03-01", "LEGAL-214", 4)),
        Finding(judgements[2], compare, "c3d4e5f60718293a", Status.OPEN, Waiver(
            "tosguard-waivers.yaml", "Consent was being negotiated.", "R. Osei, General Counsel", "2025-10-01",
            "2026-06-30", "LEGAL-190", 12)),
        Finding(judgements[3], notebook, "d4e5f60718293a4b", Status.BASELINE),
        Finding(judgements[4], platform, "e5f60718293a4b5c"),
    )  # fmt: skip
    return Report(
        run=Run("0.9.0", "2026-11-21", ".", COMMIT, True, FileCounts(412, 96, 20, 1), project="Lodestar",
                branch="main", scope=("src", "eval", "notebooks", "crawl", "app"), excluded=("vendor/**",),
                settings=(("Develops models", "yes"), ("Products", "a general assistant"))),
        packs=(
            PackVersion("agora", "2025-03-15", "7c" * 32),
            PackVersion("north", "2025-06-01", "1f" * 32),
            PackVersion("south", "2025", "a9" * 32),
        ),
        usages=(training, compare, notebook, platform, ordinary, unknown, open_weights),
        judgements=judgements,
        findings=findings,
        errors=(
            AnalysisError("legacy/py2_script.py", 14, "not Python 3: Missing parentheses in call to 'print'"),
            AnalysisError("data/huge.py", 0, "larger than 2 MB, not read"),
        ),
        notices=("Waiver 3 in tosguard-waivers.yaml matches no finding.",),
        sources={
            "src/generate.py": GENERATE,
            "src/prepare.py": PREPARE,
            "src/train.py": TRAIN,
            "eval/compare.py": COMPARE,
            "notebooks/scores.ipynb#3": CELL,
        },
        timeline=TermsTimeline("2026-11-21", (
            TermsVersion("agora", AGORA.document, "2023-07", "2023-07", "2025-03-15", False, AGORA.url),
            TermsVersion("agora", AGORA.document, "2025-03-15", "2025-03-15", "2026-12-01", True, AGORA.url),
            TermsVersion("north", NORTH_OUTPUT.document, "2023-11", "2023-11", "2025-06-01", False, NORTH_OUTPUT.url),
            TermsVersion("north", NORTH_OUTPUT.document, "2025-06-01", "2025-06-01", "", True, NORTH_OUTPUT.url),
            TermsVersion("north", NORTH_BENCHMARK.document, "2024-11", "2024-11", "", True, NORTH_BENCHMARK.url),
            TermsVersion("south", SOUTH_EVAL.document, "2025", "2025", "", True, SOUTH_EVAL.url),
        )),
        providers=(
            ProviderCard("agora", "Agora", "platform"),
            ProviderCard("boreal", "Boreal weights", "weights"),
            ProviderCard("north", "North AI"),
            ProviderCard("self-hosted", "Self-hosted", "self-hosted"),
            ProviderCard("south", "South Models"),
            ProviderCard("unknown", "Unknown", "unknown"),
        ),
    )  # fmt: skip


#: Text that must show as text wherever it comes from.
SCRIPT = "<script>window.pwned=1</script>"
IMAGE = '"><img src=x onerror="window.pwned=1">'
HOSTILE = (
    SCRIPT,
    IMAGE,
    "=cmd|' /C calc'!A0",
    "{{ 7*7 }}",
    "`code` **bold** [link](javascript:alert(1)) | cell",
    "\u202egnp.exe\u202c right-to-left",
    "bell \x07 escape \x1b[31mred\x1b[0m null \x00 del \x7f",
    "line\nbreak\r\nand\ttab",
    "שלום عربى",
    "lone \udc80 surrogate",
    "x" * 10_000,
    "]]> --> </textarea></style></title>",
)


def hostile() -> Report:
    """One finding for each hostile text, put into every field that audited code or a pack can fill."""
    findings = []
    sources = {}
    for number, text in enumerate(HOSTILE):
        path = f"src/{text}.py"
        usage = Usage(
            id=f"h{number}{text}",
            pattern="training-on-output",
            providers=(text,),
            models=(text,),
            confidence=Confidence.HIGH,
            location=Location(path, 2, 5, 2, 9, scope=text),
            trace=(
                Step("source", path, 2, 5, text),
                Step("via", path, 3, 1, text),
                Step("sink", "other.py", 1, 1, text),
            ),
            evidence=(Evidence("kind", text, path, 2),),
            attributes=(("datasets", (text,)), ("sdk", (text,))),
        )
        clause = Clause(text, text, text, text, f"javascript:{text}", text, (text,), text, text, text, "low")
        judgement = Judgement(
            text, usage.id, text, Verdict.PROHIBITED, Severity.ERROR, text, text, text, (text,), clause, (text,), text
        )
        waiver = Waiver(text, text, text, "2026-01-01", "2026-12-31", text, 3)
        findings.append(Finding(judgement, usage, f"{number:016x}", Status.WAIVED, waiver))
        sources[path] = f"# {text}\nx = {text}\n# {'y' * 10_000}{text}\n"
    run = Run("0.9.0", "2026-11-21", SCRIPT, None, False, FileCounts(1, 1, 0, 1), project=f'{IMAGE}\\"; {SCRIPT}',
              branch=SCRIPT, scope=HOSTILE, excluded=HOSTILE, settings=((SCRIPT, IMAGE),))  # fmt: skip
    return Report(
        run=run,
        packs=tuple(PackVersion(text, text, text) for text in HOSTILE),
        usages=tuple(f.usage for f in findings),
        judgements=tuple(f.judgement for f in findings),
        findings=tuple(findings),
        errors=tuple(AnalysisError(text, 1, text) for text in HOSTILE),
        notices=HOSTILE,
        sources=sources,
        providers=tuple(ProviderCard(text, text) for text in HOSTILE[:3]),
    )


def many(count: int) -> Report:
    """The rich report with ``count`` findings spread over its usages, each in a file of its own."""
    base = rich()
    usages, judgements, findings = [], [], []
    sources = dict(base.sources)
    for number in range(count):
        model = base.findings[number % len(base.findings)]
        prefix = f"team{number % 40:02d}/pkg{number:04d}/"
        trace = tuple(dataclasses.replace(s, path=prefix + s.path) for s in model.usage.trace)
        place = dataclasses.replace(model.usage.location, path=prefix + model.usage.location.path)
        usage = dataclasses.replace(model.usage, id=f"m{number}", location=place, trace=trace)
        message = f"{model.judgement.message[:-1]} in package {number}."
        judgement = dataclasses.replace(model.judgement, usage=usage.id, message=message)
        for key in {key for step in (*trace, place) for key in (step.path, f"{step.path}#3")}:
            text = base.sources.get(key.removeprefix(prefix))
            if text is not None:
                sources[key] = text
        usages.append(usage)
        judgements.append(judgement)
        findings.append(dataclasses.replace(model, judgement=judgement, usage=usage, fingerprint=f"{number:016x}"))
    return dataclasses.replace(
        base, usages=tuple(usages), judgements=tuple(judgements), findings=tuple(findings), sources=sources
    )


def _judge(usage, provider, clause, verdict, severity, message, why, remedy, questions, also=()):
    rule = f"{provider}.{usage.pattern}"
    return Judgement(rule, usage.id, provider, verdict, severity, message, why, remedy, questions, clause, also)
