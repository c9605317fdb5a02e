"""``python -m harmonize``: the same as the command ``harmonize``."""

from harmonize.cli import main

if __name__ == "__main__":
    main()
