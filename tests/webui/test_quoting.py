"""Who is quoted, and the check of a quote."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from indexer.archive import Archive
from webui import quoting

SAID = "从产业化扶持到生态优化再到一站式服务，青岛高新区的支持是全方位的。"


def finding(client: FlaskClient, quote: str) -> str:
    verdicts = client.get("/check.json", query_string={"quotes": quote}).json["verdicts"]
    assert len(verdicts) == 1
    return str(verdicts[0]["finding"])


def test_speakers_lead_to_their_words(client: FlaskClient) -> None:
    html = HTMLParser(client.get("/speakers").text)
    link = next(a for a in html.css(".issues a") if a.text() == "王毅")
    page = HTMLParser(client.get(link.attributes["href"]).text)
    assert SAID in page.css_first(".zh").text()
    assert page.css_first(".en").text(strip=True)


def test_a_speaker_is_found_by_pinyin(client: FlaskClient) -> None:
    assert client.get("/speakers/Wang Yi.json").json["name"] == "王毅"


def test_an_unknown_speaker_is_told_so(client: FlaskClient) -> None:
    answer = client.get("/speakers/无名氏")
    assert answer.status_code == 404
    assert "Nobody of the name 无名氏" in answer.text


@pytest.mark.parametrize(
    ("quote", "verdict"),
    [
        (SAID, "verbatim"),
        ("從產業化扶持到生態優化再到一站式服務 青島高新區的支持是全方位的", "punctuation"),
        ("从产业化扶持到生态优化再到一条龙服务，青岛高新区的支持是全方位的。", "near"),
        ("我们将于明年登陆火星并建立永久基地。", "not found"),
    ],
)
def test_a_quote_is_checked(client: FlaskClient, quote: str, verdict: str) -> None:
    assert finding(client, quote) == verdict


def test_a_difference_is_shown_on_the_page(client: FlaskClient) -> None:
    altered = SAID.replace("一站式", "一条龙")
    html = HTMLParser(client.get("/check", query_string={"quotes": altered}).text)
    assert html.css_first("del").text() == "条龙"
    assert html.css_first("ins").text() == "站式"
    assert "#p" in html.css_first(".match a").attributes["href"]


def test_several_quotes_are_checked_at_once(client: FlaskClient) -> None:
    text = f"{SAID}\n我们将于明年登陆火星。"
    verdicts = client.get("/check.json", query_string={"quotes": text}).json["verdicts"]
    assert [verdict["finding"] for verdict in verdicts] == ["verbatim", "not found"]


class TestManyQuotes:
    """A form or a file of quotes; posted only for its length, so that nothing changes."""

    ALTERED = SAID.replace("一站式", "一条龙")
    INVENTED = "我们将于明年登陆火星。"
    FINDINGS = ("verbatim", "near", "not found")

    def table(self) -> str:
        rows = [["who", "quote"], *(["王毅", q] for q in (SAID, self.ALTERED, self.INVENTED))]
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        return text.getvalue()

    def test_of_a_form_have_a_row_each(self, client: FlaskClient) -> None:
        quotes = "\r\n".join((SAID, self.ALTERED, self.INVENTED))
        html = HTMLParser(client.post("/check", data={"quotes": quotes}).text)
        rows = html.css(".verdicts tbody tr")
        assert [row.attributes["class"] for row in rows] == ["v-verbatim", "v-near", "v-not_found"]
        assert rows[1].css_first("ins").text() == "站式"
        link = rows[0].css_first("a").attributes["href"]
        assert (
            SAID in HTMLParser(client.get(link).text).css_first(f"#{link.split('#')[1]} .zh").text()
        )

    @pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
    def test_of_a_table_are_read_in_any_code(self, client: FlaskClient, code: str) -> None:
        file = (io.BytesIO(self.table().encode(code)), "quotes.csv")
        verdicts = client.post("/check.json", data={"file": file}).json["verdicts"]
        assert tuple(verdict["finding"] for verdict in verdicts) == self.FINDINGS

    def test_can_be_taken_away_as_a_table(self, client: FlaskClient) -> None:
        file = (io.BytesIO(self.table().encode()), "quotes.csv")
        answer = client.post("/check", data={"file": file, "quotes": "=1+1", "as": "csv"})
        assert answer.headers["Content-Disposition"].startswith("attachment")
        rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
        assert [row["quote"] for row in rows] == ["'=1+1", SAID, self.ALTERED, self.INVENTED]
        assert tuple(row["finding"] for row in rows[1:]) == self.FINDINGS
        assert rows[1]["permalink"].startswith("http://localhost/a/")
        assert rows[3]["permalink"] == ""

    def test_of_a_file_stand_in_the_form_afterwards(self, client: FlaskClient) -> None:
        file = (io.BytesIO(self.table().encode()), "quotes.csv")
        html = HTMLParser(client.post("/check", data={"file": file}).text)
        assert html.css_first("textarea").text().splitlines()[-1] == self.INVENTED

    def test_too_many_too_long_or_no_text_are_refused(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        picture = {"file": (io.BytesIO(b"\x89PNG\r\n\x1a\n\x00\x00\xff\xfe\x81" * 9), "a.png")}
        assert client.post("/check", data=picture).status_code == 400
        assert client.post("/check", data={"quotes": "字" * 60_000}).status_code == 413
        assert "check it in parts" in client.post("/check", data={"quotes": "字" * 1_001}).text
        monkeypatch.setattr(quoting, "MOST_QUOTES", 1)
        answer = client.post("/check", data={"quotes": "a\nb"})
        assert answer.status_code == 400
        assert "archive quotes check" in answer.text

    def test_change_nothing_and_start_no_session(
        self, client: FlaskClient, archive_dir: Path
    ) -> None:
        with Archive.open(archive_dir) as archive:
            version = "PRAGMA data_version"
            before = archive.connection.execute(version).fetchone()[0]
            answer = client.post("/check", data={"quotes": SAID})
            assert archive.connection.execute(version).fetchone()[0] == before
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "no-store"
