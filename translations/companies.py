"""Find the companies in a Chinese text, and write their names in English word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from translations import gazetteer
from translations.gloss import dictionary
from translations.pinyin import name
from translations.sentences import Span

_COMPANY_END = "(?:股份有限公司|有限责任公司|有限公司)"
_COMPANY = re.compile(
    r"(?:^|(?<=[，。、；：“”（）()！？\s]))[在由与和对向从经是]?"
    r"(?P<name>[\u4e00-\u9fff]{2,16}?(?:[（(][\u4e00-\u9fff]{2,4}[）)])?[\u4e00-\u9fff]{0,12}?"
    rf"{_COMPANY_END})"
)
_LEGAL = {"股份有限公司": "Co., Ltd.", "有限责任公司": "Co., Ltd.", "有限公司": "Co., Ltd."}
_TRADES = {
    "生物医疗": "Biomedical", "生物": "Bio", "医疗": "Medical", "医药": "Pharmaceutical",
    "药业": "Pharmaceutical", "科技": "Technology", "高科": "Hi-tech", "技术": "Technology",
    "智能": "Intelligent", "信息": "Information", "软件": "Software", "网络": "Network",
    "电子": "Electronics", "通信": "Communications", "环境": "Environment",
    "环保": "Environmental Protection", "新能源": "New Energy", "能源": "Energy",
    "电力": "Electric Power", "石油": "Petroleum", "化工": "Chemical", "化学": "Chemical",
    "材料": "Materials", "新材料": "New Materials", "汽车": "Automobile", "机器人": "Robotics",
    "机械": "Machinery", "重工": "Heavy Industry", "装备": "Equipment", "制造": "Manufacturing",
    "工业": "Industrial", "实业": "Industrial", "贸易": "Trading", "商贸": "Trading",
    "物流": "Logistics", "供应链": "Supply Chain", "食品": "Food", "饮料": "Beverage",
    "农业": "Agriculture", "农牧": "Farming", "地产": "Real Estate", "房地产": "Real Estate",
    "建设": "Construction", "建筑": "Building", "工程": "Engineering", "投资": "Investment",
    "控股": "Holdings", "银行": "Bank", "证券": "Securities", "保险": "Insurance",
    "金融": "Financial", "基金": "Fund", "文化": "Culture", "传媒": "Media", "旅游": "Tourism",
    "航空": "Aviation", "航天": "Aerospace", "铁路": "Railway", "港口": "Port", "海洋": "Marine",
    "服务": "Services", "管理": "Management", "发展": "Development", "开发": "Development",
    "国际": "International", "数字": "Digital", "数据": "Data", "半导体": "Semiconductor",
    "光电": "Optoelectronics", "钢铁": "Iron and Steel", "集团": "Group", "教育": "Education",
    "咨询": "Consulting", "服饰": "Apparel", "纺织": "Textile", "家居": "Home", "电器": "Electric",
    "啤酒": "Brewery", "水务": "Water", "燃气": "Gas", "交通": "Transport", "轨道": "Rail",
    "中国": "China",
}  # fmt: skip
_ABBREVIATION = re.compile(r"(?:以下)?简称[：:为]?\s*[“\"「]([\u4e00-\u9fffA-Za-z]{2,10})[”\"」]")


def find(text: str) -> Iterator[Span]:
    """Find the full company names of a text."""
    for match in _COMPANY.finditer(text):
        yield match.span("name")


@lru_cache(maxsize=20_000)
def english(chinese: str, brands: tuple[tuple[str, str], ...] = ()) -> str | None:
    """Write a company's name word by word, or None where a word is not a trade, place or brand.

    青岛润扬环境科技有限公司 is ``Qingdao Runyang Environment Technology Co., Ltd.``
    """
    legal = next((end for end in _LEGAL if chinese.endswith(end)), "")
    text = re.split(r"([（(）)])", chinese.removesuffix(legal))
    words = [word for part in text if part for word in _parts(part, dict(brands))]
    if not all(words) or (not legal and len(words) < 2):
        return None
    written = " ".join([*map(str, words), _LEGAL.get(legal, "")]).strip()
    return re.sub(r"\( | \)", lambda match: match.group().strip(), written)


def abbreviations(text: str) -> Iterator[str]:
    """Find the short names that a text defines: （以下简称“海尔生物”）."""
    yield from _ABBREVIATION.findall(text)


def _parts(text: str, brands: dict[str, str]) -> Iterator[str | None]:
    """Give each part of a company's name in English; what no table knows is a brand, in pinyin."""
    unknown = ""
    place = 0
    while place < len(text):
        size, english = _known_part(text[place:], brands)
        if not english:
            unknown += text[place]
            place += 1
            continue
        if unknown:
            yield _brand(unknown)
            unknown = ""
        yield english
        place += size
    if unknown:
        yield _brand(unknown)


def _known_part(text: str, brands: dict[str, str]) -> tuple[int, str | None]:
    if text[0] in "（(）)":
        return 1, "(" if text[0] in "（(" else ")"
    for size in range(min(6, len(text)), 1, -1):
        word = text[:size]
        english = brands.get(word) or _TRADES.get(word) or gazetteer.place(word)
        if english:
            return size, english
    return 0, None


def _brand(text: str) -> str | None:
    """Write an unknown part in pinyin; a long one is a phrase or a foreign brand."""
    return name([dictionary().sound(char) for char in text]) if len(text) <= 3 else None
