"""From files, folders and standard input to raw postings, or to a reject with its reason."""

from harmonize.read.inputs import Input, find_inputs, read_posting

__all__ = ["Input", "find_inputs", "read_posting"]
