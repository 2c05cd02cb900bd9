"""Settings: the same code on a laptop and for a country, chosen by the environment.

Every secret comes from the environment; script/server writes a throw-away set for a laptop.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("SHONGLAP_DATA", ROOT / "var")).resolve()
# Files the world may read (feed ticks, video, approved pictures) and files it may not.
PUBLIC_FOLDER = DATA / "public"
PRIVATE_FOLDER = DATA / "private"
RUN_FOLDER = DATA / "run"

DEBUG = os.environ.get("SHONGLAP_DEBUG") == "1"
SECRET_KEY = os.environ.get("SHONGLAP_SECRET_KEY", "")
SITE_ADDRESS = os.environ.get("SHONGLAP_ADDRESS", "http://127.0.0.1:8000")
PRODUCTION = urlsplit(SITE_ADDRESS).scheme == "https"
ALLOWED_HOSTS = [urlsplit(SITE_ADDRESS).hostname or "127.0.0.1", "localhost", "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = [SITE_ADDRESS]
CSRF_FAILURE_VIEW = "shonglap.web.people.views.form_too_old"

INSTALLED_APPS = [
    "shonglap.web",  # first, so that its templates dress the pages of others
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "tree_queries",
    "shonglap.base",
    "shonglap.record",
    "shonglap.accounts",
    "shonglap.notices",
    "shonglap.offices",
    "shonglap.confidential",
    "shonglap.dialogues",
    "shonglap.stage",
    "shonglap.questions",
    "shonglap.cases",
    "shonglap.commitments",
    "shonglap.challenges",
    "shonglap.feed",
    "shonglap.worker",
    "shonglap.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "shonglap.web.middleware.SecurityHeaders",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "shonglap.web.people.second_factor.SecondFactor",
    "shonglap.web.middleware.ClearAnswers",
]

ROOT_URLCONF = "shonglap.config.urls"
ASGI_APPLICATION = "shonglap.config.asgi.application"

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
                "shonglap.web.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "shonglap.web.templatetags.shonglap"],
        },
    }
]


def database(address: str) -> dict[str, object]:
    """Turn `sqlite:///path` or `postgresql://user:password@host:port/name` into Django's settings."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path,
            "CONN_MAX_AGE": 600,  # as below
            # Tests too use a file: in memory, SQLite does not wait for locks.
            "TEST": {"NAME": str(DATA / "tests.sqlite3")},
            # IMMEDIATE: a writer queues for the lock instead of failing half-way.
            # FULL: an acknowledged question survives a power cut, not only a crash.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=20000;"
                ),
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.lstrip("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
            # The web's threads stay (config/in_threads.py) and each keeps its connection: a pool, and asking
            # before each request whether the connection still lives, cost more than the request's questions.
            "CONN_MAX_AGE": 600,
        }
    raise ValueError(f"DATABASE_URL must begin with sqlite:// or postgresql://, not {parts.scheme}://")


DATABASES = {"default": database(os.environ.get("DATABASE_URL") or f"sqlite:///{DATA / 'shonglap.sqlite3'}")}
# Holds what allauth counts (codes sent, tries of a second factor): all workers must count together, and a
# flood of other addresses must not make them forget. A process's own memory would do neither.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["shonglap.web.recognising.Backend"]  # allauth's, reading lightly
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_REDIRECT_URL = "home"
LOGIN_URL = "sign_in"

ACCOUNT_LOGIN_METHODS = {"email"}
# Signing up is closed, the sign-in page makes accounts; but allauth asks for passwords only if named here.
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_ADAPTER = "shonglap.web.people.adapter.AccountAdapter"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # mail takes its time
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Digits can be typed on every keyboard; eight of them outlast the tries that the limits below allow.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# Per address narrow, per line wide: a whole office, or a village, may sit behind one line.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "300/m/ip,3/m/key,20/h/key",
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "signup": "300/m/ip",
    "reset_password": "60/m/ip,5/m/key",
    "reset_password_from_key": "60/m/ip",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Shonglap"
MFA_FORMS = {
    "authenticate": "shonglap.web.people.factor_forms.AuthenticateForm",
    "reauthenticate": "shonglap.web.people.factor_forms.ReauthenticateForm",
    "activate_totp": "shonglap.web.people.factor_forms.ActivateTOTPForm",
}
MFA_TOTP_TOLERANCE = 1  # phones' clocks run a little wrong
# People with a role must use a second factor; on a laptop a password is enough.
REQUIRE_SECOND_FACTOR = os.environ.get("SHONGLAP_REQUIRE_SECOND_FACTOR", "1" if PRODUCTION else "0") == "1"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

EMAIL_BACKEND = os.environ.get("SHONGLAP_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = os.environ.get("SHONGLAP_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SHONGLAP_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SHONGLAP_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SHONGLAP_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("SHONGLAP_SMTP_TLS", "0") == "1"
EMAIL_TIMEOUT = 10  # seconds: a relay that hangs must not hold up the pages
DEFAULT_FROM_EMAIL = os.environ.get("SHONGLAP_FROM", "shonglap@localhost")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = True
SESSION_ENGINE = "shonglap.web.recognising"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
# Whoever serves by https has a proxy in front, and that says so (docs/nginx.conf).
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None

LANGUAGE_CODE = "bn"
LANGUAGES = [("bn", _("Bangla")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "shonglap" / "locale"]
TIME_ZONE = "Asia/Dhaka"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [ROOT / "frontend" / "dist"]
FRONTEND_MANIFEST = ROOT / "frontend" / "dist" / "manifest.json"

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

# The conference. The addresses differ: browsers come through the front, the server stays inside.
LIVEKIT_URL = os.environ.get("LIVEKIT_URL", "ws://127.0.0.1:7880")
LIVEKIT_PUBLIC_URL = os.environ.get("LIVEKIT_PUBLIC_URL", LIVEKIT_URL)
LIVEKIT_API_KEY = os.environ.get("LIVEKIT_API_KEY", "")
LIVEKIT_API_SECRET = os.environ.get("LIVEKIT_API_SECRET", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
