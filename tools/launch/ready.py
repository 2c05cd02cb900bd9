"""Makes a data folder ready, in the environment given: tables, offices, static files."""

import shutil
from pathlib import Path

from tools.prepare.folders import content_hash, is_fresh


def main() -> None:
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("clearsessions")
    call_command("load_offices")
    for folder in (settings.PRIVATE_FOLDER, settings.EMAIL_FILE_PATH):
        Path(folder).mkdir(mode=0o700, parents=True, exist_ok=True)
        Path(folder).chmod(0o700)
    built = Path(settings.FRONTEND_MANIFEST).parent
    made_from = content_hash([built, settings.ROOT / "requirements" / "runtime.txt"])
    stamp = Path(settings.STATIC_ROOT) / ".setup"
    if not is_fresh(stamp, made_from):
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(made_from)


if __name__ == "__main__":
    main()
