"""Articles out of HTML pages, as newspaper sites write them."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.model import Document, Kind, Metadata
from indexer.readers import read

Write = Callable[[str, bytes | str], Path]

FIRST = "时代浪潮奔涌，总有先行者勇立潮头。青岛高新区不负“高”“新”之名，乘风破浪前行。"
SECOND = "一个区域的产业实力，绝非单个企业的简单叠加，而是一场从“孤木”到“森林”的聚变。"

PORTAL = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<title>青岛高新区：创新为帆_要闻_青岛新闻网</title>
<meta name="author" content="李媛 肖玲玲">
<meta property="og:site_name" content="青岛新闻网">
<link rel="canonical" href="https://news.example.cn/2025/10/01/1.html">
<script>var x = "<p>不是正文。</p>";</script><style>p {{}}</style></head><body>
<nav><ul><li><a href="/">首页</a></li><li><a href="/yw">要闻</a></li></ul></nav>
<div class="wrap"><h1>青岛高新区：创新为帆</h1>
<div class="info">2025年10月01日 08:15　来源：青岛日报</div>
<div class="box"><div class="text">
<p>　　{FIRST}</p><h2>集群发展</h2><p>　　{SECOND}</p>
<figure><img src="1.jpg"><figcaption>上图：高新区一角。</figcaption></figure>
<ul><li>第一条。</li><li>第二条。</li></ul>
<table><tr><th>年</th><th>产值</th></tr><tr><td>2024</td><td>102亿元</td></tr></table>
</div></div>
<div class="related"><ul><li><a href="/2">另一条新闻，也有标点。</a></li></ul></div></div>
<footer>版权所有，侵权必究。京ICP备1号。</footer></body></html>"""

