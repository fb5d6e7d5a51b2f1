"""How long do people wait, where and for what, and what can still be saved?"""

import streamlit as st

from nakhon_dash.ui import frame, page, resolution

frame.enter()
here = page.current()
page.follow(here)
resolution.claim.show(here)
resolution.known.show(here)
page.empty(here)
resolution.promise.show(here)

with st.container(key="row-now"):
    board, oldest = st.columns([7, 5], gap="medium")
with board:
    resolution.ahead.show(here)
with oldest:
    resolution.oldest.show(here)

with st.container(key="row-curve"):
    curve, weekend = st.columns([7, 5], gap="medium")
with curve:
    resolution.curve.show(here)
with weekend:
    resolution.weekend.show(here)

with st.container(key="row-groups"):
    groups, quality = st.columns([7, 5], gap="medium")
with groups:
    resolution.groups.show(here)
with quality:
    resolution.quality.show(here)

with st.container(key="row-backlog"):
    backlog, change = st.columns([7, 5], gap="medium")
with change:
    resolution.change.show(here)
with backlog:
    resolution.backlog.show(here)

resolution.months.show(here)

with st.container(key="row-fair"):
    funnel, equity = st.columns(2, gap="medium")
with funnel:
    resolution.fairness.funnel(here)
with equity:
    resolution.fairness.equity(here)

with st.container(key="row-warning"):
    resolution.warning.show(here)

with st.container(key="row-outcomes"):
    resolution.outcomes.show(here)

resolution.staffing.show(here)
