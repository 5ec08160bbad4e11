"""Routes, pools and licences as a run tells them from small programs."""

from __future__ import annotations

import pytest

from tosguard.engine.snippet import analyse_snippet

ASK = "{client}\nprint(client.chat.completions.create(model='m', messages=[]))\n"
TRAIN = """\
from datasets import Dataset
from trl import SFTTrainer
from vllm import LLM

model = LLM(model="{model}")
rows = [{{"instruction": p, "output": model.generate([p])[0].outputs[0].text}} for p in open("p.jsonl")]
SFTTrainer(model="own/base", train_dataset=Dataset.from_list(rows)).train()
"""
POOL = """\
import itertools, openai, random

keys = {pool}


def ask(prompt):
    client = openai.OpenAI(api_key={draw})
    return client.chat.completions.create(model="gpt-4o", messages=[prompt])
"""


@pytest.mark.parametrize(
    ("code", "route"),
    [
        pytest.param(ASK.format(client="import openai; client = openai.OpenAI()"), "openai", id="default"),
        pytest.param(
            ASK.format(client="import openai; client = openai.OpenAI(base_url='https://api.deepseek.com')"),
            "deepseek",
            id="base url",
        ),
        pytest.param(
            ASK.format(
                client="import openai; client = openai.AzureOpenAI(azure_endpoint='https://a.openai.azure.com')"
            ),
            "azure-openai",
            id="a client of its own",
        ),
        pytest.param(
            "from google import genai\nc = genai.Client()\nprint(c.models.generate_content(model='gemini-2.5-pro'))\n",
            "google-gemini",
            id="switch absent",
        ),
        pytest.param(
            "from google import genai\nc = genai.Client(vertexai=True)\n"
            "print(c.models.generate_content(model='gemini-2.5-pro'))\n",
            "google-vertex",
            id="switch true",
        ),
        pytest.param(
            "import boto3\nc = boto3.client(service_name='bedrock-runtime')\nprint(c.converse(modelId='m'))\n",
            "aws-bedrock",
            id="factory by keyword",
        ),
        pytest.param(
            "from datasets import Dataset\nfrom googleapiclient.discovery import build\nfrom trl import SFTTrainer\n"
            "c = build(serviceName='gmail', version='v1')\n"
            "mails = c.users().messages().list(userId='me').execute()['messages']\n"
            "SFTTrainer(model='own/base', train_dataset=Dataset.from_list([{'text': m} for m in mails])).train()\n",
            "google-workspace",
            id="factory by another keyword",
        ),
    ],
)
def test_the_route_is_the_clients(code: str, route: str) -> None:
    assert {provider for usage in analyse_snippet(code) for provider in usage.providers} == {route}


def test_an_own_server_is_no_provider() -> None:
    own = ASK.format(client="import openai; client = openai.OpenAI(base_url='http://localhost:8000/v1')")
    assert analyse_snippet(own) == ()


@pytest.mark.parametrize(
    ("pool", "draw", "confidence"),
    [
        pytest.param("itertools.cycle(open('keys.txt'))", "next(keys)", "high", id="in turn"),
        pytest.param("open('keys.txt').readlines()", "random.choice(keys)", "medium", id="at random"),
    ],
)
def test_a_key_drawn_from_a_pool_is_told_by_its_flow(pool: str, draw: str, confidence: str) -> None:
    found = [u for u in analyse_snippet(POOL.format(pool=pool, draw=draw)) if u.pattern == "rate-limit-evasion"]
    assert [usage.confidence.value for usage in found] == [confidence]


def test_one_key_is_no_pool() -> None:
    found = analyse_snippet(POOL.format(pool="open('key.txt').read()", draw="keys"))
    assert "rate-limit-evasion" not in {usage.pattern for usage in found}


def test_training_on_local_weights_stands_under_their_licence() -> None:
    (usage,) = analyse_snippet(TRAIN.format(model="meta-llama/Meta-Llama-3-8B-Instruct"))
    assert (usage.pattern, usage.providers, usage.confidence.value) == ("training-on-output", ("meta-llama",), "high")
    assert analyse_snippet(TRAIN.format(model="own/model")) == ()


def test_the_file_behind_an_open_file_object_names_what_is_written() -> None:
    code = (
        "import json, openai\nclient = openai.OpenAI()\n"
        "rows = [client.responses.create(model='gpt-4o', input=p).output_text for p in open('p.jsonl')]\n"
        "with open('{name}', 'w') as out:\n    json.dump(rows, out)\n"
    )
    assert [u.pattern for u in analyse_snippet(code.format(name="sft_train.json"))] == ["training-on-output"]
    assert [u.pattern for u in analyse_snippet(code.format(name="summaries.json"))] == ["bulk-generation"]


def test_a_constant_of_a_library_can_stand_for_a_model() -> None:
    (usage,) = analyse_snippet("import g4f\nprint(g4f.ChatCompletion.create(model=g4f.models.gpt_4, messages=[]))\n")
    assert (usage.pattern, usage.providers, usage.models) == ("unofficial-access", ("openai",), ("gpt-4",))


def test_models_that_the_file_names_are_listed_where_the_code_leaves_open_which_is_asked() -> None:
    code = (
        "import openai, sys\nCHOICES = {'gpt-4o': 1, 'gpt-4.1-mini': 2, 'claude-3-haiku-20240307': 3}\n"
        "def ask(model, prompt):\n"
        "    return openai.OpenAI().chat.completions.create(model=model, messages=[prompt])\n"
        "print(ask(sys.argv[1], 'x'))\n"
    )
    (usage,) = analyse_snippet(code)
    assert (usage.providers, usage.models) == (("openai",), ("gpt-4.1-mini", "gpt-4o"))
