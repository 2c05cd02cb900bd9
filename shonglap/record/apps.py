from django.apps import AppConfig


class RecordConfig(AppConfig):
    name = "shonglap.record"
