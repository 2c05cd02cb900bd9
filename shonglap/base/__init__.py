"""Pure helpers used by three apps or more. Knows no other app."""
