"""The web application: the front with its folders, and Django behind it."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from shonglap.config.front import Front
from shonglap.config.front_files import Folder, keep_public, keep_static
from shonglap.config.in_threads import InThreads
from shonglap.feed.viewers import of_this_worker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shonglap.config.settings")


def folders() -> list[Folder]:
    """Static files come from the collected folder, and in development straight from the build."""
    built: list[Path] = [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]
    return [
        Folder("/public/", [settings.PUBLIC_FOLDER], keep_public),
        Folder("/static/", built, keep_static),
    ]


application = Front(InThreads(get_wsgi_application()), folders(), of_this_worker())
