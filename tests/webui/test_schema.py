"""Requests made from the description of the API are answered as it says."""

from __future__ import annotations

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings


def test_every_request_is_answered_as_described(app: Flask) -> None:
    operations = list(schemathesis.openapi.from_wsgi("/openapi.json", app).get_all_operations())
    assert len(operations) > 10
    for found in operations:

        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=found.ok().as_strategy())
        def answered(case: schemathesis.Case) -> None:
            case.call_and_validate(
                headers={"Accept-Encoding": "identity"},  # the caller here cannot unpack
                # No pattern can tell that there is no 30 February, which is refused all the same.
                excluded_checks=[schemathesis.checks.CHECKS.get_one("positive_data_acceptance")],
            )

        answered()
