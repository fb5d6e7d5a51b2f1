"""The synthetic city: invented cases, LINE counts, surveys and annotations for a profile, labelled as such."""

from nakhon_dash.demo.city import generate
from nakhon_dash.demo.loading import Loaded, load, unfinished
from nakhon_dash.demo.plan import SEED, YEARS, Plan, plan
from nakhon_dash.demo.removal import remove

__all__ = ["SEED", "YEARS", "Loaded", "Plan", "generate", "load", "plan", "remove", "unfinished"]
