"""
Trouble on purpose: kernels started by the hundred, and batches killed at random moments.

    python -m bench.chaos [--kernels 500] [--kills 20] [--people 24] [--seed 1]

Fails where a kernel does not start, a process outlives its batch, or a batch that was killed and resumed differs from one
that was left in peace.
"""

import argparse
import hashlib
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from bench.bench import AS_OF, PYTHON, ROOT, people
from jupyter_client.manager import KernelManager

QUICK = ["--as-of", str(AS_OF), "--renderer", "pandoc", "--to", "html", "--validate", "none"]


def start_kernels(number: int) -> None:
    """Start and stop kernels one after the other, and tell how long they took to answer."""
    seconds = []
    for _ in range(number):
        began = time.perf_counter()
        manager = KernelManager(kernel_name="tremplin")
        manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=30)
        seconds.append(time.perf_counter() - began)
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    later = sorted(seconds[1:])
    middle, worst = statistics.median(later), later[-1]
    print(
        f"{number} kernels, none failed: from launch to ready {middle:.3f} s in the middle, {worst:.3f} s at worst"
    )


def batch(source: Path, out: Path) -> subprocess.Popen[bytes]:
    """Start a batch."""
    command = [PYTHON, "-m", "tremplin", "batch", str(source), "--out", str(out), "--quiet"]
    return subprocess.Popen([*command, "--jobs", "2", *QUICK], cwd=ROOT)


def digests(out: Path) -> dict[str, str]:
    """Hash what people receive."""
    kept = {"receipt.json", "ledger.jsonl", ".lock"}
    files = (file for file in out.rglob("*") if file.is_file() and file.name not in kept)
    return {
        str(file.relative_to(out)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    }


def victim(kind: str, client: psutil.Process) -> psutil.Process | None:
    """Find someone to kill: the client itself, a worker, or a kernel."""
    if kind == "client":
        return client
    for process in client.children(recursive=True):
        try:
            runs = ".making-" in process.cwd()
            works = "spawn_main" in " ".join(process.cmdline())
        except psutil.Error:
            continue
        if runs if kind == "kernel" else works:
            return process
    return None


def kill_and_resume(number: int, size: int, chance: random.Random) -> None:
    """Kill so many times, resume to the end, and compare with a batch left in peace."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = people(place / "people", size)
        if batch(source, place / "peace").wait():
            sys.exit("the batch that was left in peace failed")
        counts = {"client": 0, "worker": 0, "kernel": 0}
        for turn in range(number):
            process = batch(source, place / "trouble")
            client = psutil.Process(process.pid)
            time.sleep(chance.uniform(2, 14))
            kind = chance.choice(list(counts))
            target = victim(kind, client) if process.poll() is None else None
            family = client.children(recursive=True) if process.poll() is None else []
            if target is not None:
                target.send_signal(signal.SIGKILL)
                counts[kind] += 1
                print(f"{turn + 1}: killed a {kind}", flush=True)
            if kind != "client" and process.poll() is None:
                time.sleep(chance.uniform(1, 5))
                family = client.children(recursive=True) if process.poll() is None else family
                process.kill()
            process.wait()
            left = psutil.wait_procs(family, timeout=15)[1]
            if left:
                sys.exit(f"outlived their batch: {[process.cmdline() for process in left]}")
        if batch(source, place / "trouble").wait():
            sys.exit("the resumed batch failed")
        peace, trouble = digests(place / "peace"), digests(place / "trouble")
        same = peace == trouble
        print(f"killed {counts}; {len(peace)} files, {'all the same' if same else 'NOT the same'}")
        if not same:
            names = [
                name
                for name in peace.keys() | trouble.keys()
                if peace.get(name) != trouble.get(name)
            ]
            sys.exit(f"these differ: {sorted(names)}")


def main() -> None:
    """Read what is asked for and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kernels", type=int, default=500)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--people", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.kernels:
        start_kernels(asked.kernels)
    if asked.kills:
        kill_and_resume(asked.kills, asked.people, random.Random(asked.seed))


if __name__ == "__main__":
    main()
