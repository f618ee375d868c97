"""Acts on questions and clarifications, and those that stop a tender and let it go on."""

from django.utils.translation import gettext_lazy as _

from portal.staff import forms_enquiry as forms
from portal.staff.acts.act import MANAGER, Act, by_number, of_package, own
from portal.staff.finding import find_package, find_question, find_suspension
from tenders.operations import clarifications, standstill

QUESTION = "staff/about/question.html"

ENQUIRY = (
    Act(
        "ask-question",
        _("登记提问"),
        find_package,
        forms.QuestionForm,
        by_number(clarifications.ask_question),
        "clarifications",
        own,
    ),
    Act(
        "set-question-aside",
        _("提问不予答复"),
        find_question,
        forms.SetQuestionAsideForm,
        by_number(clarifications.set_question_aside),
        "clarifications",
        of_package,
        QUESTION,
    ),
    Act(
        "publish-clarification",
        _("发布澄清或者修改"),
        find_package,
        forms.ClarificationForm,
        by_number(clarifications.publish_clarification),
        "clarifications",
        own,
        roles=MANAGER,
    ),
    Act(
        "suspend-tender",
        _("暂停招标投标活动"),
        find_package,
        forms.SuspendForm,
        by_number(standstill.suspend_tender),
        "standstills",
        own,
        roles=MANAGER,
    ),
    Act(
        "resume-tender",
        _("恢复招标投标活动"),
        find_suspension,
        forms.ResumeForm,
        by_number(standstill.resume_tender),
        "standstills",
        of_package,
        roles=MANAGER,
    ),
)
