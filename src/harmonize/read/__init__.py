"""From files, folders and standard input to raw postings, or to a reject with its reason."""

from harmonize.read.inputs import Input, find_inputs, read_posting
from harmonize.read.limits import GROUP_CHARACTERS, check_size, grouped

__all__ = [
    "GROUP_CHARACTERS",
    "Input",
    "check_size",
    "find_inputs",
    "grouped",
    "read_posting",
]
