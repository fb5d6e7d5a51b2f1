"""Nakhon Dash: the page list, the frame and nothing else."""

from nakhon_dash.ui import frame

frame.run()
