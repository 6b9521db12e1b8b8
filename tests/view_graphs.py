"""Made-up articles of any number for the view: reforms with services, agencies, regions, people, documents, numbers.

Deterministic; the names are built from the catalogue's regions and the words below.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from graphs import Builder

from kg import catalogue
from kg.background import background_quads
from kg.mapper import article_quads, evidence_quads
from kg.model import ArticleGraph, Quantity
from kg.store import Store


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


REFORMS = _words(
    "一网通办 最多跑一次 不见面审批 放管服改革 一网统管 数字化改革 证照分离 告知承诺制 一件事一次办 跨省通办 "
    "免申即享 无证明城市 综合窗口 首席数据官 标准地 亩均论英雄 工程建设项目审批 多证合一 承诺即准 一业一证"
)
SERVICES = _words(
    "随申办 浙里办 苏服办 皖事通 电子证照 企业开办 不动产登记 异地就医结算 公积金提取 出生一件事 "
    "社保卡一卡通 高龄津贴 居住证办理 跨省迁户口 开办餐饮店 税费申报 水电气报装 人才落户"
)
OFFICES = _words("人民政府 政务服务办公室 市场监督管理局 数据局 发展和改革委员会 公安局 人力资源和社会保障局 税务局")
NAMES = _words("陈明 王建国 李晓红 张伟 刘洋 赵敏 周建平 吴国强 郑丽 孙志远 马文静 朱海波")
PAPERS = _words("条例 实施方案 三年行动计划 管理办法 若干措施")
CENTRAL = ("国务院办公厅", "国家发展和改革委员会", "国家数据局")


def _regions() -> list[tuple[str, str]]:
    """The cities of 长三角, then the counties in them, then the rest of the country."""
    everything = catalogue.regions()
    delta = catalogue.groups()["长三角"].members
    inside = [code for code in everything if set(catalogue.ancestors(code)) & set(delta)]
    rest = [code for code in everything if code not in delta and code not in set(inside)]
    return [(code, everything[code].name) for code in (*delta, *inside, *rest)]


def article_graphs(size: int) -> Iterator[ArticleGraph]:
    """Articles that speak of about `size` entities; larger ones repeat the reforms region by region."""
    regions = _regions()
    breadth = max(4, min(len(regions), size // 9))
    for n in range(max(12, size * 2 // 5)):
        spread = breadth if n % 3 else min(breadth, 12)
        code, region = regions[(n * 7 + n // 5) % spread]
        near_code, near = regions[(n * 11 + 3) % spread]
        turn = 0 if n % 4 == 0 or size < 100 else n // 9
        suffix = f"（{regions[turn % breadth][1]}）" if turn else ""
        reform = REFORMS[(n * n + n // 3) % (8 if size < 100 else len(REFORMS))] + suffix
        service = SERVICES[(n * 5 + n // 4) % (10 if size < 100 else len(SERVICES))] + suffix
        agency = region + OFFICES[n % len(OFFICES)] if n % 6 else CENTRAL[n % 3]
        person = NAMES[n % len(NAMES)] + ("" if size < 100 or n % 3 else NAMES[n // 12 % len(NAMES)][-1])
        paper = f"{region}{reform}{PAPERS[n % len(PAPERS)]}"
        count = 100 + n * 37 % 9000
        text = (
            f"{region}加快推进{reform}，{service}新增{count}项事项\n"
            f"日前，{agency}印发《{paper}》，部署深化“{reform}”。\n"
            f"{agency}主任{person}介绍，“{service}”是{reform}的重要内容，目前已覆盖{region}和{near}，接入{count}项事项。"
            f"按照计划，2021年10月底前全面完成。"
        )
        published = date(2018, 3, 1) + timedelta(days=(n * 13) % 1700)
        b = Builder(text, f"https://w3id.org/reformkg/id/article/made/{n:05}", published)
        about = b.entity("reform", reform, reform, [f"“{reform}”"], [f"{reform}改革"] if n % 2 else [])
        offer = b.entity("service", service, service, [f"“{service}”"])
        office = b.entity("agency", agency, agency, [agency])
        here = b.entity("region", code, region, [region])
        there = b.entity("region", near_code, near, [near])
        b.say(about, "implementedBy", office, f"{agency}印发《{paper}》，部署深化“{reform}”")
        b.say(about, "coversRegion", here, f"{region}加快推进{reform}")
        b.say(offer, "partOf", about, f"“{service}”是{reform}的重要内容")
        if near_code != code:
            b.say(offer, "coversRegion", there, f"已覆盖{region}和{near}")
        b.say(
            about,
            "targetDate",
            b.entity("time", "../2021-10-31", "2021年10月底前", ["2021年10月底前"]),
            "2021年10月底前全面完成",
        )
        number = b.entity(
            "indicator",
            f"n{n:05}",
            "事项",
            [f"接入{count}项"],
            value=Quantity(Decimal(count * (1 + n % 40)), "项", "=>~"[n % 3], "接入事项"),
        )
        b.say(number, "about", offer, f"接入{count}项事项")
        if n % 3 == 0:
            official = b.entity("person", person, person, [person])
            b.say(official, "holdsPost", office, f"{agency}主任{person}", "主任")
        if n % 4 == 0:
            law = b.entity("legislation", paper, paper, [paper])
            b.say(law, "concerns", about, f"《{paper}》，部署深化“{reform}”")
            b.say(law, "passedBy", office, f"{agency}印发《{paper}》")
        if region in agency:
            b.say(office, "spatial", here, agency)
        yield b.graph()


def store_of(graphs: Iterator[ArticleGraph]) -> Store:
    """A store in memory with the articles and what holds everywhere."""
    store = Store.open()
    lines: list[str] = []
    for graph in graphs:
        lines += article_quads(graph) + evidence_quads(graph)
    store.load(lines)
    store.replace_background((), background_quads(store.keys()))
    return store
