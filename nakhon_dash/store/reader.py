"""Answers straight from the store of record: the reader while there is no replica, and for single cases."""

import pandas as pd
import sqlalchemy as sa

from nakhon_dash.store.frames import frame, kinds
from nakhon_dash.store.rev import current_rev


class StoreReader:
    """A `queries.Reader` on the store; `rev` is the change number when it was made."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.rev = current_rev(engine)

    def frame(self, statement: sa.Select) -> pd.DataFrame:
        """The answer of one statement, read in one transaction."""
        with self.engine.connect() as connection:
            result = connection.execute(statement)
            names, rows = list(result.keys()), result.all()
        columns = list(zip(*rows, strict=True)) if rows else [() for _ in names]
        return frame(names, columns, kinds(statement))
