"""``python -m selfassess`` is the command ``selfassess``."""

from selfassess.cli import main

main()
