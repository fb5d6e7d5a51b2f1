"""What came in, what was refused and why, and how to take it back: the page of those who bring the data."""

import streamlit as st

from nakhon_dash.ui import frame
from nakhon_dash.ui.data import batches, health, intake, interventions, quarantine, standing, templates

frame.enter()
standing.head()

wide, side = st.columns([8, 4], gap="medium")
with wide, st.container(key="data_wide"):
    intake.card()
    batches.card()
    quarantine.card()
    interventions.card()
with side, st.container(key="data_side"):
    templates.card()
    health.card()
