"""The words of the product in both languages: one term for each thing, shared by every output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from chaingraph.errors import Lang

Grade = Literal["A", "B", "C", "D"]
"""A government document, filing or register; B press; C directory or text match; D curator's judgement."""
GRADES: tuple[Grade, ...] = get_args(Grade)

Basis = Literal["stated", "planned", "target"]
"""What a capacity is: stated as it stands, a plan of the builder, or a target of the government."""

Status = Literal["covered", "thin", "claimed", "planned", "missing"]
Move = Literal["strengthen", "fill", "extend", "build"]
Direction = Literal["leader", "upstream", "downstream", "side"]
ProjectStage = Literal["signed", "landed", "started", "completed", "in_production", "ended"]
PROJECT_STAGES: tuple[ProjectStage, ...] = get_args(ProjectStage)
"""The stages of a project in their order."""
SOURCING_RATE = "local_sourcing_rate"
"""The metric of the targets that the local sourcing rate is measured against."""
LeadStage = Literal["new", "assessing", "talking", "signing", "signed", "parked", "lost", "dropped"]
LEAD_STAGES: tuple[LeadStage, ...] = get_args(LeadStage)
"""The stages of a lead: five in their order, then where it rests or ends."""
CLOSED: tuple[LeadStage, ...] = ("signed", "lost", "dropped")
"""The stages of a closed lead (销号)."""
LeadKind = Literal["attract", "overflow", "expand"]
"""A firm from afar (招引), one of the near rings (外溢承接), one that is here already (增资扩产)."""
Discharge = Literal["wastewater", "waste_gas", "hazardous_waste"]
Ring = Literal["home", "county", "city", "near", "bay_area", "province", "nation"]
RINGS: tuple[Ring, ...] = get_args(Ring)
"""The rings around a region, from the smallest to the largest."""
EvidenceLevel = Literal["census", "press", "none"]
How = Literal["exact", "prefix", "initials", "pinyin", "part", "product", "related", "similar"]
"""In which way a name answers a search, the best first."""

