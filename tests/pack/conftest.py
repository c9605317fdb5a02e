"""Keep `make test` free of PyTorch.

pytest imports every module under `tests` to look for doctests. The recipe imports
PyTorch at its head, and only `make test-pack` installs that, so pytest must pass it by.
"""

collect_ignore = ["train_pack.py"]
