"""How dates are written, in both eras."""

from datetime import date, datetime

from nakhon_dash.i18n import dates
from nakhon_dash.i18n.collation import sort_key

DAY = date(2026, 11, 22)


def test_thai_dates_are_buddhist_era():
    assert dates.day_long(DAY, "th") == "22 พฤศจิกายน 2569"
    assert dates.day_short(DAY, "th") == "22 พ.ย. 69"
    assert dates.moment_short(datetime(2026, 11, 22, 8, 12), "th") == "22 พ.ย. 69 08:12 น."


def test_english_dates_are_common_era():
    assert dates.day_medium(DAY, "en") == "22 Nov 2026"
    assert dates.weekday(DAY, "en") == "Sunday"


def test_a_range_names_shared_parts_once():
    assert dates.day_range(date(2026, 10, 24), DAY, "th") == "24 ต.ค. – 22 พ.ย. 2569"
    assert dates.day_range(date(2026, 11, 1), DAY, "en") == "1–22 Nov 2026"


def test_the_fiscal_year_is_named_by_its_end():
    assert dates.fiscal_year_name(2027, "th") == "ปีงบฯ 2570"


def test_thai_words_sort_by_their_consonant():
    right = ["ขยะ", "เขต", "คลัง", "ท่าวัง", "นาเคียน", "ในเมือง", "ปากนคร", "โพธิ์เสด็จ", "ไฟฟ้า", "สุนัขจรจัด", "แสงสว่าง"]
    assert sorted(sorted(right), key=sort_key) == right