EPAPER = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>人民日报-创新为帆</title></head><body><table><tr><td><a href=1>第1版</a></td><td>
<h3>（经济观察）</h3><h1>创新为帆</h1><h2>——青岛高新区见闻</h2>
<p class="sec">本报记者 李媛 <br><span class="date">2025年10月01日 星期三</span></p>
<div id="ozoom"><p>{FIRST}</p><p>{SECOND}</p></div></td></tr></table></body></html>"""

OLD = f"""<HTML><HEAD><TITLE>創新為帆</TITLE></HEAD><BODY><FONT SIZE=2>
&nbsp;&nbsp;{FIRST}<BR><BR>&nbsp;&nbsp;{SECOND}<BR></FONT></BODY></HTML>"""


def one(path: Path) -> Document:
    (document,) = read(path)
    return document


def blocks(document: Document) -> list[tuple[Kind, str]]:
    assert document.page
    (article,) = document.page.articles
    for block in article.blocks:
        assert "".join(document.text[start:end] for start, end in block.spans) == block.text
    return [(block.kind, block.text) for block in article.blocks]


def test_a_portal_page_gives_its_article_and_nothing_around_it(write: Write) -> None:
    document = one(write("a.html", PORTAL))
    assert blocks(document) == [
        (Kind.HEADLINE, "青岛高新区：创新为帆"),
        (Kind.BYLINE, "李媛 肖玲玲"),
        (Kind.PARAGRAPH, FIRST),
        (Kind.HEADING, "集群发展"),
        (Kind.PARAGRAPH, SECOND),
        (Kind.CAPTION, "上图：高新区一角。"),
        (Kind.LIST, "第一条。"),
        (Kind.LIST, "第二条。"),
        (Kind.TABLE, "年\t产值"),
        (Kind.TABLE, "2024\t102亿元"),
    ]
    assert document.metadata == Metadata(
        "青岛新闻网", "2025-10-01", url="https://news.example.cn/2025/10/01/1.html"
    )


def test_an_epaper_page_in_an_old_encoding_is_read(write: Write) -> None:
    document = one(write("a.htm", EPAPER.encode("gbk")))
    assert [text for kind, text in blocks(document) if kind is Kind.PARAGRAPH] == [FIRST, SECOND]
    assert blocks(document)[0] == (Kind.HEADLINE, "创新为帆")
    assert document.metadata.date == "2025-10-01"


def test_a_page_without_paragraph_marks_is_broken_at_its_line_breaks(write: Write) -> None:
    document = one(write("a", OLD.encode("big5", "ignore")))
    assert [kind for kind, _ in blocks(document)] == [
        Kind.HEADLINE,
        Kind.PARAGRAPH,
        Kind.PARAGRAPH,
    ]
    assert document.metadata == Metadata()


def test_spaces_are_kept_and_line_ends_of_the_source_are_not(write: Write) -> None:
    body = "<p>时代浪\n  潮奔涌，\n总有 first and\n last。"
    page = f"<html><title>集群发展 新体系</title>{body}<p>{FIRST}"
    document = one(write("a.html", page))
    assert [text for _, text in blocks(document)][:2] == [
        "集群发展 新体系",
        "时代浪潮奔涌，总有 first and last。",
    ]


def test_a_page_without_a_headline_comes_as_text(write: Write) -> None:
    document = one(write("a.html", f"<html><body><p>{FIRST}<p>{SECOND}</body></html>"))
    assert document.page is None
    assert document.text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2025-10-01T08:00:00+08:00">', 1),
        ('<meta name="PubDate" content="2025-10-01 08:00:00">', 1),
        ('<script type="application/ld+json">{"datePublished": "2025-10-01"}</script>', 1),
        ('<script type="application/ld+json">[{"datePublished": "2025-10-01"}]</script>', 1),
        ('<script type="application/ld+json">{"datePublished": </script>', 0),
        ('<meta name="pubdate" content="yesterday">', 0),
    ],
)
def test_the_date_is_taken_where_sites_put_it(write: Write, head: str, date: int) -> None:
    page = f"<html><head><title>题</title>{head}</head><body><p>{FIRST}</p></body></html>"
    assert one(write("a.html", page)).metadata.date == ("2025-10-01" if date else None)


def test_a_date_in_the_body_is_not_taken_for_the_date_of_the_page(write: Write) -> None:
    page = f"<html><title>题</title><body><p>2023年7月17日，会议召开。</p><p>{FIRST}</p></body>"
    assert one(write("a.html", page)).metadata.date is None


def test_a_page_that_names_the_wrong_encoding_is_read(write: Write) -> None:
    document = one(write("a.html", PORTAL.encode("gb18030")))
    assert blocks(document)[0] == (Kind.HEADLINE, "青岛高新区：创新为帆")


def test_an_address_that_is_no_web_address_is_left_out(write: Write) -> None:
    page = f'<html><title>题</title><link rel="canonical" href="javascript:alert(1)"><p>{FIRST}'
    assert one(write("a.html", page)).metadata.url is None


def test_markup_in_text_stays_text(write: Write) -> None:
    page = f"<html><title>题&lt;script&gt;</title><p>{FIRST}&lt;b&gt;</p></html>"
    assert blocks(one(write("a.html", page)))[0] == (Kind.HEADLINE, "题<script>")


def test_nesting_that_would_burst_the_parser_is_refused_at_once(write: Write) -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable, match="nested more than"):
        one(write("a.html", "<html><body>" + "<div>" * 1_000_000 + FIRST))
    assert time.monotonic() - started < 5


def test_unclosed_paragraphs_are_no_nesting(write: Write) -> None:
    page = "<html><title>题</title><body>" + f"<p>{FIRST}" * 3000
    assert len(blocks(one(write("a.html", page)))) == 3001


@pytest.mark.parametrize("start", ["<h1>题</h1>", "<meta charset=utf-8>", "<table><tr><td>"])
def test_a_piece_of_a_page_is_told_from_text(write: Write, start: str) -> None:
    assert "<" not in one(write("a.txt", f"{start}<p>{FIRST}</p>")).text


def test_a_page_without_text_is_refused(write: Write) -> None:
    with pytest.raises(Unreadable, match="no text"):
        one(write("a.html", "<html><body><script>x</script></body></html>"))
