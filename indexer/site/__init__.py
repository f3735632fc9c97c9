"""The whole archive as static pages that open from a disk, with a search that needs no server."""

from indexer.site.build import export_site

__all__ = ["export_site"]
