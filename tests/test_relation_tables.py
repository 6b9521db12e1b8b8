"""The tables of tests/relations: short texts, and what the whole text half states of them."""

from datetime import date
from pathlib import Path

import pytest
from conftest import make_document

from kg import extractors, linkers, relations, topic

TABLES = Path(__file__).parent / "relations"
PUBLISHED = date(2023, 6, 1)
DATES = ("dateAdopted", "dateIssued", "dateInForce", "startDate", "targetDate")


def rows(name):
    lines = (TABLES / name).read_text("utf-8").splitlines()
    return [pytest.param(*line.split("\t"), id=line[:16]) for line in lines if line and line[0] != "#"]


def read(text, title=""):
    document = make_document(text, PUBLISHED, title)
    mentions = extractors.extract(document)
    settled = topic.settle(document, mentions)
    return linkers.link(document, mentions, relations.relate(document, mentions, settled), settled)


def stated(text, predicates):
    found = (s for s in read(text).statements if s.predicate in predicates and s.object)
    return " | ".join(sorted(f"{s.predicate} {s.subject.label} {s.object.key}" for s in found))


@pytest.mark.parametrize(("text", "expected"), rows("dates.tsv"))
def test_dates(text, expected):
    assert stated(text, DATES) == expected


def numbers(text, title=""):
    found = [
        (mention.span.start, mention.span.quote, s.object.label)
        for s in read(text, title).statements
        if s.predicate == "about" and s.object
        for mention in s.subject.mentions
    ]
    return " | ".join(f"{quote} {label}" for _, quote, label in sorted(found))


@pytest.mark.parametrize(("text", "expected"), rows("about.tsv"))
def test_about(text, expected):
    assert numbers(text.replace("¶", "\n")) == expected


def test_about_the_zone_of_the_title():
    body = "“一网通办”改革随之展开。\n各方签下合作项目86项。"
    assert numbers(body, "南京都市圈开了一次会") == "86项 南京都市圈"
    assert numbers(body, "南京都市圈推进“一网通办”改革") == "86项 一网通办"


def test_a_paragraph_goes_on_about_the_main_reform_that_it_names():
    title = "南京推进“一网通办”改革"
    assert numbers("“一网通办”改革添了“秒批”。\n用户满意率98%。", title) == "98% 一网通办"
    assert numbers("“一网通办”改革添了“秒批”。用户满意率98%。", title) == "98% 一网通办"
    assert numbers("“一网通办”改革深化。\n“秒批”走进社区。用户满意率98%。", title) == "98% 秒批"


def test_a_headline_is_parted_by_spaces():
    assert numbers("会议昨天举行。", "苏州市场主体达到90万户 “一网通办”改革再提速").startswith("90万户 苏州市")


@pytest.mark.parametrize(("text", "expected"), rows("documents.tsv"))
def test_documents(text, expected):
    found = (s for s in read(text).statements if s.predicate in ("passedBy", "concerns") and s.object)
    assert " | ".join(sorted(f"{s.predicate} {s.subject.label} {s.object.label}" for s in found)) == expected


def test_number_told_twice_is_one_indicator():
    graph = read("“南川通”平台办件12万件。\n截至目前，“南川通”平台办件12万件，好评率99%。")
    indicators = [e for e in graph.entities if e.kind == "indicator"]
    assert sorted(len(e.mentions) for e in indicators) == [1, 2]


def test_small_numbers_of_different_measures_stay_apart():
    graph = read("“南川通”平台设专窗3个。“南川通”平台建驿站3个。")
    assert len([e for e in graph.entities if e.kind == "indicator"]) == 2


@pytest.mark.parametrize(("text", "expected"), rows("runs.tsv"))
def test_runs(text, expected):
    assert stated(text, ("implementedBy", "coversRegion", "partOf")) == expected


