"""The groups of hot cells again, as a short program that uses this package: the same numbers to the last digit."""

from nakhon_dash import __version__
from nakhon_dash.domain.view import Scope
from nakhon_dash.report.sidecar import Told

LONGEST = 40  # lines

_PROGRAM = '''"""Groups of hot cells, computed again: Nakhon Dash {version}, data rev {rev}, as of {moment}.

    NAKHON_DATABASE_URL=sqlite:///data/nakhon.db python hotspots.py
"""

import sys

from nakhon_dash.domain.profile import current_profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.spots import OF, robustness, spots
{more}from nakhon_dash.store.engine import open_store
from nakhon_dash.store.reader import StoreReader

VIEW = {scope}  # days since 1970-01-01, both ends included
AS_OF = {as_of}  # microseconds since 1970-01-01T00:00Z
RES, ONCE, REV = {res}, {collapse}, {rev}  # H3 resolution; repeats of open trouble count once; change of the data

reader = {reader}
if reader.rev != REV:
    print(f"the data has changed since: rev {{reader.rev}}, not {{REV}}", file=sys.stderr)
ask = Ask(reader, current_profile(), VIEW, AS_OF)
found, firm = spots(ask, RES, collapse=ONCE), robustness(ask, RES, collapse=ONCE)

print("rank,zone,cells,n,expected,robust,of")
for one in found.clusters:
    print(one.rank, one.zone or "", len(one.cells), one.cases, one.expected, firm[one.rank].hot, OF, sep=",")
'''


def script(told: Told) -> str:
    """The program for one view; it reads the store named by NAKHON_DATABASE_URL and changes nothing."""
    plain = "StoreReader(open_store())"
    return _PROGRAM.format(
        version=__version__, rev=told.rev, moment=told.iso(told.as_of), scope=_scope(told.scope), as_of=told.as_of,
        res=told.res, collapse=told.collapse,
        more="" if told.known is None else "from nakhon_dash.queries.known import AsKnown\n",
        reader=plain if told.known is None else f"AsKnown({plain}, {told.known})",
    )  # fmt: skip


def _scope(scope: Scope) -> str:
    """Only what differs from a view of everything."""
    usual = vars(Scope())
    return f"Scope({', '.join(f'{name}={value!r}' for name, value in vars(scope).items() if value != usual[name])})"
