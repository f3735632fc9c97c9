"""Signing in, correcting, undoing; and all that must not be possible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from werkzeug.test import TestResponse

from indexer import users
from indexer.archive import Archive
from indexer.errors import ArchiveError, NotFound
from tests.webui.building import add_page, finish
from tests.webui.conftest import PASSWORD, first_key, sign_in, token
from webui import create_app
from webui.correcting import difference
from webui.throttle import Throttle


def paragraph(client: FlaskClient, anchor: int = 3) -> dict[str, Any]:
    article = client.get(f"/a/{first_key(client)}.json").json["article"]
    return next(p for p in article["paragraphs"] if p["anchor"] == anchor)


def correct(client: FlaskClient, en: str, **more: str) -> TestResponse:
    path = f"/a/{first_key(client)}/p3/edit"
    form = {"csrf": token(client, path), "was": paragraph(client)["en"], "en": en, **more}
    return client.post(path, data=form)


def paragraph_of(client: FlaskClient, path: str) -> dict[str, Any]:
    """Return the paragraph of an address ``/a/<key>/p3/edit``."""
    article = client.get(f"/a/{path.split('/')[2]}.json").json["article"]
    return next(p for p in article["paragraphs"] if p["anchor"] == 3)


def undo(client: FlaskClient, number: int, anchor: int = 3) -> TestResponse:
    path = f"/a/{first_key(client)}"
    form = {"csrf": token(client, f"{path}/p3/history"), "correction": str(number)}
    return client.post(f"{path}/p{anchor}/undo", data=form)


def history(client: FlaskClient) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(f"/a/{first_key(client)}/p3/history.json").json[
        "corrections"
    ]
    return found


class TestSigningIn:
    def test_the_right_password_opens_the_door(self, own_client: FlaskClient) -> None:
        answer = sign_in(own_client, goal="/help")
        assert (answer.status_code, answer.location) == (303, "/help")
        assert "Signed in as Ann." in own_client.get("/help").text

    def test_a_wrong_password_and_an_unknown_name_read_the_same(
        self, own_client: FlaskClient
    ) -> None:
        wrong, unknown = sign_in(own_client, password="x"), sign_in(own_client, name="Bob")
        assert wrong.status_code == unknown.status_code == 403
        assert "do not belong together" in wrong.text
        assert "do not belong together" in unknown.text

    def test_guessing_is_slowed_down(self, own_client: FlaskClient) -> None:
        for _ in range(5):
            assert sign_in(own_client, password="wrong").status_code == 403
        answer = sign_in(own_client)
        assert answer.status_code == 429
        assert int(answer.headers["Retry-After"]) > 600

    @pytest.mark.parametrize("goal", ["https://evil.example", "//evil.example", "/\\evil", "x"])
    def test_signing_in_never_leads_to_another_site(
        self, own_client: FlaskClient, goal: str
    ) -> None:
        assert sign_in(own_client, goal=goal).location == "/"

    def test_signing_out_ends_the_session(self, ann: FlaskClient) -> None:
        path = f"/a/{first_key(ann)}/p3/edit"
        ann.post("/logout", data={"csrf": token(ann, path)})
        assert ann.get(path).status_code == 303

    def test_a_new_password_signs_out_everywhere(self, ann: FlaskClient, own_dir: Path) -> None:
        with Archive.open(own_dir) as archive:
            users.set_password(archive.connection, "Ann", "another password")
        assert ann.get(f"/a/{first_key(ann)}/p3/edit").status_code == 303

    def test_a_removed_user_can_no_longer_write(self, ann: FlaskClient, own_dir: Path) -> None:
        with Archive.open(own_dir) as archive:
            users.remove(archive.connection, "Ann")
        assert ann.get(f"/a/{first_key(ann)}/p3/edit").status_code == 303

    def test_no_cache_keeps_a_signed_in_page(self, ann: FlaskClient) -> None:
        assert ann.get("/").headers["Cache-Control"] == "no-store"

    def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(
        self, own_client: FlaskClient
    ) -> None:
        cookie = sign_in(own_client).headers["Set-Cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


class TestCorrecting:
    def test_a_correction_replaces_the_machine_s_words(self, ann: FlaskClient) -> None:
        answer = correct(ann, "A tide of the times.")
        assert (answer.status_code, answer.location) == (303, f"/a/{first_key(ann)}#p3")
        now = paragraph(ann)
        assert (now["en"], now["corrected_by"]) == ("A tide of the times.", "Ann")
        assert "Corrected by Ann" in ann.get(f"/a/{first_key(ann)}").text

    def test_one_sentence_can_be_corrected(self, ann: FlaskClient) -> None:
        first = paragraph(ann)["sentences"][0]
        span = f"{first['start']}-{first['end']}"
        assert correct(ann, "The tide rises.", was=first["en"], sentence=span).status_code == 303
        now = paragraph(ann)
        assert now["sentences"][0]["en"] == "The tide rises."
        assert now["en"].startswith("The tide rises. ")

    def test_two_people_at_once_do_not_overwrite_each_other(self, ann: FlaskClient) -> None:
        old = paragraph(ann)["en"]
        correct(ann, "First.")
        answer = correct(ann, "Second.", was=old)
        assert answer.status_code == 409
        assert "Someone changed this English" in answer.text
        assert "Second." in answer.text
        assert paragraph(ann)["en"] == "First."

    def test_an_empty_correction_is_refused(self, ann: FlaskClient) -> None:
        assert correct(ann, "  ").status_code == 409
        assert paragraph(ann)["corrected_by"] is None

    def test_a_sentence_that_is_not_there_is_refused(self, ann: FlaskClient) -> None:
        assert correct(ann, "Words.", sentence="1-2").status_code == 409

    def test_the_history_says_who_before_and_after(self, ann: FlaskClient) -> None:
        before = paragraph(ann)["en"]
        correct(ann, "A tide.")
        assert [(c["author"], c["before"], c["after"]) for c in history(ann)] == [
            ("Ann", before, "A tide.")
        ]
        assert "<ins>" in ann.get(f"/a/{first_key(ann)}/p3/history").text

    def test_undo_brings_the_machine_s_words_back_and_stays_in_the_history(
        self, ann: FlaskClient
    ) -> None:
        before = paragraph(ann)["en"]
        correct(ann, "A tide.")
        assert undo(ann, history(ann)[0]["id"]).status_code == 303
        assert paragraph(ann)["en"] == before
        assert history(ann)[0]["undone_at"]

    def test_only_a_correction_of_this_paragraph_can_be_undone_here(self, ann: FlaskClient) -> None:
        correct(ann, "A tide.")
        assert undo(ann, history(ann)[0]["id"], anchor=4).status_code == 404
        assert paragraph(ann)["en"] == "A tide."


class TestWhatPeopleWroteBefore:
    """A sentence that was corrected once is offered wherever it, or one like it, stands."""

    @pytest.fixture
    def offered(self, own_dir: Path) -> tuple[FlaskClient, str]:
        """Return Ann's client and the form of an article that repeats a corrected sentence."""
        with Archive.open(own_dir) as archive:
            page = "又一新闻\n\n记者 李四\n\n时代浪潮奔涌，总有先行者。上海高新区向前。"
            add_page(archive, page, name="again.txt")
            finish(archive)
        client = create_app(own_dir, TESTING=True).test_client()
        sign_in(client)
        for sentence, en in zip(
            paragraph(client)["sentences"], ("The tide rises.", "Qingdao moves on."), strict=True
        ):
            span = f"{sentence['start']}-{sentence['end']}"
            assert correct(client, en, was=sentence["en"], sentence=span).status_code == 303
        return client, f"/a/{first_key(client, '又一')}/p3/edit"

    def test_is_offered_with_how_like_it_is(self, offered: tuple[FlaskClient, str]) -> None:
        client, path = offered
        forms = HTMLParser(client.get(path).text).css("form.pair")
        assert [len(form.css(".offers li")) for form in forms[1:]] == [1, 1]
        assert "The tide rises. for the same" in forms[1].css_first("li").text()
        like = forms[2].css_first("li").text()
        assert "Qingdao moves on. for 青岛高新区向前。" in like
        assert "% alike" in like

    def test_is_put_into_the_field_by_a_link(self, offered: tuple[FlaskClient, str]) -> None:
        client, path = offered
        link = HTMLParser(client.get(path).text).css("form.pair")[1].css_first("a")
        taken = HTMLParser(client.get(link.attributes["href"].partition("#")[0]).text)
        assert taken.css("textarea")[1].text() == "The tide rises."
        before = paragraph_of(client, path)["sentences"][0]["en"]
        assert taken.css('form.pair [name="was"]')[1].attributes["value"] == before

    @pytest.mark.parametrize("query", ["?take=5", "?take=1&sentence=7-9", "?sentence=x"])
    def test_what_is_not_there_is_not_taken(
        self, offered: tuple[FlaskClient, str], query: str
    ) -> None:
        client, path = offered
        fields = [HTMLParser(client.get(path + q).text).css("textarea") for q in ("", query)]
        assert [f.text() for f in fields[0]] == [f.text() for f in fields[1]]

    def test_is_not_offered_where_it_stands_already(self, offered: tuple[FlaskClient, str]) -> None:
        own = f"/a/{first_key(offered[0])}/p3/edit"
        assert not HTMLParser(offered[0].get(own).text).css("form.pair")[1].css(".offers")


