"""The patterns, declared over kinds of evidence.

A pattern has *readings*: ways in which it is met, most telling first. A reading needs one clue out of every group of
``needs`` and none out of ``unless``. A kind with ``+`` behind it asks for more than weak evidence, one
with ``!`` for strong. The first reading that is met gives the confidence. Numbers and names that collectors use stand
in ``limits.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

from tosguard.usage.evidence import KINDS, MEDIUM, STRONG, Dossier
from tosguard.usage.model import Confidence

HIGH, MID, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW

Group = tuple[str, ...]

#: Repetition that makes a bulk.
MANY: Group = ("loop-over-data", "loop-counted+", "batch-api", "answer-listed")
#: Repetition over more than what one answer lists, which may be the steps of a plan or the pieces of a stream.
MANY_ITEMS: Group = ("loop-over-data", "loop-counted+", "batch-api")
#: Repetition that can be shown to run over rows.
MANY_ROWS: Group = ("loop-over-data+", "batch-api")
#: Repetition of any kind.
REPEATED: Group = ("loop-over-data", "loop-counted", "answer-listed", "open-loop", "called-from-elsewhere")
#: How often cannot be seen here.
UNSEEN: Group = ("called-from-elsewhere", "open-loop")
#: No bulk of a provider's, whatever else repeats.
NO_BULK: Group = (
    "handful",
    "document-chunks",
    "pieces-named",
    "inference-kind",
    "platform-input",
    "benchmark-data",
    "self-hosted",
    "ranks",
)
#: Roles at which a model answers a task.
ANSWERS: Group = ("generate", "unofficial", "judge", "transcribe", "image", "speech")
#: Results that are scores.
SCORED: Group = ("metric", "score-kept", "graded")
#: Results that are scores, and not just what the answer itself says.
SCORED_SURE: Group = ("metric", "score-kept!", "graded")
#: Shows that answers of several models, of which training data are made as well, are compared for their own sake.
RATINGS: Group = (*SCORED, "comparison-words", "evaluation-words", "judge-prompt", "features-trained", "compared")
#: Answers are rated, or names say that they are.
RATED: Group = (*SCORED, "scored-later", "comparison-words", "evaluation-words", "score-words")
#: Names or tasks say that answers are rated.
SAID_TO_RATE: Group = ("comparison-words", "evaluation-words+", "benchmark-data")
#: Something hangs on the answer, or it is stored.
DECIDED: Group = ("compared", "decided", "written")
#: What becomes of a verdict.
KEPT: Group = ("answer-kept", "verdict-parsed", "decided", "compared")
#: Speaks of an evaluation in the nearer surroundings.
EVALUATION_SAID: Group = ("evaluation-words+", "reference-data", "benchmark-data")
#: Where answers are compared with rows to choose what is kept, not to count what is right.
COUNTED_UNLESS: Group = ("handful", "written", "published", "training-words", "inference-kind")
#: The same where it is counted how many agree, and all of them are kept.
AGREEING_UNLESS: Group = ("handful", "published", "training-words+", "training-readme+", "curation", "inference-kind")
#: Where stored answers are compared with data to choose what is trained on.
SCORED_LATER_UNLESS: Group = ("handful", "published", "training-words+")
#: Speaks for judging beside a judge's prompt.
JUDGING_NEAR: Group = ("told-output", "rival-files", "judge-file")
#: A verdict that steers what is going on, or one on what people wrote: no measurement of a model.
NO_VERDICT: Group = ("feeds-back", "chooses", "guards", "ranks", "platform-input", "peoples-work", "user-asked")
#: A prompt that asks for a verdict is a judge's for sure where names or the prompt say so as well.
JUDGE_SAID: Group = ("judge-words+", "told-output", "evaluation-words")
#: Shows whose answer it is that is judged, says that one is, or that many are.
SEES_OR_MANY: Group = ("sees-output", "sees-answer-field", "told-output", "judge-file", "test-code", *MANY)
#: Speaks against a verdict where a prompt is not known to ask for one: the answer itself is scored.
SCORED_ITSELF: Group = (
    *NO_VERDICT,
    "metric",
    "compared!",
    "graded",
    "counted",
    "scored-later",
    "training-words+",
    "rewrites",
)
#: Answers are scored, now or later, or kept for each model.
MEASURED_SOMEHOW: Group = (*SCORED, "compared!", "counted", "scored-later", "read-together", "results-meet")
#: Shows that the tasks are about safety.
SAFETY_SHOWN: Group = ("safety-data", "safety-scorer")
#: Several makers' models get the same tasks.
VENDORS: Group = ("several-vendors", "own-model-compared")
VENDORS_SURE: Group = ("several-vendors+", "own-model-compared")
#: Training that is not the provider's own service.
OTHERWISE_TRAINED: Group = ("other-trainer", "published", "flow-to-trainer")
#: Names in the nearest surroundings that speak of training.
TRAINING_NAMED: Group = ("training-words+", "training-prompt", "training-publication", "training-doc")
#: The same, or what only training data has.
FOR_TRAINING: Group = (*TRAINING_NAMED, "training-record", "published")
#: The same, or a trainer that reads a file of a similar name.
TRAINING_NEAR: Group = ("training-words+", "training-prompt", "similar-file-name")
#: Speaks against training where only names speak for it.
EVALUATED: Group = (
    "evaluation-words+",
    "judge-words+",
    "metric",
    "graded",
    "compared!",
    "score-kept",
    "judge-prompt",
    "test-code",
)
#: The same where a name says what the answers are for: they are measured to drop what is alike or wrong, too.
EVALUATED_OTHERWISE: Group = tuple(kind for kind in EVALUATED if kind != "metric")
#: The same where records of the shape of training data are written one after the other, whatever is counted of them.
RATED_RECORDS: Group = (*(kind for kind in EVALUATED if kind != "score-kept"), "handful")
#: Shows that answers are scored, or are verdicts; one that is only checked before it is kept is not.
SCORED_OR_JUDGED: Group = (
    *("metric", "graded", "score-kept", "counted", "scored-later", "judge-prompt", "judge-words+", "test-code"),
    "handful",
)
#: Shows that the records are results: answers are compared with what was read, and what comes of it is kept.
SCORED_AGAINST_DATA: Group = ("counted", "score-kept!")
#: Says of records that only look like training data what they are written for.
EVALUATION_NAMED: Group = ("evaluation-words+", "judge-words+", "judge-prompt")
#: The same where what a model grades is published all the same: grades choose what is trained on.
MEASURED: Group = ("evaluation-words+", "judge-words+", "metric", "compared!", "score-kept", "judge-prompt")
#: Speaks against training where rows of training data are shown to a model.
RATED_ROWS: Group = ("evaluation-words+", "judge-words+", "metric", "graded", "score-kept", "judge-prompt", "handful")
#: Says that platform content is kept for training.
PLATFORM_FOR_TRAINING: Group = ("training-words+", "training-doc")
#: Shows that the program has prompts of its own: what comes in is part of them, not passed on.
OWN_PROMPTS: Group = ("training-prompt", "judge-prompt")
#: A test calls what is a server elsewhere.
TESTED: Group = ("test-code",)
#: Shows that what another call gave is looked at to be measured: a program looks once at its own answer, too.
MEASURED_MORE: Group = ("judge-file", "judge-words+", "told-output", "sees-answer-field", "handful", "test-code", *MANY)
#: Platform content read at length, or only a little of it.
PLATFORM_MANY: Group = ("platform-bulk",)
FEW: Group = ("platform-few",)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a pattern is met. ``roles`` limits it to sites of these roles (empty: any)."""

    pattern: str
    confidence: Confidence
    needs: tuple[Group, ...]
    unless: Group = ()
    roles: Group = ()
    says: str = ""


