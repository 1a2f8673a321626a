"""Django's settings. What the environment decides is read by `config`; what is here is the same everywhere."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from isotrace import __version__
from isotrace.server import config as configuration
from isotrace.server import logs

CONFIG = configuration.load()
VERSION = __version__
DEMO = CONFIG.mode == "demo"
SAMPLE_WORLD = DEMO
TESTING = CONFIG.mode == "test"
PACKAGE = Path(__file__).resolve().parents[1]
if not os.access(PACKAGE / "engine" / "names", os.W_OK):
    os.environ.setdefault("NUMBA_CACHE_DIR", str(CONFIG.data / "numba"))  # what the matcher compiles is kept beside it where it may be

DEBUG = False
SECRET_KEY = CONFIG.secret_key
PROOF_KEY = CONFIG.proof_key
AUDIT_KEY = CONFIG.audit_key
AUDIT_SIGNING_KEY = CONFIG.audit_signing_key
AUDIT_BULK = CONFIG.audit_bulk
LEDGER = CONFIG.ledger
_HOST = urlsplit(CONFIG.public_url).hostname or "localhost"
ALLOWED_HOSTS = [_HOST, "localhost", "127.0.0.1", "[::1]"] if DEMO or TESTING else [_HOST]
SECURE = CONFIG.public_url.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "procrastinate.contrib.django",
    "isotrace.bureaus",
    "isotrace.handling",
    "isotrace.desk",
    "isotrace.delegation",
    "isotrace.records",
    "isotrace.identity",
    "isotrace.tracing",
    "isotrace.files",
    "isotrace.intake",
    "isotrace.imports",
    "isotrace.notices",
    "isotrace.screening",
    "isotrace.finding",
    "isotrace.privacy",
    "isotrace.web",
]

MIDDLEWARE = [
    "isotrace.server.metrics.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "isotrace.server.hardening.HardeningMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "isotrace.handling.middleware.ViewerMiddleware",
    "isotrace.server.signin.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "isotrace.server.urls"
WSGI_APPLICATION = "isotrace.server.wsgi.application"
FORM_RENDERER = "isotrace.web.forms_renderer.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "isotrace.web.context.face",
            ],
        },
    }
]

_PROCESS_POOL = {"min_size": 1, "max_size": 10, "timeout": 10}


def _database(role: str) -> dict[str, object]:
    found = configuration.django_database(CONFIG.databases[role])
    options = dict(found["OPTIONS"])
    if role == "app" and not TESTING:
        options["pool"] = _PROCESS_POOL
    return {**found, "OPTIONS": options, "ATOMIC_REQUESTS": False, "TEST": {"DEPENDENCIES": []} if role == "owner" else {"MIRROR": "owner"}}


DATABASES = {"default": _database("app"), "jobs": _database("jobs")}
if "owner" in CONFIG.databases:
    DATABASES["owner"] = _database("owner")
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_DATABASE_ALIAS = "jobs" if os.environ.get("ISOTRACE_PROCESS") == "worker" else "default"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "server_throttle"}}

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ar", "العربية"), ("fr", "Français"), ("es", "Español")]
if TESTING:
    LANGUAGES += [("en-xa", "Pseudo")]
LOCALE_PATHS = [PACKAGE / "web" / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = SECURE
FORMAT_MODULE_PATH: list[str] = []

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

AUTH_USER_MODEL = "bureaus.Account"
AUTHENTICATION_BACKENDS = ["isotrace.server.signin.Backend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 14}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "isotrace.server.signin.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "isotrace.server.signin.SocialAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ALLAUTH_TRUSTED_PROXY_COUNT = CONFIG.proxies
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Isotrace"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or TESTING
SECOND_FACTOR_REQUIRED = not DEMO
MFA_ADAPTER = "isotrace.server.signin.MfaAdapter"
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_PROVIDERS = (
    {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": CONFIG.oidc.name,
                    "client_id": CONFIG.oidc.client_id,
                    "secret": CONFIG.oidc.client_secret,
                    "settings": {"server_url": CONFIG.oidc.issuer},
                }
            ]
        }
    }
    if CONFIG.oidc
    else {}
)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_ONLY = False

SESSION_COOKIE_NAME = "isotrace_session"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [CONFIG.public_url]
CSRF_FAILURE_VIEW = "isotrace.web.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF] + ([CONFIG.oidc.issuer] if CONFIG.oidc else []),
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS = [
    "isotrace.server.uploads.BoundedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

_MAIL = urlsplit(CONFIG.email_url)
EMAIL_BACKEND = f"django.core.mail.backends.{'console' if _MAIL.scheme == 'console' else 'smtp'}.EmailBackend"
EMAIL_HOST = _MAIL.hostname or "localhost"
EMAIL_PORT = _MAIL.port or (465 if _MAIL.scheme == "smtps" else 587)
EMAIL_HOST_USER = _MAIL.username or ""
EMAIL_HOST_PASSWORD = _MAIL.password or ""
EMAIL_USE_SSL = _MAIL.scheme == "smtps"
EMAIL_USE_TLS = _MAIL.scheme == "smtp" and bool(_MAIL.username)
DEFAULT_FROM_EMAIL = CONFIG.email_from
PUBLIC_URL = CONFIG.public_url

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logs.dict_config(CONFIG.mode)
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008"]
