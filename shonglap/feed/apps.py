from django.apps import AppConfig


class FeedConfig(AppConfig):
    name = "shonglap.feed"
