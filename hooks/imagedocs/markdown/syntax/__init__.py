"""The grammar of the dialect: text in, markdown-it-py's tokens with their places out."""
