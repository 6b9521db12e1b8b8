"""ArticleGraphs made by hand for the tests of the graph half."""

from datetime import date
from decimal import Decimal

from kg.model import Article, ArticleGraph, Entity, Mention, Quantity, Span, Statement

TITLE = "浙江“最多跑一次”改革再提速"
BODY = (
    "浙江省人民政府7月1日印发《浙江省“最多跑一次”改革深化方案》，自2021年8月1日起施行。\n"
    "省政府秘书长陈明说，“浙里办”已接入3197项事项，注册用户超5401.5万，10月底前覆盖长三角。"
)
TEXT = f"{TITLE}\n{BODY}"
IRI = "https://w3id.org/reformkg/id/article/news/zj.md"


class Builder:
    """Builds the graph of one text; a quote is found by its first occurrence after `after`."""

    def __init__(self, text: str = TEXT, iri: str = IRI, published: date | None = date(2021, 7, 5)) -> None:
        title = text.split("\n", maxsplit=1)[0]
        self.article = Article(
            iri, title, text, published, "浙江日报", "https://example.org/a?b=1", iri.partition("/article/")[2]
        )
        self.entities: list[Entity] = []
        self.statements: list[Statement] = []

    def span(self, quote: str, after: int = 0) -> Span:
        start = self.article.text.index(quote, after)
        return Span(start, start + len(quote), quote)

    def entity(self, kind, key, label, quotes=(), alt=(), value: str | Quantity | None = None) -> Entity:
        mentions = tuple(Mention(kind, self.span(q), value or key, f"{kind}.test") for q in quotes)
        self.entities.append(Entity(kind, key, label, tuple(alt), mentions))
        return self.entities[-1]

    def say(self, subject, predicate, object_, quote, qualifier="") -> None:
        evidence = (self.span(quote),)
        self.statements.append(Statement(subject, predicate, object_, qualifier, evidence, f"{predicate}.test"))

    def graph(self) -> ArticleGraph:
        return ArticleGraph(self.article, tuple(self.entities), tuple(self.statements))


def example(iri: str = IRI) -> ArticleGraph:
    """One graph with every kind and every predicate."""
    b = Builder(iri=iri)
    reform = b.entity("reform", "最多跑一次", "最多跑一次", ["最多跑一次"], ["“最多跑一次”改革"])
    service = b.entity("service", "浙里办", "浙里办", ["浙里办"])
    government = b.entity("agency", "浙江省人民政府", "浙江省人民政府", ["浙江省人民政府", "省政府"], ["省政府"])
    zhejiang = b.entity("region", "330000", "浙江", ["浙江"])
    delta = b.entity("region", "长三角", "长三角", ["长三角"])
    person = b.entity("person", "陈明", "陈明", ["陈明"])
    plan = b.entity(
        "legislation",
        "浙江省“最多跑一次”改革深化方案",
        "浙江省“最多跑一次”改革深化方案",
        ["浙江省“最多跑一次”改革深化方案"],
    )
    issued = b.entity("time", "2021-07-01", "7月1日", ["7月1日"])
    force = b.entity("time", "2021-08-01/..", "自2021年8月1日起", ["自2021年8月1日起"])
    due = b.entity("time", "../2021-10-31", "10月底前", ["10月底前"])
    count = b.entity("indicator", "aa11", "事项", ["3197项"], value=Quantity(Decimal(3197), "项", "=", "事项"))
    users = b.entity(
        "indicator",
        "bb22",
        "注册用户",
        ["注册用户超5401.5万"],
        value=Quantity(Decimal("5.4015E+7"), "", ">", "注册用户"),
    )
    b.say(plan, "passedBy", government, "印发")
    b.say(plan, "concerns", reform, "“最多跑一次”改革深化方案")
    b.say(plan, "dateIssued", issued, "7月1日印发")
    b.say(plan, "dateInForce", force, "自2021年8月1日起施行")
    b.say(reform, "implementedBy", government, "浙江省人民政府")
    b.say(reform, "coversRegion", zhejiang, "浙江“最多跑一次”改革")
    b.say(service, "implementedBy", government, "省政府")
    b.say(service, "partOf", reform, "浙里办")
    b.say(service, "coversRegion", delta, "覆盖长三角")
    b.say(service, "targetDate", due, "10月底前覆盖长三角")
    b.say(person, "holdsPost", government, "省政府秘书长陈明", "秘书长")
    b.say(person, "holdsPost", None, "秘书长陈明", "代表")
    b.say(count, "about", service, "已接入3197项事项")
    b.say(users, "about", service, "注册用户超5401.5万")
    b.say(count, "asOf", issued, "3197项")
    b.say(government, "spatial", zhejiang, "浙江省")
    return b.graph()


def lines_of(blocks: list[str]) -> list[str]:
    """The lines in what the mapper writes, each with its line break."""
    return [f"{line}\n" for line in "".join(blocks).split("\n")[:-1]]
