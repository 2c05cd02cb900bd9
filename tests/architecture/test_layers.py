"""What import-linter cannot see: foreign keys point down."""

from django.apps import apps
from django.db import models

from tools.layers import ranks


def _own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("shonglap.")]


def _app(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def _points_down(model: type[models.Model], target: type[models.Model]) -> bool:
    if not target.__module__.startswith("shonglap."):
        return True
    height, app, other = ranks(), _app(model), _app(target)
    return app == other or height[other] < height[app]


def test_every_app_has_its_layer() -> None:
    assert {_app(model) for model in _own_models()} <= set(ranks())


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in _own_models()
        for field in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if isinstance(field.related_model, type) and not _points_down(model, field.related_model)
    ]
    assert upward == []
