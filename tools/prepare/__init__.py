"""Makes a fresh machine ready, and is done at once when nothing changed. Standard library only.

Run by script/setup. What is costly to make lives in a cache folder outside the checkout, named after
the hash of what it was made from, so that a second clone finds it and a changed lock does not.
"""
