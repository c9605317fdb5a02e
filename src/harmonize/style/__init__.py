"""The sector's way of writing, as far as people may choose it: `glossaries/style.toml`."""

from harmonize.style.apply import styled
from harmonize.style.model import Style, load_style

__all__ = ["Style", "load_style", "styled"]
