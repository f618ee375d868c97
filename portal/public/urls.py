from django.urls import path

from portal.public import comments, record, views

urlpatterns = [
    path("", views.home, name="home"),
    path("projects/", views.projects, name="projects"),
    path("projects/<number:number>/", views.project, name="project"),
    path("projects/<number:number>/comments/", views.comments, name="comments"),
    path("projects/<number:number>/comments/<int:page>/", views.comments, name="comments"),
    path("projects/<number:number>/comment/", comments.comment, name="comment"),
    path("receipts/", record.receipts, name="receipts"),
    path("receipts/<receipt:code>/", record.receipt, name="receipt"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/entries/<int:seq>/", record.entry, name="entry"),
    path("ledger/entries/<int:seq>.json", record.entry_body, name="entry-body"),
    path("ledger/entries/<int:seq>.tlog-proof", record.entry_proof, name="entry-proof"),
    path("verify/", views.verify, name="verify"),
    path("corrections/", views.corrections, name="corrections"),
]
