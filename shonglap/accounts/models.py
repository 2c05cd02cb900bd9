"""A person: signs in by e-mail code; staff also by password and second factor."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _

from shonglap.base import clock, ids, text


class Language(models.TextChoices):
    BANGLA = "bn", _("Bangla")
    ENGLISH = "en", _("English")


class People(BaseUserManager["Person"]):
    """Django's commands (createsuperuser) and allauth make people through this."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "Person":
        person = self.model(email=self.normalize_email(email).lower(), **fields)
        person.set_password(password) if password else person.set_unusable_password()
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, password: str, **fields: object) -> "Person":
        rights = {"is_staff": True, "is_superuser": True, "vouched": True}
        return self.create_user(email, password, **rights, **fields)


class Person(AbstractBaseUser, PermissionsMixin):
    """`is_staff` marks administrators; what officers and hosts may do comes from postings and teams."""

    public_id = models.CharField(max_length=12, unique=True, default=ids.new_id, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    display_name = models.CharField(_("display name"), max_length=text.room(80), blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.BANGLA)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    # Made by somebody who knows the address to be theirs; others prove it by a code sent there.
    vouched = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.display_name or self.public_id
