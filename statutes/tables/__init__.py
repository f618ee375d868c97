"""The rules, chapter by chapter. A second figure of the same rule has its id with a number behind: TB-06, TB-06.2."""

from statutes.tables.award import AWARD
from statutes.tables.disclosure import DISCLOSURE
from statutes.tables.evaluation import EVALUATION
from statutes.tables.execution import EXECUTION
from statutes.tables.integrity import INTEGRITY
from statutes.tables.objections import OBJECTIONS
from statutes.tables.participation import PARTICIPATION
from statutes.tables.planning import PLANNING
from statutes.tables.procurement import PROCUREMENT
from statutes.tables.sector import SECTOR
from statutes.tables.tender import TENDER
from statutes.tables.thresholds import THRESHOLDS

CHAPTERS = {
    "决策与公众参与": PARTICIPATION,
    "规划公示": PLANNING,
    "公墓与烈士纪念设施": SECTOR,
    "必须招标的范围与规模": THRESHOLDS,
    "招标": TENDER,
    "开标与评标": EVALUATION,
    "中标与合同": AWARD,
    "异议与投诉": OBJECTIONS,
    "政府采购": PROCUREMENT,
    "施工、支付与竣工": EXECUTION,
    "信息公开": DISCLOSURE,
    "保密、公平竞争与廉政": INTEGRITY,
}
