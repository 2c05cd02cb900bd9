"""What developers and operators run: setting up, starting, checking, measuring."""
