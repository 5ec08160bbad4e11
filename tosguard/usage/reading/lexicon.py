"""What names mean, as the collectors ask it: models, routes, data sets, record shapes and words, from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from tosguard.catalog.catalogue import Catalogue
from tosguard.catalog.datasets import DatasetNames
from tosguard.catalog.model import Dataset, Host, ModelId, Shape
from tosguard.usage.reading.phrases import PhraseLists, folded

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=[a-zA-Z])(?=[0-9])|(?<=[0-9])(?=[a-zA-Z])")
_CUT = re.compile(r"[^A-Za-z0-9]+")
_NAME_CUT = re.compile(r"[^A-Za-z0-9.]+")

#: A piece of a name shorter than this names no model.
SHORTEST_NAME = 3

#: The shortest id of a model, and what cuts one into its pieces.
SHORTEST_MODEL_ID = 5
_PIECES = re.compile(r"[^a-z0-9]+")

#: The word list of conditions that a program evaluates while it runs, and the lists whose words mean this then.
CHECKS = "condition-checks"
MEANT_OTHERWISE = frozenset({"evaluation"})

#: The list of phrases by which a prompt speaks of what the asked model was trained on: no other list is met by these.
OWN_TRAINING = "own-training"

#: A prompt text is looked through no further than this.
LONGEST_PROMPT = 20_000


def tokens(identifier: str) -> tuple[str, ...]:
    """An identifier, file or column name cut into lower-case tokens, as the word lists are."""
    return tuple(t.lower() for t in _CUT.split(_CAMEL.sub(" ", identifier)) if t)


class Lexicon:
    """The look-ups of one catalogue, each remembered."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._words: dict[str, frozenset[str]] = {}
        self._models: dict[str, ModelId | None] = {}
        self._makers: dict[str, frozenset[str]] = {}
        self._phrases: dict[str, frozenset[str]] = {}
        self._shapes: dict[frozenset[str], Shape | None] = {}
        self._datasets: dict[str, Dataset | None] = {}

    # --------------------------------------------------------------------------------------- models and routes

    def model_id(self, text: str) -> ModelId | None:
        """What is known of a model id."""
        if text not in self._models:
            self._models[text] = self.catalogue.vendor_of(text)
        return self._models[text]

    def makers(self, models: Iterable[str]) -> frozenset[str]:
        """The vendors of model ids, as far as they are known."""
        return frozenset(m.vendor for text in models if (m := self.model_id(text)) is not None and m.vendor)

    def makers_named(self, name: str) -> frozenset[str]:
        """The vendors of the models that an identifier, column or file name speaks of."""
        known = self._makers.get(name)
        if known is None:
            pieces = [piece for piece in (name, *_NAME_CUT.split(name)) if len(piece) >= SHORTEST_NAME]
            pieces = [piece for piece in pieces if piece.lower() not in self._plain_names]
            models = (self.model_id(piece) or self.model_id(f"{piece}-") for piece in pieces)
            known = self._makers[name] = frozenset(m.vendor for m in models if m is not None and m.vendor)
        return known

    def written_model(self, text: str) -> ModelId | None:
        """What is known of a model id that stands somewhere in a file: where the text is written as ids are, in one
        piece of a maker's, a family's, sizes' and versions' names, and not as a file or a thing called after a model.
        """
        whole = len(text) >= SHORTEST_MODEL_ID and not any(c.isspace() for c in text) and text[-1].isalnum()
        if not whole or "://" in text or text.startswith((".", "/")) or not any(c in "-/:" for c in text):
            return None
        tags = text.lower().split(":")[1:] if not text.startswith("ft:") else []
        if any(tag.isalpha() and tag not in self._grades for tag in tags):
            return None
        model = self.model_id(text)
        if model is None or "/" in model.pattern or "*" not in model.pattern:
            return model
        named = (part for part in text.lower().rpartition("/")[2].split(":") if self.model_id(part) is not None)
        own = set(_PIECES.split(model.pattern.lower()))
        pieces = set(_PIECES.split(next(named, text.lower()))) - own - self._grades
        versioned = any(c.isdigit() for c in text)
        strange = {p for p in pieces - self._model_pieces if p.isalpha()} if versioned else pieces
        # Behind its maker's name, as gateways write it, a version may have a name of its own.
        maker, slash, _ = text.lower().partition("/")
        gateways = bool(slash) and versioned and (maker in self.catalogue.vendors or maker in self.catalogue.prefixes)
        return model if len(strange) <= gateways else None

    @cached_property
    def argument_names(self) -> frozenset[str]:
        """By what keywords libraries take the model to ask and the request."""
        slots = (s for e in self.catalogue.entries.values() for n in ("model", "input") for s in e.arguments.get(n, ()))
        return frozenset(slot for slot in slots if isinstance(slot, str))

    @cached_property
    def _grades(self) -> frozenset[str]:
        """What tells the models of a family apart: sizes, speeds, stages."""
        return frozenset(self.catalogue.words.get("model-grades", ()))

    @cached_property
    def _plain_names(self) -> frozenset[str]:
        """Names of families that are words of everyday: alone in a name they speak of no model."""
        return frozenset(self.catalogue.words.get("plain-names", ()))

    @cached_property
    def _model_pieces(self) -> frozenset[str]:
        """The pieces of the names of all models, makers and services known."""
        names = (*(m.pattern for m in self.catalogue.models), *self.catalogue.vendors, *self.catalogue.prefixes)
        return frozenset(piece for name in names for piece in _PIECES.split(name.lower()))

    def vendor(self, route: str) -> str:
        """The vendor behind a route ("" for one that serves many vendors' models)."""
        return self._vendor_by_route.get(route, "")

    def maker(self, route: str) -> str:
        """The vendor whose models a route serves where no model is named: its own, or whose it hosts; "" if any's."""
        return self.vendor(route) or self.catalogue.makers.get(route, "")

    def serves_others(self, route: str) -> bool:
        """Whether a route serves the models of other vendors, beside its own if it has any."""
        return not self.vendor(route) or route in self.catalogue.words.get("marketplaces", ())

    def own_route(self, model: ModelId) -> str:
        """The route at which a model's vendor serves it, or ""."""
        return self.catalogue.vendors.get(model.vendor, "")

    def weights(self, model: ModelId | None) -> str:
        """The route of the licence of a model's weights, where they are run: its own, or the only one its vendor has.
        It is "" where that cannot be told."""
        if model is None:
            return ""
        known = self._weights_by_vendor.get(model.vendor, frozenset())
        return model.weights or (next(iter(known)) if len(known) == 1 and not model.open else "")

    @cached_property
    def licences(self) -> frozenset[str]:
        """The routes that are licences of weights: whoever runs a model under one asks nobody."""
        return frozenset(model.weights for model in self.catalogue.models if model.weights)

    def app(self, name: str) -> str:
        """The route of a consumer app's vendor, by the app's name, or ""."""
        model = self.model_id(name)
        return self.own_route(model) if model is not None else ""

    def host(self, url: str) -> Host | None:
        """The route of a URL."""
        return self.catalogue.host_of(url)

    def library(self, symbol: str) -> str:
        """The route of the distribution that is called as the root of a symbol, where it has one of its own, or ""."""
        return self._route_by_library.get(symbol.partition(".")[0], "")

    def serves_models(self, route: str) -> bool:
        """Whether a route is a model provider's (platforms and data hosts have routes too)."""
        return route in self._model_routes

    def environment(self, name: str) -> str:
        """The route that an environment variable's value belongs to, or ""."""
        return self.catalogue.route_of_environment(name)

    def prefixed(self, model: str) -> str:
        """The route named by the prefix of a wrapper's model id, or ""."""
        return self.catalogue.route_of_model_prefix(model) if "/" in model or ":" in model else ""

    def bare_prefix(self, name: str) -> str:
        """The route that a provider's short name means (``azure``), or ""."""
        return self.catalogue.route_of_model_prefix(name)

    # ------------------------------------------------------------------------------------------ data and shapes

    def dataset(self, name: str) -> Dataset | None:
        """A known data set of this hub id, path or file name."""
        if name not in self._datasets:
            self._datasets[name] = self._dataset_names.find(name)
        return self._datasets[name]

    def shape(self, keys: Iterable[str]) -> Shape | None:
        """The record shape that these keys make: the one with most required groups, then the first."""
        have = frozenset(k.lower() for k in keys)
        if have not in self._shapes:
            met = [s for s in self.catalogue.shapes if _meets(s, have)]
            self._shapes[have] = max(met, key=lambda s: len(s.required), default=None)
        return self._shapes[have]

    def shapes(self, keys: Iterable[str]) -> tuple[Shape, ...]:
        """Every record shape that these keys make."""
        have = frozenset(k.lower() for k in keys)
        return tuple(s for s in self.catalogue.shapes if _meets(s, have))

    # ---------------------------------------------------------------------------------------------------- words

    def words(self, identifier: str) -> frozenset[str]:
        """The word lists that an identifier or file name meets."""
        if identifier not in self._words:
            cut = tokens(identifier)
            found = {
                name
                for at, token in enumerate(cut)
                for entry, name in self._entries_by_token.get(token, ())
                if cut[at : at + len(entry)] == entry
            }
            self._words[identifier] = frozenset(found - MEANT_OTHERWISE if CHECKS in found else found)
        return self._words[identifier]

    def whole_words(self, name: str) -> frozenset[str]:
        """The word lists of which a name is an entry from end to end."""
        cut = tokens(name)
        entries = self._entries_by_token.get(cut[0], ()) if cut else ()
        return frozenset(list_name for entry, list_name in entries if entry == cut)

    def phrases(self, text: str) -> frozenset[str]:
        """The phrase lists that a prompt text meets."""
        if text not in self._phrases:
            said = self._phrase_lists.without(OWN_TRAINING, folded(text[:LONGEST_PROMPT]))
            self._phrases[text] = self._phrase_lists.met(said)
        return self._phrases[text]

    # --------------------------------------------------------------------------------------------------- tables

    @cached_property
    def _vendor_by_route(self) -> dict[str, str]:
        return {route: vendor for vendor, route in sorted(self.catalogue.vendors.items(), reverse=True)}

    @cached_property
    def _weights_by_vendor(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for model in self.catalogue.models:
            if model.weights:
                found.setdefault(model.vendor, set()).add(model.weights)
        return {vendor: frozenset(routes) for vendor, routes in found.items()}

    @cached_property
    def _route_by_library(self) -> dict[str, str]:
        return {package: route for topic in self.catalogue.topics for package, route in topic.routes.items()}

    @cached_property
    def _model_routes(self) -> frozenset[str]:
        """The routes of vendors, of provider SDKs and of model-id prefixes."""
        stated = {e.provider for e in self.catalogue.entries.values() if e.role in ("generate", "embed")}
        return frozenset((*self.catalogue.vendors.values(), *self.catalogue.prefixes.values(), *stated)) - {""}

    @cached_property
    def _entries_by_token(self) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
        """The entries of all word lists, each with its list's name, by their first token."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name, entries in self.catalogue.words.items():
            for entry in map(tokens, entries):
                if entry:
                    found.setdefault(entry[0], []).append((entry, name))
        return {token: tuple(entries) for token, entries in found.items()}

    @cached_property
    def _phrase_lists(self) -> PhraseLists:
        return PhraseLists(getattr(self.catalogue, "phrases", {}))

    @cached_property
    def _dataset_names(self) -> DatasetNames:
        return DatasetNames(self.catalogue.datasets)


def _meets(shape: Shape, have: frozenset[str]) -> bool:
    return all(any(k.lower() in have for k in group) for group in shape.required) and not any(
        k.lower() in have for k in shape.forbidden
    )
