from django.apps import AppConfig


class ConfidentialConfig(AppConfig):
    name = "shonglap.confidential"
