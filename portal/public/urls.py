from django.urls import path, register_converter

from portal.converters import CommentsFile
from portal.public import (
    comment_list,
    comment_mail,
    comments,
    enquiries,
    entries,
    hearings,
    previews,
    receipts,
    subscriptions,
    views,
)

register_converter(CommentsFile, "comments-file")

urlpatterns = [
    path("", views.home, name="home"),
    path("projects/", views.projects, name="projects"),
    path("projects/<number:number>/", views.project, name="project"),
    path("projects/<number:number>/plan/<int:round_number>-<int:version>/", views.plan_version, name="plan-version"),
    path("projects/<number:number>/comments/", comment_list.comments, name="comments"),
    path("projects/<number:number>/comments/<int:page>/", comment_list.comments, name="comments"),
    path(
        "projects/<number:number>/comments/<int:round_number>/<int:comment>/", comment_list.one, name="public-comment"
    ),
    path("projects/<number:number>/comments.<comments-file:kind>", comment_list.file, name="comments-file"),
    path("projects/<number:number>/themes/", views.themes, name="themes"),
    path("projects/<number:number>/adoption/<int:number_of_round>/", views.adoption, name="adoption"),
    path("projects/<number:number>/comment/", comments.comment, name="comment"),
    path("projects/<number:number>/opening/<int:package>/", views.opening, name="public-opening"),
    path("projects/<number:number>/hearings/<int:hearing>/", hearings.hearing, name="hearing"),
    path("projects/<number:number>/hearings/<int:hearing>/apply/", hearings.apply, name="hearing-apply"),
    path(
        "projects/<number:number>/hearings/<int:hearing>/applications/<receipt:code>/",
        hearings.application,
        name="hearing-application",
    ),
    path(
        "projects/<number:number>/packages/<int:package>/ask/",
        enquiries.enquire,
        {"enquiry": enquiries.ASK},
        name="tender-ask",
    ),
    path(
        "projects/<number:number>/packages/<int:package>/object/",
        enquiries.enquire,
        {"enquiry": enquiries.OBJECT},
        name="tender-object",
    ),
    path(
        "projects/<number:number>/packages/<int:package>/complain/",
        enquiries.enquire,
        {"enquiry": enquiries.COMPLAIN},
        name="tender-complain",
    ),
    path("receipts/tender/<receipt:code>/", enquiries.receipt, name="tender-receipt"),
    path("preview/<str:token>/", previews.preview, name="preview"),
    path("preview/<str:token>/<str:name>", previews.picture, name="preview-picture"),
    path("challenge/", comments.challenge, name="challenge"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:seq>/", views.notice, name="notice"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("receipts/<receipt:code>/", receipts.receipt, name="receipt"),
    path("receipts/<receipt:code>.json", receipts.receipt_file, name="receipt-file"),
    path("receipts/off/<str:token>/", comment_mail.off, name="comment-mail-off"),
    path("subscribe/", subscriptions.subscribe, name="subscribe"),
    path("subscribe/sent/", subscriptions.sent, name="subscribe-sent"),
    path("subscribe/confirm/<str:token>/", subscriptions.confirm, name="subscribe-confirm"),
    path("subscribe/manage/<str:token>/", subscriptions.manage, name="subscribe-manage"),
    path("subscribe/off/<str:token>/", subscriptions.off, name="subscribe-off"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/entries/<int:seq>/", entries.entry, name="entry"),
    path("ledger/entries/<int:seq>.json", entries.entry_body, name="entry-body"),
    path("ledger/entries/<int:seq>.tlog-proof", entries.entry_proof, name="entry-proof"),
    path("verify/", views.verify, name="verify"),
    path("sealed-bids/", views.sealed_bids, name="sealed-bids"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/<int:seq>/", views.correction, name="correction"),
]
