"""The web application: the front with its folders, and Django behind it."""

import os
from pathlib import Path
from typing import cast

from asgiref.typing import ASGI3Application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shonglap.config.settings")

from django.conf import settings
from django.core.asgi import get_asgi_application

from shonglap.config.front import Front
from shonglap.config.front_files import Folder, keep_public, keep_static

django = cast(ASGI3Application, get_asgi_application())

# Needs the settings in place.
from shonglap.feed.viewers import of_this_worker


def folders() -> list[Folder]:
    """Static files come from the collected folder, and in development straight from the build."""
    built: list[Path] = [settings.STATIC_ROOT, *settings.STATICFILES_DIRS]
    return [
        Folder("/public/", [settings.PUBLIC_FOLDER], keep_public),
        Folder("/static/", built, keep_static),
    ]


application = Front(django, folders(), of_this_worker())
