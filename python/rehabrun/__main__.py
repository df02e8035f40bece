"""`python -m rehabrun`, the same as the command `rehabrun`."""

from ._command import main

main()
