"""``python -m tosguard``."""

from tosguard.cli.main import run

if __name__ == "__main__":
    run()
