"""From files, folders and standard input to raw postings, or to a reject with its reason."""

from harmonize.read.inputs import Input, bytes_of, find_inputs, read_posting
from harmonize.read.limits import check_size, grouped

__all__ = ["Input", "bytes_of", "check_size", "find_inputs", "grouped", "read_posting"]
