"""The article page, and the word help."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, current_app, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.routing import RequestRedirect

from indexer.search import Similar
from indexer.views import ArticleView, ParagraphView
from translations.gloss import Word, dictionary
from webui import parameters
from webui.hanzi import SCRIPTS, Script
from webui.reading import Marks, marked
from webui.state import archive
from webui.twins import twin

blueprint = Blueprint("articles", __name__)

MAX_WORDS = 2_000  # characters that the word help takes at once
VIEWS = ("both", "en", "zh")
NOTICE = "Machine translation: cite the Chinese."


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Show an article: ``view`` says which languages, ``script`` which Chinese characters.

    ``joined`` says that the article asked for is now part of this one; ``found`` says by anchor
    where the words ``q`` of a search stand.
    """

    article: ArticleView
    view: str
    script: Script
    notice: str
    joined: bool
    q: str
    found: dict[str, Marks]


@twin(
    blueprint,
    "/a/<key>",
    "article.html",
    query=[
        parameters.described("view", "The languages that the page shows.", enum=VIEWS),
        parameters.described("q", "Words to mark, as in a search."),
        parameters.described("script", "The Chinese characters that the page shows.", enum=SCRIPTS),
    ],
)
def article(key: str) -> ArticlePage:
    found, q = archive().article(key), parameters.text("q", current_app.config["MAX_QUERY"])
    machine = any(paragraph.en and not paragraph.corrected_by for paragraph in found.paragraphs)
    return ArticlePage(
        article=found,
        view=parameters.choice("view", VIEWS),
        script=parameters.choice("script", SCRIPTS),
        notice=NOTICE if machine else "",
        joined=found.key != key,
        q=q,
        found=marked(found.paragraphs, q) if q else {},
    )


def paragraph_at(found: ArticleView, anchor: int) -> ParagraphView:
    """Return the paragraph with the permalink number ``anchor``; raises NotFound.

    Where it went to another place, the reader is sent on to the same page there.
    """
    for moved in found.moved:
        if moved.anchor == anchor and request.endpoint:
            raise RequestRedirect(
                url_for(request.endpoint, key=moved.article_key, anchor=moved.article_anchor)
            )
    for paragraph in found.paragraphs:
        if paragraph.anchor == anchor:
            return paragraph
    raise NotFound(f"This article has no paragraph {anchor}.")


@dataclass(frozen=True, slots=True)
class SimilarPage:
    """Show the paragraphs of other articles that say much the same as one, the nearest first."""

    paragraph: ParagraphView
    similar: list[Similar]
    back: str


@twin(blueprint, "/a/<key>/p<int:anchor>/similar", "similar.html")
def similar(key: str, anchor: int) -> SimilarPage:
    paragraph = paragraph_at(archive().article(key), anchor)
    back = url_for("articles.article", key=key, _anchor=f"p{anchor}")
    return SimilarPage(paragraph, archive().similar(key, anchor), back)


@dataclass(frozen=True, slots=True)
class WordsPage:
    """Show the words of a Chinese text with pinyin and senses; ``back`` leads to the article."""

    text: str
    words: list[Word]
    back: str | None = None


@twin(blueprint, "/a/<key>/p<int:anchor>/words", "words.html")
def paragraph_words(key: str, anchor: int) -> WordsPage:
    text = paragraph_at(archive().article(key), anchor).zh
    back = url_for("articles.article", key=key, _anchor=f"p{anchor}")
    return WordsPage(text, dictionary().words(text), back)


@twin(
    blueprint,
    "/words",
    "words.html",
    query=[parameters.described("text", "Chinese text.", maxLength=MAX_WORDS)],
)
def words() -> WordsPage:
    text = parameters.text("text", MAX_WORDS)
    return WordsPage(text, dictionary().words(text))
