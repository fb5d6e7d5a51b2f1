"""Where is there really more than expected, is it new, and why there?"""

import streamlit as st

from nakhon_dash.ui import frame, hotspots, page

frame.enter()
here = page.current()
page.follow(here)
hotspots.claim.show(here)
page.empty(here)
layer = hotspots.switch.show(here)

with st.container(key="row-map"):
    chart, side = st.columns([8, 4], gap="medium")
with chart:
    hotspots.map.show(here, layer)
with side:
    hotspots.why.show(here)

with st.container(key="row-guard"):
    hotspots.guard.show(here)
with st.container(key="row-time"):
    hotspots.timeline.show(here)
with st.container(key="row-scan"):
    hotspots.scan.show(here)
with st.container(key="row-compare"):
    kinds, sides = st.columns([4, 8], gap="medium")
with kinds:
    hotspots.kinds.show(here)
with sides:
    hotspots.compare.show(here)
with st.container(key="row-effect"):
    hotspots.effect.show(here)
with st.container(key="row-takeaway"):
    hotspots.takeaway.show(here)