_WORDS: dict[str, tuple[str, str]] = {
    "viewer": ("查看", "viewer"),
    "officer": ("专员", "officer"),
    "admin": ("管理员", "admin"),
    "login": ("登录", "sign in"),
    "logout": ("退出", "sign out"),
    "password": ("修改密码", "own password"),
    "users add": ("加入用户", "add user"),
    "users remove": ("移除用户", "remove user"),
    "users password": ("重设密码", "reset password"),
    "users role viewer": ("改为查看", "make viewer"),
    "users role officer": ("改为专员", "make officer"),
    "users role admin": ("改为管理员", "make admin"),
    # status
    "covered": ("已覆盖", "covered"),
    "thin": ("薄弱", "thin"),
    "claimed": ("泛称", "claimed"),
    "planned": ("待投产", "planned"),
    "missing": ("缺失", "missing"),
    "no_data": ("无数据", "no data"),
    # move
    "strengthen": ("强链", "strengthen"),
    "fill": ("补链", "fill"),
    "extend": ("延链", "extend"),
    "build": ("建链", "build"),
    # direction and stage
    "leader": ("链主", "leader"),
    "upstream": ("上游", "upstream"),
    "midstream": ("中游", "midstream"),
    "downstream": ("下游", "downstream"),
    "side": ("旁支", "side"),
    # evidence level
    "census": ("普查或摸底", "census"),
    "press": ("文件或报道", "documents"),
    "none": ("无资料", "none"),
    # rings
    "home": ("本地", "here"),
    "county": ("本县区", "county"),
    "city": ("本市", "city"),
    "near": ("近圈", "near"),
    "bay_area": ("大湾区", "Bay Area"),
    "province": ("全省", "province"),
    "nation": ("全国", "nation"),
    # components
    "pull": ("需求拉动", "pull"),
    "criticality": ("关键程度", "criticality"),
    "locality": ("就近程度", "locality"),
    "adjacency": ("上下游在地", "adjacency"),
    "scarcity": ("周边稀缺", "scarcity"),
    # project stages
    "signed": ("签约", "signed"),
    "landed": ("履约", "landed"),
    "started": ("动工", "started"),
    "completed": ("竣工", "completed"),
    "in_production": ("投产", "in production"),
    "ended": ("终止", "ended"),
    "landed_rate": ("履约率", "landed"),
    "started_rate": ("动工率", "started"),
    "completed_rate": ("竣工率", "completed"),
    "in_production_rate": ("投产率", "in production"),
    # leads
    "lead": ("线索", "lead"),
    "suggested": ("建议", "suggested"),
    "new": ("线索", "new"),
    "assessing": ("研判", "assessing"),
    "talking": ("在谈", "talking"),
    "signing": ("拟签约", "signing"),
    "parked": ("搁置", "parked"),
    "lost": ("流失", "lost"),
    "dropped": ("剔除", "dropped"),
    "attract": ("招引", "attract"),
    "overflow": ("外溢承接", "overflow"),
    "expand": ("增资扩产", "expand"),
    "capability": ("生产能力", "capability"),
    "relation": ("供应关系", "relation"),
    "reach": ("距离", "reach"),
    "momentum": ("扩张动向", "momentum"),
    "scale": ("承载门槛", "scale"),
    "proof": ("证据", "proof"),
    "points": ("得分", "points"),
    "veto": ("否决", "veto"),
    "introducer": ("引荐", "introducer"),
    "no_introducer": ("暂无已知引荐路径", "none known"),
    "no_park": ("暂无合适园区", "none suits"),
    "registry": ("企业名录", "registry"),
    "chainkg": ("上市公司", "listed companies"),
    "refused": ("未采用", "not taken"),
    "same": ("同一家", "one firm"),
    "different": ("不是同一家", "two firms"),
    "dissolved": ("已注销", "dissolved"),
    "negative_list": ("负面清单", "negative list"),
    "already_here": ("已在本地", "already here"),
    "in_talks": ("已在洽谈", "in talks"),
    "thin_evidence": ("证据不足", "thin evidence"),
    "land": ("用地", "land"),
    "discharge": ("排放", "discharge"),
    "investment": ("投资强度", "investment"),
    "tax": ("亩均税收", "tax"),
    "wastewater": ("工业废水", "wastewater"),
    "waste_gas": ("工业废气", "waste gas"),
    "hazardous_waste": ("危险废物", "hazardous waste"),
    "respond": ("响应", "respond"),
    "assess": ("研判", "assess"),
    "feed_back": ("反馈", "feed back"),
    "report": ("进展报告", "report"),
    "next_step": ("下一步", "next step"),
    "county_approval": ("县选", "selected by the county"),
    "city_approval": ("市备", "filed by the city"),
    # events of the ledger
    "created": ("入台账", "created"),
    "assigned": ("分派", "assigned"),
    "stage_changed": ("阶段变更", "stage changed"),
    "noted": ("进展", "noted"),
    "signal": ("动向", "signal"),
    "approved": ("审批", "approved"),
    "exported": ("导出", "exported"),
    "imported": ("导入", "imported"),
    "closed": ("销号", "closed"),
    # changes of a week
    "added": ("新增", "added"),
    "up": ("上升", "up"),
    "down": ("下降", "down"),
    "moved": ("阶段变化", "moved"),
    # states of a target
    "met": ("已达到", "met"),
    "short": ("未达到", "short"),
    "open": ("进行中", "open"),
    # basis of a capacity
    "stated_figure": ("如实所载", "as stated"),
    "target_figure": ("目标值", "a target"),
    "planned_figure": ("规划值", "a plan"),
    # kinds
    "chain": ("产业链", "chain"),
    "link": ("环节", "link"),
    "firm": ("企业", "firm"),
    "project": ("项目", "project"),
    "park": ("园区", "park"),
    "region": ("地区", "region"),
    "platform": ("平台", "platform"),
    "policy": ("政策", "policy"),
    "target": ("目标", "target"),
    "actual": ("实绩", "actual"),
    "gap": ("缺口", "gap"),
    "sources": ("来源", "sources"),
    "regions": ("地区", "regions"),
    "chains": ("产业链", "chains"),
    "links": ("环节", "links"),
    "feeds": ("上下游", "feeds"),
    "firms": ("企业", "firms"),
    "projects": ("项目", "projects"),
    "parks": ("园区", "parks"),
    "claims": ("泛称", "claims"),
    "surveys": ("摸底", "surveys"),
    "platforms": ("平台", "platforms"),
    "policies": ("政策", "policies"),
    "targets": ("目标", "targets"),
    "actuals": ("实绩", "actuals"),
    "documents": ("文献对照", "documents"),
    # ways of answering a search
    "exact": ("全名", "exact"),
    "prefix": ("开头", "beginning"),
    "part": ("含有", "part"),
    "pinyin": ("拼音", "pinyin"),
    "initials": ("首字母", "initials"),
    "product": ("产品", "product"),
    "related": ("相关", "related"),
    "similar": ("相近", "similar"),
    "found": ("有", "found"),
    "not_found": ("没有", "not found"),
    "unknown": ("待核实", "unverified"),
}

