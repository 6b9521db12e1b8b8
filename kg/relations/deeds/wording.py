"""The words by which a text says that a body runs a reform, tells of it, or only asks, visits and is cited."""

from kg.normalise.pattern import pattern

ACTION = pattern(  # 公安部实施…, 市大数据中心牵头…
    r"推行|推出|实施|实行|试行|试点|开展|上线|启用|开通|启动|推进|推动|深化|建设|建立|打造|牵头|负责(?!人)|印发|发布|下发|决定|部署|"
    r"要求|同意|介绍|表示|明确|提出|落实|组织|运行|主办|联合|推广|创新|探索|扎实|优化|改革|窗口|做成|共建|创设|签[订下]|合作|建成|开设|设立|[互共增新合]设|"
    r"首创|首推|创建|研发|开发(?!区)|搭建|升级|完善|承办|主导|运营(?!者|商|主体)|监制|发起|培育|鼓励|铺开|执行|建起|投用|引入|获悉|了解到|出台|制定|签署|公布|发出|领导|统筹|选[择定]|列[入为]|定为|加入|辟出|用上|成立|组建|命名|[挂揭亮]牌|承担|主抓|提炼"
)
# congresses, their boards of control and party committees make law and policy, they do not run reforms
NO_EXECUTIVE = pattern(r"人大|人民代表大会|党中央|中共中央$|监察|[省市区县州]委(?:$|办)|改革办$|党组$|政协|新闻办")
COMMITTEE = pattern(r"[省市区县州盟旗]委$")
GOVERNMENT = pattern(r"政府$|国务院$")
GOVERNING = pattern(r"政府$|国务院$|[省市区县州]委$|工委$|编办$|部$|法院$|检察院$")
"""What sets the frame in which departments work, or stands beside them."""
OFFICE = pattern(r"(?:政府|[省市区县州]委|国务院|中央|国)办(?:公[厅室])?$")
"""What issues papers; it counts where it is said to act, not as the one that the article speaks for."""
UNIT = pattern(r"(?:[司处科室]|[总支大]队)$")
BODY = pattern(r"(?:专班|领导小组|指挥部|联席会议|办公室|办)$")
"""What is set up for one task and named after it."""
REACH, SUBJECT_REACH = 60, 140
LEAD = 120
"""Within how many characters of the body the agency that the article speaks for is named first."""
OFTEN = 3

# What stands behind an agency that does not act itself
LEADERSHIP = ("党中央、", "共中央、")  # 党中央、国务院: in whose spirit others act
SPIRIT = pattern(  # 落实省委、省政府的决策部署，…
    r"(?:[、和与及以]+[^，。；、“《的]{2,10}?){0,3}的?(?:有关|相关|各项|重[大要]|总体|统一|最新|决策|工作|会议)*(?:部署|精神|要求)+(?=[，。；]|$)"
)
CITED = pattern(  # 市政府落实|国务院和省政府“放管服”改革要求: whose demand others meet
    r"(?:落实|贯彻|遵照|响应|根据|按照|依据|依照)好?(?:[一-鿿]{2,8}[、和与及])?$"
)
PERSONS = pattern(r"副?书记|常委|委员|副?秘书长|[^，。；]{0,8}全体?会议?上")
OTHERS = pattern(
    r"(?:批准|确定|认定|授予|命名)的[^，。；]{0,24}，|(?:举行|召开|举办)的[^，。；]{0,30}会|(?:有关|相关)(?!负责|领导|同志|人士|人员)|各|[所直下]属"
)  # 国务院有关部门, 作为国务院批准的试点市，…
VISITS = pattern(  # 省政协调研组来昆山调研…: 来 is said by those who are visited
    r"[^，。；：]{0,20}?来[^。；：]{1,16}?(?:调研|考察|视察|督查|督导|检查|指导|采访|了解)"
)

TOURS = pattern(  # 市审计局局长徐明带队|调研时表示
    r"(?:调研|考察|视察|走访|座谈)[^，。；]{0,8}?(?:时|中)(?:表示|说|指出|强调|提出|要求)"
)

