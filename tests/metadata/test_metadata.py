"""Where publication, date and page come from, and which source wins."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.metadata import BadPattern, for_file
from indexer.model import Document, Metadata


def sidecar(folder: Path, text: str) -> Path:
    (folder / "issue.toml").write_text(text, encoding="utf-8")
    return folder / "20251001_05.txt"


class TestPattern:
    @pytest.mark.parametrize(
        ("name", "pattern", "known"),
        [
            ("20251001_05.txt", "{date:%Y%m%d}_{page}", Metadata(date="2025-10-01", page="5")),
            ("2025-10-01-A03.pdf", "{date}-{page}", Metadata(date="2025-10-01", page="A03")),
            ("2025-10.txt", "{date:%Y-%m}", Metadata(date="2025-10")),
            (
                "青岛日报_20251001_要闻_00.json.gz",
                "{publication}_{date:%Y%m%d}_{section}_{page}",
                Metadata("青岛日报", "2025-10-01", "00", "要闻"),
            ),
            ("x[1].txt", "x[{page}]", Metadata(page="1")),
            ("scan 0007 v2.txt", "scan {page} {any}", Metadata(page="7")),
            ("第3版.txt", "第{page}版", Metadata(page="3")),
            ("a_b_20251001.txt", "{publication}_{date:%Y%m%d}", Metadata("a_b", "2025-10-01")),
            ("5.v1.txt", "{page}.v1", Metadata(page="5")),
            ("5.txt", "{page}.txt", Metadata(page="5")),
        ],
    )
    def test_a_file_name_is_read_by_its_pattern(
        self, name: str, pattern: str, known: Metadata
    ) -> None:
        assert for_file(Path(name), pattern=pattern) == known

    def test_folders_are_matched_where_the_pattern_has_them(self) -> None:
        path = Path("/data/青岛日报/2025-10-01/05.txt")
        known = Metadata("青岛日报", "2025-10-01", "5")
        assert for_file(path, pattern="{publication}/{date}/{page}") == known

    def test_a_member_of_a_packed_file_is_matched_by_its_own_name(self) -> None:
        page = Document("文", name="papers/20251001_02.jsonl › line 12")
        known = for_file(Path("all.zip"), pattern="{date:%Y%m%d}_{page}", document=page)
        assert known == Metadata(date="2025-10-01", page="2")

    @pytest.mark.parametrize("name", ["notes.txt", "2025101_1.txt", "20251301_1.txt"])
    def test_a_name_that_does_not_fit_is_refused_by_name(self, name: str) -> None:
        with pytest.raises(Unreadable, match=name):
            for_file(Path(name), pattern="{date:%Y%m%d}_{page}")

    @pytest.mark.parametrize(
        ("pattern", "says"),
        [
            ("{day}", "unknown field {day}"),
            ("{page", "brace without its other half"),
            ("page}", "brace without its other half"),
            ("{page}_{page}", "names {page} twice"),
            ("{publication}{page}", "put a separator"),
            ("{date:%B}", "use %Y, %m and %d"),
            ("{date:%d}", "use %Y"),
            ("{date:%Y%Y}", "each once"),
            ("{date:%Y%}", "use %Y"),
            ("{page:%d}", "gives {page} a format"),
            ("{any}_{any}", "names no field"),
            ("{any}_{any}_{any}_{any}_{page}", "too many"),
            ("page", "names no field"),
            ("{{page}}", "brace"),
            ("{}", "unknown field {}"),
        ],
    )
    def test_a_bad_pattern_is_refused_with_its_remedy(self, pattern: str, says: str) -> None:
        with pytest.raises(BadPattern) as error:
            for_file(Path("x.txt"), pattern=pattern)
        assert says in str(error.value)

    def test_a_hostile_name_is_matched_in_time(self) -> None:
        with pytest.raises(Unreadable):
            for_file(Path("_" * 150), pattern="{publication}_{section}_{page}_{any}!")


class TestSidecar:
    def test_a_folder_tells_what_its_files_have_in_common(self, tmp_path: Path) -> None:
        path = sidecar(
            tmp_path,
            'publication = "青岛日报"\ndate = 2025-10-01\nsection = "要闻"\nurl = "https://x.cn"\n'
            '[pages]\n"20251001_05.txt" = 5\n"6.txt" = { page = "6", section = "国际" }\n',
        )
        common = Metadata("青岛日报", "2025-10-01", "5", "要闻", "https://x.cn")
        assert for_file(path) == common
        assert for_file(tmp_path / "6.txt").section == "国际"
        assert for_file(tmp_path / "7.txt").page is None

    def test_its_pattern_serves_where_none_is_given(self, tmp_path: Path) -> None:
        path = sidecar(tmp_path, 'pattern = "{date:%Y%m%d}_{page}"')
        assert for_file(path) == Metadata(date="2025-10-01", page="5")
        assert for_file(path, pattern="{page}_{any}").page == "20251001"

    def test_a_change_of_it_is_seen(self, tmp_path: Path) -> None:
        assert for_file(sidecar(tmp_path, 'publication = "甲"')).publication == "甲"
        assert for_file(sidecar(tmp_path, 'publication = "乙报"')).publication == "乙报"

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("publication = 青岛", "is no TOML"),
            ('publicaton = "青岛日报"', "unknown key 'publicaton'; use publication"),
            ('date = "last week"', "date 'last week'"),
            ("pages = 3", "write them under [pages]"),
            ('[pages]\n"1.txt" = {pages = 1}', "unknown key 'pages'"),
            ("section = [1]", "write it in quotes"),
        ],
    )
    def test_a_bad_one_is_refused_with_its_remedy(
        self, tmp_path: Path, text: str, says: str
    ) -> None:
        with pytest.raises(Unreadable) as error:
            for_file(sidecar(tmp_path, text))
        assert says in str(error.value)
        assert "issue.toml" in str(error.value)

    def test_one_with_a_bad_pattern_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(Unreadable, match=r"unknown field \{pag\}"):
            for_file(sidecar(tmp_path, 'pattern = "{pag}"'))

    def test_one_that_is_no_utf8_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "issue.toml").write_bytes('publication = "青岛日报"'.encode("gb18030"))
        with pytest.raises(Unreadable, match="save it as UTF-8"):
            for_file(tmp_path / "1.txt")


class TestPrecedence:
    PATTERN = "{date:%Y%m%d}_{page}"

    def test_each_source_yields_to_the_one_nearer_to_the_archivist(self, tmp_path: Path) -> None:
        path = sidecar(tmp_path, 'publication = "边车"\nsection = "边车"\nurl = "边车"')
        record = Document("文", Metadata(publication="记录", section="记录"))
        known = for_file(path, Metadata(publication="选项"), self.PATTERN, document=record)
        assert known == Metadata("选项", "2025-10-01", "5", "记录", "边车")

    def test_a_sidecar_wins_over_the_pattern(self, tmp_path: Path) -> None:
        path = sidecar(tmp_path, 'date = "2024"')
        assert for_file(path, pattern=self.PATTERN).date == "2024"

    def test_what_is_unknown_stays_unknown(self) -> None:
        assert for_file(Path("x.txt"), document=Document("2025年10月1日 星期三")) == Metadata()


class TestGuess:
    PAGE = Document("青岛日报 2025年10月1日 星期三\n正文。")

    def test_a_guessed_date_is_marked_as_such(self) -> None:
        known = for_file(Path("x.txt"), document=self.PAGE, guess=True)
        assert known == Metadata(date="2025-10-01", date_guessed=True)

    def test_a_known_date_is_never_guessed(self) -> None:
        known = for_file(Path("x.txt"), Metadata(date="2024-01-01"), document=self.PAGE, guess=True)
        assert known == Metadata(date="2024-01-01")

    def test_a_known_year_completes_a_dateline(self) -> None:
        page = Document("本报北京10月1日电 正文。")
        known = for_file(Path("x.txt"), Metadata(date="2025"), document=page, guess=True)
        assert known == Metadata(date="2025-10-01", date_guessed=True)

    def test_a_known_year_is_never_overruled(self) -> None:
        known = for_file(Path("x.txt"), Metadata(date="2024"), document=self.PAGE, guess=True)
        assert known == Metadata(date="2024")
