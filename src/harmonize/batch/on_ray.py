"""Ray: which worker does which shard, and again when a worker dies.  It knows nothing else.

A Ray Data dataset of shards is mapped by a pool of actors, one engine each.  Its rows are the
shards and their receipts, some hundred bytes each: records never go through Ray.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import ip_address
from typing import Any

from harmonize.batch.model import EXTRA, Receipt, Settings, Shard
from harmonize.batch.work import Worker
from harmonize.errors import UsageError

LOCAL = "local"
"""The address of a cluster that is started on this machine, for this run."""

_STORE = 100 << 20
"""Bytes of Ray's own memory on this machine; the least that Ray takes is 75 MB."""


class Harmonize:
    """An actor of the pool: a `Worker` that takes shards as JSON and gives receipts as JSON."""

    def __init__(self, settings: str) -> None:
        self._worker = Worker(Settings.model_validate_json(settings))

    def __call__(self, row: dict[str, str]) -> dict[str, str]:
        """Do one shard."""
        receipt = self._worker.do(Shard.model_validate_json(row["shard"]))
        return {"receipt": receipt.model_dump_json()}


def require_ray(address: str) -> None:
    """`UsageError` where Ray is not installed.  Sets what Ray reads when it is first imported."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # it would report its use over the network
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    if address == LOCAL:
        # Despite its name it keeps Ray to the loopback interface on Linux, too; otherwise a
        # cluster answers on all interfaces.  The token shuts out this machine's other users.
        os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"
        os.environ["RAY_AUTH_MODE"] = "token"
        os.environ["RAY_AUTH_TOKEN"] = secrets.token_hex(32)
    try:
        import ray.data  # noqa: F401
    except ImportError as error:
        raise UsageError(
            f"harmonize batch runs on Ray, and {error.name} is not installed.",
            f"Run: {EXTRA}   Or do it in this one process: harmonize batch … --ray none   "
            "For a folder of texts use: harmonize translate",
        ) from error


def do_on_ray(
    shards: Sequence[Shard], settings: Settings, address: str, workers: int | None
) -> Iterator[Receipt]:
    """Do shards on a cluster, after `require_ray`; their receipts as they come.

    *address* is ``local``, ``auto`` or a cluster's address; *workers* None means one for each CPU.
    Ray Data starts a dead worker anew and gives its shard out again, as often as it must; `Worker`
    says when it was often enough.
    """
    with _cluster(address, workers) as ray:
        cpus = int(ray.cluster_resources().get("CPU", 1))
        size = min(workers or cpus, len(shards))
        if size > cpus:  # Ray would wait for them without an end
            raise UsageError(
                f"The cluster has {cpus} CPUs, too few for {size} workers.",
                f"Use at most --workers {cpus}.",
            )
        rows = [{"shard": shard.model_dump_json()} for shard in shards]
        done = ray.data.from_items(rows, override_num_blocks=len(rows)).map(
            Harmonize,
            fn_constructor_args=(settings.model_dump_json(),),
            # One at a time: a shard waits for the worker that is free first.
            compute=ray.data.ActorPoolStrategy(size=size, max_tasks_in_flight_per_actor=1),
            num_cpus=1,
        )
        for row in done.iter_rows():
            yield Receipt.model_validate_json(row["receipt"])


@contextmanager
def _cluster(address: str, workers: int | None) -> Iterator[Any]:
    """A cluster to work on: one of our own on this machine, or the one at *address*."""
    import ray

    quiet: dict[str, Any] = {"logging_level": logging.ERROR, "log_to_driver": False}
    try:
        if address == LOCAL:
            ray.init(
                address=LOCAL,
                num_cpus=workers or len(os.sched_getaffinity(0)),
                object_store_memory=_STORE,
                include_dashboard=False,  # a web server that nobody asked for
                **quiet,
            )
        else:
            ray.init(address=address, **quiet)
        _check_reach(ray, address)
    except (ConnectionError, ValueError, RuntimeError) as error:
        reason = str(error).partition("\n")[0]
        raise UsageError(
            f"No Ray cluster can be had at {address}: {reason}",
            "Check --ray, and RAY_AUTH_TOKEN where the cluster asks for one.",
        ) from error
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False  # ours counts records
    context.max_errored_blocks = -1  # one shard must not stop the others
    logging.getLogger("ray.data").setLevel(logging.CRITICAL)
    try:
        yield ray
    finally:
        ray.shutdown()


def _check_reach(ray: Any, address: str) -> None:
    """`RuntimeError` where a cluster of our own could be reached from outside."""
    reached = ray.util.get_node_ip_address()
    if address == LOCAL and not ip_address(reached).is_loopback:
        ray.shutdown()
        raise RuntimeError(f"it would listen on {reached}, not only on this machine")
