"""Whatever happens to a command or to a disk, the archive is readable and nothing is lost."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.durability import faults
from tests.durability.faults import Truth


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return faults.undisturbed(tmp_path_factory.mktemp("peace"), 24)


@pytest.fixture
def chance() -> random.Random:
    return random.Random(20251001)


@pytest.fixture
def mounts(tmp_path: Path) -> None:
    if not faults.can_mount(tmp_path / "mount"):
        pytest.skip("a disk of one's own can be mounted by root alone")


class TestAKill:
    def test_of_an_add_loses_nothing(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.kill_an_add(tmp_path, truth, chance) == 0

    @pytest.mark.slow
    def test_of_an_add_of_500_files_20_times_loses_nothing(self, tmp_path: Path) -> None:
        many = faults.undisturbed(tmp_path / "peace", 500)
        chance = random.Random(500)
        lost = [faults.kill_an_add(tmp_path / str(n), many, chance) for n in range(20)]
        assert lost == [0] * 20

    @pytest.mark.slow
    def test_of_a_backup_leaves_one_that_is_whole(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.kill_a_backup(tmp_path, truth, chance) == 0

    @pytest.mark.slow
    def test_while_a_backup_is_brought_back_leaves_nothing_half_done(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.kill_a_restore(tmp_path, truth, chance) == 0

    @pytest.mark.slow
    def test_of_an_upgrade_leaves_a_copy_and_nothing_half_done(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.kill_a_migration(tmp_path, truth, chance) == 0


class TestADisk:
    def test_that_cut_the_log_loses_no_whole_page(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.truncate_the_log(tmp_path, truth, chance) == 0

    def test_that_spoilt_the_log_loses_no_whole_page(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.spoil_the_log(tmp_path, truth, chance) == 0

    @pytest.mark.slow
    def test_that_tore_an_original_is_found_out_and_repaired(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.tear_an_original(tmp_path, truth, chance) == 0

    @pytest.mark.usefixtures("mounts")
    def test_that_is_full_stops_an_add_and_loses_nothing(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.fill_the_disk(tmp_path, truth, chance) == 0

    @pytest.mark.slow
    def test_that_takes_no_large_file_stops_an_add_and_loses_nothing(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.limit_the_files(tmp_path, truth, chance) == 0

    @pytest.mark.slow
    @pytest.mark.usefixtures("mounts")
    def test_that_is_write_protected_can_be_read(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.write_protect_the_disk(tmp_path, truth, chance) == 0


class TestTwoCommands:
    @pytest.mark.slow
    def test_that_write_at_once_wait_or_say_so(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.write_from_two_sides(tmp_path, truth, chance) == 0

    @pytest.mark.slow
    def test_of_two_versions_refuse_each_other_clearly(
        self, tmp_path: Path, truth: Truth, chance: random.Random
    ) -> None:
        assert faults.open_a_newer_archive(tmp_path, truth, chance) == 0


@pytest.mark.slow
def test_ctrl_c_stops_an_add_in_one_sentence(
    tmp_path: Path, truth: Truth, chance: random.Random
) -> None:
    assert faults.stop_an_add(tmp_path, truth, chance) == 0
