"""The government that a document speaks for: its name, its level, and the word it calls itself by (我市, 全县)."""

import re
from dataclasses import dataclass

MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
ENDINGS = "省|自治区|自治州|自治县|地区|林区|矿区|新区|特区|市|州|盟|区|县|旗|镇|乡"
TITLED = re.compile(
    r"^(?:关于|图说|一图[看读]懂:?)?(?:[12][0-9]{3}年度?)?(?:[0-9]{1,2}[-—–~至][0-9]{1,2}月)?(?!关于|[全我本][省市州区县旗盟镇国])"
    rf"((?:(?![我对各])[\u4e00-\u9fff]){{1,14}}?(?:{ENDINGS}))(?:本级|级|人民政府|政府|财政局|财政)?"
    r"(?=关于|政府|地方|财政|预算|决算|债务|本级|\(|[12][0-9]{3}|[〇零一二三四五六七八九]{4}年)"
)
SELF = re.compile(r"[全我]([国省市州区县旗盟镇])|([省市州区县旗盟镇])本级")
UPPER = re.compile(r"^(?:.{2,9}?(?:省|自治区))?(?:.{2,9}?(?:市|自治州|地区|盟|州)(?=.{2,}[区县旗市]$))?")


PEOPLES = re.compile(r"^(.{2,4}?)(?:[\u4e00-\u9fff]{1,4}族)+自治([州县旗])$")


@dataclass(frozen=True)
class Place:
    """``us`` is the character of 我市, 全县 …; ``levels`` are the rows of phrases.csv that apply beside the general."""

    name: str
    level: str
    us: str
    levels: frozenset

    @property
    def names(self):
        """What a document may call the place by: 文山壮族苗族自治州 is 文山州."""
        short = UPPER.sub("", self.name) or self.name
        called = "自治区" if self.name.endswith("自治区") else ""
        return [name for name in dict.fromkeys((self.name, short, PEOPLES.sub(r"\1\2", short), called)) if name]


def place(name):
    """The place of this official name, such as 荔城区."""
    short = UPPER.sub("", name) or name
    if name in ("全国", "中国", "中华人民共和国"):
        return Place(name, "nation", "国", frozenset({"nation"}))
    if name.endswith("自治区") or short.endswith("省") or short in MUNICIPALITIES:
        return Place(
            name, "province", name[-1], frozenset({"province"} | ({"prefecture"} if name[-1] == "市" else set()))
        )
    if short.endswith(("市", "州", "盟", "地区")):
        # A city may be a prefecture or a county; both words for what lies below it are understood.
        return Place(name, "prefecture", short[-1], frozenset({"below_province", "prefecture", "towns"}))
    if short.endswith(("镇", "乡")):
        return Place(name, "township", short[-1], frozenset({"below_province", "county"}))
    us = short[-1] if short and short[-1] in "区县旗" else "县"
    return Place(name, "county", us, frozenset({"below_province", "county", "towns"}))


def guess(text):
    """The place that a document is about, from its title, else from what it calls itself."""
    for title in text.split("\n", 4)[:4]:
        if len(title) <= 60 and not re.search("[,。;]", title) and (found := TITLED.match(title)):
            return place(found[1])
    called = {}
    for found in SELF.finditer(text):
        us = found[1] or found[2]
        called[us] = called.get(us, 0) + 1
    us = max(called, key=called.get, default="市")
    names = {"国": "全国", "省": "省", "市": "市", "州": "州", "盟": "盟", "镇": "镇"}
    found = place(names.get(us, us))
    return found if us == "国" else Place(f"本{us}", found.level, us, found.levels)
