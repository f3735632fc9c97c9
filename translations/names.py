"""Find the people in a Chinese text, and write their names in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from translations import gazetteer
from translations.chinese import has_han
from translations.gloss import dictionary
from translations.pinyin import name, plain
from translations.sentences import Span

ENGINE = "names pinyin"
"""The engine's name of what this module writes."""

_TITLES = (
    "记者|通讯员|总经理|经理|董事长|主任|局长|书记|市长|省长|县长|区长|镇长|乡长|村长|教授|院长|校长|院士|工程师"
    "|负责人|厂长|厅长|处长|科长|所长|站长|村民|医生|护士|老师|检察长|法官|律师|会长|理事长|创始人|总裁|总监"
    "|网格员|民警"
)
_TITLED = re.compile(rf"(?:{_TITLES})(?=[\u4e00-\u9fff]{{2}})")
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜"
    "崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛"
    "樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂苗谷盛曲"
    "翁冉骆蓝游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳穆农司卓古吉缪简项连芦麦褚娄窦戚岑景宫费卜冷晏席"
    "卫米柏宗瞿桂全佟臧闵苟邬边卞姬仇栾隋刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀"
    "郁胥储栗燕楚鄢劳谌奚冼蔺楼闻厉郜阚帅廉禹祖漆巴丰卿晋闫扈晁芮都普阙戈邸雍辜裘亓邰赫宿逯隆茹慕亢嵇湛宾"
)
_DOUBLE_SURNAMES = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "夏侯",
)
_SOUNDS = {
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "任": "ren",
    "区": "ou",
    "查": "zha",
}
_SOUNDS |= {
    "盖": "ge",
    "朴": "piao",
    "翟": "zhai",
    "乐": "yue",
    "尉": "wei",
    "覃": "qin",
    "宁": "ning",
}
_SOUNDS |= {
    "吕": "lyu",
    "阚": "kan",
    "缪": "miao",
    "谌": "chen",
    "召": "shao",
    "燕": "yan",
    "那": "na",
}
# Characters that follow a name and are no part of it.
_AFTER = frozenset(
    "说道在的是等和与对从向为将也就都还及问答称带告谈给把被让会来去到又则便作做以至出开参当于同其此因所了"
)


def person(chinese: str) -> str:
    """Write a person's name, family name first: 肖玲玲 is Xiao Lingling, 欧阳娜 Ouyang Na."""
    size = 2 if chinese[:2] in _DOUBLE_SURNAMES and len(chinese) > 2 else 1
    family = "".join(_SOUNDS.get(char) or sound(char, family_name=True) for char in chinese[:size])
    return f"{family.capitalize()} {name([sound(char) for char in chinese[size:]])}".strip()


def is_person(text: str) -> bool:
    """Tell whether a text of two to four characters has the form of a person's name."""
    double = text[:2] in _DOUBLE_SURNAMES and 3 <= len(text) <= 4
    return has_han(text) and (double or (2 <= len(text) <= 3 and text[0] in _SURNAMES))


def byline(text: str) -> str | None:
    """Write a line of names in English, or None where it is anything else.

    李媛 肖玲玲 is ``Li Yuan, Xiao Lingling``; 本报记者 张三 is ``Staff reporter Zhang San``.
    """
    match = re.fullmatch(
        r"[（(]?\s*(?P<role>本报(?:首席)?记者|本报通讯员|记者|通讯员|文|作者)?[：:/\s]*(?P<names>.+?)\s*[）)]?",
        text,
    )
    if not match:
        return None
    names = re.split(r"[\s、，,]+", match["names"])
    if not all(is_person(one) for one in names) or (
        len(names) == 1 and not _stands_alone(names[0])
    ):
        return None
    written = ", ".join(person(one) for one in names)
    role = _ROLES.get(match["role"] or "", "")
    return f"{role} {written}" if role else written


_ROLES = {
    "本报记者": "Staff reporter",
    "本报首席记者": "Chief reporter",
    "本报通讯员": "Correspondent",
}
_ROLES |= {"记者": "Reporter", "通讯员": "Correspondent", "文": "By", "作者": "By"}


def _stands_alone(text: str) -> bool:
    """Tell whether one name alone is surely a name: no word of the dictionary."""
    return text not in dictionary() or gazetteer.person(text) is not None


def people(text: str) -> Iterator[Span]:
    """Find the people whom a text names after a title: 总经理王毅感慨道."""
    for match in _TITLED.finditer(text):
        start = match.end()
        size = _name_length(text, start)
        if size:
            yield start, start + size


def _name_length(text: str, start: int) -> int:
    """Return how many characters of the text at ``start`` are a person's name; 0 for none."""
    run = re.match(r"[\u4e00-\u9fff]{2,6}", text[start : start + 6])
    if not run:
        return 0
    family = 2 if run.group()[:2] in _DOUBLE_SURNAMES else 1
    if family == 1 and run.group()[0] not in _SURNAMES:
        return 0
    pieces = [run.group()[a:b] for a, b in dictionary().segment(run.group())]
    if family < len(pieces[0]) <= family + 2 and gazetteer.person(pieces[0]):
        return len(pieces[0])
    if len(pieces[0]) != family:
        return 0 if len(pieces[0]) != 2 or pieces[0] in dictionary() else 2
    given = pieces[1] if len(pieces) > 1 else ""
    if len(given) > 2 or not given or given in _AFTER:
        return 0
    if len(given) == 1 and len(pieces) > 2 and len(pieces[2]) == 1 and pieces[2] not in _AFTER:
        return family + 2
    return family + len(given)


@lru_cache(maxsize=20_000)
def sound(char: str, family_name: bool = False) -> str:
    """Return the plain pinyin of a character, as it is read in a name."""
    entries = dictionary().entries(char)
    if not entries:
        return char
    chosen = [e for e in entries if e.is_surname] if family_name else []
    common = [e for e in entries if not e.is_name]
    # Of several readings the one with the most senses is the common one: 广 is guang, not yan.
    return plain(max(chosen or common or entries, key=lambda e: len(e.senses)).pinyin)
