"""Where data and notebooks are: in the checkout, in the installed wheel, or in the user's own folder."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else None


def data() -> Path:
    """The bundled data: vocabulary, schemas, disclosures, policies."""
    return CHECKOUT / "data" if CHECKOUT else PACKAGE / "_data"


def notebooks() -> Path:
    """The bundled notebooks."""
    return CHECKOUT / "notebooks" if CHECKOUT else PACKAGE / "_notebooks"


def user_data() -> Path:
    """The user's own disclosures and policies: FISCAL_DATA, else the checkout, else the platform's folder."""
    if chosen := os.environ.get("FISCAL_DATA"):
        return Path(chosen)
    if CHECKOUT:
        return CHECKOUT / "data"
    from platformdirs import user_data_path

    return user_data_path("fiscal", appauthor=False)


def shown(path) -> str:
    """A path as a user would type it: relative to where they are, if it is below."""
    path = Path(path)
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
