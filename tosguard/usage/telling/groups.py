"""Groups of kinds of evidence that stand for each other: any one of a group will do where a pattern asks for it.

A kind with ``+`` behind it asks for more than weak evidence, one with ``!`` for strong.
"""

from __future__ import annotations

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
    "test-code+",
    "drafts",
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
SCORED_LATER_UNLESS: Group = ("handful", "document-chunks", "published", "training-words+")
#: Speaks for judging beside a judge's prompt.
JUDGING_NEAR: Group = ("told-output", "rival-files", "judge-file")
#: A verdict that steers what is going on, or one on what people wrote: no measurement of a model.
NO_VERDICT: Group = (
    *("feeds-back", "chooses", "guards", "ranks", "platform-input", "peoples-work", "user-asked", "nothing-shown"),
)
#: A prompt that asks for a verdict is a judge's for sure where names or the prompt say so as well.
JUDGE_SAID: Group = ("judge-words+", "told-output", "evaluation-words")
#: Shows whose answer it is that is judged, says that one is, or that many are.
SEES_OR_MANY: Group = ("sees-output", "sees-answer-field", "told-output", "judge-file", "test-code", *MANY)
#: Shows whose answer it is that something is read off.
SHOWN_ANSWERS: Group = ("sees-output", "sees-answer-field")
#: What is read off an answer decides whether that is right.
READ_TO_SCORE: Group = (*SCORED, "compared!", "counted", "scored-later")
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
#: Several makers' models play against each other.
PLAYERS: Group = ("several-vendors+", "players-made")
#: Shows that answers are measured, even where another model makes one answer of them in the end.
MEASURED_DRAFTS: Group = ("metric", "counted", "benchmark-data", "reference-data", "evaluation-words+")
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
#: What a benchmark's project asks models for beside what it measures.
COLLECTED_OTHERWISE: Group = (
    *("handful", "makes-tasks", "document-chunks", "pieces-named", "inference-kind", "judge-prompt", "rewrites"),
    *("training-readme", *FOR_TRAINING),
)
