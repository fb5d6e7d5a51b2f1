"""Seconds from `nakhon serve` to health and to the first page in Chromium, on a store that is filled already.

    python -m bench.start [--rounds 3] [--cases 64000]
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from bench.page import section
from tests.browser.server import CHROMIUM_ARGS, City, by_entry, chromium, free_port, serving

NAMES = ("server answers", "first number on the page", "processor time of the server by then")


def one_start(city: City) -> tuple[float, float, float]:
    """(seconds to health, seconds to the first number of the page, seconds of processor time of the server by then).

    Chromium runs before the clock starts. On a machine that does other things as well the third says more.
    """
    port = free_port()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGS)
        page = browser.new_page()
        began = time.perf_counter()
        with serving(by_entry(port), port, city) as server:
            healthy = time.perf_counter() - began
            page.goto(server.base)
            page.locator('[data-testid="stMain"]').get_by_text("%").first.wait_for(timeout=60_000)
            shown = time.perf_counter() - began
            spent = psutil.Process(server.process.pid).cpu_times()
        browser.close()
    return healthy, shown, spent.user + spent.system


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--rounds", type=int, default=3)
    wanted.add_argument("--cases", type=int, default=64_000)
    wanted.add_argument("--write", action="store_true", help="put the figures into docs/benchmark.md")
    asked = wanted.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        city = City(Path(folder))
        city.run("demo", "--cases", str(asked.cases), "--seed", "7")
        rounds = [one_start(city) for _ in range(asked.rounds)]
    lines = [
        f"- {name}: median {statistics.median(values):.2f} s (all {', '.join(f'{v:.2f}' for v in values)})"
        for name, values in zip(NAMES, zip(*rounds, strict=True), strict=True)
    ]
    print("\n".join(lines))
    if asked.write:
        intro = f"Second start on {asked.cases:,} cases, empty browser cache, software rendering on the same cores."
        section("Start", intro + "\n\n" + "\n".join(lines), command="python -m bench.start --write")


if __name__ == "__main__":
    main()
