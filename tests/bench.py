"""All benchmarks, one after the other: `make bench`. Exits 1 when one is over its limit.

`bench_preview.py` is run by itself: with a thousand pages, the stock preview beside ours takes half a minute after each
save.
"""

import subprocess
import sys
from pathlib import Path

BENCHMARKS = (
    "bench_markdown.py",
    "bench_links.py",
    "bench_registry.py",
    "bench_locales.py",
    "bench_memory.py",
    "bench_startup.py",
)


def main() -> int:
    failed = False
    for name in BENCHMARKS:
        print(f"== {name}", flush=True)
        failed |= (
            subprocess.run([sys.executable, str(Path(__file__).with_name(name))], check=False).returncode != 0
        )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