def test_a_number_of_the_title_and_of_the_body_is_one():
    title = "“南川通”注册用户超30万户"
    graph = read("南川市政务服务中心介绍，“南川通”平台注册用户超30万户，全市开设4个专区。", title)
    numbers = [
        entity for entity in graph.entities if entity.kind == "indicator" and entity.mentions[0].value.unit == "户"
    ]
    assert [len(number.mentions) for number in numbers] == [2]
    assert [s.object.label for s in graph.statements if s.subject in numbers and s.predicate == "about"] == ["南川通"]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (
            "浙江四市互认 市民凭“信用码”享同城待遇",
            "一张“信用码”，将把温州、金华、湖州、嘉兴四座城市的服务连在一起。",
            "金华市 温州市 湖州市 嘉兴市",
        ),
        ("徐州“不见面审批”突破万项", "徐州全市推行“不见面审批”，徐州的覆盖率在江苏省排名第一。", "徐州市"),
        ("佛山南海推出“毛地改造”", "佛山市南海区再推“毛地改造”，南海全区受益。南海是试点。", "南海区"),
        ("长三角推进“信易贷”", "“信易贷”服务中小企业。", "长三角"),
        (
            "七个县入选“学区制”改革试点",
            "“学区制”改革试点名单公布，千阳县、旬邑县、蒲城县榜上有名。\n各县参加。",
            "千阳县 旬邑县 蒲城县",
        ),
        ("盐城大丰首推“零审批开工”", "盐城市行政审批局介绍，盐城“零审批开工”全市推广。", "大丰区 盐城市"),
        (
            "国家部署“无忧备案”改革试点",
            "“无忧备案”改革试点年内铺开。\n督导组下月进驻扬州、泰州、宿迁、淮安，为期30天。",
            "扬州市 泰州市 宿迁市 淮安市",
        ),
        (
            "国家部署“无忧备案”改革试点",
            "“无忧备案”改革试点年内铺开。\n会场设在南京，扬州、泰州、宿迁、淮安的代表谈了感受。",
            "",
        ),
        (
            "兰州新区晒出成绩单",
            "甘肃省政府新闻办举行发布会，这是今年甘肃第三场。\n“无忧备案”改革办件超过12万件。",
            "兰州新区",
        ),
        (
            "甘肃晒出成绩单，兰州新区作介绍",
            "甘肃省政府新闻办举行发布会，这是今年甘肃第三场。\n“无忧备案”改革办件超过12万件。",
            "甘肃省",
        ),
        (
            "南通晒出成绩单",
            "南通市政府介绍南通的做法。\n如皋的花木远近闻名。当地推出“无忧备案”改革，花农少跑路。",
            "如皋市",
        ),
        (
            "南通晒出成绩单",
            "南通市政府介绍南通的做法。\n如皋、海安的花木远近闻名。市里推出“无忧备案”改革，花农少跑路。",
            "南通市",
        ),
        (
            "“六步办结”改革试点扩围",
            "“六步办结”改革试点新纳入扬州、泰州、宿迁；南京、徐州、盐城的代表在会上谈了感受。",
            "宿迁市 扬州市 泰州市",
        ),
        (
            "“六步办结”改革试点扩围",
            "此外，30个村入选名录，扬州、泰州、芜湖3市拿到园林城市称号。",
            "",
        ),
        (
            "“六步办结”改革试点扩围",
            "“六步办结”改革试点扩到5个县：南通市有如东县、海安市、启东市；盐城市有东台市、射阳县。",
            "东台市 启东市 如东县 射阳县 海安市",
        ),
        (
            "“六步办结”改革试点扩围",
            "扬州、泰州、芜湖，都是改革的试点城市。",
            "扬州市 泰州市 芜湖市",
        ),
        (
            "“六步办结”改革试点扩围",
            "“六步办结”改革分步走：第一批试点就在扬州和芜湖启动；淮安、盐城、宿迁成为第二批。",
            "宿迁市 扬州市 淮安市 盐城市 芜湖市",
        ),
        (
            "“六步办结”改革试点扩围",
            "扬州和芜湖的代表到场；淮安、盐城、宿迁的代表也谈了感受。",
            "",
        ),
        (
            "“六步办结”改革试点扩围",
            "嘉兴和芜湖一样，都是G60科创走廊推广这项改革的城市。",
            "",
        ),
        (
            "“六步办结”改革试点扩围",
            "试点城市包括山西省阳泉市、安徽省芜湖市，协议由民生银行武汉分行签署。",
            "芜湖市 阳泉市",
        ),
        ("“六步办结”改革试点扩围", "来自扬州、泰州、芜湖的代表参加了会议。", ""),
        ("鼓楼区推出新举措", "南京市介绍了做法。\n“无忧备案”改革同步推开。", "鼓楼区"),
        ("鼓楼区推出新举措", "近日有新动作。\n“无忧备案”改革同步推开。", ""),
    ],
)
def test_where_it_applies_is_no_wider_than_the_text_says(title, text, expected):
    found = {s.object.label for s in read(text, title).statements if s.predicate == "coversRegion"}
    assert " ".join(sorted(found)) == " ".join(sorted(expected.split()))


