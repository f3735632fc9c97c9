"""One article to cite and to take away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from indexer.model import Kind
from indexer.views import ArticleView, ParagraphView, SentenceView

BODY = "“支持是全方位的。”王毅感慨道。每个月，都有专人上门。"
SIGHED = "“The support is all-round,” Wang Yi sighed."
SENTENCES = (
    SentenceView(0, 15, BODY[:15], SIGHED),
    SentenceView(15, 27, BODY[15:], "People come."),
)


def paragraph(
    number: int,
    kind: Kind,
    zh: str,
    en: str,
    sentences: tuple[SentenceView, ...] = (),
    by: str | None = None,
) -> ParagraphView:
    return ParagraphView(
        number, number, kind, zh, en, "argos 1", sentences=sentences, corrected_by=by
    )


ARTICLE = ArticleView(
    key="abcdefghij",
    headline="青岛高新区：创新为帆 向“新”而行",
    headline_en="Qingdao sails for the new",
    byline="李媛 肖玲玲",
    publication="科技日报",
    date="2025-10-09",
    date_guessed=False,
    page="3",
    section="区域",
    url=None,
    issue_key="issue12345",
    source_name="page.txt",
    source_sha256="ab" * 32,
    paragraphs=(
        paragraph(1, Kind.HEADLINE, "青岛高新区：创新为帆 向“新”而行", "Qingdao sails for the new"),
        paragraph(2, Kind.BYLINE, "李媛 肖玲玲", "Li Yuan, Xiao Lingling"),
        paragraph(3, Kind.HEADING, "集群发展", "Clusters"),
        paragraph(4, Kind.PARAGRAPH, BODY, f"{SIGHED} People come.", sentences=SENTENCES),
        paragraph(
            5, Kind.PARAGRAPH, "102 亿元 <收入> & *增速*。", "Income & growth.", by="Anna Lee"
        ),
        ParagraphView(6, 6, Kind.CAPTION, "上图：政务大厅"),
    ),
)


def article(**changes: Any) -> ArticleView:
    """Return the article with some fields changed."""
    return replace(ARTICLE, **changes)
