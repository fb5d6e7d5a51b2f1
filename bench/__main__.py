"""Every benchmark that writes docs/benchmark.md: `make bench`."""

import subprocess
import sys

BENCHMARKS = (("bench.imports", "--write"), ("bench.views", "--write"), ("bench.start", "--write"))

for module, *options in BENCHMARKS:
    subprocess.run([sys.executable, "-m", module, *options], check=True)
