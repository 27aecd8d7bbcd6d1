"""What a registry has. `manifest` reads the recorded answers, `oci` asks a live registry.

"It does not have it" is an answer; "it did not answer" is an error.
"""
