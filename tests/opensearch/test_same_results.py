"""All that is asked of the built-in engine, asked of a cluster: the same tests."""

from tests.search.test_results import (  # noqa: F401
    TestAPageOfResults,
    TestAQueryThatNoParagraphHasWhole,
    TestFacets,
)
