"""The web application: the published files first, then Django."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

django_application = get_wsgi_application()

from django.conf import settings  # noqa: E402, settings are ready only now

from config.published_files import PublishedFiles  # noqa: E402

application = PublishedFiles(django_application, settings.PUBLIC_ROOT)
