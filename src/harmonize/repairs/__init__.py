"""Repair of garbled text: what a posting's author typed, given back.

Layers, each small and each with its switch, in the order that ``plan.LAYERS`` gives; what each
does, and how sure it is, stands in ``docs/repair.md``.
"""

from harmonize.repairs.options import ALL_REPAIRS, RepairOptions
from harmonize.repairs.plan import apply_changes, repair

__all__ = ["ALL_REPAIRS", "RepairOptions", "apply_changes", "repair"]
