"""One file of settings for every instance; what differs between instances comes from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()  # SECRET_KEY_FILE=/run/... is read in place of SECRET_KEY=...

DATA = Path(env("DATA", default=str(BASE_DIR / ".data"))).resolve()
PUBLIC_ROOT = DATA / "public"
MEDIA_ROOT = DATA / "media"

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
SECRET_KEY = env("SECRET_KEY", default="")
SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
# The foot of every page: who keeps this site
SITE = {
    "owner": env("SITE_OWNER", default="清平县民政局" if DEMO else "县民政局"),
    "owner_en": env("SITE_OWNER_EN", default="County Civil Affairs Bureau"),
    "identification": env("SITE_IDENTIFICATION", default=""),  # 网站标识码
    "phone": env("SITE_PHONE", default="0870-5550100" if DEMO else ""),
}
# Where a printed notice is put up, for the sheet that goes there
BOARD_PLACES = env.list(
    "BOARD_PLACES",
    default=["县民政局公开栏", "项目所在乡镇（街道）公开栏", "项目所在村（社区）公开栏"],
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
HTTPS = SITE_URL.startswith("https://")

LEDGER_ORIGIN = env("LEDGER_ORIGIN", default="demo.localhost/ledger2026" if DEMO else "localhost/ledger2026")
LEDGER_KEY_FILE = Path(env("LEDGER_KEY_FILE", default=str(DATA / "keys" / "ledger.key")))
# Who confirms the record: "<name> <vkey> <url>" of each, on lines or between semicolons; and how many must have done it
WITNESSES = env("WITNESSES", default="")
WITNESS_QUORUM = env.int("WITNESS_QUORUM", default=1)
RECEIPT_KEY_FILE = Path(env("RECEIPT_KEY_FILE", default=str(DATA / "keys" / "receipt.key")))  # not the log's
REGION = env("REGION", default="")  # division code of the county, for local rules: "530302"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "portal",  # before allauth: its pages in our frame
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "django_fsm",
    "rest_framework",
    "rest_framework.authtoken",
    "django_filters",
    "drf_spectacular",
    "accounts",
    "ledger",
    "tenders",
    "contracts",
    "integrity",
    "lifecycle",
    "publishing",
    "api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.instance",
            ],
        },
    },
]

# The web process keeps a pool. Celery's children must not: a pool is closed at the end of each task.
DATABASES = {"default": env.db("DATABASE_URL", default="postgresql://tracker_app@127.0.0.1/tracker")}
if env.bool("DB_POOL", default=False):
    # While the database is down a form says so within seconds: the threads that wait are those that serve the files.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"timeout": 3, "reconnect_timeout": 10}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # a restart of the database costs no reader an error
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

BROKER_URL = env("BROKER_URL", default="redis://127.0.0.1:6379/0")
# For so long a worker has a task to itself; it renews this while it works. After its death its tasks wait until then,
# so no longer than a citizen should wait.
OUTBOX_LEASE_SECONDS = env.float("OUTBOX_LEASE_SECONDS", default=60)
# What failed waits for so long, and then twice as long each time, up to an hour.
OUTBOX_PAUSE_SECONDS = env.float("OUTBOX_PAUSE_SECONDS", default=5)
# So often beat looks for work of which no message told.
OUTBOX_SWEEP_SECONDS = env.float("OUTBOX_SWEEP_SECONDS", default=5)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env(
            "CACHE_URL", default=BROKER_URL if BROKER_URL.startswith("redis") else "redis://127.0.0.1:6379/1"
        ),
        # Nobody waits for a cache that hangs: what it knows is never needed to act.
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
}

# Without a mail server letters are kept in a folder; staff of a demonstration read them at /desk/outbox/.
KEPT_MAILS = DATA / "outbox-mail"
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="") if env("EMAIL_URL", default="") else {}
EMAIL_BACKEND = EMAIL_CONFIG.get("EMAIL_BACKEND", "publishing.mail.kept.KeptMails")
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "localhost")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT") or 25
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER") or ""
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD") or ""
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="") or f"noreply@{urlsplit(SITE_URL).hostname}"
# Networks of the intranet whose machines may be told of notices, over http too: 10.20.0.0/16. Else public ones only.
WEBHOOK_INTRANET = env.list("WEBHOOK_INTRANET", default=[])

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignupAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if HTTPS else [])]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home-of-role"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("中文")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_USE_FINDERS = True  # one process, few files: no collectstatic step on a bare machine
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_URL = "/media/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_PERMISSIONS = 0o640
# A rendering of a plan, before it is re-encoded
MAX_IMAGE_BYTES = 20_000_000
MAX_IMAGE_PIXELS = 40_000_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 8 * 3600
X_FRAME_OPTIONS = "DENY"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",  # first: who is nobody is told 401, not 403
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticatedOrReadOnly"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "api.problems.handle",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "阳光工程公开平台 API / Procurement transparency tracker API",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {"EvaluationCheckEnum": "tenders.models.evaluation.Check.choices"},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "config.discreet_logs.Discreet", "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
