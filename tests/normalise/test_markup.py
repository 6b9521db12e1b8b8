"""HTML -> visible text."""

import pytest

from kg.model import InputError
from kg.normalise.markup import DEEPEST, is_boilerplate, visible


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>　　甲&nbsp;&nbsp;乙</p><p>丙<b>丁</b>&ldquo;戊&rdquo;</p>", "甲 乙\n丙丁“戊”"),
        ("甲<br>乙<br/>　　丙", "甲\n乙\n丙"),
        ("<p>国务\n    院办公厅</p>", "国务院办公厅"),
        ("<p>a\n b</p>", "a b"),
        ("<p>甲\u200b乙\ufeff\x07</p>", "甲乙"),
        ("<ul><li>一</li><li>二<ul><li>三</li></ul></li></ul>", "一\n二\n三"),
        ("<table><tr><td>事项</td><td>3197</td></tr><tr><td>办件</td><td>5</td></tr></table>", "事项 3197\n办件 5"),
        ("<p>甲</p><!-- <p>校对：某某</p> --><script>乙()</script><style>p{}</style><noscript>丙</noscript>", "甲"),
        (
            '<p>甲</p><div style="DISPLAY: none">乙</div><p hidden>丙</p><template>丁</template><iframe>戊</iframe>',
            "甲",
        ),
        ('<p>甲</p><div class="appendQr_wrap">扫我</div><div class="share">分享到微信</div>', "甲"),
        ('<p>甲</p><p class="article-editor">责任编辑：某某</p>', "甲"),
        ('<img src="a.png" alt="图"><span class="img_descr">图为大厅。某某摄</span>', "图为大厅。某某摄"),
        ("甲 &lt;乙&gt; &amp; 丙", "甲 <乙> & 丙"),
        ("<p>未闭合<div>的<b>标签", "未闭合\n的标签"),
        ("", ""),
    ],
)
def test_visible(html, text):
    assert visible(html) == text


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑：张某某",
        "（责编：汤某某、丁某）",
        "编辑 韩某某 校对 赵某",
        "作者：辛某某",
        "终审：李某某",
        "文/某某晚报记者 赵某某",
        "来源：新华社",
        "发布时间：2021-01-04　来源：某网　浏览次数：20",
        "2024-03-01 08:20 来源： 某某社",
        "【打印】【收藏】【关闭】",
        "扫一扫在手机打开当前页",
        "上一篇：某某会议召开",
        "首页 > 新闻 > 时政",
        "示ICP备00000000号-1",
    ],
)
def test_boilerplate_lines(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "审核：受理后3个工作日内完成。",
        "编辑一份办事指南，让群众看得懂。",
        "时间：2021年7月27日下午2点",
        "2021年7月27日",
        "来源于“一网通办”平台的数据显示，办件量达1.5亿。",
        "统筹推进“放管服”改革",
        "市民扫描二维码即可领取“随申码”，线下窗口同步开通。",
        "（总台央视记者 某某）报道说，改革已经启动",
        "大数据中心",
        "3550",
        "关注民生",
    ],
)
def test_lines_that_stay(line):
    assert not is_boilerplate(line)


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote"])
def test_absurd_depth_is_refused(tag):
    opened = "".join(f"<{name}>" for name in tag.split("><"))
    with pytest.raises(InputError, match=f"nested more than {DEEPEST} deep"):
        visible(opened * 100_000 + "字")


def test_many_elements_side_by_side_are_fine():
    assert visible("<p>字<b>词</b></p>" * 10_000).count("\n") == 9_999
