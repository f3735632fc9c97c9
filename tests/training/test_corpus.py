from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import pytest

from indexer import fold
from tests.conftest import ROOT
from translations.training import corpus
from translations.training.corpus import BadCorpus, KeptOut, Pair

SENTENCE = "韩正表示，中国高度重视国际中文教育。"


class TestWhatIsKeptOut:
    kept_out = KeptOut([SENTENCE, "本报记者"])

    @pytest.mark.parametrize(
        "text",
        [
            SENTENCE,
            "韓正表示,中國高度重視國際中文教育",  # Traditional, other punctuation
            "中国高度重视国际中文教育。",  # a part
            f"各地群众乐享中秋假期。{SENTENCE}会议今天开幕。",  # joined with others
            "本报记者：",
        ],
    )
    def test_is_known_in_every_form(self, text: str) -> None:
        assert self.kept_out.holds(text)

    @pytest.mark.parametrize(
        "text", ["", "各地群众乐享中秋假期", "韩正表示", "本报记者李明报道", "中国重视教育。"]
    )
    def test_is_nothing_else(self, text: str) -> None:
        assert not self.kept_out.holds(text)


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """Return a folder like the shared one, small: 4 general corpora and 400 pairs of domain."""
    with tarfile.open(tmp_path / "general.tar.xz", "w:xz") as archive:
        for number, name in enumerate(corpus.GENERAL):
            lines = [f"第{number}种新闻里的第{n}句话在这里" for n in range(600)]
            add(archive, f"{name}.zh", "".join(f"{line}\n" for line in lines))
            add(archive, f"{name}.en", "".join(f"News {n}.\n" for n in range(600)))
        add(archive, corpus.TOKENIZER, "pieces")
    (tmp_path / "domain.zh").write_text("".join(f"本地的第{n}条消息写在这里\n" for n in range(400)))
    (tmp_path / "domain.en").write_text("".join(f"Item {n}.\n" for n in range(400)))
    return tmp_path


def add(archive: tarfile.TarFile, name: str, text: str) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(text.encode())
    archive.addfile(member, io.BytesIO(text.encode()))


def own_table(path: Path, *rows: tuple[str, str, str]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines("\t".join(row) + "\n" for row in rows)
    return path


def test_development_sets_and_seeds_never_reach_the_training(shared: Path, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "page.txt").write_text("今天天气特别好呀。他去了青岛的学校。\n", "utf-8")
    own = own_table(
        shared / "own.tsv.gz",
        ("news", "本地的第99条消息写在这里", "In training."),
        ("news", "本地的第100条消息，写在这里！", "In the development set."),
        ("local", "他去了青岛的学校", "In the seed."),
        ("local", "她去了青岛的医院", "Not in the seed."),
    )
    training, development = corpus.gather(own, shared, seeds)
    assert training["news"] == [Pair("本地的第99条消息写在这里", "In training.")]
    assert [pair.en for pair in training["local"]] == ["Not in the seed."]
    assert len(training["newsdev2017"]) == 600
    assert training["newstest2018"][0].en == "News 500."
    assert development["newstest2018"][-1].en == "News 499."
    assert [development["domain"][n].en for n in (0, -1)] == ["Item 100.", "Item 399."]


def test_a_further_development_set_is_kept_out_too(shared: Path, tmp_path: Path) -> None:
    (shared / "set.zh").write_text("她去了青岛的医院。\n", "utf-8")
    (shared / "set.en").write_text("She went to the hospital in Qingdao.\n", "utf-8")
    own = own_table(shared / "own.tsv.gz", ("local", "她去了青岛的医院", "Kept out."))
    training, development = corpus.gather(own, shared, tmp_path / "none", [shared / "set"])
    assert training["local"] == []
    assert [pair.en for pair in development["set"]] == ["She went to the hospital in Qingdao."]


def test_whole_sentences_are_joined_two_by_two() -> None:
    pairs = [Pair(f"{n}到了。", f"{n} came.") for n in "一二三四五"]
    pairs[3] = Pair("四的标题", "Headline")
    assert corpus.joined(pairs) == [Pair("一到了。二到了。", "一 came. 二 came.")]


def test_pairs_come_back_as_they_were_written(tmp_path: Path) -> None:
    pairs = [Pair("一、二", 'He said "no".'), Pair("三\u2028四", "x")]
    corpus.write(tmp_path / "a.tsv", pairs)
    assert corpus.read(tmp_path / "a.tsv") == pairs


@pytest.mark.parametrize("content", [b"no table", gzip.compress("只有一列\n".encode())])
def test_a_table_that_is_none_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "own.tsv.gz").write_bytes(content)
    with pytest.raises(BadCorpus, match="no packed table"):
        corpus.read_own(tmp_path / "own.tsv.gz")


def test_sides_of_different_length_are_refused(shared: Path) -> None:
    with (shared / "domain.en").open("a") as file:
        file.write("One more.\n")
    with pytest.raises(BadCorpus, match="400 lines of Chinese, 401 of English"):
        corpus.read_parallel(shared / "domain")


def test_a_corpus_that_is_missing_is_named(shared: Path) -> None:
    with pytest.raises(BadCorpus, match=r"novels\.zh"):
        corpus.read_general(shared / "general.tar.xz", ["novels"])


def test_the_real_training_text_holds_no_sentence_of_a_development_set(
    shared_training: Path,
) -> None:
    own = ROOT / "translations" / "training" / "domain.tsv.gz"
    training, development = corpus.gather(own, shared_training, ROOT / "seeds")
    seen = {fold.key(pair.zh) for pairs in training.values() for pair in pairs}
    held = {fold.key(pair.zh) for pairs in development.values() for pair in pairs}
    assert [len(pairs) for pairs in development.values()] == [300, 500]
    assert len(training["news"]) >= 15_000
    assert not seen & held
