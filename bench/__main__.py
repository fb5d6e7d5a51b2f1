"""Every benchmark that writes docs/benchmark.md: `make bench`."""

import subprocess
import sys

BENCHMARKS = (
    ("bench.imports", "--write"), ("bench.views", "--write"), ("bench.spatial", "--write"), ("bench.start", "--write"),
)  # fmt: skip

for module, *options in BENCHMARKS:
    subprocess.run([sys.executable, "-m", module, *options], check=True)
