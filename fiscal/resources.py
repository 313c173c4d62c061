"""Where data and notebooks are: in the checkout, in the installed wheel, or in the user's own folder."""

import os
import re
from pathlib import Path

from fiscal.errors import InputError

PACKAGE = Path(__file__).resolve().parent
CHECKOUT = PACKAGE.parent if (PACKAGE.parent / "pyproject.toml").is_file() else None


ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# Names that Windows keeps for devices, whatever ending they have, and what no name of a file there may hold.
DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL)
UNFIT = re.compile(r'[<>:"/\\|?*]|^[. ]|[. ]$')


def valid_id(id, what="id"):
    """``id`` if it can name a disclosure or a policy, and its folder on every system, else InputError."""
    if not ID.fullmatch(id):
        raise InputError(f"{what} {id!r}: expected small letters, digits and hyphens, such as licheng-2023")
    return valid_name(id, what)


def valid_name(name, what):
    """``name`` if it can be that of a file on every system and leads nowhere else, else InputError."""
    if not name.isprintable() or UNFIT.search(name) or DEVICES.fullmatch(name) or not 0 < len(name.encode()) <= 200:
        raise InputError(f"{what} {name!r}: expected what can be the name of a file on every system")
    return name


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
