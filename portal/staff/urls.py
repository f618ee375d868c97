from django.urls import path, register_converter

from portal.staff import (
    converters,
    views,
    views_bids,
    views_channels,
    views_comments,
    views_drafts,
    views_failed,
    views_hearings,
    views_kept,
    views_mandates,
    views_observers,
    views_papers,
    views_posters,
    views_posting,
    views_previews,
    views_registers,
    views_sealed,
    views_session,
    views_steps,
    views_themes,
    views_uploads,
    views_webhooks,
)

register_converter(converters.StepName, "step")
register_converter(converters.DraftName, "draft")
register_converter(converters.ActName, "act")
register_converter(converters.RegisterName, "register")
register_converter(converters.UploadName, "upload")

urlpatterns = [
    path("", views.desk, name="desk"),
    path("channels/", views_channels.channels, name="desk-channels"),
    path("channels/<int:seq>/<slug:channel>/", views_channels.deliver_again, name="desk-channel-again"),
    path("webhooks/", views_webhooks.webhooks, name="desk-webhooks"),
    path("webhooks/<int:pk>/", views_webhooks.webhook, name="desk-webhook"),
    path("outbox/", views_webhooks.outbox, name="desk-outbox"),
    path("places/", views_posting.places, name="desk-places"),
    path("places/<int:pk>/", views_posting.place, name="desk-place"),
    path("mandates/", views_mandates.mandates, name="desk-mandates"),
    path("mandates/<int:pk>/end/", views_mandates.end, name="desk-mandate-end"),
    path("keys/", views_sealed.keys, name="desk-trustee-keys"),
    path("keys/<int:pk>/", views_sealed.key, name="desk-trustee-key"),
    path("projects/<number:number>/sealed/<int:pk>/", views_sealed.sealed, name="desk-sealed"),
    path("projects/<number:number>/sealed/<int:pk>/wraps.json", views_sealed.wraps, name="desk-sealed-wraps"),
    path(
        "projects/<number:number>/sealed/<int:pk>/peeled/<int:peeled_pk>.json",
        views_sealed.peeled,
        name="desk-sealed-peeled",
    ),
    path(
        "projects/<number:number>/sealed/<int:pk>/take-in/<slug:what>/",
        views_sealed.take_in,
        name="desk-sealed-take-in",
    ),
    path("projects/<number:number>/sealed/<int:pk>/bids/<int:bid_pk>/", views_sealed.settle, name="desk-sealed-settle"),
    path("clock/", views.advance_clock, name="desk-clock"),
    path("failed/", views_failed.failed, name="desk-failed"),
    path("failed/again/", views_failed.again, name="desk-failed-again"),
    path("failed/<int:pk>/again/", views_failed.again, name="desk-failed-one-again"),
    path("projects/<number:number>/", views.project, name="desk-project"),
    path("projects/<number:number>/preview/", views_previews.preview, name="desk-preview"),
    path("projects/<number:number>/steps/<step:step>/<int:pk>/", views_steps.step, name="desk-step"),
    path(
        "projects/<number:number>/steps/<step:step>/<int:pk>/<slug:template>.docx",
        views_steps.paper,
        name="desk-paper",
    ),
    path("projects/<number:number>/drafts/<draft:draft>/<int:pk>/", views_drafts.edit, name="desk-draft"),
    path("projects/<number:number>/files/<upload:upload>/<int:pk>/", views_uploads.uploads, name="desk-uploads"),
    path(
        "projects/<number:number>/files/<upload:upload>/<int:pk>/<int:file_pk>/", views_uploads.file, name="desk-file"
    ),
    path(
        "projects/<number:number>/files/<upload:upload>/<int:pk>/<int:file_pk>/remove/",
        views_uploads.remove,
        name="desk-file-remove",
    ),
    path(
        "projects/<number:number>/registers/<register:register>/<int:pk>/",
        views_registers.register,
        name="desk-register",
    ),
    path("projects/<number:number>/themes/<int:pk>/group/", views_themes.group, name="desk-group"),
    path("projects/<number:number>/themes/<int:pk>/undo/", views_themes.undo, name="desk-group-undo"),
    path("projects/<number:number>/acts/<act:act>/<int:pk>/", views_registers.act, name="desk-act"),
    path(
        "projects/<number:number>/hearings/<int:pk>/signing-copy.docx",
        views_hearings.signing_copy,
        name="desk-hearing-signing-copy",
    ),
    path("projects/<number:number>/kept/<slug:template>/<int:pk>.docx", views_kept.kept, name="desk-kept"),
    path(
        "projects/<number:number>/invitations/<int:pk>/letter.docx",
        views_observers.letter,
        name="desk-invitation-letter",
    ),
    path("projects/<number:number>/attendances/<int:pk>/log.docx", views_observers.log, name="desk-observer-log"),
    path("projects/<number:number>/bids/<int:pk>/receipt/", views_bids.receipt, name="desk-bid-receipt"),
    path("projects/<number:number>/bids/<int:pk>/photos/<int:photo_pk>/", views_bids.photo, name="desk-bid-photo"),
    path("projects/<number:number>/packages/<int:pk>/register.docx", views_bids.signing_copy, name="desk-bid-register"),
    path("projects/<number:number>/packages/<int:pk>/room-code/", views_observers.code, name="desk-room-code"),
    path(
        "projects/<number:number>/observations/photos/<int:pk>/", views_observers.photo, name="desk-observation-photo"
    ),
    path(
        "projects/<number:number>/openings/<int:pk>/objections.docx",
        views_session.objections_copy,
        name="desk-opening-objections",
    ),
    path("projects/<number:number>/notices/<int:pk>/letter/", views_papers.letter, name="desk-media-letter"),
    path(
        "projects/<number:number>/objections/<int:pk>/answer/",
        views_papers.objection_answer,
        name="desk-objection-answer",
    ),
    path(
        "projects/<number:number>/comments/<int:pk>/<int:comment>/slip/", views_comments.slip, name="desk-comment-slip"
    ),
    path(
        "projects/<number:number>/comments/<int:pk>/<int:comment>/scans/<int:scan_pk>/",
        views_comments.scan,
        name="desk-comment-scan",
    ),
    path("projects/<number:number>/posters/<int:pk>/poster.png", views_posters.picture, name="desk-poster-picture"),
    path("projects/<number:number>/posters/<int:pk>/<slug:size>.pdf", views_posters.sheet, name="desk-poster"),
    path("projects/<number:number>/comments/<int:pk>/show/", views_registers.show_chosen, name="desk-comments-show"),
]
