"""YAML read with the place of every value, without aliases, tags or guessed types; and tables of the fields that a
file may hold.
"""
