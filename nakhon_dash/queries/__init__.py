"""SQLAlchemy Core in, DataFrame with declared columns out; the same statements for store and replica."""

from typing import Protocol

import pandas as pd
import sqlalchemy as sa


class Reader(Protocol):
    """Something that answers a statement at one change number: the store itself or its replica."""

    rev: int

    def frame(self, statement: sa.Select) -> pd.DataFrame:
        """The answer, with numpy or nullable dtypes; column order as selected."""
        ...
