from django.urls import path

from portal.observer import acts, views

urlpatterns = [
    path("", views.invitations, name="observe"),
    path("<int:pk>/", views.invitation, name="invitation"),
    path("<int:pk>/answer/", acts.answer, name="observer-answer"),
    path("<int:pk>/deputy/", acts.depute, name="observer-deputy"),
    path("<int:pk>/recuse/", acts.withdraw, name="observer-recuse"),
    path("<int:pk>/sign-in/", acts.enter, name="observer-sign-in"),
    path("attendances/<int:pk>/note/", acts.note, name="observer-note"),
    path("attendances/<int:pk>/opinion/", acts.opine, name="observer-opinion"),
    path("attendances/<int:pk>/sign-out/", acts.leave, name="observer-sign-out"),
    path("matters/<int:pk>/accept/", acts.accept, name="observer-accept"),
    path("matters/<int:pk>/insist/", acts.insist, name="observer-insist"),
    path("photos/<int:pk>/", views.photo, name="observer-photo"),
]
