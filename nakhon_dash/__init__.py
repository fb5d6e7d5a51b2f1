"""Nakhon Dash: how a city keeps its promise, from files to a live, bilingual dashboard."""

__version__ = "0.1.0"
