"""Readings: the ways in which each pattern is met, most telling first.

A reading needs one clue out of every group of ``needs`` and none out of ``unless``. The first that is met gives the
confidence. Numbers and names that collectors use stand in ``limits.py``.
"""

from __future__ import annotations

from dataclasses import dataclass

from tosguard.usage.model import Confidence
from tosguard.usage.telling.groups import (
    AGREEING_UNLESS,
    ANSWERS,
    COLLECTED_OTHERWISE,
    COUNTED_UNLESS,
    DECIDED,
    EVALUATED,
    EVALUATED_OTHERWISE,
    EVALUATION_NAMED,
    EVALUATION_SAID,
    FEW,
    FOR_TRAINING,
    JUDGE_SAID,
    JUDGING_NEAR,
    KEPT,
    MANY,
    MANY_ITEMS,
    MANY_ROWS,
    MEASURED,
    MEASURED_DRAFTS,
    MEASURED_MORE,
    MEASURED_SOMEHOW,
    NO_BULK,
    NO_VERDICT,
    OTHERWISE_TRAINED,
    OWN_PROMPTS,
    PLATFORM_FOR_TRAINING,
    PLATFORM_MANY,
    PLAYERS,
    RATED,
    RATED_RECORDS,
    RATED_ROWS,
    READ_TO_SCORE,
    REPEATED,
    SAFETY_SHOWN,
    SAID_TO_RATE,
    SCORED,
    SCORED_AGAINST_DATA,
    SCORED_ITSELF,
    SCORED_LATER_UNLESS,
    SCORED_OR_JUDGED,
    SCORED_SURE,
    SEES_OR_MANY,
    SHOWN_ANSWERS,
    TESTED,
    TRAINING_NAMED,
    TRAINING_NEAR,
    UNSEEN,
    VENDORS,
    VENDORS_SURE,
    Group,
)

HIGH, MID, LOW = Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a pattern is met. ``roles`` limits it to sites of these roles (empty: any)."""

    pattern: str
    confidence: Confidence
    needs: tuple[Group, ...]
    unless: Group = ()
    roles: Group = ()
    says: str = ""


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
    Reading("safety-evaluation", MID, (("safety-readme",), MANY_ROWS, ("traits-kept",)), ("handful",), ANSWERS),
    Reading(
        "safety-evaluation", MID, (("safety-readme",), MANY, MEASURED_SOMEHOW), ("judge-prompt", "handful"), ANSWERS
    ),
    Reading(
        "competitor-benchmarking",
        HIGH,
        (VENDORS, (*SCORED, "results-meet", "compared!"), (*MANY, "handful")),
        ("drafts",),
    ),
    Reading("competitor-benchmarking", HIGH, (VENDORS, MEASURED_DRAFTS, MANY_ROWS, (*SCORED, "results-meet"))),
    Reading(
        "competitor-benchmarking",
        MID,
        (VENDORS_SURE, MANY_ROWS, ("score-words", "compared", "latency-words")),
        ("drafts",),
    ),
    Reading("competitor-benchmarking", MID, (VENDORS_SURE, ("comparison-words+", "evaluation-words+"))),
    Reading("competitor-benchmarking", MID, (VENDORS_SURE, ("comparison-words",)), ("drafts",)),
    Reading("competitor-benchmarking", MID, (VENDORS_SURE, MANY_ROWS, ("kept-in-turn",)), (*FOR_TRAINING, "drafts")),
    Reading("competitor-benchmarking", MID, (PLAYERS, ("game-words",), (*REPEATED, "handful")), ("drafts",), ANSWERS),
    Reading(
        "competitor-benchmarking",
        MID,
        (("open-choice", "any-maker"), ("game-words",), ("standings-words",), REPEATED),
        ("drafts", "judge-prompt"),
        ANSWERS,
    ),
    Reading("competitor-benchmarking", MID, (("open-choice",), MANY, ("comparison-words+",), (*SCORED, "written"))),
    Reading(
        "competitor-benchmarking",
        MID,
        (("open-choice",), ("model-loop",), MANY, (*RATED, "counted", "reference-data")),
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
    Reading(
        "competitor-benchmarking",
        MID,
        (("named-answers",), MANY, SAID_TO_RATE),
        ("judge-prompt", "judge-words+"),
        ANSWERS,
    ),
    Reading(
        "competitor-benchmarking",
        MID,
        (("named-answers",), ("open-choice",), ("read-together",), MANY, ("evaluation-words", "evaluation-readme")),
        ("judge-prompt",),
        ANSWERS,
    ),
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
    Reading(
        "llm-as-judge",
        MID,
        (("judge-prompt+",), ("evaluation-readme",), ("score-words",), KEPT, MANY),
        (*SCORED_ITSELF, "benchmark-data"),
        ANSWERS,
    ),
    Reading("llm-as-judge", MID, (("reads-off-answers",), SHOWN_ANSWERS, READ_TO_SCORE), NO_VERDICT, ANSWERS),
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
    Reading("platform-data-training", HIGH, (("platform-content!",), ("platform-to-training!",))),
    Reading("platform-data-training", MID, (("platform-content",), ("platform-to-training!",))),
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
    Reading("platform-data-to-llm", HIGH, (("platform-content!",), ("platform-to-model",), PLATFORM_MANY), FEW),
    Reading("platform-data-to-llm", MID, (("platform-content",), ("platform-to-model",), PLATFORM_MANY), FEW),
    Reading("platform-bulk-copy", MID, (("platform-content",), ("platform-stored",), PLATFORM_MANY), FEW),
    # ---- generation
    Reading("bulk-generation", HIGH, (MANY_ROWS, ("written", "published", "answer-kept")), NO_BULK),
    Reading("bulk-generation", MID, (MANY_ROWS,), NO_BULK),
    Reading("bulk-generation", MID, (MANY_ITEMS, ("written", "published")), (*NO_BULK, "feeds-back")),
    # ---- the rest
    Reading("ordinary-use", HIGH, ()),
)
