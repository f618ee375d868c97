from django.urls import path

from portal.observer import acts, by_link, receipts, views, wraps

urlpatterns = [
    path("", views.invitations, name="observe"),
    path("<int:pk>/", views.invitation, name="invitation"),
    path("<int:pk>/keys/", wraps.keys, name="observer-keys"),
    path("<int:pk>/wraps.json", wraps.wraps, name="observer-wraps"),
    path("<int:pk>/answer/", acts.answer, name="observer-answer"),
    path("<int:pk>/deputy/", acts.depute, name="observer-deputy"),
    path("<int:pk>/recuse/", acts.withdraw, name="observer-recuse"),
    path("<int:pk>/sign-in/", acts.enter, name="observer-sign-in"),
    path("attendances/<int:pk>/note/", acts.note, name="observer-note"),
    path("attendances/<int:pk>/opinion/", acts.opine, name="observer-opinion"),
    path("attendances/<int:pk>/sign-out/", acts.leave, name="observer-sign-out"),
    path("matters/<int:pk>/accept/", acts.accept, name="observer-accept"),
    path("matters/<int:pk>/insist/", acts.insist, name="observer-insist"),
    path("attendances/<int:pk>/receipts/", receipts.receipts, name="observer-receipts"),
    path("attendances/<int:pk>/receipts.json", receipts.file, name="observer-receipts-file"),
    path("invitations/<str:token>/", by_link.invitation, name="invitation-by-link"),
    path("invitations/<str:token>/opening.ics", by_link.calendar, name="invitation-calendar"),
    path("invitations/<str:token>/letter.docx", by_link.letter, name="invitation-letter"),
    path("photos/<int:pk>/", views.photo, name="observer-photo"),
]
