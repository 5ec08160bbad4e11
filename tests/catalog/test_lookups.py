"""Questions to the catalogue: symbols and their aliases, model ids, hosts, URL paths, variables."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.loader import load
from tosguard.catalog.matching import Glob, glob


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("openai.AsyncOpenAI().chat.completions.create", "openai.OpenAI().chat.completions.create"),
        ("openai.AsyncAzureOpenAI().chat", "openai.OpenAI().chat"),
        ("openai.chat.completions.create", "openai.OpenAI().chat.completions.create"),
        ("openai.ChatCompletion.create", "openai.ChatCompletion.create"),
        ("openai.chatty", "openai.chatty"),
        ("openai.OpenAI().with_options().beta.chat.completions.parse", "openai.OpenAI().chat.completions.parse"),
        ("openai.OpenAI().chat.completions.with_raw_response.create", "openai.OpenAI().chat.completions.create"),
        ("openai.OpenAI().with_options().with_options().models", "openai.OpenAI().models"),
        ("google.genai.Client().aio.models.generate_content", "google.genai.Client().models.generate_content"),
        ("aioboto3.Session().client(bedrock-runtime).converse", "boto3.client(bedrock-runtime).converse"),
        ("langchain.chat_models.ChatOpenAI", "langchain_openai.ChatOpenAI"),
        ("langchain.chat_models.ChatOpenAI().predict", "langchain_core.language_models.BaseChatModel().predict"),
    ],
)
def test_canonical(catalogue: Catalogue, written: str, canonical: str) -> None:
    assert catalogue.canonical(written) == canonical
    assert catalogue.canonical(canonical) == canonical


def test_every_entry_is_keyed_by_its_canonical_symbol(catalogue: Catalogue) -> None:
    for symbol, entry in catalogue.entries.items():
        assert entry.symbol == symbol == catalogue.canonical(symbol)


@pytest.mark.parametrize(
    ("symbol", "role", "provider"),
    [
        ("openai.ChatCompletion.acreate", "generate", "openai"),
        ("openai.AzureOpenAI", "client", "azure-openai"),
        ("openai.OpenAI().fine_tuning.jobs.create", "tune", "openai"),
        ("openai.FineTune.create", "tune", "openai"),
        ("anthropic.AsyncAnthropic().beta.messages.batches.results", "harvest", "anthropic"),
        ("anthropic.Client().completion", "generate", "anthropic"),
        ("anthropic.AnthropicBedrock", "client", "aws-bedrock"),
        ("google.generativeai.GenerativeModel().start_chat().send_message", "generate", "google-gemini"),
        ("vertexai.preview.language_models.TextGenerationModel.from_pretrained().tune_model", "tune", "google-vertex"),
        ("boto3.client(bedrock).create_model_customization_job", "tune", "aws-bedrock"),
        ("mistralai.client.MistralClient().chat", "generate", "mistral"),
        ("cohere.AsyncClientV2().chat_stream", "generate", "cohere"),
        ("together.Complete.create", "generate", "together"),
        ("fireworks.client.ChatCompletion.create", "generate", "fireworks"),
        ("huggingface_hub.AsyncInferenceClient().chat.completions.create", "generate", "huggingface"),
        ("replicate.run", "generate", "replicate"),
        ("ollama.chat", "local-generate", "self-hosted"),
        ("transformers.LlamaForCausalLM.from_pretrained().generate", "local-generate", "self-hosted"),
        ("litellm.acompletion", "generate", ""),
        ("langchain_anthropic.ChatAnthropic", "client", "anthropic"),
        ("dspy.ChainOfThought()()", "generate", ""),
        ("lm_eval.simple_evaluate", "judge", ""),
        ("distilabel.steps.tasks.UltraFeedback", "judge", ""),
        ("requests.Session().post", "http", ""),
    ],
)
def test_entry(catalogue: Catalogue, symbol: str, role: str, provider: str) -> None:
    entry = catalogue.entry(symbol)
    assert entry is not None
    assert (entry.role, entry.provider) == (role, provider)


def test_methods_that_only_manage_are_marked_and_never_hide_an_entry(catalogue: Catalogue) -> None:
    managing = catalogue.entry("openai.AsyncOpenAI().fine_tuning.jobs.list_events")
    harvest = catalogue.entry("openai.OpenAI().chat.completions.list")
    assert managing is not None
    assert harvest is not None
    assert (managing.role, managing.tags) == ("pure", ("administration",))
    assert harvest.role == "harvest"
    assert catalogue.entry("openai.OpenAI().list()") is None


@pytest.mark.parametrize("symbol", ["openai", "openai.AsyncOpenAI", "openai.OpenAI().chat", "boto3", "google.genai"])
def test_beginnings_of_entries_and_aliases_are_prefixes(catalogue: Catalogue, symbol: str) -> None:
    assert catalogue.is_prefix(symbol)


@pytest.mark.parametrize("symbol", ["open", "openai.Open", "openai.OpenAI().chat.completions.create.x", "os.nothing"])
def test_other_texts_are_no_prefixes(catalogue: Catalogue, symbol: str) -> None:
    assert not catalogue.is_prefix(symbol)


@pytest.mark.parametrize(
    ("symbol", "client"),
    [
        ("openai.AsyncOpenAI().invented.create", "openai.OpenAI"),
        ("boto3.Session().client(bedrock-runtime).invented", "boto3.client(bedrock-runtime)"),
        ("openai.OpenAI", None),
        ("openai.OpenAI.invented", None),
        ("openai.invented", None),
        ("nowhere.Client().call", None),
    ],
)
def test_under_client(catalogue: Catalogue, symbol: str, client: str | None) -> None:
    found = catalogue.under_client(symbol)
    assert (found.symbol if found is not None else None) == client


@pytest.mark.parametrize(
    ("model", "vendor", "weights", "route"),
    [
        ("gpt-4o-2024-08-06", "openai", "", "openai"),
        ("ft:gpt-3.5-turbo-0613:acme::x", "openai", "", "openai"),
        ("openai/gpt-oss-120b", "openai", "permissive-weights", "openai"),
        ("azure/gpt-4", "openai", "", "azure-openai"),
        ("azure/our-deployment", None, "", "azure-openai"),
        ("us.anthropic.claude-3-5-sonnet-20240620-v1:0", "anthropic", "", "anthropic"),
        ("bedrock/anthropic.claude-v2", "anthropic", "", "aws-bedrock"),
        ("openrouter/anthropic/claude-3-opus", "anthropic", "", "openrouter"),
        ("vertex_ai/claude-3@20240229", "anthropic", "", "google-vertex"),
        ("anthropic:claude-3-5-sonnet", "anthropic", "", "anthropic"),
        ("gemini/gemini-1.5-pro", "google", "", "google-gemini"),
        ("google/gemma-2-9b-it", "google", "gemma", "google-gemini"),
        ("meta-llama/Llama-2-7b-chat-hf", "meta", "meta-llama", ""),
        ("accounts/fireworks/models/llama-v3p1-8b-instruct", "meta", "meta-llama", ""),
        ("together_ai/Qwen/Qwen2.5-7B", "alibaba", "qwen", "together"),
        ("deepseek-ai/DeepSeek-R1", "deepseek", "deepseek-weights", "deepseek"),
        ("command-r-plus", "cohere", "", "cohere"),
        ("our-model", None, "", ""),
        ("", None, "", ""),
    ],
)
def test_models(catalogue: Catalogue, model: str, vendor: str | None, weights: str, route: str) -> None:
    found = catalogue.vendor_of(model)
    assert (found.vendor if found is not None else None) == vendor
    assert (found.weights if found is not None else "") == weights
    assert catalogue.route_of_model(model) == route


@pytest.mark.parametrize(
    ("url", "route", "audience"),
    [
        ("https://api.openai.com/v1", "openai", "api"),
        ("https://user:secret@API.OpenAI.com:443/v1/", "openai", "api"),
        ("https://acme.openai.azure.com/openai/deployments/x", "azure-openai", "api"),
        ("https://*.openai.azure.com/", "azure-openai", "api"),
        ("europe-west4-aiplatform.googleapis.com", "google-vertex", "api"),
        ("https://bedrock-runtime.us-east-1.amazonaws.com", "aws-bedrock", "api"),
        ("https://openrouter.ai/api/v1", "openrouter", "api"),
        ("http://localhost:11434/v1", "self-hosted", "local"),
        ("http://127.0.0.1:8000", "self-hosted", "local"),
        ("http://172.20.0.4/v1", "self-hosted", "local"),
    ],
)
def test_hosts(catalogue: Catalogue, url: str, route: str, audience: str) -> None:
    host = catalogue.host_of(url)
    assert host is not None
    assert (host.route, host.audience) == (route, audience)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "https://api.openai.com.evil.example",
        "http://172.32.0.1",
        "https://openrouter.ai/blog",
        "",
    ],
)
def test_unknown_hosts(catalogue: Catalogue, url: str) -> None:
    assert catalogue.host_of(url) is None


@pytest.mark.parametrize(
    ("url", "role"),
    [
        ("https://api.openai.com/v1/chat/completions", "generate"),
        ("https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=1", "generate"),
        ("https://generativelanguage.googleapis.com/v1beta/models/gemini-pro:generateContent?key=k", "generate"),
        ("https://api.openai.com/v1/fine_tuning/jobs", "tune"),
        ("https://api.openai.com/v1/files/file-1/content", "harvest"),
        ("https://api.anthropic.com/v1/messages/batches", "batch"),
        ("https://api.anthropic.com/v1/messages/", "generate"),
        ("https://example.org/login", None),
    ],
)
def test_endpoints(catalogue: Catalogue, url: str, role: str | None) -> None:
    endpoint = catalogue.endpoint_of(url)
    assert (endpoint.role if endpoint is not None else None) == role


def test_environment_and_prefixes(catalogue: Catalogue) -> None:
    assert catalogue.route_of_environment("OPENAI_API_KEY") == "openai"
    assert catalogue.route_of_environment("openai_api_key") == "openai"
    assert catalogue.route_of_environment("PATH") == ""
    assert catalogue.route_of_model_prefix("azure") == "azure-openai"
    assert catalogue.route_of_model_prefix("nobody/model") == ""


def test_no_needle_is_an_everyday_word(catalogue: Catalogue) -> None:
    everyday = (
        b"together with coherent diagnoses, a guidance note outlines the weave; evaluations breakable at the helm"
    )
    assert [needle for needle in catalogue.needles if needle in everyday] == []


def test_routes_are_written_alike(catalogue: Catalogue) -> None:
    routes = {entry.provider for entry in catalogue.entries.values()} | set(catalogue.environment.values())
    routes |= {host.route for host in catalogue.hosts} | set(catalogue.prefixes.values())
    assert all(route == route.lower() and "_" not in route and " " not in route for route in routes)


@given(st.text("ab*", max_size=6).filter(lambda pattern: "*" in pattern), st.text("ab", max_size=6))
def test_a_glob_means_the_same_without_a_pattern(pattern: str, text: str) -> None:
    assert Glob(pattern).matches(text) == (glob(pattern).fullmatch(text) is not None)
