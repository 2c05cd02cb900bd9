"""The programme: the one composed picture and sound that the public sees.

This package only reads the stage (`view.ProgrammeView`) and tells it what happened through its actions.
It imports nothing heavy by itself, so that web processes may import `view`.
"""
