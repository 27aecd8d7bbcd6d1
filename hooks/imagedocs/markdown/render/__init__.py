"""Tokens in, the element tree of the page out: one module for each construct."""
