"""Where data and notebooks are: in the checkout, in the installed wheel, or in the user's own folder."""

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else None


def data() -> Path:
    """The bundled data: vocabulary, schemas, disclosures, policies; for a report that is being made, its own copy."""
    if copy := os.environ.get("FISCAL_BUNDLED"):
        return Path(copy)
    return CHECKOUT / "data" if CHECKOUT else PACKAGE / "_data"


def notebooks() -> Path:
    """The bundled notebooks."""
    return CHECKOUT / "notebooks" if CHECKOUT else PACKAGE / "_notebooks"


def own_notebooks() -> Path:
    """The user's own notebooks, beside their own data; in a checkout new ones go to the bundled ones."""
    return user_data() / "notebooks"


def user_data() -> Path:
    """The user's own disclosures and policies: FISCAL_DATA, else the checkout, else the platform's folder."""
    if chosen := os.environ.get("FISCAL_DATA"):
        return Path(chosen)
    if CHECKOUT:
        return CHECKOUT / "data"
    from platformdirs import user_data_path

    return user_data_path("fiscal", appauthor=False)


def disclosures() -> dict[str, Path]:
    """The folder of each disclosure: bundled ones, then the user's own, which win over a bundled one of that id."""
    return {path.parent.name: path.parent for path in _found("disclosures/*/source.yaml")}


def policies() -> dict[str, Path]:
    """The file of each policy: bundled ones, then the user's own, which win over a bundled one of that id."""
    return {path.stem: path for path in _found("policies/*.yaml")}


def disclosure(id) -> Path | None:
    """The folder of the disclosure with this id, without looking at the others; None if there is none."""
    path = _one(f"disclosures/{id}/source.yaml", id)
    return path and path.parent


def policy(id) -> Path | None:
    """The file of the policy with this id, without looking at the others; None if there is none."""
    return _one(f"policies/{id}.yaml", id)


def _one(place, id):
    if id in ("", ".", "..") or Path(str(id)).name != id:
        return None  # not a name but a way to somewhere else
    return next((root / place for root in (user_data(), data()) if os.path.isfile(root / place)), None)


def _found(pattern):
    # A pipe, a device or a link that leads nowhere is no file.
    return [path for root in (data(), user_data()) for path in sorted(root.glob(pattern)) if os.path.isfile(path)]


def shown(path) -> str:
    """A path as a user would type it: relative to where they are, if it is below."""
    path = Path(path)
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, RuntimeError, OSError):  # not below, or no path at all: a NUL, links that go round
        return str(path)
