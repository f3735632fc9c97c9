"""Write articles as an electronic book, EPUB 3.3.

By hand: the libraries for it are under a licence that binds this program too, or put today's date
where the paper's is unknown. The same articles give the same bytes.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Sequence
from html import escape

from indexer.cite import Style, cite
from indexer.model import Kind
from indexer.takeaway.source import english_line, source_line, xml_safe
from indexer.views import ArticleView, ParagraphView

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can say
_CLASSES = {
    Kind.BYLINE: "small", Kind.CAPTION: "small", Kind.CREDIT: "small", Kind.STAFF: "small",
    Kind.CONTINUATION: "small", Kind.VERSE: "verse",
}  # fmt: skip
_CSS = """\
h1, h2 { line-height: 1.3; }
p { margin: 0.6em 0 0; }
.en { color: #444; margin-left: 1.2em; font-size: 0.95em; }
.small { font-size: 0.85em; }
.verse { white-space: pre-line; }
.source { font-size: 0.85em; font-style: italic; }
footer { margin-top: 2em; border-top: 1px solid #999; font-size: 0.85em; }
"""
_CONTAINER = """\
<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
"""


def epub(title: str, articles: Sequence[ArticleView], modified: str) -> bytes:
    """Return a book with a chapter for each article; ``modified`` is UTC, 2026-01-31T12:00:00Z.

    The book's date is that of the paper, where all articles have the same, else it has none.
    """
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        _write(archive, "mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        _write(archive, "META-INF/container.xml", _CONTAINER)
        _write(archive, "EPUB/package.opf", _package(title, articles, modified))
        _write(archive, "EPUB/nav.xhtml", _navigation(title, articles))
        _write(archive, "EPUB/style.css", _CSS)
        for number, article in enumerate(articles, 1):
            _write(archive, f"EPUB/{_file(number)}", _chapter(article))
    return book.getvalue()


def _write(
    archive: zipfile.ZipFile, name: str, text: str, compression: int = zipfile.ZIP_DEFLATED
) -> None:
    info = zipfile.ZipInfo(name, _EPOCH)
    info.compress_type = compression
    archive.writestr(info, text.encode())


def _file(number: int) -> str:
    return f"article{number:04}.xhtml"


def _package(title: str, articles: Sequence[ArticleView], modified: str) -> str:
    keys = " ".join(article.key for article in articles)
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"bilingual-news-archive:{title}:{keys}")
    dates = {article.date for article in articles}
    papers = dict.fromkeys(a.publication for a in articles if a.publication)
    known = [f"<dc:publisher>{_text(paper)}</dc:publisher>" for paper in papers]
    if len(dates) == 1 and (date := dates.pop()):
        known.append(f"<dc:date>{_text(date)}</dc:date>")
    numbers = range(1, len(articles) + 1)
    items = [
        f'<item id="a{n}" href="{_file(n)}" media-type="application/xhtml+xml"/>' for n in numbers
    ]
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="zh">
  <metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
    <dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>
    <dc:title>{_text(title)}</dc:title>
    <dc:language>zh</dc:language>
    <dc:language>en</dc:language>
    {"".join(known)}
    <meta property="dcterms:modified">{modified}</meta>
  </metadata>
  <manifest>
    <item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
    <item id="css" href="style.css" media-type="text/css"/>
    {"".join(items)}
  </manifest>
  <spine>{"".join(f'<itemref idref="a{n}"/>' for n in numbers)}</spine>
</package>
"""


def _navigation(title: str, articles: Sequence[ArticleView]) -> str:
    entries = "".join(
        f'<li><a href="{_file(number)}">{_text(_headline(article))}</a></li>'
        for number, article in enumerate(articles, 1)
    )
    body = f'<nav epub:type="toc"><h1>{_text(title)}</h1><ol>{entries}</ol></nav>'
    return _page(title, body)


def _chapter(article: ArticleView) -> str:
    body = [f"<h1>{_text(_headline(article))}</h1>"]
    if article.headline_en:
        body.append(f'<p class="en" lang="en" xml:lang="en">{_text(article.headline_en)}</p>')
    body.append(f'<p class="source">{_text(source_line(article))}</p>')
    body += [_block(p) for p in article.paragraphs if p.kind is not Kind.HEADLINE]
    note = english_line(article)
    note = f"<p>{_text(note)}</p>" if note else ""
    citation = cite(article, Style.CHICAGO).html
    body.append(f'<footer lang="en" xml:lang="en"><p>{xml_safe(citation)}</p>{note}</footer>')
    return _page(_headline(article), "\n".join(body))


def _block(paragraph: ParagraphView) -> str:
    tag = "h2" if paragraph.kind is Kind.HEADING else "p"
    style = _CLASSES.get(paragraph.kind)
    attributes = f' id="p{paragraph.anchor}"' + (f' class="{style}"' if style else "")
    chinese = f"<{tag}{attributes}>{_text(paragraph.zh)}</{tag}>"
    if not paragraph.en:
        return chinese
    return f'{chinese}\n<p class="en" lang="en" xml:lang="en">{_text(paragraph.en)}</p>'


def _headline(article: ArticleView) -> str:
    return article.headline or "（无题）"


def _page(title: str, body: str) -> str:
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
 lang="zh" xml:lang="zh">
<head><title>{_text(title)}</title><link rel="stylesheet" href="style.css"/></head>
<body>
{body}
</body>
</html>
"""


def _text(text: str) -> str:
    return escape(xml_safe(text), quote=True)
