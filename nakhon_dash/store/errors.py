"""What can go wrong between a command and the store, as a code that the caller puts into words."""


class StoreError(Exception):
    """The store refuses or cannot be reached. `code` is an i18n key under `store.error.`; `values` fill it."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(f"{code} {values}" if values else code)
