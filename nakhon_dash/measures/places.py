"""The hotspots of a view on their own, for a page that shows nothing else of the map: the verdict of `spots`."""

from nakhon_dash.domain.profile import Profile
from nakhon_dash.domain.view import Scope
from nakhon_dash.measures.asking import Ask
from nakhon_dash.measures.spots import Spots, spots
from nakhon_dash.queries import Reader


def hotspots(
    reader: Reader, profile: Profile, scope: Scope, as_of: int, res: int = 9, method: str = "permutation"
) -> Spots:
    return spots(Ask(reader, profile, scope, as_of), res, method=method)
