"""The segmenter against pages of which the truth is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import Kind
from indexer.segment import segment
from tests.gold.files import read
from tests.gold.generator import Gold, generate
from tests.gold.report import Report, measure
from tests.segment.pages import check_lossless, outline, render, squeeze

GENERATED = list(read("generated"))
WRITTEN = list(read("written"))
by_name = pytest.mark.parametrize("gold", GENERATED + WRITTEN, ids=lambda gold: gold.name)


@pytest.fixture(scope="module")
def generated() -> Report:
    return measure(GENERATED)


@pytest.fixture(scope="module")
def written() -> Report:
    return measure(WRITTEN)


def test_the_gold_set_covers_every_kind_on_pages_enough() -> None:
    assert len(GENERATED) >= 60
    assert len(WRITTEN) >= 15
    for pages in (GENERATED, WRITTEN):
        kinds = {kind for gold in pages for items in gold.articles for kind, _ in items}
        assert kinds == set(Kind) - {Kind.FURNITURE}
        assert any(gold.furniture for gold in pages)


@by_name
def test_the_truth_of_a_page_is_the_whole_page(gold: Gold) -> None:
    truth = [text for items in gold.articles for _, text in items] + gold.furniture
    assert sorted(squeeze("".join(truth))) == sorted(squeeze(gold.text))


@by_name
def test_a_gold_page_loses_nothing(gold: Gold) -> None:
    check_lossless(gold.text, segment(gold.text))


@by_name
def test_segments_written_out_and_read_again_are_the_same(gold: Gold) -> None:
    page = segment(gold.text)
    assert outline(segment(render(page))) == outline(page)


def test_boundaries_of_generated_pages_are_found(generated: Report) -> None:
    assert generated.articles.f1 >= 0.99, generated.failures
    assert generated.paragraphs.f1 >= 0.98, generated.failures


def test_kinds_of_generated_pages_are_right(generated: Report) -> None:
    assert generated.right_kinds >= 0.98, generated.failures
    for kind in set(Kind) - {Kind.PARAGRAPH, Kind.HEADING}:
        assert generated.kinds[kind].f1 >= 0.98, kind


def test_hand_written_pages_keep_their_level(written: Report) -> None:
    assert written.articles.f1 >= 0.95, written.failures
    assert written.paragraphs.f1 >= 0.95, written.failures
    assert written.right_kinds >= 0.93, written.failures


def test_the_generator_still_makes_the_pages_that_are_kept(corpus_file: Path) -> None:
    assert sorted(generate(corpus_file), key=lambda gold: gold.name) == GENERATED
