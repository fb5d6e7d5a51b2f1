"""The city this morning: is the promise kept, what changed, what needs me?"""

import streamlit as st

from nakhon_dash.ui import frame, overview, page

frame.enter()
here = page.current()
page.follow(here)
overview.claim.show(here)
page.empty(here)

with st.container(key="row-first"):
    lead, wait, still_open = st.columns([5, 4, 3], gap="medium")
with lead:
    overview.promise.show(here)
with wait:
    overview.waiting.show(here)
with still_open:
    overview.backlog.show(here)

with st.container(key="row-second"):
    wide, side = st.columns([8, 4], gap="medium")
with wide:
    overview.ahead.show(here)
with side:
    overview.place.show(here)

with st.container(key="row-third"):
    came, content, reached = st.columns(3, gap="medium")
with came:
    overview.received.show(here)
with content:
    overview.people.satisfaction(here)
with reached:
    overview.people.line_reach(here)

with st.container(key="row-fourth"):
    wide, side = st.columns([8, 4], gap="medium")
with wide:
    overview.trend.show(here)
with side:
    overview.brief.show(here)

overview.dimensions.show(here)
overview.changes.show(here)
page.remember(here)
