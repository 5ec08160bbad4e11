"""Evidence as data: what was seen, where, how strongly it speaks, and for or against what.

A *clue* is one observation about one site (a call site, a data-set load, a shell step). Patterns are declared over the
kinds of clues (``telling/readings.py``); nothing else in this room decides by looking at code again. Every kind is
registered here with a sentence that ``tosguard explain`` can print when it is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tosguard.flow.facts import Hop, Place
from tosguard.usage.model import Evidence

STRONG = "strong"
MEDIUM = "medium"
WEAK = "weak"

#: Sort rank of a strength, strongest first.
STRENGTH_RANK = {STRONG: 0, MEDIUM: 1, WEAK: 2}

#: Every kind of clue and what it would mean to see it (used for "what was missing").
KINDS: dict[str, str] = {
    # scale
    "loop-over-data": "the call is repeated over rows of data",
    "loop-counted": "the call is repeated a set number of times",
    "handful": "the call is repeated over a literal handful of items",
    "batch-api": "the requests are submitted as a batch",
    "answer-listed": "the call is repeated over what one answer of a model lists",
    "pieces-named": "names say that the call is repeated over pieces of something",
    "document-chunks": "the call is repeated over the pieces of one document",
    "open-loop": "the call stands in a loop without data (turns, retries or polls)",
    "called-from-elsewhere": "how often the function is called cannot be seen",
    # training
    "flow-to-trainer": "the output reaches a trainer",
    "flow-to-tuning": "the output reaches a tuning service",
    "flow-to-estimator-inferred": "the output reaches a classifier or regression over a file, hub or queue",
    "flow-to-trainer-inferred": "the output reaches a trainer over a file, hub or queue",
    "flow-to-tuning-inferred": "the output reaches a tuning service over a file, hub or queue",
    "features-trained": "a model is fitted on the provider's embeddings",
    "labels-trained": "a model is fitted on labels that the provider's model gave",
    "training-record": "the output is written as instruction, preference or distillation records",
    "instruction-input": "the model rewrites the rows of a data set of instructions",
    "weak-record": "the output is written as records that training data often has",
    "field-kept": "the output is kept in a field of a record",
    "written": "the output is written to a file",
    "published": "the output is published on a hub",
    "training-words": "names or prompts around the call speak of training data",
    "training-doc": "the code's documentation says that it is for training",
    "training-readme": "the project's README speaks of data to train on",
    "feedback-readme": "the project's README says that it is about preference or feedback data",
    "reward-given": "the answer is the reward that a trainer works with",
    "training-adds-up": "clues of several kinds agree that it is for training",
    "training-prompt": "the prompt asks for training material",
    "training-publication": "what is published is named as training material",
    "trainer-in-project": "the project also trains a model",
    "same-record-keys": "a trainer of the project reads records with the same keys",
    "similar-file-name": "a trainer of the project reads a file of a similar name",
    "curation": "the output only selects or grades what is trained on",
    "known-provider-data": "a data set known to be a provider's output is loaded",
    "provider-export": "an account export of a consumer app is read",
    "data-to-trainer": "the loaded data reach a trainer",
    "stored-for-tuning": "the provider is told to store the answers under a tag that speaks of training",
    "tuning-job": "a job of a tuning service is looked up",
    "tuning-beside": "a tuning service is called beside the records for a file that it is given",
    "tuning-call": "a provider's tuning service is called",
    "graded-by-model": "a model's grades are the reward of a tuning job",
    "own-service": "the tuned model is the same vendor's as the generator",
    "other-trainer": "an open model is trained in the same project",
    # evaluation
    "metric": "the output reaches a metric",
    "similarity": "the output's likeness to something is measured",
    "compared": "the output is compared with an expected answer and the result is kept",
    "counted": "how often the output agrees with the data is counted",
    "compared-outputs": "two outputs are compared with each other",
    "decided": "something that the output decided is kept",
    "verdict-parsed": "the answer is compared with fixed words",
    "graded": "the output is shown to another model that grades it",
    "score-kept": "a score, accuracy or correctness derived from the output is stored or printed",
    "scored-later": "answers that were stored are compared with data and scored by another program",
    "scored-beside": "a program beside it is named for an evaluation and reads a file of a similar name",
    "benchmark-data": "the tasks come from a known benchmark",
    "evaluation-service": "an evaluation service is called",
    "evaluation-words": "names around the call speak of an evaluation",
    "makes-tasks": "names around the call say that tasks or data sets are made",
    "score-words": "names around the call speak of scores",
    "latency-words": "names around the call speak of how long an answer takes",
    "evaluation-readme": "the project is introduced as an evaluation or benchmark",
    "result-words": "names say that the answers are results",
    "reference-data": "the rows carry expected answers",
    # comparison
    "several-vendors": "models of several vendors get the same tasks",
    "own-model-compared": "a provider's model and an own or open model get the same tasks",
    "results-meet": "the results of the compared models meet in one table, ranking or record",
    "comparison-words": "names around the call speak of a comparison of models",
    "open-choice": "one of several vendors' models is chosen at a time",
    "stage": "a choice of models is asked where names speak of a comparison",
    "side-by-side": "results are kept in fields that are named for models of several makers",
    "named-answers": "each answer is kept with the name of its model and the id of its question",
    "rival-files": "answers of several makers' models are read from files named for them",
    "model-loop": "the tasks are repeated for one model after another",
    "kept-in-turn": "the answers of every model that a loop asks are kept in the same place",
    "shown-together": "a page or table shows the answers of several makers' models together",
    "game-words": "names on the way to the call speak of a game that models may play",
    "standings-words": "names or the README speak of a tournament of models or its standings",
    "any-maker": "models of any maker can be asked on this way",
    "players-made": "players of a game are made for models of several makers, one after another",
    "drafts": "another model makes one answer of these",
    "read-together": "the results that were kept for each model are read together",
    # safety
    "safety-data": "the tasks come from a known safety data set",
    "safety-words": "names or prompts around the call speak of attacks, toxicity, bias or refusals",
    "safety-scorer": "a safety scorer rates the output",
    "safety-readme": "the project is introduced as one of attacks, toxicity, bias or refusals",
    "traits-kept": "the answer is kept beside traits of the people that it is about",
    # judging
    "sees-output": "the prompt contains another model's output",
    "sees-answer-field": "the prompt contains a field that holds an answer to be rated",
    "told-output": "the prompt says that it shows another model's output",
    "judge-prompt": "the prompt asks for a verdict, score or grade",
    "reads-off-answers": "the prompt asks what the answer that it shows comes down to",
    "rewrites": "the prompt asks to write a text anew",
    "judge-readme": "the project is introduced as a judge of models",
    "judge-words": "names around the call speak of a judge or grader",
    "judge-file": "the file or class is named for a judge, a grader or an evaluation",
    "judge-service": "an evaluation service calls a judging model",
    "answer-kept": "the answer is stored or aggregated",
    "peoples-work": "what is judged is people's work",
    "user-asked": "a user of a page asked for the verdict",
    "nothing-shown": "the prompt holds nothing that could be judged",
    "guards": "the verdict lets one reply pass or not",
    "ranks": "what is judged is ranked for a search",
    "chooses": "the verdict chooses what goes on to another call, and is kept nowhere",
    "feeds-back": "the verdict goes back to the generator",
    # extraction
    "token-probing": "token probabilities are probed token by token",
    "logprob-harvest": "log probabilities are collected over many tokens",
    "extraction-readme": "the project is introduced as one that recovers a model or hidden prompts",
    "extraction-words": "names or prompts around the call speak of recovering a model or a hidden prompt",
    # access
    "unofficial-client": "a library or endpoint that drives a consumer app is used",
    "unofficial-declared": "a library that drives a consumer app is declared as a dependency",
    "session-credential": "a web session's cookies or tokens are used as credential",
    "key-pool": "several keys or accounts are in use",
    "switch-on-limit": "another key is taken when a rate limit is hit",
    "cycled-keys": "keys are cycled or queued over a pool",
    "random-key": "a key is drawn at random for a call",
    "random-endpoint": "an endpoint is drawn at random from a configuration",
    # proxy
    "served": "the call is made inside a web route",
    "forwarded-body": "the request body is passed on to the provider",
    "opaque-body": "what is sent comes from elsewhere as a whole",
    "compatible-route": "the route has the path of the provider's own API",
    "proxy-words": "names around the call speak of a proxy or relay",
    "own-accounts": "keys, accounts, quotas or billing of the server's own users show",
    # platform
    "platform-content": "content of a platform is read",
    "platform-bulk": "the content is read at length",
    "platform-few": "only a few items are read",
    "platform-to-training": "the content becomes training records or reaches a trainer",
    "platform-input": "what the model is shown is content of a platform, which is told as such",
    "platform-message": "what the model is shown is a message that a platform handed to a bot",
    "platform-to-model": "the content reaches a provider's model",
    "platform-printed": "the content is printed",
    "training-in-project": "another file of the project prepares, uploads or trains on data",
    "platform-stored": "the content is stored",
    # roles
    "library": "the code only offers the call to its importer",
    "administration": "the call manages models, files or jobs that a provider keeps, and asks nothing",
    "told-elsewhere": "what a model is asked for here is told where the answers are wanted",
    "unmodelled": "the catalogue knows the client but not this method",
    "interactive": "the reply goes back to a user",
    "inference-kind": "the call is an embedding, moderation or other inference, not a chat",
    "test-code": "the call stands in a test",
    "stand-in": "the test puts stand-ins in the place of what it tests",
    "self-hosted": "the model runs on an own server",
    "config-run": "a configuration file runs the models",
}


@dataclass(frozen=True, slots=True)
class Clue:
    """One observation: its kind (a key of :data:`KINDS`), a sentence, the place, and how strongly it speaks.

    ``against`` marks a clue that speaks against an alarm (a handful, a poll). ``hops`` is the way a value took, for the
    trace; ``values`` carries names a rule may ask for (data-set ids, keys).
    """

    kind: str
    message: str
    place: Place
    strength: str = MEDIUM
    against: bool = False
    hops: tuple[Hop, ...] = ()
    values: tuple[str, ...] = ()

    def evidence(self) -> Evidence:
        """The clue as the report shows it."""
        return Evidence(self.kind, self.message, self.place.path, self.place.line, self.strength)


@dataclass(slots=True)
class Dossier:
    """The clues collected about one site, by kind, in the order they were found."""

    clues: list[Clue] = field(default_factory=list)

    def add(self, clue: Clue | None) -> None:
        """Keep a clue; a second one of the same kind at the same place adds nothing."""
        if clue is None or any(c.kind == clue.kind and c.place == clue.place for c in self.clues):
            return
        self.clues.append(clue)

    def extend(self, clues: Iterable[Clue | None]) -> None:
        """Keep several clues."""
        for clue in clues:
            self.add(clue)

    def has(self, *kinds: str) -> bool:
        """Whether a clue of any of these kinds was found."""
        return any(c.kind in kinds for c in self.clues)

    def of(self, *kinds: str) -> tuple[Clue, ...]:
        """The clues of these kinds."""
        return tuple(c for c in self.clues if c.kind in kinds)

    def kinds(self) -> frozenset[str]:
        """All kinds found."""
        return frozenset(c.kind for c in self.clues)

    def __iter__(self) -> Iterator[Clue]:
        return iter(self.clues)
