"""Values and definitions: city profile, view, metric registry, calendar. No I/O beyond reading the profile."""