def test_what_a_text_counts_up_in_paragraphs_are_measures_of_its_reform():
    title = "南川“清风行”改革闯出新路"
    text = "“清风行”改革从“两票清”改革切入，几招环环相扣：\n一是药品。推行“零差价”改革。\n二是薪酬。实行年薪制。"
    found = {(s.subject.label, s.object.label) for s in read(text, title).statements if s.predicate == "partOf"}
    assert found == {("零差价", "清风行"), ("年薪制", "清风行"), ("两票清", "清风行")}


def test_a_list_of_places_is_about_what_its_paragraph_named_last():
    text = "教育部推进“学区制”改革和“零审批”改革。\n“零审批”改革分批铺开。扬州、泰州、宿迁是第一批试点。"
    found = [s for s in read(text, "国家推进“学区制”改革").statements if s.predicate == "coversRegion"]
    assert sorted((s.subject.label, s.object.label) for s in found) == [
        ("零审批", "宿迁市"),
        ("零审批", "扬州市"),
        ("零审批", "泰州市"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("滁州市政府今天开会，市长李国强主持。", "滁州市人民政府|市长"),
        ("滁州市召开大会，市长李国强主持。", "|市长"),
        ("安徽省委副书记、省长李国强主持召开省政府常务会议。", "中国共产党安徽省委员会|副书记 安徽省人民政府|省长"),
        ("南京市副市长李国强到访，滁州市政府介绍情况。", "|副市长"),
    ],
)
def test_who_heads_a_government_that_the_article_names(text, expected):
    posts = (s for s in read(text).statements if s.predicate == "holdsPost")
    found = sorted(f"{s.object.label if s.object else ''}|{s.qualifier}" for s in posts)
    assert found == sorted(expected.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“一业一证”改革提速。\n到2025年，办证时间压减一半。", "targetDate 一业一证 2025"),
        ("“一业一证”改革提速。\n按照《南川市养老规划》，到2025年，床位增加一倍。", ""),
        ("“一业一证”改革提速。\n南川市民11月15日前交费。", ""),
        ("“一业一证”改革提速。\n2019年，滁州市从乌衣镇起步试点。", "startDate 一业一证 2019"),
        ("“一业一证”改革提速。\n2019年，滁州市挂牌。", ""),
    ],
)
def test_what_a_paragraph_without_a_name_says_of_the_articles_reform(text, expected):
    assert stated(text, DATES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二、“六步办结”改革。\n近年来效果显现。", ""),
        ("有关部门介绍情况。\n“六步办结”改革是第一项内容。窗口推行“电费快办”，群众满意。", "电费快办 六步办结"),
        (
            "有关部门介绍情况。\n“六步办结”改革在各区各街道全面铺开，成效十分明显，群众满意。窗口推行“电费快办”。",
            "",
        ),
        ("有关部门介绍情况。\n“六步办结”改革是第一项内容。\n窗口推行“电费快办”。", ""),
    ],
)
def test_a_short_first_sentence_names_what_its_paragraph_is_about(text, expected):
    title = "“三心服务”行动一年见成效"
    found = {f"{s.subject.label} {s.object.label}" for s in read(text, title).statements if s.rule == "part.lead"}
    assert " ".join(sorted(found)) == expected


