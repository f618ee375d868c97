"""决策与公众参与: deciding in public."""

from statutes.entry import P, U, at_least, before, days, require, within, working_days

PARTICIPATION = (
    require("PD-01", "列入重大行政决策事项目录的，适用全部程序", "MDD 3¶1#4, 3¶3"),
    require("PD-02", "部门作出重大行政决策的，参照执行", "MDD 42", note="非直接适用，本局按适用办理"),
    at_least(
        "PD-03",
        "决策草案公开征求意见的期限",
        "MDD 15¶1",
        days(30),
        note="“一般不少于”：因情况紧急等缩短的，须在公告中说明",
    ),
    require("PD-04", "通过政府网站等便于公众知晓的途径公布草案及说明", "MDD 15¶1"),
    before("PD-05", "听证会材料送达听证参加人", "MDD 16¶3", days(7), note="时间、地点、参加人名单亦应提前公布"),
    require("PD-05.2", "应当听证的，召开听证会后才能决策", "MDD 16¶1"),
    at_least(
        "PD-05.3",
        "报名参加听证的期限",
        "LOCAL",
        working_days(5),
        confidence=U,
        note="国家只要求提前公布遴选办法，本局默认值，可由地方规定代替",
    ),
    require("PD-05.4", "公布遴选办法，公平公开遴选，保证相关各方都有代表参加", "MDD 16¶2"),
    require("PD-06", "听证参加人确认听证会记录并签字", "MDD 17#3"),
    require("PD-06.2", "听证会公开举行：介绍方案，陈述意见，询问、质证和辩论", "MDD 17"),
    require("PD-07", "归纳研究各方面意见，采纳情况随草案报送", "MDD 18, 29#2"),
    require("PD-08", "专业性、技术性较强的事项经专家论证，意见署名、盖章", "MDD 19-20"),
    require("PD-09", "可能影响社会稳定、公共安全的，经风险评估", "MDD 22-24"),
    at_least("PD-10", "合法性审查的时间", "MDD 25, 26¶2", working_days(7), note="“一般不少于”"),
    require("PD-11", "集体讨论，不同意见如实载明", "MDD 30"),
    within(
        "PD-12", "公布决策并说明意见采纳情况", "MDD 32; OGI 26", working_days(20), note="法定为“及时”，以公开期限为上限"
    ),
    within(
        "PD-13",
        "征求意见结束后公布意见采纳情况",
        "LOCAL",
        working_days(20),
        confidence=U,
        note="国家未规定期限，本局默认值，可由地方规定代替",
    ),
    require("PD-14", "决策过程记录和材料归档", "MDD 33"),
    require("PD-15", "重大政府投资项目在评估、公众参与、专家评议、风险评估的基础上审批", "GIR 11¶3"),
    within("PD-16", "属于信访的意见，书面告知接收情况和途径", "PETITION 22-23", days(15)),
    within("PD-16.2", "信访事项办结", "PETITION 34", days(60)),
    within("PD-16.3", "信访事项延长办理", "PETITION 34", days(30)),
    within("PD-16.4", "请求复查、复核", "PETITION 35-36", days(30)),
    at_least("PD-17", "村级公益性公墓的村内公示", "PRACTICE", days(7), confidence=P),
)
