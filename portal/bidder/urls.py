from django.urls import path

from portal.bidder import accounts, acts, openings, results, views

urlpatterns = [
    path("", views.home, name="bid"),
    path("sign-up/", accounts.sign_up, name="bid-sign-up"),
    path("sign-up/sent/", accounts.sent, name="bid-sign-up-sent"),
    path("confirm/<str:token>/", accounts.confirm, name="bid-confirm"),
    path("tenders/<number:number>/<int:package>/", views.tender, name="bid-tender"),
    path("tenders/<number:number>/<int:package>/uploads/", acts.begin, name="bid-begin"),
    path("tenders/<number:number>/<int:package>/deliver/", acts.deliver, name="bid-deliver"),
    path("openings/", openings.openings, name="bidder-openings"),
    path("openings/<number:number>/<int:package>/", openings.opening, name="bidder-opening"),
    path("openings/<number:number>/<int:package>/sign-in/", openings.attend, name="bidder-attend"),
    path("openings/<number:number>/<int:package>/confirm/", openings.confirm, name="bidder-confirm"),
    path("uploads/<uuid:pk>/", acts.piece, name="bid-piece"),
    path("bids/<uuid:pk>/", views.bid, name="bid-bid"),
    path("bids/<uuid:pk>/receipt.txt", views.receipt, name="bid-receipt"),
    path("bids/<uuid:pk>/receipt.json", views.receipt_file, name="bid-receipt-file"),
    path("bids/<uuid:pk>/withdraw/", acts.withdraw, name="bid-withdraw"),
    path("bids/<uuid:pk>/recover/", acts.recover, name="bid-recover"),
    path("results/<int:pk>.docx", results.letter, name="bid-result"),
]
