from __future__ import annotations

import io
import random
import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest

from indexer import store
from translations import tmx
from translations.engines import Draft
from translations.memory import IMPORTED, PERSON, Memory, Unit
from translations.tmx import BadMemory

TIME = "2025-09-30T08:00:00Z"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("全球 160 多個國家。", "全球160多个国家。", True),
        ("Ａ股上涨３％。", "A股上涨3%。", True),
        ("「創新」", "“创新”", True),
        ("增长3%。", "增长30%。", False),
        ("他来了。", "他来了？", False),
        ("他来了。", "他来了", False),
        ("New York 的人", "NewYork的人", False),
    ],
)
def test_only_script_width_and_spacing_are_folded(
    memory: Memory, one: str, other: str, same: bool
) -> None:
    memory.add({one: Draft("English.", -0.5)}, "engine 1")
    assert memory.look_up([other], "engine 1") == ({other: Draft("English.", -0.5)} if same else {})


def test_each_engine_has_a_memory_of_its_own(memory: Memory) -> None:
    memory.add({"他来了。": Draft("He came.")}, "engine 1")
    assert memory.look_up(["他来了。"], "engine 2") == {}


def test_thousands_of_sentences_are_looked_up_at_once(memory: Memory) -> None:
    drafts = {f"第{n}句。": Draft(f"Sentence {n}.") for n in range(2500)}
    memory.add(drafts, "engine 1")
    assert memory.look_up(drafts, "engine 1") == drafts


def test_a_correction_is_offered_for_the_same_and_for_a_like_sentence(
    memory: Memory, connection: sqlite3.Connection
) -> None:
    with store.transaction(connection):
        memory.add_correction("哈尔滨新区优化了营商环境。", "Harbin improved its business climate.")
    memory.add({"哈尔滨新区优化了营商环境。": Draft("Machine.")}, "engine 1")
    [same] = memory.matches("哈爾濱新區優化了營商環境。")
    assert (same.likeness, same.unit.en) == (1, "Harbin improved its business climate.")
    [like] = memory.matches("青岛高新区优化了营商环境。")
    assert 0.6 < like.likeness < 1
    assert memory.matches("他今天没有来。") == []


def test_the_likest_of_many_sentences_come_first(memory: Memory) -> None:
    chance = random.Random(1)
    words = ["青岛", "企业", "创新", "发展", "服务", "群众", "项目", "资金", "改革", "市场"]
    sentences = {"".join(chance.choices(words, k=8)) + "。" for _ in range(3000)}
    memory.add_units(Unit(zh, f"English of {zh}", IMPORTED, TIME) for zh in sentences)
    asked = "青岛企业创新发展服务群众项目资金。"
    found = memory.matches(asked, limit=3)
    assert len(found) == 3
    assert found == sorted(found, key=lambda match: -match.likeness)
    assert found[0].likeness > 0.7


def test_a_memory_survives_export_and_import(memory: Memory, tmp_path: Path) -> None:
    units = [
        Unit("“甲”<乙>&丙。", 'A "quoted" <tag> & more.', PERSON, TIME),
        Unit("他来了。", "He came.", "argos zh-en 0.1 beam 2", TIME),
    ]
    path = tmp_path / "memory.tmx"
    with path.open("w", encoding="utf-8") as file:
        assert tmx.write(units, file) == 2
    back = list(tmx.read(path))
    assert back == [units[0], Unit("他来了。", "He came.", IMPORTED, TIME)]
    assert memory.add_units(back) == 2
    assert sorted(unit.zh for unit in memory.units()) == sorted(unit.zh for unit in units)
    assert [unit.zh for unit in memory.units(PERSON)] == ["“甲”<乙>&丙。"]


def test_the_export_is_tmx_1_4(memory: Memory) -> None:
    memory.add({"他\x01来了。": Draft("He came.")}, "engine 1")
    file = io.StringIO()
    tmx.write(memory.units(), file)
    root = ElementTree.fromstring(file.getvalue())
    assert (root.tag, root.get("version")) == ("tmx", "1.4")
    header = root.find("header")
    assert header is not None
    required = [
        "creationtool",
        "creationtoolversion",
        "segtype",
        "o-tmf",
        "adminlang",
        "srclang",
        "datatype",
    ]
    assert set(required) <= set(header.keys())
    [unit] = root.iter("tu")
    assert [seg.text for seg in unit.iter("seg")] == ["他来了。", "He came."]


def test_a_memory_of_another_tool_is_read_without_its_tags(tmp_path: Path) -> None:
    path = tmp_path / "omegat.tmx"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE tmx SYSTEM "tmx11.dtd"><tmx version="1.1"><header/><body>'
        '<tu><tuv lang="ZH-TW"><seg>他<bpt i="1">&lt;b&gt;</bpt>來了<ept i="1"/>。</seg></tuv>'
        '<tuv lang="EN-US"><seg>He <hi>came</hi>.</seg></tuv></tu>'
        '<tu><tuv lang="DE"><seg>Er kam.</seg></tuv></tu></body></tmx>',
        encoding="utf-8",
    )
    [unit] = tmx.read(path)
    assert (unit.zh, unit.en, unit.engine) == ("他來了。", "He came.", IMPORTED)


def test_a_file_that_is_no_memory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.tmx").write_text("hello")
    with pytest.raises(BadMemory, match="not TMX"):
        list(tmx.read(tmp_path / "a.tmx"))
    with pytest.raises(BadMemory, match="cannot be read"):
        list(tmx.read(tmp_path / "missing.tmx"))
