"""SQLAlchemy's PostgreSQL text, with the few words that DuckDB takes otherwise."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.base import PGCompiler, PGDialect, PGTypeCompiler


class _Compiler(PGCompiler):
    def visit_floordiv_binary(self, binary: Any, operator: Any, **kw: Any) -> str:  # noqa: ANN401, ARG002
        # `/` of whole numbers has fractions in DuckDB; `//` cuts towards zero like SQLite and PostgreSQL
        return f"{self.process(binary.left, **kw)} // {self.process(binary.right, **kw)}"


class _Types(PGTypeCompiler):
    # DuckDB's FLOAT has 32 bits and its NUMERIC three decimals
    def visit_FLOAT(self, type_: Any, **kw: Any) -> str:  # noqa: ANN401, ARG002, N802
        return "DOUBLE"

    visit_NUMERIC = visit_DECIMAL = visit_REAL = visit_DOUBLE_PRECISION = visit_FLOAT  # noqa: N815


class _Dialect(PGDialect):
    statement_compiler = _Compiler
    type_compiler_cls = _Types
    div_is_floordiv = False
    supports_statement_cache = False


DIALECT = _Dialect(paramstyle="numeric_dollar")


def text_and_values(statement: sa.Select | sa.CompoundSelect) -> tuple[str, Sequence[Any]]:
    """The statement for a DuckDB cursor: text with `$1` marks, and what stands for them."""
    compiled = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    return str(compiled), [compiled.params[name] for name in compiled.positiontup or ()]
