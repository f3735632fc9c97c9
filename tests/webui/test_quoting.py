"""Who is quoted, and the check of a quote."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser

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
