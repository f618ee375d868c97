"""The Celery application. The broker only wakes workers: what is to be done lies in the outbox (ledger.outbox)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("tracker")
app.config_from_object("config.celery_settings")
app.autodiscover_tasks(["publishing"])