class TestWithoutAnAccount:
    def test_the_archive_is_read_only(self, own_client: FlaskClient) -> None:
        key, csrf = first_key(own_client), token(own_client, "/login")
        for end in ("edit", "undo"):
            answer = own_client.post(f"/a/{key}/p3/{end}", data={"csrf": csrf, "en": "No."})
            assert answer.status_code == 303
            assert answer.location.startswith("/login")
        assert paragraph(own_client)["corrected_by"] is None

    def test_the_page_offers_no_correction(self, own_client: FlaskClient) -> None:
        assert "/edit" not in own_client.get(f"/a/{first_key(own_client)}").text

    def test_every_change_needs_the_token(self, ann: FlaskClient) -> None:
        key = first_key(ann)
        for path in ("/logout", "/login", f"/a/{key}/p3/edit", f"/a/{key}/p3/undo"):
            for form in ({}, {"csrf": "wrong"}, {"csrf": "错"}):
                assert ann.post(path, data={"en": "No.", **form}).status_code == 400
        assert paragraph(ann)["corrected_by"] is None

    def test_nothing_is_changed_by_get(self, ann: FlaskClient, own_dir: Path) -> None:
        rules = create_app(own_dir).url_map.iter_rules()
        assert {rule.rule for rule in rules if "POST" in (rule.methods or ())} == {
            "/login",
            "/logout",
            "/a/<key>/p<int:anchor>/edit",
            "/a/<key>/p<int:anchor>/undo",
            "/check",
            "/check.json",
        }
        with Archive.open(own_dir) as archive:
            version = "PRAGMA data_version"
            before = archive.connection.execute(version).fetchone()[0]
            for end in ("", "/p3/edit", "/p3/history", "/p3/words"):
                assert ann.get(f"/a/{first_key(ann)}{end}").status_code == 200
            assert archive.connection.execute(version).fetchone()[0] == before


