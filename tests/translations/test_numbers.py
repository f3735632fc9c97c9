from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translations import en_numbers, numbers, zh_numbers
from translations.quantity import Quantity

TABLES = Path(__file__).parent / "numbers"


def table(name: str) -> list[list[str]]:
    lines = (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def shown(found: list[Quantity]) -> str:
    """Write quantities as the tables do; a question mark is before what need not be matched."""
    return "; ".join(
        f"{'' if q.strict else '?'}{amount(q.value)}{' ' + q.unit if q.unit else ''}" for q in found
    )


def amount(value: Fraction) -> str:
    decimal = f"{float(value):.15g}"
    return decimal if Fraction(decimal) == value else str(value)


def test_the_tables_hold_more_than_two_hundred_cases() -> None:
    assert sum(len(table(path.stem)) for path in TABLES.glob("*.tsv")) > 200


@pytest.mark.parametrize(("zh", "wanted"), table("chinese"))
def test_numbers_are_read_in_chinese(zh: str, wanted: str) -> None:
    assert shown(zh_numbers.read(zh)) == wanted


@pytest.mark.parametrize(("en", "wanted"), table("english"))
def test_numbers_are_read_in_english(en: str, wanted: str) -> None:
    assert shown(en_numbers.read(en)) == wanted


@pytest.mark.parametrize(("zh", "en", "verdict"), table("pairs"))
def test_the_numbers_of_a_sentence_and_its_english_are_compared(
    zh: str, en: str, verdict: str
) -> None:
    assert numbers.compare(zh, en).agrees == (verdict == "agrees")


@pytest.mark.parametrize(("zh", "en", "wanted"), table("corrections"))
def test_a_sure_slip_is_put_right_and_no_other(zh: str, en: str, wanted: str) -> None:
    assert numbers.correct(zh, en) == wanted


@settings(deadline=None)
@given(st.integers(1, 9999), st.sampled_from(["万", "亿", "万亿"]))
def test_what_is_written_for_a_chinese_number_reads_as_the_same_number(n: int, scale: str) -> None:
    [quantity] = zh_numbers.read(f"{n}{scale}元")
    written = en_numbers.write(quantity.value) + " yuan"
    assert numbers.compare(f"{n}{scale}元", written).agrees


@settings(deadline=None)
@given(st.text(alphabet="十百千万亿一二三0123456789.,%/年月日第分之成点多元至、 ", max_size=30))
def test_no_text_of_numerals_makes_the_reader_fail(text: str) -> None:
    numbers.compare(text, text)
    assert all(0 <= q.start < q.end <= len(text) for q in zh_numbers.read(text))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("10200000000", "10.2 billion"),
        ("1234567", "1,234,567"),
        ("1500", "1,500"),
        ("39.5", "39.5"),
        ("20000000", "20 million"),
        ("1200000000000", "1.2 trillion"),
    ],
)
def test_numbers_are_written_as_in_a_newspaper(value: str, written: str) -> None:
    assert en_numbers.write(Fraction(value)) == written
