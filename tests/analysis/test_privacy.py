"""Nobody is named in what is read, and what is not personal stays."""

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.analysis.privacy import Kind, Taken, mask
from feedback.analysis.privacy.forms import nhs_number, pupil_number

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
KEEP = ("SENDIASS", "the Hive", "Birkenhead Park", "Brackenshore")
SLOWEST = 1.0  # seconds of processor time for the longest comment
LONGEST = 50_000  # characters
KINDS = {
    "phone": Kind.PHONE,
    "postcode": Kind.POSTCODE,
    "nhs": Kind.NHS_NUMBER,
    "ni": Kind.NATIONAL_INSURANCE,
    "upn": Kind.PUPIL_NUMBER,
    "number": Kind.NUMBER,
    "plate": Kind.PLATE,
    "email": Kind.EMAIL,
    "handle": Kind.HANDLE,
    "link": Kind.LINK,
    "address": Kind.ADDRESS,
    "dob": Kind.DATE_OF_BIRTH,
    "name": Kind.NAME,
}
_TITLE = re.compile(r"(?:Mrs|Mr|Ms|Miss|Dr|Auntie|Councillor)\b", re.IGNORECASE)
_MARK = re.compile(r"\{(\w+)\|([^}]*)\}")


def read_bank(name: str) -> list[tuple[str, list[Taken]]]:
    """Comments of a bank, each with what must be taken from it."""
    found = []
    for line in (HERE / name).read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, planted, at = "", [], 0
        for mark in _MARK.finditer(line):
            text += line[at : mark.start()]
            planted.append(Taken(KINDS[mark[1]], len(text), len(text) + len(mark[2])))
            text += mark[2]
            at = mark.end()
        found.append((text + line[at:], planted))
    return found


def measure(name: str) -> tuple[Counter[Kind], Counter[Kind], list[str]]:
    """How many of each kind there are and were taken whole, and what was taken wrongly."""
    there: Counter[Kind] = Counter()
    taken: Counter[Kind] = Counter()
    wrong: list[str] = []
    for text, planted in read_bank(name):
        masked = mask(text, KEEP).taken
        gone = {at for each in masked for at in range(each.start, each.end)}
        for each in planted:
            there[each.kind] += 1
            letters = [at for at in range(each.start, each.end) if text[at].isalnum()]
            title = _TITLE.match(text[each.start : each.end])  # "Mrs" alone names nobody
            skipped = title.end() if title else 0
            taken[each.kind] += all(at in gone for at in letters if at >= each.start + skipped)
        for each in masked:
            if not any(each.start < p.end and p.start < each.end for p in planted):
                wrong.append(f"{text[each.start : each.end]} in: {text}")
    return there, taken, wrong


# The banks


def test_the_banks_are_large_enough_to_say_something():
    bank = read_bank("privacy_bank.txt")
    assert sum(bool(planted) for _, planted in bank) >= 120
    assert sum(not planted for _, planted in bank) >= 120
    held_out = read_bank("privacy_held_out.txt")
    assert sum(bool(planted) for _, planted in held_out) >= 60
    assert sum(not planted for _, planted in held_out) >= 60
    assert not {text for text, _ in bank} & {text for text, _ in held_out}


def test_all_is_taken_from_the_bank_and_nothing_else():
    there, taken, wrong = measure("privacy_bank.txt")
    assert set(there) == set(Kind)
    assert taken == there
    assert wrong == []


def test_nine_of_ten_are_taken_from_comments_written_after_the_rules():
    there, taken, wrong = measure("privacy_held_out.txt")
    assert taken.total() >= 0.9 * there.total()
    assert len(wrong) <= 3


# Numbers with check digits


@pytest.mark.parametrize("number", ["9434765919", "9999069584", "9994205552"])
def test_an_nhs_number_is_known_by_its_check_digit(number):
    assert nhs_number(number)
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    assert not nhs_number(wrong)
    assert mask(f"it is {number}").text == "it is [NHS number]"
    assert mask(f"it is {wrong}").text == "it is [number]"


@pytest.mark.parametrize("number", ["L290420526111", "Y667139762851"])
def test_a_pupil_number_is_known_by_its_check_letter(number):
    assert pupil_number(number)
    assert not pupil_number(f"B{number[1:]}")
    assert mask(f"it is {number}").text == "it is [pupil number]"


# What stays


def test_services_and_places_of_the_hosts_list_stay():
    said = "We met Ms Ellery at Brackenshore Grange, near the  hive. 12 Grange Road is next."
    assert mask(said, ["Brackenshore Grange", "The Hive"]).text == (
        "We met Ms [name] at Brackenshore Grange, near the  hive. [address] is next."
    )
    assert mask("Ring 0151 496 0100", ["0151 496 0100"]).text == "Ring 0151 496 0100"
    assert mask("Thanks to Ferndale", ["Ferndale"]).taken == ()
    assert mask("Thanks to Ferndale").text == "Thanks to [name]"


def test_too_long_a_list_is_refused():
    with pytest.raises(ValueError, match="at most 2000"):
        mask("hello", [f"Place {number}" for number in range(2001)])


# Places


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("", ""),
        ("🙂", "🙂"),
        ("Ring 07700 900123.", "Ring [phone]."),
        ("Jack's mum, Jack.", "[name]'s mum, [name]."),
        ("Mail a@b.example or b@c.example", "Mail [email] or [email]"),
    ],
)
def test_the_rest_of_a_comment_stays_letter_by_letter(said, left):
    assert mask(said).text == left


@given(
    st.text(
        alphabet=st.sampled_from("Jack Mrs son my 0712345678 @.-/,'\n()+oOéżاA🙂:Road12"),
        max_size=80,
    )
)
def test_what_was_taken_leads_back_to_the_written_text(said):
    masked = mask(said, KEEP)
    rebuilt, at = "", 0
    for each in masked.taken:
        assert at <= each.start < each.end <= len(said)
        rebuilt += said[at : each.start] + f"[{each.kind}]"
        at = each.end
    assert rebuilt + said[at:] == masked.text


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "a",
            "a ",
            "0 ",
            "1",
            "Jack ",
            "@",
            "a.b.",
            "12 elm ",
            "oh one ",
            "x-",
            "www.",
            "(0",
            "o",
        ),
        *("my son ", "Mrs ", "A1 ", "live at ", "born 1 ", "\n", "ref: 1", "\u0301"),
    ],
)
def test_the_longest_comment_takes_less_than_a_second(piece):
    said = (piece * LONGEST)[:LONGEST]
    began = process_time()
    mask(said, KEEP)
    assert process_time() - began < SLOWEST


def test_masking_loads_no_large_library_into_a_web_worker():
    program = (
        "import sys, feedback.analysis.privacy; print(*{m.split('.')[0] for m in sys.modules})"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert "feedback" in loaded
    assert not {"numpy", "scipy", "sklearn", "textblob", "nltk"} & {*loaded}
