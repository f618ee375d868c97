"""
The table of drafts: what can be written on the desk, where it lies, and until when.

A draft is no act: saving it writes no entry. Once an act has published it, it is only read; what was wrong is corrected
by another act.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from contracts.models import Commencement, Contract
from portal.staff.finding import (
    Find,
    find_award,
    find_commencement,
    find_consultation,
    find_contract,
    find_decision,
    find_ending,
    find_evaluation,
    find_hearing,
    find_opening,
    find_own_answer,
    find_package,
    find_plan_version,
    find_prequalification,
    find_project,
    find_report_of,
    find_tender_report,
    find_theme,
)
from portal.staff.forms import DraftForm
from portal.staff.forms_answers import AdoptionReportForm, OwnAnswerForm, ThemeForm
from portal.staff.forms_award import CommitteeFormSet, TenderReportForm
from portal.staff.forms_consultation import PlanVersionForm
from portal.staff.forms_contracts import CommencementForm, ContractForm, IntegrityContractForm
from portal.staff.forms_enquiry import EndingForm
from portal.staff.forms_hearing import GroupFormSet, HearingForm, NeedForm, SessionForm
from portal.staff.forms_plan import CodeForm, ConsultationForm, DecisionForm, FundingFormSet, PlanForm, ProjectForm
from portal.staff.forms_posting import RequiredFormSet
from portal.staff.forms_prequalification import PrequalificationForm, ReviewersForm, VerdictFormSet
from portal.staff.forms_tender import AwardForm, BidFindingsFormSet, EvaluationForm, OpeningForm, PackageForm
from tenders.models import (
    AdoptionReport,
    AnswerDraft,
    Award,
    Consultation,
    Decision,
    Ending,
    Evaluation,
    Hearing,
    Opening,
    Package,
    PlanVersion,
    Prequalification,
    Project,
    TenderReport,
    Theme,
    is_before_the_public,
)


@dataclass(frozen=True)
class Draft:
    """
    A sheet that is written on the desk.

    ``find`` answers the object for a project and the number in the address (that of the object itself, or of the one it
    belongs to if it need not exist yet). ``closed`` answers why it can no longer be written, or nothing.
    """

    name: str
    title: str | Promise
    form: type[DraftForm]
    find: Find
    closed: Callable[[Any], str]
    parts: tuple[Callable[..., Any], ...] = ()
    about: str = ""  # the template that shows above the form what it is about
    roles: tuple[str, ...] = User.STAFF_ROLES  # who may read it


def project_closed(project: Project) -> str:
    if project.stage == Project.Stage.PREPARATION:
        return ""
    return _("方案已经公布，项目信息不再改动。有错误的，须另行公布更正。")


def code_closed(project: Project) -> str:
    """The code often comes after the plan: it is published with the approvals and with the tender."""
    if project.stage == Project.Stage.PREPARATION:
        return _("方案公布之前，项目代码在“项目信息”里填写。")
    if project.packages.exclude(announced_at=None).exists():
        return _("招标公告已经发布，项目代码不再改动。")
    return ""


def consultation_closed(consultation: Consultation) -> str:
    if consultation.state == Consultation.State.DRAFT:
        return ""
    return _("方案已经公布，公告内容不再改动；要修改方案或者期限，请到项目页办理。")


def plan_version_closed(version: PlanVersion) -> str:
    if version.number > 1 and version.state == PlanVersion.State.DRAFT:
        return ""
    return _("这一版已经公布，内容不再改动；要修改，请起草新的一版。")


def theme_closed(theme: Theme) -> str:
    if theme.answer_id is None:
        return ""
    return _("这个主题已经答复，内容不再改动；答复有错误的，请办理更正。")


def own_answer_closed(draft: AnswerDraft) -> str:
    answer = draft.comment.answer
    if answer is None or answer.theme_id:
        return ""
    return _("这条意见已经单独答复，内容不再改动；答复有错误的，请办理更正。")


def report_closed(report: AdoptionReport) -> str:
    if not report.consultation.ended_at:
        return _("征求意见结束以后才填写意见采纳情况。")
    return _("意见采纳情况已经公布，内容不再改动。") if report.published_at else ""


def hearing_closed(hearing: Hearing) -> str:
    return "" if hearing.state == Hearing.State.DRAFT else _("听证会已经公告；要改时间，请办理延期。")


def session_closed(hearing: Hearing) -> str:
    begun = {Hearing.State.HELD, Hearing.State.RECORDED, Hearing.State.CANCELLED}
    return _("听证会已经举行或者取消，内容不再改动。") if hearing.state in begun else ""


def decision_closed(decision: Decision) -> str:
    if decision.project.stage in {Project.Stage.PREPARATION, Project.Stage.CONSULTATION}:
        return ""
    return _("决策已经公布，内容不再改动。")


def package_closed(package: Package) -> str:
    if package.state == Package.State.DRAFT:
        return ""
    return _("招标公告已经发布；要改动，请发布澄清或者修改。")


def prequalification_closed(prequalification: Prequalification) -> str:
    if prequalification.state == Prequalification.State.DRAFT:
        return ""
    return _("资格预审公告已经发布；要改动，请发布澄清或者修改。")


def qualification_review_closed(prequalification: Prequalification) -> str:
    if prequalification.state == Prequalification.State.OPEN:
        return ""
    if prequalification.state == Prequalification.State.DRAFT:
        return _("资格预审公告发布以后才填写审查结论。")
    return _("资格预审结果已经公布，审查结论不再改动。")


def opening_closed(opening: Opening) -> str:
    states = {Package.State.DRAFT, Package.State.ANNOUNCED, Package.State.OPENING}
    return "" if opening.package.state in states else _("开标记录已经公布，内容不再改动。")


def evaluation_closed(evaluation: Evaluation) -> str:
    state = evaluation.package.state
    if state in {Package.State.DRAFT, Package.State.ANNOUNCED, Package.State.OPENING}:
        return _("开标结束后才填写评标情况。")
    if state in {Package.State.OPENED, Package.State.EVALUATED}:
        return ""
    return _("中标候选人已经公示，评标情况不再改动。")


def award_closed(award: Award) -> str:
    state = award.package.state
    if state in {Package.State.EVALUATED, Package.State.CANDIDATES}:
        return ""
    return _("定标结果已经公布，不再改动。") if state == Package.State.AWARDED else _("评标完成后才填写定标结果。")


def tender_report_closed(report: TenderReport) -> str:
    if report.package.state != Package.State.AWARDED:
        return _("定标以后才填写招标投标情况书面报告。")
    return _("书面报告已经报送，不再改动。") if report.submitted_at else ""


def ending_closed(ending: Ending) -> str:
    if not is_before_the_public(ending.package):
        return _("公告发布以后才填写。")
    return _("招标已经终止或者失败，内容不再改动。") if ending.package.state == Package.State.FAILED else ""


def contract_closed(contract: Contract) -> str:
    return "" if contract.state == Contract.State.DRAFT else _("两份合同已经签订并公布，内容不再改动。")


def commencement_closed(commencement: Commencement) -> str:
    if commencement.contract.project.stage != Project.Stage.CONSTRUCTION:
        return ""
    return _("已经开工，开工材料不再改动。")


DRAFTS = {
    draft.name: draft
    for draft in (
        Draft("project", gettext_lazy("项目信息"), ProjectForm, find_project, project_closed, (FundingFormSet,)),
        Draft("code", gettext_lazy("项目代码"), CodeForm, find_project, code_closed),
        Draft(
            "consultation",
            gettext_lazy("方案与征求意见"),
            ConsultationForm,
            find_consultation,
            consultation_closed,
            (PlanForm, NeedForm, RequiredFormSet),
        ),
        Draft("plan-version", gettext_lazy("方案修改稿"), PlanVersionForm, find_plan_version, plan_version_closed),
        Draft(
            "theme",
            gettext_lazy("主题和答复草稿"),
            ThemeForm,
            find_theme,
            theme_closed,
            about="staff/about/theme_draft.html",
        ),
        Draft(
            "own-answer",
            gettext_lazy("答复草稿"),
            OwnAnswerForm,
            find_own_answer,
            own_answer_closed,
            about="staff/about/own_answer.html",
        ),
        Draft(
            "adoption",
            gettext_lazy("意见采纳情况"),
            AdoptionReportForm,
            find_report_of,
            report_closed,
            about="staff/about/report.html",
        ),
        Draft("hearing", gettext_lazy("听证公告"), HearingForm, find_hearing, hearing_closed, (GroupFormSet,)),
        Draft("session", gettext_lazy("听证会主持和记录"), SessionForm, find_hearing, session_closed),
        Draft("decision", gettext_lazy("决策与意见采纳情况"), DecisionForm, find_decision, decision_closed),
        Draft("package", gettext_lazy("招标公告"), PackageForm, find_package, package_closed),
        Draft(
            "prequalification",
            gettext_lazy("资格预审公告"),
            PrequalificationForm,
            find_prequalification,
            prequalification_closed,
        ),
        Draft(
            "qualification-review",
            gettext_lazy("资格审查结论"),
            ReviewersForm,
            find_prequalification,
            qualification_review_closed,
            (VerdictFormSet,),
            roles=(User.Role.MANAGER, User.Role.CLERK),  # who applied is secret until the opening (EM-01)
        ),
        Draft("opening", gettext_lazy("开标会"), OpeningForm, find_opening, opening_closed),
        Draft(
            "evaluation",
            gettext_lazy("评标情况"),
            EvaluationForm,
            find_evaluation,
            evaluation_closed,
            (CommitteeFormSet, BidFindingsFormSet),
            roles=(User.Role.MANAGER, User.Role.CLERK),  # what the committee finds is secret until it is published
        ),
        Draft("ending", gettext_lazy("终止或者失败的善后"), EndingForm, find_ending, ending_closed),
        Draft("award", gettext_lazy("定标"), AwardForm, find_award, award_closed),
        Draft(
            "tender-report",
            gettext_lazy("招标投标情况书面报告"),
            TenderReportForm,
            find_tender_report,
            tender_report_closed,
        ),
        Draft(
            "contracts",
            gettext_lazy("施工合同与廉政合同"),
            ContractForm,
            find_contract,
            contract_closed,
            (IntegrityContractForm,),
        ),
        Draft("commencement", gettext_lazy("开工材料"), CommencementForm, find_commencement, commencement_closed),
    )
}
