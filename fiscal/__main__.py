"""``python -m fiscal`` is the command ``fiscal``."""

from fiscal.cli import main

main(prog_name="fiscal")
