"""The city this morning: is the promise kept, what changed, what needs me?"""

import streamlit as st

from nakhon_dash.ui import frame, live
from nakhon_dash.ui.overview import (
    ahead,
    backlog,
    brief,
    changes,
    claim,
    dimensions,
    page,
    people,
    place,
    promise,
    received,
    trend,
    waiting,
)

frame.enter()
here = page.current()
live.follow(here.at.rev, here.at.as_of / 1e6, fresh=not here.at.stale_days)
claim.show(here)
page.empty(here)

with st.container(key="row-first"):
    lead, wait, still_open = st.columns([5, 4, 3], gap="medium")
with lead:
    promise.show(here)
with wait:
    waiting.show(here)
with still_open:
    backlog.show(here)

with st.container(key="row-second"):
    wide, side = st.columns([8, 4], gap="medium")
with wide:
    ahead.show(here)
with side:
    place.show(here)

with st.container(key="row-third"):
    came, content, reached = st.columns(3, gap="medium")
with came:
    received.show(here)
with content:
    people.satisfaction(here)
with reached:
    people.line_reach(here)

with st.container(key="row-fourth"):
    wide, side = st.columns([8, 4], gap="medium")
with wide:
    trend.show(here)
with side:
    brief.show(here)

dimensions.show(here)
changes.show(here)
page.remember(here)