#: What a benchmark's project asks models for beside what it measures.
COLLECTED_OTHERWISE: Group = (
    *("handful", "makes-tasks", "document-chunks", "pieces-named", "inference-kind", "judge-prompt", "rewrites"),
    *("training-readme", *FOR_TRAINING),
)

READINGS: tuple[Reading, ...] = (
    # ---- training
    Reading("same-provider-tuning", HIGH, (("flow-to-tuning",), ("own-service",)), OTHERWISE_TRAINED),
    Reading("same-provider-tuning", MID, (("flow-to-tuning-inferred",), ("own-service",)), OTHERWISE_TRAINED),
    Reading(
        "same-provider-tuning", MID, (("tuning-beside",), ("own-service",)), (*OTHERWISE_TRAINED, "trainer-in-project")
    ),
    Reading("same-provider-tuning", MID, (("tuning-call",), ("graded-by-model",), ("own-service",))),
    Reading("same-provider-tuning", MID, (("stored-for-tuning",), ("tuning-job",)), OTHERWISE_TRAINED),
    Reading("training-on-output", HIGH, (("flow-to-trainer", "flow-to-tuning"),)),
    Reading("training-on-output", HIGH, (("training-record",), ("published",))),
    Reading("training-on-output", HIGH, (("known-provider-data",), ("data-to-trainer",))),
    Reading(
        "training-on-output",
        MID,
        (("known-provider-data",), ("written", "published"), ("trainer-in-project", "training-readme")),
    ),
    Reading("training-on-output", MID, (("known-provider-data",), ("training-record", "training-publication"))),
    Reading("training-on-output", MID, (("flow-to-trainer-inferred", "flow-to-tuning-inferred"),)),
    Reading("training-on-output", MID, (("flow-to-estimator-inferred",),), SCORED),
    Reading("training-on-output", MID, (("flow-to-estimator-inferred",), ("training-readme+", "training-doc"))),
    Reading("training-on-output", MID, (("features-trained", "labels-trained", "reward-given+"),)),
    Reading("training-on-output", MID, (("training-record",), TRAINING_NAMED)),
    Reading("training-on-output", MID, (("training-record",), ("same-record-keys",)), SCORED_AGAINST_DATA),
    Reading(
        "training-on-output",
        MID,
        (("training-record",), ("trainer-in-project",)),
        (*EVALUATION_NAMED, *SCORED_AGAINST_DATA),
    ),
    Reading(
        "training-on-output",
        MID,
        (("training-record",), ("trainer-in-project",), ("training-readme+",)),
        EVALUATION_NAMED,
    ),
    Reading(
        "training-on-output",
        MID,
        (("training-record",), ("written", "published"), (*MANY, "training-readme")),
        RATED_RECORDS,
    ),
    Reading(
        "training-on-output", MID, (("written", "published"), ("feedback-readme",), MANY_ROWS), ("evaluation-words+",)
    ),
    Reading(
        "training-on-output",
        MID,
        (("field-kept",), ("training-readme+",), MANY_ROWS),
        (*EVALUATED, "evaluation-words"),
    ),
    Reading(
        "training-on-output", MID, (("instruction-input",), ("written", "published"), MANY), (*RATED_ROWS, "handful")
    ),
    Reading(
        "training-on-output", MID, (("rewrites",), ("written", "published"), ("training-readme",), MANY_ROWS), EVALUATED
    ),
    Reading("training-on-output", MID, (("weak-record",), TRAINING_NAMED), EVALUATED_OTHERWISE),
    Reading("training-on-output", MID, (("weak-record",), ("published",), MANY_ROWS), EVALUATED),
    Reading("training-on-output", MID, (("weak-record",), ("training-readme",), MANY), (*EVALUATED, "handful")),
    Reading("training-on-output", MID, (("written",), ("training-readme",), ("training-words",), MANY_ROWS), EVALUATED),
    Reading(
        "training-on-output",
        MID,
        (("written", "published"), ("training-readme",), ("trainer-in-project",), MANY_ROWS),
        EVALUATED,
    ),
    Reading("training-on-output", MID, (("published",), ("training-words", *TRAINING_NAMED)), EVALUATED),
    Reading("training-on-output", MID, (("published",), ("training-publication",)), MEASURED),
    Reading(
        "training-on-output",
        MID,
        (("published",), ("training-publication",), ("weak-record",)),
        (*SCORED, "judge-words+"),
    ),
    Reading(
        "training-on-output",
        MID,
        (("published",), ("training-publication",), ("weak-record",), ("similar-file-name",)),
        ("evaluation-words+", "judge-words+"),
    ),
    Reading("training-on-output", MID, (("written",), ("training-prompt", "training-publication")), EVALUATED),
    Reading("training-on-output", MID, (("training-prompt!",), ("answer-kept", "written")), EVALUATED),
    Reading("training-on-output", MID, (("training-prompt",), ("training-words+",), MANY_ROWS), EVALUATED),
    Reading(
        "training-on-output",
        MID,
        (("training-prompt!",), ("training-readme+",), REPEATED),
        ("metric", "graded", "score-kept", "test-code"),
    ),
    Reading("training-on-output", MID, (("provider-export",), ("training-record", "written"))),
    Reading("training-on-output", MID, (("written",), MANY, ("trainer-in-project",), TRAINING_NEAR), EVALUATED),
    Reading("training-on-output", MID, (("written",), MANY, ("training-doc",)), EVALUATED),
    Reading("training-on-output", MID, (("written", "published"), ("training-adds-up!",), MANY_ROWS), SCORED_OR_JUDGED),
    Reading(
        "training-on-output",
        MID,
        (("written", "published"), ("training-adds-up",), MANY_ROWS),
        (*SCORED_OR_JUDGED, "evaluation-words+", "benchmark-data"),
    ),
    Reading(
        "training-on-output",
        MID,
        (("written", "published"), ("training-adds-up",), ("training-readme+",), MANY),
        (*(k for k in SCORED_OR_JUDGED if k != "handful"), "evaluation-words+", "benchmark-data", "logprob-harvest"),
    ),
    Reading("training-on-output", LOW, (("curation",),), ("benchmark-data", "counted", "metric", "evaluation-words+")),
    Reading("training-on-output", LOW, (("reward-given",),)),
    Reading("training-on-output", LOW, (("known-provider-data",), ("published", "training-words+"))),
    # ---- extraction
    Reading("model-extraction", HIGH, (("token-probing+",), REPEATED, ("extraction-words+",))),
    Reading(
        "model-extraction",
        MID,
        (("extraction-words+",), MANY, ("written", "score-kept", "metric", "counted")),
        ("judge-prompt", "judge-words+"),
        ANSWERS,
    ),
    Reading(
        "model-extraction",
        MID,
        (("extraction-readme",), MANY, ("metric", "score-kept!", "counted")),
        ("judge-prompt", "judge-words+"),
        ANSWERS,
    ),
    # ---- evaluation
    Reading("safety-evaluation", HIGH, (SAFETY_SHOWN, MANY, (*SCORED, "compared", "written")), (), ANSWERS),
    Reading("safety-evaluation", HIGH, (("safety-scorer",), ("evaluation-service",)), (), ANSWERS),
    Reading("safety-evaluation", MID, (SAFETY_SHOWN, MANY, ("verdict-parsed", "decided")), (), ANSWERS),
    Reading("safety-evaluation", MID, (("safety-words+",), MANY, (*SCORED, "compared")), ("served",), ANSWERS),
    Reading(
        "safety-evaluation",
        MID,
        (("safety-words+",), EVALUATION_SAID, MANY, DECIDED),
        ("judge-prompt", "handful", "training-publication", "makes-tasks"),
        ANSWERS,
    ),
    Reading(
        "safety-evaluation", MID, (("safety-readme",), MANY, MEASURED_SOMEHOW), ("judge-prompt", "handful"), ANSWERS
    ),
    Reading("competitor-benchmarking", HIGH, (VENDORS, (*SCORED, "results-meet", "compared!"), (*MANY, "handful"))),
    Reading("competitor-benchmarking", MID, (VENDORS_SURE, MANY_ROWS, ("score-words", "compared", "latency-words"))),
    Reading("competitor-benchmarking", MID, (VENDORS_SURE, ("comparison-words", "evaluation-words+"))),
    Reading("competitor-benchmarking", MID, (VENDORS_SURE, MANY_ROWS, ("kept-in-turn",)), FOR_TRAINING),
    Reading("competitor-benchmarking", MID, (("open-choice",), MANY, ("comparison-words+",), (*SCORED, "written"))),
    Reading(
        "competitor-benchmarking",
        MID,
        (("open-choice",), ("model-loop",), MANY, (*RATED, "counted")),
        ("judge-words+",),
    ),
    Reading(
        "competitor-benchmarking",
        MID,
        (("open-choice",), ("read-together",), MANY, ("comparison-words", "evaluation-words"), (*RATED, "counted")),
        ("judge-words+",),
    ),
    Reading("competitor-benchmarking", MID, ((*VENDORS_SURE, "model-loop"), ("shown-together",))),
    Reading("competitor-benchmarking", MID, (("stage",), ("comparison-words",), (*REPEATED, "handful"))),
    Reading(
        "competitor-benchmarking", MID, (("side-by-side",), MANY, (*RATED, "compared", "compared-outputs")), (), ANSWERS
    ),
    Reading("competitor-benchmarking", MID, (("named-answers",), MANY, SAID_TO_RATE), ("judge-prompt",), ANSWERS),
    Reading("competitor-benchmarking", MID, (("rival-files",), MANY, ("judge-prompt", "judge-words+"))),
    Reading("bulk-evaluation", HIGH, (("evaluation-service",),), (), ANSWERS),
    Reading("bulk-evaluation", HIGH, (SCORED_SURE, MANY_ROWS), ("handful", "curation"), ANSWERS),
    Reading("bulk-evaluation", HIGH, (("compared!",), MANY_ROWS, EVALUATION_SAID), ("handful",), ANSWERS),
    Reading("bulk-evaluation", HIGH, (("benchmark-data",), (*SCORED, "compared")), (), ANSWERS),
    Reading("bulk-evaluation", MID, (SCORED_SURE, MANY), ("handful", "curation"), ANSWERS),
    Reading("bulk-evaluation", MID, (("scored-later",), MANY_ROWS), SCORED_LATER_UNLESS, ANSWERS),
    Reading("bulk-evaluation", MID, (("scored-beside",), ("written",), MANY_ROWS), SCORED_LATER_UNLESS, ANSWERS),
    Reading("bulk-evaluation", MID, (SCORED, MANY, EVALUATION_SAID), ("handful",), ANSWERS),
    Reading(
        "bulk-evaluation",
        MID,
        (EVALUATION_SAID, MANY, DECIDED),
        ("handful", "training-publication", "makes-tasks", "user-asked"),
        ANSWERS,
    ),
    Reading(
        "bulk-evaluation",
        MID,
        (("compared-outputs",), MANY_ROWS, ("score-words",), ("evaluation-words",)),
        ("handful",),
        ANSWERS,
    ),
    Reading(
        "bulk-evaluation", MID, (EVALUATION_SAID, UNSEEN, (*SCORED, "compared!")), ("handful", "makes-tasks"), ANSWERS
    ),
    Reading(
        "bulk-evaluation", MID, (("evaluation-readme",), ("result-words",), MANY_ROWS), COLLECTED_OTHERWISE, ANSWERS
    ),
    Reading("bulk-evaluation", MID, (("evaluation-words",), ("compared!",), MANY), ("handful",), ANSWERS),
    Reading("bulk-evaluation", MID, (("evaluation-words+",), ("compared",), MANY), ("handful",), ANSWERS),
    Reading("bulk-evaluation", MID, (("compared!",), MANY_ROWS, ("score-words", "counted")), COUNTED_UNLESS, ANSWERS),
    Reading(
        "bulk-evaluation", MID, (("compared!",), MANY_ROWS, ("score-words",), ("counted",)), AGREEING_UNLESS, ANSWERS
    ),
    Reading(
        "bulk-evaluation",
        MID,
        (("counted",), ("compared!",), MANY, ("evaluation-words",)),
        ("handful", "inference-kind", "training-readme", *TRAINING_NAMED),
        ANSWERS,
    ),
    Reading("bulk-evaluation", LOW, (SCORED, ("handful",), EVALUATION_SAID), ("inference-kind",), ANSWERS),
    # ---- judging
    Reading("llm-as-judge", HIGH, (("judge-service",),), (), ANSWERS),
    Reading(
        "llm-as-judge",
        HIGH,
        (("judge-prompt",), JUDGE_SAID, ("sees-output",), KEPT, MEASURED_MORE),
        NO_VERDICT,
        ANSWERS,
    ),
    Reading(
        "llm-as-judge", HIGH, (("judge-prompt",), ("judge-words+",), ("judge-file", *MANY), KEPT), NO_VERDICT, ANSWERS
    ),
    Reading("llm-as-judge", MID, (("judge-prompt",), JUDGING_NEAR), NO_VERDICT, ANSWERS),
    Reading("llm-as-judge", MID, (("judge-prompt",), ("judge-words+",), SEES_OR_MANY), NO_VERDICT, ANSWERS),
    Reading("llm-as-judge", MID, (("judge-prompt",), ("evaluation-words+",), MEASURED_MORE), NO_VERDICT, ANSWERS),
    Reading("llm-as-judge", MID, (("judge-prompt+",), ("sees-output",), MEASURED_MORE), NO_VERDICT, ANSWERS),
    Reading(
        "llm-as-judge", MID, (("judge-prompt+",), ("judge-words",), SEES_OR_MANY), (*NO_VERDICT, "graded"), ANSWERS
    ),
    Reading("llm-as-judge", MID, (("judge-prompt",), ("sees-answer-field",), KEPT), (*NO_VERDICT, "graded"), ANSWERS),
    Reading("llm-as-judge", MID, (("judge-words+",), ("sees-output",)), (*NO_VERDICT, "graded"), ANSWERS),
    Reading("llm-as-judge", MID, (("judge-words+",), ("judge-file", *MANY), KEPT), (*NO_VERDICT, "graded"), ANSWERS),
    Reading(
        "llm-as-judge",
        MID,
        (("sees-output",), ("evaluation-words+",), ("score-words",), KEPT),
        (*SCORED_ITSELF, "benchmark-data"),
        ANSWERS,
    ),
    Reading(
        "llm-as-judge",
        MID,
        (("sees-answer-field",), ("evaluation-words+",), ("verdict-parsed",), MANY),
        SCORED_ITSELF,
        ANSWERS,
    ),
    Reading(
        "llm-as-judge",
        MID,
        (("sees-answer-field!",), ("evaluation-words+",), KEPT, MANY),
        (*SCORED_ITSELF, "benchmark-data"),
        ANSWERS,
    ),
    Reading(
        "llm-as-judge",
        MID,
        (("judge-readme",), ("evaluation-words+",), ("score-words", "judge-words", "judge-file"), KEPT, MANY),
        (*NO_VERDICT, "metric", "graded", "counted", "scored-later", "benchmark-data", "handful", "rewrites"),
        ANSWERS,
    ),
    # ---- access
    Reading("unofficial-access", HIGH, (("unofficial-client", "session-credential"),)),
    Reading("rate-limit-evasion", HIGH, (("switch-on-limit", "cycled-keys!"),)),
    Reading("rate-limit-evasion", MID, (("random-key", "cycled-keys"),)),
    Reading("rate-limit-evasion", LOW, (("random-endpoint",),)),
    Reading("resale-proxy", HIGH, (("served",), ("forwarded-body", "compatible-route"), ("own-accounts",)), TESTED),
    Reading(
        "resale-proxy", MID, (("served",), ("forwarded-body",)), ("inference-kind", "ranks", *OWN_PROMPTS, *TESTED)
    ),
    Reading(
        "resale-proxy", MID, (("served",), ("compatible-route",), ("opaque-body", "proxy-words", "key-pool")), TESTED
    ),
    # ---- platforms
    Reading("platform-data-training", HIGH, (("platform-content",), ("platform-to-training!",))),
    Reading("platform-data-training", MID, (("platform-content",), ("platform-to-training",), ("training-words",))),
    Reading("platform-data-training", MID, (("platform-content",), ("platform-stored",), PLATFORM_FOR_TRAINING)),
    Reading(
        "platform-data-training",
        MID,
        (PLATFORM_MANY, ("platform-stored",), ("training-words", "training-in-project")),
        (*FEW, "platform-to-model"),
    ),
    Reading(
        "platform-data-training",
        MID,
        (PLATFORM_MANY, ("platform-printed",), ("training-words",)),
        (*FEW, "platform-to-model"),
    ),
    Reading("platform-data-to-llm", HIGH, (("platform-content",), ("platform-to-model",), PLATFORM_MANY), FEW),
    Reading("platform-bulk-copy", MID, (("platform-content",), ("platform-stored",), PLATFORM_MANY), FEW),
    # ---- generation
    Reading("bulk-generation", HIGH, (MANY_ROWS, ("written", "published", "answer-kept")), NO_BULK),
    Reading("bulk-generation", MID, (MANY_ROWS,), NO_BULK),
    Reading("bulk-generation", MID, (MANY_ITEMS, ("written", "published")), (*NO_BULK, "feeds-back")),
    # ---- the rest
    Reading("ordinary-use", HIGH, ()),
)

