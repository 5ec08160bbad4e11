"""Everything that the catalogue promises to know, each in a program of a few lines: its role and its route are seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.usage.building import catalogue
from tosguard.flow.programs.project import SourceModule
from tosguard.flow.solve import solve
from tosguard.syntax.lowering import lower
from tosguard.usage.beside.commands import invocations
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.providers import Routes
from tosguard.usage.reading.view import View
from tosguard.usage.sites.requests import interpreted

#: Section → what is named, the roles and routes that must be seen, and the program that uses it.
NAMED = yaml.safe_load((Path(__file__).parents[1] / "data" / "named_things.yaml").read_text())
CASES = [pytest.param(case, id=f"{section}: {case['name']}") for section, cases in NAMED.items() for case in cases]


def seen(program: str) -> set[str]:
    """`role route` of every call that is recognised."""
    lexicon = Lexicon(catalogue())
    view = View(interpreted(solve([SourceModule("app.py", lower(program))], catalogue()), lexicon))
    routes = Routes(view, lexicon)
    found = set()
    for call in view.solution.calls:
        found |= {f"{call.entry.role} {route}" for route in routes.of(call).providers}
        found.add(call.entry.role)
    return found


@pytest.mark.parametrize("case", CASES)
def test_a_named_thing_is_seen(case: dict[str, Any]) -> None:
    found = seen(case["program"])
    assert set(case["expect"]) <= found, f"missing {set(case['expect']) - found} in {sorted(found)}"


def test_a_program_that_names_nothing_shows_nothing() -> None:
    assert not any(
        role.split()[0] in {"generate", "train", "write", "platform-read"} for role in seen("print(input())")
    )


@pytest.mark.parametrize(
    ("base_url", "route"),
    [
        ("https://api.openai.com/v1", "openai"),
        ("https://x.openai.azure.com/openai/v1", "azure-openai"),
        ("https://x.services.ai.azure.com/models", "azure-ai-foundry"),
        ("https://models.inference.ai.azure.com", "github-models"),
        ("https://models.github.ai/inference", "github-models"),
        ("https://api.anthropic.com/v1", "anthropic"),
        ("https://generativelanguage.googleapis.com/v1beta/openai/", "google-gemini"),
        ("https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/l/endpoints/openapi", "google-vertex"),
        ("https://bedrock-runtime.us-east-1.amazonaws.com/openai/v1", "aws-bedrock"),
        ("https://api.mistral.ai/v1", "mistral"),
        ("https://api.cohere.ai/compatibility/v1", "cohere"),
        ("https://api.x.ai/v1", "xai"),
        ("https://api.deepseek.com", "deepseek"),
        ("https://api.deepseek.com/v1", "deepseek"),
        ("https://api.perplexity.ai", "perplexity"),
        ("https://api.groq.com/openai/v1", "groq"),
        ("https://api.together.xyz/v1", "together"),
        ("https://api.together.ai/v1", "together"),
        ("https://api.fireworks.ai/inference/v1", "fireworks"),
        ("https://openrouter.ai/api/v1", "openrouter"),
        ("https://router.huggingface.co/v1", "huggingface"),
        ("https://api-inference.huggingface.co/v1", "huggingface"),
        ("https://x.us-east-1.aws.endpoints.huggingface.cloud/v1", "huggingface"),
        ("https://dbc-1.cloud.databricks.com/serving-endpoints", "databricks"),
        ("https://api.endpoints.anyscale.com/v1", "anyscale"),
        ("https://api.deepinfra.com/v1/openai", "deepinfra"),
        ("https://api.novita.ai/v3/openai", "novita"),
        ("https://api.hyperbolic.xyz/v1", "hyperbolic"),
        ("https://api.cerebras.ai/v1", "cerebras"),
        ("https://api.sambanova.ai/v1", "sambanova"),
        ("https://integrate.api.nvidia.com/v1", "nvidia-nim"),
        ("https://api.moonshot.cn/v1", "moonshot"),
        ("https://api.moonshot.ai/v1", "moonshot"),
        ("https://api.minimax.chat/v1", "minimax"),
        ("https://open.bigmodel.cn/api/paas/v4", "zhipu"),
        ("https://api.z.ai/api/paas/v4", "zhipu"),
        ("https://dashscope.aliyuncs.com/compatible-mode/v1", "alibaba-dashscope"),
        ("https://qianfan.baidubce.com/v2", "baidu-qianfan"),
        ("https://ark.cn-beijing.volces.com/api/v3", "volcengine"),
        ("https://api.siliconflow.cn/v1", "siliconflow"),
        ("https://api.lepton.ai/v1", "lepton"),
        ("https://api.ai21.com/studio/v1", "ai21"),
        ("https://api.cloudflare.com/client/v4/accounts/a/ai/v1", "cloudflare-workers-ai"),
        ("https://api.studio.nebius.ai/v1", "nebius"),
        ("https://inference.baseten.co/v1", "baseten"),
        ("http://localhost:1234/v1", "self-hosted"),
        ("http://127.0.0.1:8000/v1", "self-hosted"),
        ("http://192.168.0.7:8000/v1", "self-hosted"),
    ],
)
def test_hosts_that_speak_the_same_protocol(base_url: str, route: str) -> None:
    call = "chat.completions.create(model='m', messages=[])"
    assert f"generate {route}" in seen(f"from openai import OpenAI\nOpenAI(base_url='{base_url}').{call}")


@pytest.mark.parametrize(
    ("variable", "route"),
    [
        ("OPENAI_API_KEY", "openai"),
        ("AZURE_OPENAI_API_KEY", "azure-openai"),
        ("ANTHROPIC_API_KEY", "anthropic"),
        ("GEMINI_API_KEY", "google-gemini"),
        ("GOOGLE_API_KEY", "google-gemini"),
        ("MISTRAL_API_KEY", "mistral"),
        ("COHERE_API_KEY", "cohere"),
        ("CO_API_KEY", "cohere"),
        ("GROQ_API_KEY", "groq"),
        ("TOGETHER_API_KEY", "together"),
        ("FIREWORKS_API_KEY", "fireworks"),
        ("XAI_API_KEY", "xai"),
        ("DEEPSEEK_API_KEY", "deepseek"),
        ("PERPLEXITYAI_API_KEY", "perplexity"),
        ("PERPLEXITY_API_KEY", "perplexity"),
        ("PPLX_API_KEY", "perplexity"),
        ("AI21_API_KEY", "ai21"),
        ("HF_TOKEN", "huggingface"),
        ("HUGGINGFACEHUB_API_TOKEN", "huggingface"),
        ("REPLICATE_API_TOKEN", "replicate"),
        ("OPENROUTER_API_KEY", "openrouter"),
        ("DATABRICKS_TOKEN", "databricks"),
        ("DEEPINFRA_API_KEY", "deepinfra"),
        ("CEREBRAS_API_KEY", "cerebras"),
        ("NVIDIA_API_KEY", "nvidia-nim"),
        ("MOONSHOT_API_KEY", "moonshot"),
        ("DASHSCOPE_API_KEY", "alibaba-dashscope"),
        ("ZHIPUAI_API_KEY", "zhipu"),
        ("AWS_BEARER_TOKEN_BEDROCK", "aws-bedrock"),
        ("VOYAGE_API_KEY", "voyage"),
        ("JINA_API_KEY", "jina"),
        ("ELEVENLABS_API_KEY", "elevenlabs"),
    ],
)
def test_environment_variables(variable: str, route: str) -> None:
    assert catalogue().route_of_environment(variable) == route


@pytest.mark.parametrize(
    ("keys", "kind"),
    [
        (("instruction", "output"), "training"),
        (("instruction", "input", "output"), "training"),
        (("prompt", "completion"), "training"),
        (("messages",), "training-weak"),
        (("conversations",), "training-weak"),
        (("prompt", "chosen", "rejected"), "preference"),
        (("prompt", "response", "reward"), "reward"),
        (("input", "preferred_output", "non_preferred_output"), "preference"),
        (("prompt", "completion", "label"), "preference"),
    ],
)
def test_record_shapes(keys: tuple[str, ...], kind: str) -> None:
    shape = Lexicon(catalogue()).shape(keys)
    assert shape is not None and shape.kind == kind and shape.title


@pytest.mark.parametrize(
    "name",
    [
        "tatsu-lab/alpaca",
        "alpaca_data.json",
        "anon8231489123/ShareGPT_Vicuna_unfiltered",
        "Open-Orca/OpenOrca",
        "HuggingFaceH4/ultrachat_200k",
        "openbmb/UltraFeedback",
        "WizardLM/WizardLM_evol_instruct_70k",
        "teknium/OpenHermes-2.5",
        "lmsys/lmsys-chat-1m",
        "allenai/WildChat",
    ],
)
def test_known_data_sets_hold_a_providers_output(name: str) -> None:
    dataset = Lexicon(catalogue()).dataset(name)
    assert dataset is not None and dataset.origins, dataset


@pytest.mark.parametrize(
    ("model", "vendor", "weights"),
    [
        ("gpt-4o", "openai", ""),
        ("o4-mini", "openai", ""),
        ("text-davinci-003", "openai", ""),
        ("gpt-oss-20b", "openai", ""),
        ("claude-3-opus-20240229", "anthropic", ""),
        ("anthropic.claude-v2", "anthropic", ""),
        ("gemini-1.5-pro", "google", ""),
        ("google/gemma-2-9b", "google", "gemma"),
        ("meta-llama/Llama-2-7b-hf", "meta", "meta-llama"),
        ("mistral-large-latest", "mistral", ""),
        ("mistralai/Mistral-7B-v0.1", "mistral", "mistral-weights"),
        ("command-r-plus", "cohere", ""),
        ("deepseek-chat", "deepseek", ""),
        ("deepseek-ai/DeepSeek-R1", "deepseek", "deepseek-weights"),
        ("grok-4", "xai", ""),
        ("Qwen/Qwen2.5-7B", "alibaba", ""),
        ("microsoft/phi-2", "microsoft", ""),
        ("tiiuae/falcon-7b", "tii", "falcon"),
        ("databricks/dbrx-instruct", "databricks", "dbrx"),
    ],
)
def test_model_ids(model: str, vendor: str, weights: str) -> None:
    known = Lexicon(catalogue()).model_id(model)
    assert known is not None and known.vendor == vendor
    assert not weights or known.weights == weights, known


SCRIPTS = [
    ("openai api fine_tunes.create -t alpaca_data.json -m davinci", "tune"),
    ("openai api fine_tuning.jobs.create -F a.jsonl -m gpt-4o-mini", "tune"),
    ("lm_eval --model openai-chat-completions --model_args model=gpt-4o --tasks gsm8k", "judge"),
    ("python -m lm_eval --model hf --tasks mmlu", "judge"),
    ("alpaca_eval --model_outputs a.json --annotators_config weighted_alpaca_eval_gpt4_turbo", "judge"),
    ("promptfoo eval -c p.yaml", "judge"),
    ("npx promptfoo@latest eval", "judge"),
    ("axolotl train a.yaml", "train"),
    ("accelerate launch -m axolotl.cli.train a.yaml", "train"),
    ("torchrun --nproc_per_node 8 train.py --data_path alpaca_data.json", "train"),
    ("llamafactory-cli train a.yaml", "train"),
    ("tune run full_finetune_distributed --config a", "train"),
    ("fairseq-train data-bin", "train"),
    ("deepspeed train.py --data_path a.json", "train"),
    ("autotrain llm --train --data-path d", "train"),
    ("python pretrain_gpt.py --data-path d", "train"),
    ("garak --model_type openai --probes dan", "judge"),
    ("helm-run --conf-paths a.conf", "judge"),
    ("oaieval gpt-4 test-match", "judge"),
    ("inspect eval a.py --model openai/gpt-4o", "judge"),
    ("deepeval test run test_a.py", "judge"),
    ("together fine-tuning create --training-file f --model m", "tune"),
    ('curl https://api.openai.com/v1/chat/completions -d \'{"model": "gpt-4o"}\'', "http"),
    ("huggingface-cli upload me/set data --repo-type dataset", "publish"),
]


@pytest.mark.parametrize(("line", "role"), SCRIPTS, ids=[line for line, _ in SCRIPTS])
def test_command_lines(line: str, role: str) -> None:
    (found, *_) = [*invocations(line, catalogue().commands), None]
    assert found is not None and found.command.role == role
