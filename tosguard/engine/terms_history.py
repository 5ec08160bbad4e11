"""The history of the terms under which a run judged: every version on record of every document in force."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tosguard.policy.library import Library, open_library
from tosguard.policy.model import Document, Pack
from tosguard.report.terms import TermsTimeline, TermsVersion


def history_of(packs: Iterable[Pack], as_of: str, cache: Path | None, library: Library | None = None) -> TermsTimeline:
    """The versions of the documents of these packs, earlier and later ones too.

    Args:
        packs: the packs that judged.
        as_of: the audit date (ISO).
        cache: directory for compiled packs.
        library: the published packs; by default those that are shipped.

    Returns:
        Versions by provider, document and start. What ended a version is its own end where the pack states one, else
        the start of the next, else the day on which a pack no longer has the document.

    Raises:
        ConfigurationError: a published pack cannot be used.
    """
    shelf = library or open_library()
    found: list[TermsVersion] = []
    for pack in sorted(packs, key=lambda pack: pack.provider):
        published = [shelf.load(entry, cache) for entry in shelf.versions(pack.provider)]
        found += _of_provider(pack, published)
    return TermsTimeline(as_of, tuple(found))


def _of_provider(pack: Pack, published: list[Pack]) -> list[TermsVersion]:
    series: dict[str, dict[str, tuple[Document, str]]] = {document.id: {} for document in pack.documents}
    last_seen: dict[str, str] = {}
    # The pack that judged comes last, so that an organisation's own words on a version win.
    for snapshot in (*published, pack):
        for document in snapshot.documents:
            if document.id in series:
                first = series[document.id].get(document.version)
                since = document.effective or (first[1] if first else snapshot.version)
                series[document.id][document.version] = (document, since)
                last_seen[document.id] = max(snapshot.until or "9999", last_seen.get(document.id, ""))
    held = {document.id: document.version for document in pack.documents}
    return [
        version for id_, versions in series.items() for version in _of_document(pack, id_, versions, held, last_seen)
    ]


def _of_document(
    pack: Pack,
    id_: str,
    versions: Mapping[str, tuple[Document, str]],
    held: Mapping[str, str],
    last_seen: Mapping[str, str],
) -> Iterable[TermsVersion]:
    ordered = sorted(versions.values(), key=lambda item: (item[1], item[0].version))
    dropped = "" if last_seen[id_] == "9999" else last_seen[id_]
    for place, (document, since) in enumerate(ordered):
        following = ordered[place + 1][1] if place + 1 < len(ordered) else dropped
        yield TermsVersion(
            provider=pack.provider,
            document=document.title,
            version=document.version,
            effective=since,
            superseded=document.superseded or following,
            in_force=document.version == held[id_],
            url=document.url,
            series=f"{pack.provider}/{id_}",
        )
