"""The packages of the extra `imagedocs[live]`, which nothing but work on the network needs."""

from importlib import import_module

from imagedocs.errors import CannotRun

PACKAGES = ("aiohttp", "multidict", "yarl")
"""aiohttp, and those packages of its own whose classes its interface consists of."""


def require_packages() -> None:
    """Import the packages of the extra; to be called before a module that needs them is imported.

    Raises CannotRun, with what to install, where one is missing or broken.
    """
    for package in PACKAGES:
        try:
            import_module(package)
        except ImportError as error:
            reason = f"{error.name or package} is not installed"
            if not isinstance(error, ModuleNotFoundError):
                reason = f"{package} is broken ({error})"
            raise _missing(reason) from error
        except Exception as error:  # a package that is installed only in part may fail in any way
            raise _missing(f"{package} is broken ({type(error).__name__}: {error})") from error


def _missing(reason: str) -> CannotRun:
    return CannotRun(f"{' '.join(reason.split())}; run: pip install 'imagedocs[live]'")
