"""Search by a cluster of OpenSearch, or of Elasticsearch, for archives that outgrow one machine.

The store stays of record; the cluster has an index of it, and snippets and views come from the
store. What is asked of the cluster is in ``dsl`` and ``reading``, what it is told in ``schema``.
"""

from indexer.opensearch.engine import OpenSearchEngine
from indexer.opensearch.server import ServerRefused

__all__ = ["OpenSearchEngine", "ServerRefused"]
