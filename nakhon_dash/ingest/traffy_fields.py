"""Headings that the four shapes of Traffy Fondue files share. Source: its Exchange API description and public dumps."""

SOURCE = "traffy"
FIELDS = {
    "source_id": ("ticket_id",),
    "category": ("type",),
    "guessed_category": ("problem_type_abdul",),
    "department": ("organization", "org"),
    "coords": ("coords",),
    "lat": ("latitude", "Latitute"),
    "lon": ("longitude",),
    "address": ("address",),
    "subdistrict": ("subdistrict",),
    "province": ("province",),
    "received_at": ("timestamp",),
    "first_response_at": ("timestamp_inprogress",),
    "closed_at": ("timestamp_finished",),
    "modified_at": ("last_activity",),
    "status": ("state", "status"),
    "stars": ("star",),
    "reopen_count": ("count_reopen",),
    "photo_before": ("photo", "photo_url"),
    "photo_after": ("photo_after", "after_photo"),
    "minutes_to_close": ("duration_minutes_finished", "duration_minutes_total"),
}
TEXTS = ("comment", "description", "note")
CHANNEL = "Traffy Fondue"
