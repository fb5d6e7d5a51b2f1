"""How long do people wait, where and for what, and what can still be saved?"""

from nakhon_dash.ui import frame, header, live, page

frame.enter()
here = page.current()
live.follow(here.at.rev, here.at.as_of / 1e6, fresh=not here.at.stale_days)
header.meta(here.view, here.at)
page.empty(here)