def test_a_headline_that_names_the_kind_of_a_document_says_what_it_is_about():
    text = "会议印发《关于为民服务的意见》，有30条。会议还学习《关于干部培训的意见》。“三心服务”改革见效。"
    for title, expected in (("出台实施意见：“三心服务”改革推开", 1), ("“三心服务”改革推开", 0)):
        found = [s.subject.label for s in read(text, title).statements if s.predicate == "concerns"]
        assert found == ["关于为民服务的意见"] * expected


def test_what_the_tables_know_beside_the_main_reform_is_no_part_of_it():
    text = "“接诉即办”改革推进。“接诉即办”改革扩面。“接诉即办”改革见效。当地建立“六步办结”机制，“不见面审批”也在推开。"
    found = [s.subject.label for s in read(text, "“接诉即办”改革见闻").statements if s.predicate == "partOf"]
    assert found == ["六步办结"]


def test_what_another_body_opens_is_no_part_of_the_service_named_before():
    for text, expected in (
        ("“好帮通”平台扩容，国家医疗保障局上线“医保快办”应用。", 0),
        ("“好帮通”平台打通国家医疗保障局的数据，上线“医保快办”应用。", 1),
    ):
        assert sum(s.predicate == "partOf" for s in read(text).statements) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("今年推出三类服务：“电费快办”“水费快办”，群众满意。", "水费快办 电费快办"),
        ("“电费快办”“水费快办”两项服务铺开。", "水费快办 电费快办"),
        ("“电费快办”“水费快办”铺开。", ""),
        ("“三心服务”“水费快办”两项改革铺开。", ""),
        ("一、“电费快办”。\n成效明显。\n二、“水费快办”。\n群众满意。", "水费快办 电费快办"),
        ("一、“电费快办”。\n成效明显。\n“水费快办”同步推行。", ""),
        ("第一是“电费快办”，天天能办。第二项是“水费快办”，足不出户。", "水费快办 电费快办"),
        ("名列第一的是“电费快办”。第二天，“水费快办”上线。", ""),
        ("“电费快办”，就是在家缴电费。“水费快办”，就是在家缴水费。", "水费快办 电费快办"),
        ("“电费快办”，群众满意。\n“水费快办”，大家满意。", ""),
    ],
)
def test_what_an_article_counts_or_heads_its_parts_with_is_a_measure_of_its_reform(text, expected):
    statements = read(text, "“三心服务”改革推开").statements
    assert " ".join(sorted(s.subject.label for s in statements if s.predicate == "partOf")) == expected


def test_the_bare_kind_stands_for_the_service_of_the_article():
    for text, expected in (
        ("“好帮通”平台打通各方。平台连起供需两头，并开发了“电费快办”。", ["电费快办"]),
        ("“好帮通”平台打通各方。大厅连起供需两头，并开发了“电费快办”。", []),
    ):
        assert [s.subject.label for s in read(text).statements if s.predicate == "partOf"] == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("“三心服务”改革推开", "新设“电费快办”。", "电费快办"),
        ("“三心服务”改革与“电费快办”同推", "新设“电费快办”。", ""),
        ("“三心服务”改革再推出“电费快办”", "“电费快办”运行。", "电费快办"),
        ("“三心服务”改革推开", "“三心服务”和“电费快办”两年见效。", ""),
        ("“三心服务”改革推开", "相关应用在“江州通”平台上线。", ""),
        ("“三心服务”改革推开", "相关应用由“江州通”平台支撑。", "江州通"),
    ],
)
def test_what_stands_beside_the_main_reform_is_no_part_of_it(title, text, expected):
    body = "“三心服务”改革推进。“三心服务”改革扩面。“三心服务”改革见效。" + text
    statements = read(body, title).statements
    assert " ".join(s.subject.label for s in statements if s.predicate == "partOf") == expected
