"""Millions of postings: Parquet, JSONL or WARC in, Parquet or JSONL out, on Ray.

`plan` cuts the input into shards, `work` does a shard in one process, `shelf` keeps what is
finished; `on_ray` only says which worker does which shard; `run` puts them in order.
"""

from harmonize.batch.model import Settings
from harmonize.batch.run import Schedule, Summary, run_batch, target_of

__all__ = ["Schedule", "Settings", "Summary", "run_batch", "target_of"]
