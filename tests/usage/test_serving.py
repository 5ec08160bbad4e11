"""Each provider is told with the models that it serves, and judged by them alone."""

from __future__ import annotations

import pytest

from tests.usage.building import catalogue
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.serving import served


@pytest.mark.parametrize(
    ("providers", "models", "expected"),
    [
        (
            ("anthropic", "openai"),
            ("claude-3-opus-20240229", "gpt-4o"),
            {"anthropic": ("claude-3-opus-20240229",), "openai": ("gpt-4o",)},
        ),
        # One who serves the models of many makers may serve any of them.
        (("aws-bedrock", "openai"), ("gpt-4o",), {"aws-bedrock": ("gpt-4o",), "openai": ("gpt-4o",)}),
        # The prefix of an id names its route.
        (
            ("aws-bedrock", "openai"),
            ("bedrock/anthropic.claude-v2", "gpt-4o"),
            {"aws-bedrock": ("bedrock/anthropic.claude-v2", "gpt-4o"), "openai": ("gpt-4o",)},
        ),
        # Nobody hosts a closed model himself; an open one anybody may.
        (
            ("openai", "self-hosted"),
            ("gpt-4o", "mistralai/Mistral-7B-Instruct-v0.2"),
            {"openai": ("gpt-4o",), "self-hosted": ("mistralai/Mistral-7B-Instruct-v0.2",)},
        ),
        # A name that tells nothing, and a model that none of them makes, may be anyone's.
        (("anthropic", "openai"), ("mine",), {"anthropic": ("mine",), "openai": ("mine",)}),
        (("anthropic", "openai"), ("command-r",), {"anthropic": ("command-r",), "openai": ("command-r",)}),
        # A sole route serves whatever is named.
        (("openai",), ("claude-3-opus-20240229",), {"openai": ("claude-3-opus-20240229",)}),
    ],
)
def test_models_stand_under_the_route_that_serves_them(
    providers: tuple[str, ...], models: tuple[str, ...], expected: dict[str, tuple[str, ...]]
) -> None:
    assert dict(served(providers, models, Lexicon(catalogue()))) == expected
