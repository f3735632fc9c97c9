"""The quote check, on true, altered and invented quotes from the gold articles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer import store
from indexer.archive import Archive
from indexer.errors import Unreadable
from indexer.model import Article, Block, Document, Kind, Metadata, Page
from indexer.quotes.check import Checker, Finding, Verdict, check, compare
from indexer.quotes.reading import decode, read_quotes
from indexer.store import Source
from tests.quotes.report import gold


def page_of(texts: list[str]) -> Page:
    blocks = [Block(Kind.PARAGRAPH, text, ((0, len(text)),)) for text in texts]
    return Page((Article(tuple(blocks)),))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    pages = tuple(page_of(article["paragraphs"]) for article in gold())
    documents = tuple(
        Document("\n".join(article["paragraphs"]), Metadata("新闻", f"2024-01-{n % 28 + 1:02}"))
        for n, article in enumerate(gold())
    )
    with Archive.create(tmp_path_factory.mktemp("check")) as archive:
        with store.transaction(archive.connection):
            source = Source("ab" * 32, "gold", 1, documents, pages)
            store.insert_source(archive.connection, source)
        yield archive


@pytest.fixture(scope="module")
def checker(archive: Archive) -> Checker:
    return Checker(archive.connection)


def verdict(checker: Checker, quote: str) -> Verdict:
    return next(checker.check([quote]))


VERBATIM = [
    "从产业化扶持到生态优化再到一站式服务，青岛高新区的支持是全方位的。",
    "“如不能得到及时贷款，就会与业务失之交臂。”",
    "只有开放的中国，才会成为现代化的中国",
    "放弃独立思考，是一切不幸的核心",
    "中非从来都是命运共同体",
    "他们也想家，但他们更需要为更好的将来拼搏",
]
PUNCTUATION = [
    "從產業化扶持到生態優化再到一站式服務，青島高新區的支持是全方位的。",
    "只有开放的中国 才会成为现代化的中国！",
    "君子和而不流强哉矫，中立而不倚强哉矫",
    "一个1000万元的项目，发货就要垫资500万元",
]
# The quote as altered, what it says wrongly, and what the paper has there.
NEAR = [
    ("只有改革的中国，才会成为现代化的中国", "改革", "开放"),
    ("如不能得到及时投资，就会与业务失之交臂", "投资", "贷款"),
    ("一个 2000 万元的项目，发货就要垫资 500 万元", "2", "1"),
    ("中非一直都是命运共同体，中非友好", "一直", "从来"),
    ("放弃独立思想，是一切不幸的核心", "想", "考"),
    (
        "技术创新是企业的未来。拥有自主知识产权和核心技术，才能生产具有核心竞争力的产品",
        "未来",
        "命根子",
    ),
    ("青岛高新区的支持是多方位的，从产业化扶持到生态优化再到一站式服务", "青岛高新区", ""),
    ("我经常想起《七子之歌》，歌中表达的游子对回到祖国怀抱的渴望十分感人", "祖国", "母亲"),
    (
        "社会主义革命，团结到底，在中国共产党的领导下，誓为建设平等自由幸福的大家庭而奋斗",
        "社会主义革命",
        "一心一德",
    ),
    ("新征程上，黄埔军校同学会要牢记建校宗旨和历史使命", "历史", "政治"),
]
INVENTED = [
    "我们将在明年把火箭送上火星并在那里种植土豆",
    "这份合同一分钱也不值，我当场就把它撕了",
    "青岛的啤酒是世界上最好喝的饮料，没有之一",
    "银行从来不肯给我们开门，经理躲着不见人",
    "从今以后谁也不许再谈论加班费的事情",
    "孩子们唱着歌走过大桥，桥下的河水已经结冰",
    "Nobody in this town has ever seen a robot do anything useful.",
    "The moon will be sold to the highest bidder next Tuesday.",
    "价格要涨三倍，否则工厂年底前全部关门",
    "记者朋友们请不要再打电话给我的母亲了",
]


class TestThirtyQuotes:
    @pytest.mark.parametrize("quote", VERBATIM)
    def test_a_true_quote_is_verbatim(self, checker: Checker, quote: str) -> None:
        found = verdict(checker, quote)
        assert found.finding is Finding.VERBATIM
        assert found.matches[0].similarity == 1

    @pytest.mark.parametrize("quote", PUNCTUATION)
    def test_other_punctuation_and_script_are_told_apart(
        self, checker: Checker, quote: str
    ) -> None:
        assert verdict(checker, quote).finding is Finding.PUNCTUATION

    @pytest.mark.parametrize(("quote", "wrong", "right"), NEAR)
    def test_an_altered_quote_is_near_with_the_difference_marked(
        self, checker: Checker, quote: str, wrong: str, right: str
    ) -> None:
        found = verdict(checker, quote)
        assert found.finding is Finding.NEAR
        differences = [(p.quote, p.source) for p in found.matches[0].parts if not p.same]
        assert any(wrong in q and right in s for q, s in differences)

    @pytest.mark.parametrize("quote", INVENTED)
    def test_an_invented_quote_is_not_found(self, checker: Checker, quote: str) -> None:
        assert verdict(checker, quote) == Verdict(quote, Finding.NOT_FOUND)


class TestWhereItStands:
    def test_a_match_names_paragraph_article_and_date(
        self, archive: Archive, checker: Checker
    ) -> None:
        match = verdict(checker, "放弃独立思考，是一切不幸的核心").matches[0]
        (text,) = archive.connection.execute(
            "SELECT text FROM paragraph WHERE id = ?", match.paragraph_ids
        ).fetchone()
        assert "放弃独立思考，是一切不幸的核心" in text
        assert archive.article(match.article_key).date == match.date

    def test_a_quote_over_two_paragraphs_names_both(self, checker: Checker) -> None:
        first, second = gold()[2]["paragraphs"][1:3]
        found = verdict(checker, first[-12:] + second[:12])
        assert found.finding is Finding.PUNCTUATION
        assert len(found.matches[0].paragraph_ids) == 2

    def test_punctuation_alone_is_not_found(self, checker: Checker) -> None:
        assert verdict(checker, "……").finding is Finding.NOT_FOUND


class TestEnglish:
    @pytest.fixture
    def english(self, archive: Archive) -> Iterator[Archive]:
        connection = archive.connection
        connection.execute(
            "INSERT INTO translation (paragraph_id, engine, en, sentences, made_at) VALUES"
            " (3, 'argos', 'The support of the zone is all-round, said Wang.', '[]', 'now')"
        )
        connection.execute(
            "INSERT INTO correction (paragraph_id, zh, before, after, author, made_at) VALUES"
            " (4, '', '', 'We have no collateral to offer to the bank.', 'Li', 'now')"
        )
        yield archive
        connection.execute("DELETE FROM translation")
        connection.execute("DELETE FROM correction")

    def test_words_of_a_machine_are_not_to_be_quoted(self, english: Archive) -> None:
        (found,) = check(english.connection, ["The support of the zone is all-round"])
        assert found.finding is Finding.MACHINE
        assert found.matches[0].translator == "argos"

    def test_words_near_those_of_a_machine_are_not_to_be_quoted(self, english: Archive) -> None:
        (found,) = check(english.connection, ["The support of this zone is all-round, said Wang"])
        assert found.finding is Finding.MACHINE

    def test_words_of_a_person_are_checked_like_the_papers(self, english: Archive) -> None:
        quotes = ["We have no collateral to offer", "We have no collateral to give to the bank"]
        findings = [(v.finding, v.matches[0].translator) for v in check(english.connection, quotes)]
        assert findings == [(Finding.VERBATIM, "Li"), (Finding.NEAR, "Li")]


class TestTheDifference:
    def test_parts_joined_are_quote_and_source(self) -> None:
        quote, source = "“只有改革，才会成功。”", "只有开放的中国，才会成功！"
        parts, _ = compare(quote, source)
        assert "".join(p.source for p in parts) in source
        assert "".join(p.quote for p in parts).strip("“”。") == quote.strip("“”。")

    def test_equal_texts_have_no_difference(self) -> None:
        parts, same = compare("開放的中國", "开放的中国")
        assert all(part.same for part in parts)
        assert same == 5


class TestReadingQuotes:
    def test_one_to_a_line(self) -> None:
        assert read_quotes("\ufeff第一句。\n  第二句。\n") == ["第一句。", "第二句。"]

    def test_blocks_between_blank_lines(self) -> None:
        text = "第一句，\n接着说。\n\nThe first line\nand the second."
        assert read_quotes(text) == ["第一句，接着说。", "The first line and the second."]

    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_a_table_with_a_column_of_quotes(self, separator: str) -> None:
        rows = (("no", "Quote"), ("1", f'"他说{separator}好。"'), ("2", "第二句"), ("3", ""))
        text = "\n".join(separator.join(row) for row in rows)
        assert read_quotes(text) == [f"他说{separator}好。", "第二句"]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5"])
    def test_in_the_encodings_of_spreadsheets(self, encoding: str) -> None:
        table = "text\n「如不能得到，就會與業務失之交臂」\n"
        (quote,) = read_quotes(decode(table.encode(encoding)))
        assert "如不能得到" in quote

    def test_no_text_is_refused_with_a_remedy(self) -> None:
        with pytest.raises(Unreadable, match="UTF-8"):
            decode(bytes(range(128, 256)) * 3)

    def test_commas_alone_make_no_table(self) -> None:
        assert read_quotes("he said, she said\nhello, you") == ["he said, she said", "hello, you"]
