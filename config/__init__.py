"""The configuration. Importing it sets up Celery, so that whatever records an act can wake the workers."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
