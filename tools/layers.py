"""The layers of the house, read from .importlinter: the one place where they are written."""

import configparser

from tools.prepare.folders import ROOT


def _contracts() -> configparser.ConfigParser:
    read = configparser.ConfigParser()
    read.read(ROOT / ".importlinter")
    return read


def ranks() -> dict[str, int]:
    """App -> height of its layer; the ground is 0, strangers beside one another share a height."""
    lines = _contracts()["importlinter:contract:domains"]["layers"].split("\n")
    layers = [line.replace("|", " ").split() for line in lines if line.strip()]
    return {app: height for height, layer in enumerate(reversed(layers)) for app in layer}


def domain_apps() -> list[str]:
    """The apps that know no web."""
    modules = _contracts()["importlinter:contract:nohttp"]["source_modules"].split()
    return [module.removeprefix("shonglap.") for module in modules]
