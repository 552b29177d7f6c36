"""National numbers warn about a slip and never refuse anything."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator_kit.monitoring.national_ids import curp_warning, run_warning, tidy_curp, tidy_run


@pytest.mark.parametrize(
    "number", ["BOXW310820HNERXN09", "SABC560626MDFLRN01", " sabc560626mdflrn01 ", ""]
)
def test_a_right_curp_gives_no_warning(number: str) -> None:
    assert curp_warning(number) is None


@pytest.mark.parametrize("number", ["12.667.869-K", "6.265.837-1", "12667869k", "6265837-1", ""])
def test_a_right_run_gives_no_warning(number: str) -> None:
    assert run_warning(number) is None


@pytest.mark.parametrize("last", "0123456789")
def test_only_the_right_check_digit_passes(last: str) -> None:
    assert (curp_warning("SABC560626MDFLRN0" + last) is None) == (last == "1")


@pytest.mark.parametrize(
    "number",
    ["SABC560626MDFLRN0", "SABC560626MDFLRN011", "5ABC560626MDFLRN01", "SABC56O626MDFLRN01"],
)
def test_a_curp_of_another_form_is_noticed(number: str) -> None:
    assert "18" in str(curp_warning(number))


@pytest.mark.parametrize("place", range(8))
@pytest.mark.parametrize("digit", "0123456789")
def test_one_wrong_digit_in_a_run_is_noticed(place: int, digit: str) -> None:
    right = "12667869"
    number = right[:place] + digit + right[place + 1 :]
    assert (run_warning(number + "K") is None) == (number == right)


def test_numbers_are_kept_in_one_form() -> None:
    assert tidy_run(" 12667869k") == "12.667.869-K"
    assert tidy_run("6.265.837-1") == "6.265.837-1"
    assert tidy_run(" no tengo ") == "no tengo"
    assert tidy_curp("sabc 560626 mdflrn01") == "SABC560626MDFLRN01"


@given(st.text(max_size=25))
def test_any_text_can_be_checked(text: str) -> None:
    assert run_warning(text) is None or str(run_warning(text))
    assert curp_warning(text) is None or str(curp_warning(text))