#: Patterns of which at most one is reported at a site, most telling first.
FAMILIES: tuple[Group, ...] = (
    ("same-provider-tuning", "training-on-output"),
    ("model-extraction", "safety-evaluation", "competitor-benchmarking", "bulk-evaluation"),
    ("llm-as-judge",),
    ("unofficial-access",),
    ("rate-limit-evasion",),
    ("resale-proxy",),
    ("platform-data-training", "platform-data-to-llm", "platform-bulk-copy"),
    ("bulk-generation",),
)

#: A pattern that is met silences these, unless the dossier also holds one of the clues named.
SILENCES: dict[str, tuple[tuple[str, Group], ...]] = {
    "training-on-output": (
        ("bulk-generation", ()),
        ("bulk-evaluation", ()),
        ("competitor-benchmarking", RATINGS),
        ("llm-as-judge", ("judge-service",)),
    ),
    "same-provider-tuning": (
        ("bulk-generation", ()),
        ("bulk-evaluation", ("stored-for-tuning",)),
        ("llm-as-judge", ("judge-service",)),
    ),
    "model-extraction": (("bulk-generation", ()), ("llm-as-judge", ())),
    "safety-evaluation": (("bulk-generation", ()),),
    "competitor-benchmarking": (("bulk-generation", ()),),
    "bulk-evaluation": (("bulk-generation", ()),),
    "llm-as-judge": (
        ("bulk-evaluation", ("metric", "evaluation-service")),
        ("bulk-generation", ()),
        ("safety-evaluation", ()),
    ),
    "unofficial-access": (("bulk-generation", ()),),
    "rate-limit-evasion": (),
    "resale-proxy": (("bulk-generation", ()),),
}

