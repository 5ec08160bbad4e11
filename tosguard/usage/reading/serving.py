"""Which of a usage's models each of its providers serves: a provider's terms bear on its own models alone."""

from __future__ import annotations

from collections.abc import Iterable

from tosguard.catalog.model import ModelId
from tosguard.usage.reading.lexicon import Lexicon
from tosguard.usage.reading.providers import SELF_HOSTED

#: Routes, each with the model ids that it serves.
Served = tuple[tuple[str, tuple[str, ...]], ...]


def served(providers: Iterable[str], models: Iterable[str], lexicon: Lexicon) -> Served:
    """Model ids by the route that serves them, where several routes are taken.

    A prefix of an id names its route. Else a known model is served by its vendor and by those who serve the models of
    several vendors, but a closed one by no server of one's own. A model that nobody is known to serve may be anyone's.

    Args:
        providers: the routes of a usage.
        models: its model ids, as the code names them.
        lexicon: what model ids, routes and prefixes mean.

    Returns:
        Each route with its models, in the order given.
    """
    routes, ids = tuple(providers), tuple(models)
    takers = {model: _servers(model, routes, lexicon) for model in ids}
    return tuple((route, tuple(model for model in ids if route in takers[model])) for route in routes)


def _servers(model: str, routes: tuple[str, ...], lexicon: Lexicon) -> tuple[str, ...]:
    prefixed = lexicon.prefixed(model)
    if len(routes) == 1 or prefixed in routes:
        return (prefixed,) if prefixed in routes else routes
    known = lexicon.model_id(model)
    if known is None or not known.vendor:
        return routes
    return tuple(route for route in routes if _may_serve(route, known, lexicon)) or routes


def _may_serve(route: str, model: ModelId, lexicon: Lexicon) -> bool:
    if route in lexicon.licences:
        return (model.open or bool(model.weights)) and route == lexicon.weights(model)
    if route == SELF_HOSTED:
        return model.open or bool(model.weights)
    return lexicon.vendor(route) == model.vendor or lexicon.serves_others(route)
