"""The synthetic city: invented cases, LINE counts, surveys and annotations for a profile, labelled as such."""

from nakhon_dash.demo.city import generate
from nakhon_dash.demo.plan import SEED, YEARS, Plan, plan

__all__ = ["SEED", "YEARS", "Plan", "generate", "plan"]