class TestUsers:
    def test_a_password_is_kept_only_as_an_argon2_hash(self, own_dir: Path) -> None:
        with Archive.open(own_dir) as archive:
            stored = archive.connection.execute("SELECT password_hash FROM user").fetchone()[0]
        assert stored.startswith("$argon2id$")
        assert PASSWORD not in stored

    @pytest.mark.parametrize(
        ("name", "password"),
        [
            ("Ann", PASSWORD),
            ("", PASSWORD),
            ("a\nb", PASSWORD),
            ("x" * 41, PASSWORD),
            ("Bob", "short"),
        ],
    )
    def test_a_bad_name_or_password_is_refused(
        self, own_dir: Path, name: str, password: str
    ) -> None:
        with Archive.open(own_dir) as archive, pytest.raises(ArchiveError):
            users.add(archive.connection, name, password)

    def test_users_are_listed_by_name(self, own_dir: Path) -> None:
        with Archive.open(own_dir) as archive:
            users.add(archive.connection, "王芳", PASSWORD)
            assert [user.name for user in users.users(archive.connection)] == ["Ann", "王芳"]

    def test_a_user_who_is_not_there_cannot_be_removed(self, own_dir: Path) -> None:
        with Archive.open(own_dir) as archive, pytest.raises(NotFound, match="archive user list"):
            users.remove(archive.connection, "Bob")


def test_a_throttle_forgets_with_time() -> None:
    now = [0.0]
    throttle = Throttle(2, 60, clock=lambda: now[0])
    throttle.fail("a", "b")
    throttle.fail("a")
    assert throttle.wait("a", "b") == 61
    assert throttle.wait("b") == 0
    now[0] = 61.0
    assert throttle.wait("a") == 0


def test_a_difference_is_told_word_by_word() -> None:
    assert difference("the high zone", "the new zone") == [
        ("same", "the"),
        ("del", " high"),
        ("ins", " new"),
        ("same", " zone"),
    ]
