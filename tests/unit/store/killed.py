"""An import in a process of its own, to be killed at any moment: `python -m tests.unit.store.killed URL`."""

import sys

from nakhon_dash.store.engine import open_store
from nakhon_dash.store.writer import import_complaints
from tests.unit.store.cases import File, case, rejected

BLOCK = 6


def file():
    """Versions, repetitions, conflicts and refusals spread over many blocks; some keys are there before."""
    records = []
    for i in range(18):
        records += [case(f"K{i}", changed=i), rejected(), case(f"P{i}", changed=5, closed=2, prior=1),
                    case(f"K{i // 2}", changed=i + 1, closed=i, flags="be_year"), case(f"K{i}", changed=i, stars=2),
                    case(f"P{i}", changed=5, closed=2, prior=1), case(f"P{i}", changed=6, flags="no_location")]
    return File(records, BLOCK)


def prepare(store):
    """What another batch had brought before: older, equal and later versions of the same cases."""
    import_complaints(store, File([case(f"P{i}", changed=(4, 5, 9)[i % 3], closed=2 if i % 3 == 1 else None)
                                   for i in range(18)], 20))


def main():
    store = open_store(sys.argv[1])

    def tell(read, _bytes):
        sys.stdout.write(f"{read}\n")
        sys.stdout.flush()

    import_complaints(store, file(), progress=tell)


if __name__ == "__main__":
    main()
