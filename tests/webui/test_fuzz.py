"""Requests made at random never break the application."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

NAMES = ("q", "lang", "from", "to", "publication", "section", "kind", "flag", "engine", "sort",
         "page", "size", "date", "year", "view", "script", "text", "quotes")  # fmt: skip
PATHS = ("/search.json", "/search", "/search.atom", "/issues.json", "/calendar.json", "/words.json",
         "/check.json", "/speakers.json", "/publications.json", "/help.json", "/")  # fmt: skip
VALUES = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["1", "0", "-1", "2024", "2024-02-30", "en", "zh", "审批", '"', "((", "\x00"]),
    st.integers().map(str),
)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(path=st.sampled_from(PATHS), query=st.dictionaries(st.sampled_from(NAMES), VALUES))
def test_any_request_is_answered_or_refused_with_a_reason(
    client: FlaskClient, path: str, query: dict[str, Any]
) -> None:
    answer = client.get(path, query_string=query)
    assert answer.status_code in (200, 400), answer.text
