"""All papers by the names of their templates."""

from publishing.documents.authoring.adoption_report import ADOPTION_REPORT
from publishing.documents.authoring.award_notice import AWARD_NOTICE
from publishing.documents.authoring.bid_register import BID_REGISTER
from publishing.documents.authoring.candidate_notice import CANDIDATE_NOTICE
from publishing.documents.authoring.contract import CONTRACT
from publishing.documents.authoring.decision_notice import DECISION_NOTICE
from publishing.documents.authoring.enquiry_papers import CLARIFICATION, ENDING, RESUMPTION, SUSPENSION
from publishing.documents.authoring.evaluation_report import EVALUATION_REPORT
from publishing.documents.authoring.fairness_review import FAIRNESS_REVIEW
from publishing.documents.authoring.hearing_papers import HEARING_NOTICE, HEARING_PARTICIPANTS, HEARING_RECORD
from publishing.documents.authoring.integrity_contract import INTEGRITY_CONTRACT
from publishing.documents.authoring.media_letter import MEDIA_LETTER
from publishing.documents.authoring.objection_answer import OBJECTION_ANSWER
from publishing.documents.authoring.observer_papers import OBSERVER_INVITATION, OBSERVER_LOG
from publishing.documents.authoring.opening_objections import OPENING_OBJECTIONS
from publishing.documents.authoring.opening_record import OPENING_RECORD
from publishing.documents.authoring.plan_notice import PLAN_NOTICE
from publishing.documents.authoring.prequalification_papers import (
    PREQUALIFICATION_FAILED,
    PREQUALIFICATION_NOTICE,
    PREQUALIFICATION_PASSED,
)
from publishing.documents.authoring.result_letters import AWARD_LETTER, LOSS_LETTER
from publishing.documents.authoring.tender_documents import TENDER_DOCUMENTS
from publishing.documents.authoring.tender_notice import TENDER_NOTICE
from publishing.documents.authoring.tender_plan import TENDER_PLAN
from publishing.documents.authoring.tender_report import TENDER_REPORT

PAPERS = {
    "plan-notice": PLAN_NOTICE,
    "adoption-report": ADOPTION_REPORT,
    "hearing-notice": HEARING_NOTICE,
    "hearing-participants": HEARING_PARTICIPANTS,
    "hearing-record": HEARING_RECORD,
    "decision-notice": DECISION_NOTICE,
    "tender-plan": TENDER_PLAN,
    "fairness-review": FAIRNESS_REVIEW,
    "prequalification-notice": PREQUALIFICATION_NOTICE,
    "prequalification-passed": PREQUALIFICATION_PASSED,
    "prequalification-failed": PREQUALIFICATION_FAILED,
    "tender-notice": TENDER_NOTICE,
    "observer-invitation": OBSERVER_INVITATION,
    "clarification": CLARIFICATION,
    "suspension": SUSPENSION,
    "resumption": RESUMPTION,
    "tender-ending": ENDING,
    "objection-answer": OBJECTION_ANSWER,
    "bid-register": BID_REGISTER,
    "tender-documents": TENDER_DOCUMENTS,
    "opening-record": OPENING_RECORD,
    "observer-log": OBSERVER_LOG,
    "opening-objections": OPENING_OBJECTIONS,
    "candidate-notice": CANDIDATE_NOTICE,
    "evaluation-report": EVALUATION_REPORT,
    "award-notice": AWARD_NOTICE,
    "award-letter": AWARD_LETTER,
    "loss-letter": LOSS_LETTER,
    "tender-report": TENDER_REPORT,
    "contract": CONTRACT,
    "integrity-contract": INTEGRITY_CONTRACT,
    "media-letter": MEDIA_LETTER,
}
