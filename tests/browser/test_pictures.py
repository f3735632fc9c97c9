"""How the pages look, at each size and in both lights: written for people to judge.

SCREENSHOTS=docs/screenshots python -m pytest tests/browser/test_pictures.py
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desktop": (1280, 900)}


@pytest.mark.parametrize("light", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_every_size_and_light_is_pictured(
    browser: Browser,
    served: str,
    short_article: str,
    tmp_path: Path,
    size: str,
    light: Literal["light", "dark"],
) -> None:
    folder = Path(os.environ.get("SCREENSHOTS", tmp_path))
    width, height = SIZES[size]
    context = browser.new_context(
        base_url=served, color_scheme=light, viewport={"width": width, "height": height}
    )
    page = context.new_page()
    for name, path in {"article": short_article, "search": "/search?q=审批", "home": "/"}.items():
        page.goto(path)
        picture = page.screenshot(path=folder / f"{name}-{size}-{light}.png")
        assert len(picture) > 10_000  # an empty page is far smaller
    context.close()
