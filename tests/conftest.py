"""Shared by all tests. The environment is set earlier, in tests/environment.py."""
