"""What the columns of firm directories are headed: those of exports of 企查查, 天眼查, 启信宝 and 爱企查, and of lists
that offices publish."""

from __future__ import annotations

_TABLE = """
name             企业名称 系统匹配企业名称 公司名称 单位名称 企业全称 公司全称 单位详细名称 市场主体名称
                 经营主体名称 机构名称 主体名称 纳税人名称 法人名称 企业机构名称 单位全称 商事主体名称 名称 企业
                 公司 单位 原文件导入名称
credit_code      统一社会信用代码 社会信用代码 统一信用代码 信用代码 统一代码 社会统一信用代码
                 统一社会信用代码/注册号 统一社会信用代码注册号 统一社会信用代码(注册号) 机构信用代码 企业信用代码
                 纳税人识别号 税号 usci uscc
listing_code     股票代码 上市代码 证券代码 股票代号 a股代码 a股股票代码
short_name       企业简称 公司简称 股票简称 证券简称 简称 单位简称
former_names     曾用名 曾用名称 历史名称 企业曾用名 公司曾用名 原名称 变更前名称
province         所属省份 省份 省 所属省 所在省份 所在省 注册省份 省市 省级 所属地区 地区 所在地区 省市区 行政区划
                 所属区域 区域 注册地 注册地区 所在地
city             所属城市 城市 市 所属市 所属市区 市区 所在城市 所在市 注册城市 地市 地级市 市级
county           所属区县 区县 所属区 所属县区 县区 区 县 所在区县 县市区 市县区 市县 区县级
address          注册地址 企业注册地址 企业地址 公司地址 住所 企业住所 地址 单位地址 详细地址 企业公示的地址 住址
                 经营场所 生产经营地址 经营地址 单位详细地址 所在地址 最新年报地址
status           登记状态 经营状态 企业状态 企业登记状态 状态 存续状态 主体状态 市场主体状态 营业状态 企业经营状态
                 公司状态 运营状态 开业状态
dissolved_on     注销日期 吊销日期 注销时间 吊销时间 注销/吊销日期 吊销/注销日期 注吊销日期 注销吊销日期
                 吊销注销日期
established      成立日期 成立时间 注册日期 注册时间 设立日期 设立时间 开业日期 开业时间 企业成立日期 公司成立日期
                 工商注册时间 登记日期
capital_cny      注册资本 注册资金 注册资本金 企业注册资本 注册资本总额
capital_unit     注册资本单位 注册资金单位
capital_currency 注册资本币种 注册资本币别 注册资金币种 注册币种 币种
industry_small   国标行业小类 行业小类 国民经济行业小类 小类 行业小类名称 行业小类代码 四级行业 国民经济行业小类代码
industry_middle  国标行业中类 行业中类 国民经济行业中类 中类 行业中类名称 行业中类代码 三级行业
industry_large   国标行业大类 行业大类 国民经济行业大类 大类 行业大类名称 行业大类代码 二级行业
industry_section 国标行业门类 行业门类 国民经济行业门类 门类 行业门类名称 行业门类代码 一级行业
industry         行业代码 国民经济行业代码 国标行业代码 国标行业 国民经济行业 国民经济行业分类 所属国标行业 所属行业
                 行业 行业名称 行业分类 行业类别 国民经济行业类别 所属行业代码 国标行业门类/大类
scale            企业规模 公司规模 企业规模类型 规模 企业划型 划型 单位规模
scope            经营范围 企业经营范围 经营业务范围 业务范围 经营(业务)范围 许可经营项目 主营业务
products         主营产品 主要产品 产品名称 主导产品
"""
"""The headers of each field, of which a file's columns take the first. What a directory classifies by itself
(企查查行业大类) is not the national standard and tells no field."""

_UNUSED = """
序号 编号 法定代表人 法人 法人代表 负责人 经营者 实缴资本 核准日期 核准时间 发照日期 企业类型 公司类型 企业机构类型
机构类型 登记机关 营业期限 经营期限 营业期限自 营业期限至 注册号 工商注册号 组织机构代码 参保人数 参保人数所属年报
人员规模 员工人数 从业人数 从业人员 分支机构参保人数 英文名 英文名称 企业英文名 电话 公司电话 联系电话 更多电话 其他电话
有效手机号 手机 手机号 可用电话 不可用电话 邮箱 更多邮箱 电子邮箱 其他邮箱 官网 网址 官网网址 企业网址
企业公示的联系电话 企业公示的网址 企业公示的邮箱 通信地址 通信地址邮编 邮编 企业简介 公司简介 简介 纳税人资质
最新年报年份 天眼评分 企业评分 备注 统计年份 企查查行业门类 企查查行业大类 企查查行业中类 企查查行业小类 标签
上市状态 科技型企业
"""


def _by_field() -> dict[str, tuple[str, ...]]:
    by_field: dict[str, tuple[str, ...]] = {}
    field = ""
    for line in _TABLE.strip().splitlines():
        words = line.split()
        if not line.startswith(" "):
            field = words.pop(0)
        by_field[field] = (*by_field.get(field, ()), *words)
    return by_field


HEADERS = _by_field()
"""The headers of each field. The first is what the field is called in a mapping file."""

UNUSED = frozenset(_UNUSED.split())
"""Headers that are known and tell nothing that an import takes."""
