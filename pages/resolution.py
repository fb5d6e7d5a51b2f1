"""How long do people wait, where and for what, and what can still be saved?"""

import streamlit as st

from nakhon_dash.ui import frame, live, page, resolution

frame.enter()
here = page.current()
live.follow(here.at.rev, here.at.as_of / 1e6, fresh=not here.at.stale_days)
resolution.claim.show(here)
page.empty(here)
resolution.promise.show(here)

with st.container(key="row-now"):
    board, oldest = st.columns([7, 5], gap="medium")

with st.container(key="row-curve"):
    curve, weekend = st.columns([7, 5], gap="medium")

with st.container(key="row-groups"):
    groups, quality = st.columns([7, 5], gap="medium")

with st.container(key="row-backlog"):
    backlog, change = st.columns([7, 5], gap="medium")

with st.container(key="row-fair"):
    funnel, equity = st.columns(2, gap="medium")
