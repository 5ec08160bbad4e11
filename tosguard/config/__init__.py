"""Settings: found upward from a path, read strictly, overridden by the environment."""

from tosguard.config.discovery import Resolver, discover
from tosguard.config.model import AgreementSettings, OrganisationSettings, Settings
from tosguard.config.reading import parse_settings, read_settings

__all__ = [
    "AgreementSettings",
    "OrganisationSettings",
    "Resolver",
    "Settings",
    "discover",
    "parse_settings",
    "read_settings",
]
