"""Calls of libraries: the role, the arguments and the results that the flow relies on."""

from __future__ import annotations

import pytest

from tosguard.catalog.loader import load
from tosguard.catalog.model import Entry

CATALOGUE = load()


def entry(symbol: str) -> Entry:
    found = CATALOGUE.entry(symbol)
    assert found is not None, f"{symbol} is not modelled"
    return found


@pytest.mark.parametrize(
    ("symbol", "role", "argument", "slots"),
    [
        ("json.dump", "write", "data", ("obj",)),
        ("ujson.dump", "write", "data", ("obj",)),
        ("builtins.open().write", "write", "path", ("self",)),
        ("io.open().write", "write", "path", ("self",)),
        ("pathlib.Path().write_text", "write", "data", ("data", 0)),
        ("csv.DictWriter().writerow", "write", "path", ("self",)),
        ("pandas.DataFrame().to_json", "write", "data", ("self",)),
        ("pandas.DataFrame()[].to_csv", "write", "data", ("self",)),
        ("datasets.Dataset().push_to_hub", "publish", "id", ("repo_id", 0)),
        ("datasets.DatasetDict().push_to_hub", "publish", "data", ("self",)),
        ("huggingface_hub.upload_file", "publish", "path", ("path_or_fileobj",)),
        ("boto3.client(s3).put_object", "write", "data", ("Body",)),
        ("transformers.Seq2SeqTrainer().train", "train", "data", ("self",)),
        ("trl.SFTTrainer().train", "train", "data", ("self",)),
        ("trl.experimental.ppo.PPOTrainer().step", "train", "data", ("responses", 1)),
        ("lightning.pytorch.Trainer().fit", "train", "model", ("model", 0)),
        ("tensorflow.keras.Sequential().fit", "train", "labels", ("y", 1)),
        ("sklearn.ensemble.RandomForestClassifier().fit", "train", "labels", ("y", "label", "Y", 1)),
        ("sentence_transformers.SentenceTransformer().fit", "train", "data", ("train_objectives", 0)),
        ("sklearn.metrics.accuracy_score", "metric", "predictions", ("y_pred", "y_score", "y2", "y_proba")),
        ("evaluate.load().compute", "metric", "references", ("references",)),
        ("datasets.load_metric().compute", "metric", "predictions", ("predictions",)),
        ("praw.Reddit().subreddit().hot", "platform-read", "limit", ("limit",)),
        ("asyncpraw.Reddit().subreddit().top", "platform-read", "limit", ("limit",)),
        ("nextcord.ext.commands.Bot().get_channel().history", "platform-read", "limit", ("limit", 0)),
        ("revChatGPT.V1.AsyncChatbot().ask", "unofficial", "input", ("prompt", "message")),
        ("g4f.client.Client().chat.completions.create", "unofficial", "model", ("model", 0)),
        ("queue.Queue().put", "queue-put", "data", ("item",)),
        ("asyncio.Queue().put_nowait", "queue-put", "data", ("item",)),
    ],
)
def test_a_call_has_its_role_and_arguments(symbol: str, role: str, argument: str, slots: tuple[object, ...]) -> None:
    found = entry(symbol)
    assert found.role == role
    assert found.arguments[argument][: len(slots)] == slots


@pytest.mark.parametrize(
    ("symbol", "returns"),
    [
        ("json.loads", "argument:data + row"),
        ("json.dumps", "argument:data"),
        ("tqdm.auto.tqdm", "argument:data"),
        ("pandas.read_csv", "symbol:pandas.DataFrame()"),
        ("datasets.load_dataset", "symbol:datasets.Dataset()"),
        ("datasets.Dataset().map", "self + applied[] + symbol:datasets.Dataset()"),
        ("concurrent.futures.ProcessPoolExecutor().map", "applied[]"),
        ("concurrent.futures.ThreadPoolExecutor().submit", "applied"),
        ("asyncio.gather", "argument:data"),
        ("random.choice", "argument:data[]"),
        ("peft.get_peft_model", "argument:model"),
    ],
)
def test_a_call_gives_what_the_flow_follows(symbol: str, returns: str) -> None:
    assert entry(symbol).returns == returns


@pytest.mark.parametrize(
    "symbol", ["tenacity.retry", "backoff.on_exception", "functools.lru_cache", "ray.remote", "celery.Celery().task"]
)
def test_a_decorator_keeps_its_function(symbol: str) -> None:
    assert entry(symbol).transparent


def test_functions_are_applied_to_elements_or_arguments() -> None:
    mapped = entry("multiprocessing.Pool().imap_unordered").applies
    assert mapped is not None
    assert mapped.elements
    submitted = entry("concurrent.futures.ThreadPoolExecutor().submit").applies
    assert submitted is not None
    assert submitted.passes == ("rest",)


@pytest.mark.parametrize(
    ("url", "route", "audience"),
    [
        ("https://chatgpt.com/backend-api/conversation", "openai", "consumer"),
        ("https://chat.openai.com/backend-api/conversation", "openai", "consumer"),
        ("https://claude.ai/api/organizations", "anthropic", "consumer"),
        ("https://bard.google.com/_/BardChatUi", "google-gemini", "consumer"),
        ("https://twitter.com/i/api/graphql/x", "x", "consumer"),
        ("https://oauth.reddit.com/r/python/new", "reddit", "api"),
        ("https://acme.slack.com/api/conversations.history", "slack", "api"),
        ("https://www.googleapis.com/youtube/v3/commentThreads", "youtube", "api"),
        ("https://discord.com/api/v10/channels/1/messages", "discord", "api"),
        ("https://api.github.com/repos/a/b", "github", "api"),
    ],
)
def test_a_host_has_its_route(url: str, route: str, audience: str) -> None:
    host = CATALOGUE.host_of(url)
    assert host is not None
    assert (host.route, host.audience) == (route, audience)


def test_a_platform_call_names_its_route() -> None:
    nameless = [s for s, e in CATALOGUE.entries.items() if e.kind == "platform" and e.role != "pure" and not e.provider]
    assert nameless == []


@pytest.mark.parametrize(
    "symbol", ["sklearn.cluster.KMeans().fit", "sklearn.decomposition.PCA().fit", "boto3.client(sqs).send_message"]
)
def test_what_trains_nothing_is_not_modelled_as_training(symbol: str) -> None:
    found = CATALOGUE.entry(symbol)
    assert found is None or found.role not in {"train", "tune"}
