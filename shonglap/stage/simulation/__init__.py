"""Sites that are not there: moving pictures and speech-like sound sent into the real conference.

For the demo, tests and load trials. They use the same tokens and the same way in as a real site.
"""