PREDICATES: dict[str, tuple[str, str]] = {
    "registered": ("名称", "name"),
    "former_name": ("曾用名", "former name"),
    "credit_code": ("统一社会信用代码", "credit code"),
    "listing_code": ("证券代码", "listing code"),
    "established": ("成立日期", "established"),
    "registered_capital_cny": ("注册资本", "registered capital"),
    "industry": ("国标行业", "industry (GB/T 4754)"),
    "scale": ("企业规模", "scale"),
    "based_in": ("注册地", "based in"),
    "in_region": ("位于", "in"),
    "within": ("上级地区", "within"),
    "contains": ("下辖", "contains"),
    "seat_of": ("注册企业", "seat of"),
    "at_park": ("所在园区", "at park"),
    "by_firm": ("建设企业", "by"),
    "stage": ("阶段", "stage"),
    "leads": ("担任链主", "leads"),
    "led_by": ("链主", "led by"),
    "in_chain": ("属产业链", "in chain"),
    "makes": ("生产", "makes"),
    "target_of": ("目标值", "target"),
    "actual_of": ("实绩值", "actual"),
    "rule": ("规定", "rule"),
    "dissolved": ("注销或吊销", "struck off"),
    "signal": ("扩张动向", "sign of expansion"),
    "barred": ("列入负面清单", "on the negative list"),
    "bars": ("负面清单", "negative list"),
    "owned_by": ("股东", "owned by"),
    "unit_price_cny": ("单价", "unit price"),
    "criticality": ("关键程度", "criticality"),
    "locality": ("就近程度", "locality"),
    "investment_cny": ("投资额（以注为准）", "investment (see the note)"),
    "area_mu": ("面积（以注为准）", "area (see the note)"),
    "ready_land_mu": ("熟地", "ready land"),
    "bar_investment_cny_per_mu": ("投资强度门槛", "investment bar"),
    "bar_tax_cny_per_mu": ("亩均税收门槛", "tax bar"),
    "yield_cny_per_mu": ("亩均产出", "yield"),
    "investment_cny_per_mu": ("已达投资强度", "investment reached"),
    "part_of": ("属于", "part of"),
    "has_part": ("含", "has part"),
    "hosted_by": ("承建企业", "hosted by"),
    "hosts": ("承建平台", "hosts"),
    "serves": ("服务产业链", "serves"),
    "served_by": ("平台", "served by"),
    "has_platform": ("平台", "platform"),
    "applies_to": ("适用于", "applies to"),
    "subject_to": ("政策", "policy"),
    "has_link": ("含环节", "has link"),
    "feeds": ("供给下游", "feeds"),
    "fed_by": ("用料上游", "fed by"),
    "feeds_recycled": ("回收再用于", "recycled into"),
    "fed_recycled_by": ("回收料来自", "recycled from"),
    "made_by": ("生产企业", "made by"),
    "matched_firms": ("名录匹配企业", "firms matched in imports"),
    "imported_seats": ("名录在册企业", "firms of imports seated here"),
    "made_by_project": ("生产项目", "made by project"),
    "supplies": ("供货给", "supplies"),
    "supplied_by": ("供应商", "supplied by"),
    "owns": ("持股", "owns"),
    "has_project": ("项目", "project"),
    "has_park": ("园区", "park"),
    "discharges": ("排放", "discharges"),
    "takes_discharge": ("可接纳排放", "takes discharge"),
    "refuses_discharge": ("不接纳排放", "refuses discharge"),
    "targets": ("主攻", "targets"),
    "targeted_by": ("列为主攻的园区", "targeted by"),
    "claims": ("泛称有环节", "claims link"),
    "claimed_in": ("泛称于", "claimed in"),
    "surveyed": ("摸底环节", "surveyed"),
    "surveyed_in": ("摸底地区", "surveyed in"),
    "has_target": ("目标", "target"),
    "has_actual": ("实绩", "actual"),
}

STRUCTURE = (
    *("unit_price_cny", "criticality", "locality", "in_chain", "has_link"),
    *("feeds", "fed_by", "feeds_recycled", "fed_recycled_by"),
    *("within", "contains"),
)
"""Predicates of a chain's structure and of the map: the method of the analysis, which holds on every day."""


def weakest(*grades: Grade | None) -> Grade | None:
    """The weakest of the grades that are known: the grade of a number that rests on all of them."""
    return max((grade for grade in grades if grade is not None), default=None)


def word(key: str, lang: Lang) -> str:
    """The word for ``key``; the key itself if it is none of ours."""
    pair = _WORDS.get(key)
    return key if pair is None else pair[0 if lang == "zh" else 1]


def predicate(key: str, lang: Lang) -> str:
    """The label of a fact's predicate."""
    return PREDICATES[key][0 if lang == "zh" else 1]
