"""Published data beside the repository; absent in a fresh clone."""

from pathlib import Path

import pandas as pd
import pytest

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "reference" / "stats"


def needs_files(test):
    skip = pytest.mark.skipif(not FOLDER.exists(), reason="../shared/reference is not there")
    return pytest.mark.reference(skip(test))


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / f"{name}.csv")