# What an official says
SPEECH = pattern(r"介绍|表示|说|透露|告诉|指出|提到|分析")
REPORTED = pattern(r"(?:介绍|表示|说|透露|告诉|指出)[^，。；]{0,4}，")
TELLS = pattern(  # 市医保局|局长张宁介绍, 从市交通委|获悉; not 审计局局长带队调研时表示
    r"(?![^，。；]{0,24}(?:调研|考察|视察|走访|座谈))[^，。；：“]{0,30}?(?:介绍|表示|说|透露|告诉|指出|坦言|通报|解释|回应|宣布|发布消息|了解到|获悉|在线交流|答)"
)

# Between an agency and a reform, before and behind them
TITLES = pattern(r"《[^《》]*(?:》|$)")
TITLED = pattern(r"[^《》]*》")
INSTRUMENT = pattern(  # 家长只需登录“江州通”: what others use
    r"(?:登[录陆]|通过|依托|借助|依靠|利用|下载|打开|进入|接入|访问|关注|凭|持|出示)[^，。；“《]{0,8}[“‘「]?$"
)
CONSENTS = pattern(r"(?:批复|同意|批准|支持|允许|授权|赋予)(?:同意)?在?$")
OWNER = pattern(r"(?:大学|学院|公司|集团|银行|医院|学校|研究[院所])的?[“‘「]?$")  # 南川大学“圆梦计划”: the university's
MEETS = pattern(r"(?:(?:召开|举行|举办)[^，。；]{0,16}|为)[“‘「]?$")
MEETING = pattern(  # 召开“X”改革推进会, 为X召开动员大会
    r"[”’」]?[^，。；]{0,12}?(?:动员|推进|部署|启动|培训|现场)[^，。；]{0,4}会"
)
WITH = pattern(r"(?:[、和与及同]|以及|[还又也正将已再]?(?:会同|联合|携手)|牵头，)+|[^。；]{0,24}，该[局部委厅署]会同")
BY = pattern(
    r"[”’」]?[^。；，]{0,12}?(?:，[^。；，]{0,16}){0,2}(?<![个家项批])由"
)  # “异地同标”由省市场监管局、市市场监管局共同牵头
DONE = pattern(
    r"[^，。；]{0,12}?(?:牵头|推出|负责|实施|建设|开发|运营|主办|承办|监制|管理|搭建|发起|组织|"
    r"部署|统筹|领导|建成|主导|发布|命名|开设|创[建新设立]|推[行进动广]|开展|启动|建立|打造|首创|提出|试[点行]|制定|出台|印发|上线|开通|共建|设立|组成|抽[人调])"
)
DEED = pattern(r"共建|合作|联合|开展|实施|推[进行]|承担")  # 《授权市中级法院开展X的决定》
IS = pattern(r"[”’」]?[^。；]{0,60}?(?<!不)是")  # “全区通办”是|区委、区政府|今年的重点工作
WORK = pattern(
    r"[^，。；“]{0,16}?(?:研发|开发|推出|打造|建设|搭建|首创|创设|设立)的"
    r"|[^，。；“]{0,36}?(?:工作|举措|做法|品牌|创新|探索|任务|项目|工程)(?=[，。；]|$)"
)
# 先后组织两批试点; 同意开展这项试点
TRIES = pattern(r"[^，。；：、“《]{0,8}(?:组织|启动|开展|部署|推进)[^，。；：“《]{0,6}(?:试点|改革)")
THIS = pattern(r"(?:这项|该项|这一|此项)[^，。；]{0,4}(?:试点|改革|制度|服务|平台|机制|工作|做法|举措)")

IN_CHARGE = pattern(r"(?:牵头|责任|主办|主管)(?:单位|部门)：$")
HELPS = pattern(r"(?:负责)?(?:指导|配合|协助|参与|支持)")
ITS_HANDS = pattern(  # 改革由国务院办公厅牵头; 该平台由市大数据中心建设
    r"(?:^|，)(?:这项|这一|该项?|此项|此次|本次|整个)?(?:(改革|试点|专项行动)|平台|系统|小程序|热线|应用)(?:工作|试点)?由(?!此)"
)
