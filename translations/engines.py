"""What every translation engine offers, whatever it runs on."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.errors import NotFound


@dataclass(frozen=True, slots=True)
class Draft:
    """Hold one machine translation.

    ``score`` is the model's mean log probability of a token (0 is certain), None where the engine
    gives none.
    """

    text: str
    score: float | None = None


class Engine(Protocol):
    """Translate Chinese sentences into English."""

    @property
    def name(self) -> str:
        """Return the stable identity: engine, package, version and options."""

    @property
    def label(self) -> str:
        """Return what a reader is told about who made the English."""

    def translate(self, sentences: Sequence[str]) -> list[Draft]:
        """Translate Simplified Chinese sentences, one draft for each, in the same order."""

    def careful(self) -> Engine | None:
        """Return the same engine with slower options for sentences that went wrong, or None."""


def load(name: str = "best", *, models: Path | None = None, beam: int | None = None) -> Engine:
    """Load an engine by name.

    ``best`` is the best Argos package in the models folder (the built-in one where there is no
    other) or, where no model can be loaded, the dictionary; ``argos`` or ``argos:PACKAGE`` an Argos
    package; ``gloss`` the dictionary; ``libretranslate:URL`` a server, whose key, if it wants one,
    is in the environment as ``LIBRETRANSLATE_API_KEY``. Raises NotFound, NoModel, BadPackage,
    ServerProblem.
    """
    from translations import argos
    from translations.gloss import GlossEngine
    from translations.libretranslate import LibreTranslate
    from translations.packages import Packages

    kind, _, rest = name.partition(":")
    if kind == "gloss":
        return GlossEngine()
    if kind == "libretranslate":
        return LibreTranslate(rest, os.environ.get("LIBRETRANSLATE_API_KEY"))
    if kind == "argos":
        return argos.load(Packages(models), rest or None, beam or argos.BEAM)
    if kind == "best":
        try:
            return argos.load(Packages(models), None, beam or argos.BEAM)
        except argos.NoModel:
            return GlossEngine()
    raise NotFound(
        f"There is no engine {name!r}; choose best, argos, argos:PACKAGE, gloss or "
        "libretranslate:URL."
    )
