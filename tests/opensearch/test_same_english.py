"""All that is asked of the built-in engine, asked of a cluster: the same tests."""

from tests.search.test_english import *  # noqa: F403
