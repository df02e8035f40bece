"""The command `rehabrun`, which the package brings along."""

import sys

from ._rehabrun import command


def main() -> None:
    """Runs the command of `sys.argv` and ends Python with its exit code."""
    sys.exit(command(sys.argv))
