"""What every number means and how to redo it, generated from the metric registry."""

from nakhon_dash.ui import frame, methods

frame.enter()
methods.head()
methods.body()
