"""Make results once, and reuse them while everything that they were made from is the same.

`reads` records what a result asks the project for while it is made. `cache` keeps results with these records and
makes a result again when an answer differs. `store` keeps them in a file between runs, and `version` says what they
depend on besides the project. Nothing else in the library decides whether something is unchanged.
"""
