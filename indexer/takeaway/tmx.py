"""Write the sentence pairs of articles as a translation memory, TMX 1.4."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from indexer.takeaway.source import made_by, xml_safe
from indexer.views import ArticleView, ParagraphView

_TOOL = "bilingual-news-archive"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DOCTYPE = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'


def tmx(articles: Iterable[ArticleView]) -> bytes:
    """Return one unit for each sentence that has English, for each paragraph a person rewrote.

    Each names its article, its paragraph and who or what made the English.
    """
    root = ET.Element("tmx", version="1.4")
    ET.SubElement(
        root,
        "header",
        {
            "creationtool": _TOOL,
            "creationtoolversion": "1",
            "segtype": "sentence",
            "o-tmf": _TOOL,
            "adminlang": "en",
            "srclang": "zh",
            "datatype": "plaintext",
        },
    )
    body = ET.SubElement(root, "body")
    for article in articles:
        for paragraph in article.paragraphs:
            for chinese, english in _pairs(paragraph):
                _unit(body, article, paragraph, chinese, english)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8")
    return _DOCTYPE + document + b"\n"


def _pairs(paragraph: ParagraphView) -> Iterator[tuple[str, str]]:
    if paragraph.sentences:
        yield from ((s.zh, s.en) for s in paragraph.sentences if s.zh.strip() and s.en.strip())
    elif paragraph.en:
        yield paragraph.zh, paragraph.en


def _unit(
    body: ET.Element, article: ArticleView, paragraph: ParagraphView, chinese: str, english: str
) -> None:
    unit = ET.SubElement(body, "tu")
    if not paragraph.sentences:
        unit.set("segtype", "paragraph")
    ET.SubElement(unit, "prop", type="x-article").text = f"{article.key}#p{paragraph.anchor}"
    source = ET.SubElement(unit, "tuv", {_XML_LANG: "zh"})
    ET.SubElement(source, "seg").text = _clean(chinese)
    target = ET.SubElement(unit, "tuv", {_XML_LANG: "en", "creationid": _clean(made_by(paragraph))})
    ET.SubElement(target, "seg").text = _clean(english)


def _clean(text: str) -> str:
    return xml_safe(text).strip()
