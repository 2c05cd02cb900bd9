"""The demo: dialogue A of the study, played by simulated sites, citizens, moderators and a scripted host.

Everything here goes through the same actions and addresses as real people do.
"""
