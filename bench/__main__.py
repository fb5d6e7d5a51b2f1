"""Every benchmark that writes docs/benchmark.md: `make bench`."""

import subprocess
import sys

BENCHMARKS = (("bench.imports", "--write"), ("bench.start", "--write"), ("bench.spatial", "--write"))

for module, *options in BENCHMARKS:
    subprocess.run([sys.executable, "-m", module, *options], check=True)
