"""What the foot of a page tells of how it was made."""

from fiscal.reporting import inputs

SHORT = 12  # digits of a hash that a reader is shown
NAMED = ("pandas", "narwhals", "matplotlib", "seaborn", "papermill", "nbconvert")
SUBJECT = {"disclosure", "disclosures", "policy", "lang"}  # parameters that the page is named after


def colophon(said):
    """What a page says of itself to machines (see ``fiscal.reporting.work``), in short, for its template."""
    made_of, versions = said["made_of"], said["made_of"]["versions"]
    return {
        "page": f"{said['name'].rpartition('/')[2]}.html",
        "notebook": (said["notebook"], made_of["notebook"][:SHORT]),
        "code": (f"fiscal {versions.get(inputs.PROJECT, '')}".strip(), made_of["code"][:SHORT]),
        "parameters": {name: value for name, value in made_of["parameters"].items() if name not in SUBJECT},
        "files": [(place.removeprefix(f"{inputs.OWN}/"), digest[:SHORT]) for place, digest in made_of["data"].items()],
        "common": len(made_of["bundled"]),
        "versions": {"Python": versions["python"]} | {name: versions[name] for name in NAMED if name in versions},
        "others": len(versions.keys() - {"python", inputs.PROJECT, *NAMED}),
    }
