"""What to look at for each line of the checklist (law.md 4.3), and on which law it rests."""

from django.utils.translation import gettext_lazy as _

from integrity.models import Observation

Item = Observation.Item

HINTS = {
    Item.DEADLINE: _("截止时间一到就开标；截止以后送到的一律拒收，并记下时间。（招标投标法第二十八条、第三十四条）"),
    Item.SEALS: _("当众检查密封；电子投标当众解密。（招标投标法第三十六条）"),
    Item.NUMBER: _("投标人少于三个的不得开标。（招标投标法实施条例第四十四条）"),
    Item.ORDER: _("按公布的顺序逐份拆封、解密，没有遗漏。"),
    Item.PRICES: _("每份投标都当众宣读投标人、价格和主要内容，与文件一致。（招标投标法第三十六条）"),
    Item.RECORD: _("开标过程记录完整，投标人当场确认；对开标的异议当场答复。（招标投标法实施条例第四十四条）"),
    Item.EVALUATORS: _("评审专家不得参加开标。（财政部令第87号第四十条）"),
    Item.COMMITTEE: _("专家从专家库随机抽取：记时间和专家库，不要记姓名。（招标投标法第三十七条）"),
    Item.RECORDING: _("录音录像开着，全程看得清、听得清。"),
    Item.OTHER: _("有人插手干预、泄露投标情况、无关人员进入评标室等。"),
}