#: What shows that no model need be there to be asked.
STAND_IN = "stand-in"

#: The reading of what is used for nothing in particular.
PLAIN: Reading = READINGS[-1]

#: Patterns that stand for everything that is done in the same round of a loop, with what they stand for.
ABSORBING: dict[str, Group] = {
    "training-on-output": ("bulk-generation",),
    "same-provider-tuning": ("bulk-generation",),
    "model-extraction": ("bulk-generation",),
    "safety-evaluation": ("bulk-generation",),
    "competitor-benchmarking": ("bulk-generation",),
    "bulk-evaluation": ("bulk-generation",),
    "llm-as-judge": ("bulk-generation",),
}

#: What may only check each answer before it is kept, in a round that makes material to train on, and what shows that
#: something is measured all the same.
CHECKING: dict[str, Group] = {
    "bulk-evaluation": ("training-on-output", "same-provider-tuning"),
    "llm-as-judge": ("training-on-output", "same-provider-tuning"),
}
MEASURED_FOR_SURE: Group = (
    *("metric", "score-kept", "scored-later", "counted", "evaluation-words", "judge-words", "score-words"),
    *("benchmark-data", "evaluation-service", "judge-service", "reference-data"),
)


def met(reading: Reading, dossier: Dossier, role: str) -> bool:
    """Whether a reading is met by what was found at a site of this role."""
    if reading.roles and role not in reading.roles:
        return False
    if reading is not PLAIN and dossier.has(STAND_IN):
        return False
    return not unmet(reading, dossier) and not any(_found(kind, dossier) for kind in reading.unless)


def unmet(reading: Reading, dossier: Dossier) -> tuple[Group, ...]:
    """The groups of a reading's needs of which nothing was found."""
    return tuple(g for g in reading.needs if not any(_found(kind, dossier) for kind in g))


def _found(kind: str, dossier: Dossier) -> bool:
    bare = kind.rstrip("+!")
    allowed = {"+": (STRONG, MEDIUM), "!": (STRONG,)}.get(kind[-1])
    return any(allowed is None or c.strength in allowed for c in dossier.of(bare))


def described(group: Group) -> str:
    """A group of needs in words."""
    return " or ".join(dict.fromkeys(KINDS[k.rstrip("+!")] for k in group))


def clues_used(reading: Reading) -> frozenset[str]:
    """The kinds of clues that a reading rests on."""
    return frozenset(k.rstrip("+!") for g in reading.needs for k in g)
