"""Personal data that can be told by its form: numbers, addresses, dates.

Every pattern begins at the beginning of a word and says how long each part may be, so that
no text makes it slow.
"""

import re
from collections.abc import Callable, Iterator

from feedback.analysis.privacy.kinds import Kind, Taken

Match = re.Match[str]


def found_forms(text: str) -> list[Taken]:
    """What can be told by its form, the surest first; what overlaps an earlier one is left out."""
    found: list[Taken] = []
    covered = bytearray(len(text))
    for pattern, judge in _RULES:
        for match in pattern.finditer(text):
            kind = judge(match)
            if kind is None:
                continue
            start, end = match.span("it" if match.groupdict().get("it") else 0)
            if start < end and not any(covered[start:end]):
                covered[start:end] = b"\1" * (end - start)
                found.append(Taken(kind, start, end))
    return found


def _always(kind: Kind) -> Callable[[Match], Kind | None]:
    return lambda _match: kind


# E-mail, links, handles.

_HOSTS = (
    "gmail|googlemail|hotmail|outlook|yahoo|icloud|btinternet|live|aol|sky|me|mac|msn|proton|"
    "protonmail|talktalk|virginmedia|ntlworld|nhs|gov"
)
_EMAIL = re.compile(
    r"(?<![\w.+\-])[\w.+'\-]{1,64} ?@ ?[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}"
    rf"|(?<![\w.+\-])[\w.+\-]{{1,64}} ?(?:@|\(at\)|\[at\]| at ) ?(?:{_HOSTS})"
    r"(?: ?\.| ?dot |\.)\s?(?:com|co|net|org|uk|ie)(?:(?: ?\.| dot )\s?uk)?(?!\w)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"(?<![\w@])(?:https?://|www\.)[^\s<>\"”)\]]{2,2000}"
    r"|(?<![\w@.\-])[a-z0-9\-]{2,63}(?:\.[a-z0-9\-]{2,63}){0,3}"
    r"\.(?:com|co\.uk|org\.uk|gov\.uk|nhs\.uk|sch\.uk|ac\.uk|org|net|uk|info)(?!\w)"
    r"(?:/[^\s<>\"”)\]]{0,2000})?",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w@.])@(?=[\w.]*[a-z])\w[\w.]{1,29}(?<!\.)"
    r"|(?<!\w)(?:instagram|insta|snapchat|snap|tiktok|twitter|discord|xbox|gamertag|psn|roblox|"
    r"facebook|fb)(?: name| user(?:name)?| handle| id| tag)?(?: is |[:=]\s?| - |@)"
    r"(?P<it>(?=[\w.\-]{0,30}[\d_.])[\w][\w.\-]{2,30}(?<![.\-]))",
    re.IGNORECASE,
)


def _handle(match: Match) -> Kind | None:
    return Kind.HANDLE


# Numbers.

_DIGITS = re.compile(r"\D")
_PHONE = re.compile(
    r"(?<![\w£.])(?:(?:\+ ?|00 ?)44[\s.\-]{0,2}(?:\(0\)[\s.\-]{0,2})?|\(?[0o]|44[\s.\-]?)"
    r"(?:[\s.\-()/–]{0,3}[\do]){8,11}(?!\w)",
    re.IGNORECASE,
)
_PLAIN_MOBILE = re.compile(r"(?<![\w£.,])7\d{2,3}[\s.\-]?\d{3}[\s.\-]?\d{3,4}(?!\w)")
_LOCAL_PHONE = re.compile(
    r"(?<!\w)(?:call|phone|ring|rang|tel|telephone|text|txt|mobile|mob|whatsapp|number|landline)"
    r"(?: (?:me|us|him|her|is|on|at|my|mum|dad|back|no)){0,3}[ .:]{1,3}"
    r"(?P<it>\d(?:[\s\-]?\d){5,10})(?!\w)",
    re.IGNORECASE,
)
_SPOKEN_DIGIT = (
    r"(?:zero|nought|oh|o|one|two|three|four|five|six|seven|eight|nine"
    r"|double|treble|triple|hundred)"
)
_SPOKEN = re.compile(
    rf"(?<!\w)(?:oh|o|zero|nought)(?:[\s,\-]{{1,3}}{_SPOKEN_DIGIT}){{6,12}}(?!\w)", re.IGNORECASE
)


def _phone(match: Match) -> Kind | None:
    digits = _DIGITS.sub("", match[0].lower().replace("(0)", "").replace("o", "0"))
    national = digits.removeprefix("00").removeprefix("44") if digits[:2] != "01" else digits
    national = national.removeprefix("0")
    if not 9 <= len(national) <= 10 or national[0] not in "123578":
        return None
    if sum(letter.isdigit() for letter in match[0]) < 6:
        return None
    return Kind.PHONE


_NHS = re.compile(r"(?<![\w£.])(?P<it>\d{3}[\s\-.]?\d{3}[\s\-.]?\d{4})(?!\w)")
_NHS_CUED = re.compile(
    r"(?<!\w)nhs (?:no|number|num|id)?(?: is)?[.: #]{0,3}(?P<it>\d(?:[\s\-]?\d){8,10})(?!\w)",
    re.IGNORECASE,
)
NHS_WEIGHTS = range(10, 1, -1)


def nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check digit of an NHS number.

    Source:
        NHS Data Dictionary, NHS NUMBER: modulus 11.
    """
    check = 11 - sum(int(d) * w for d, w in zip(digits, NHS_WEIGHTS, strict=False)) % 11
    return check != 10 and int(digits[9]) == check % 11


def _nhs(match: Match) -> Kind | None:
    # Ten digits that are no NHS number may still be one with a slip in it, or another reference.
    return Kind.NHS_NUMBER if nhs_number(_DIGITS.sub("", match["it"])) else Kind.NUMBER


_UPN = re.compile(
    r"(?<!\w)[A-Z][ \-]?\d{3}[ \-]?\d{4}[ \-]?\d{4}[ \-]?[\dA-Z](?!\w)", re.IGNORECASE
)
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def pupil_number(upn: str) -> bool:
    """Whether thirteen letters and digits carry the check letter of a unique pupil number.

    Source:
        Department for Education (2019), Unique pupil numbers: modulus 23; a temporary number ends
        in a letter, which counts by its place.
    """
    values = [int(sign) if sign.isdigit() else _UPN_LETTERS.find(sign) for sign in upn[1:].upper()]
    return (
        min(values) >= 0
        and _UPN_LETTERS[sum(v * w for v, w in zip(values, range(2, 14), strict=True)) % 23]
        == upn[0].upper()
    )


def _upn(match: Match) -> Kind | None:
    # A letter and twelve digits are nobody's plain words, right or with a slip.
    plain = re.sub(r"[ \-]", "", match[0])
    return Kind.PUPIL_NUMBER if pupil_number(plain) or plain[0].isalpha() else None


_INSURANCE = re.compile(r"(?<!\w)[A-Z]{2}(?:[ \-.]?\d){6}[ \-.]?[A-D](?!\w)", re.IGNORECASE)
_LONG_NUMBER = re.compile(
    r"(?<![\w£.,/])(?:[A-Z]{1,4}[\-/ ]?)?\d(?:[\s\-/]?\d){7,15}(?![\w%])", re.IGNORECASE
)
_CUED_NUMBER = re.compile(
    r"(?<!\w)(?:ref(?:erence)?|case|hospital|patient|pupil|account|claim|passport|upn|uln|id)"
    r"(?: (?:no|num|number|id|ref))?(?: is)?[.:# ]{1,3}"
    r"(?P<it>(?=[\w\-/]{0,6}\d)[A-Z]{0,4}[\-/]?\d[\dA-Z\-/]{3,15}(?: \d{2,6}){0,2})(?!\w)",
    re.IGNORECASE,
)
_PLAIN_NUMBERS = re.compile(
    r"(?:19|20)\d\d(?:\s?[\-–/]\s?(?:19|20)?\d\d)?|\d{1,2}[/\-]\d{1,2}[/\-]\d{2,4}"
)


def _number(match: Match) -> Kind | None:
    text = match[match.lastgroup or 0]
    digits = sum(sign.isdigit() for sign in text)
    if _PLAIN_NUMBERS.fullmatch(text.strip()) or digits < 4:
        return None
    # Short numbers with gaps are counts and dates that stand side by side.
    gaps = len(re.findall(r"\s", text))
    return None if gaps > 3 or (gaps and digits < 9) else Kind.NUMBER


_PLATE = re.compile(r"(?<!\w)[A-Z]{2}\d{2} ?(?!THE|AND|FOR|BUT|NOT|HAS|WAS)[A-Z]{3}(?!\w)")
_CUED_PLATE = re.compile(
    r"(?<!\w)(?:reg(?:istration)?|plate|number plate)(?: no| number)?(?: is|:|) ?"
    r"(?P<it>[A-Z]{1,2}\d{1,3} ?[A-Z]{1,3})(?!\w)",
    re.IGNORECASE,
)

# Postcodes.

_AREAS = frozenset(
    """AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E
    EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN
    LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO
    SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE""".split()
)
_POSTCODE = re.compile(
    r"(?<!\w)(?P<area>[A-Z]{1,2})(?-i:(?<=[A-Z]{2}) )?[\do][A-Z\d]?(?P<gap>[ \-]{0,2})"
    r"(?P<in>[\do][ABD-HJLNP-UW-Z]{2})(?!\w)",
    re.IGNORECASE,
)
_HALF_POSTCODE = re.compile(
    r"(?<!\w)(?P<area>[A-Z]{2})\d{1,2}(?![\w/]|(?-i: [A-Z]{3}\b))", re.IGNORECASE
)
_CUED_HALF = re.compile(
    r"(?<!\w)post ?code(?: area)?(?: is|:|) ?(?P<it>(?P<area>[A-Z]{1,2})\d{1,2})(?!\w)",
    re.IGNORECASE,
)
_OTHER_THINGS = frozenset("TA PE DT HR IP ME SO CO SA PA ST LA SE DE PO TS".split())
_ORDINALS = frozenset("1st 2nd 3rd 4th 5th 6th 7th 8th 9th 0th".split())


def _postcode(match: Match) -> Kind | None:
    if not any(sign.isdigit() for sign in match[0]):  # "nobody" with o for 0
        return None
    if match["area"].upper() not in _AREAS or (match["gap"] and match["in"] in _ORDINALS):
        return None
    return Kind.POSTCODE


def _half_postcode(match: Match) -> Kind | None:
    area = match["area"].upper()
    return Kind.POSTCODE if area in _AREAS and area not in _OTHER_THINGS else None


def _cued_half(match: Match) -> Kind | None:
    return Kind.POSTCODE if match["area"].upper() in _AREAS else None


# Addresses.

_WAYS = (
    "road|rd|street|st|avenue|ave|close|drive|lane|ln|grove|crescent|cres|court|place|way|gardens|"
    "terrace|walk|mews|square|hill|row|rise|view|green|parade|croft|park|house|heights|meadow|"
    "meadows|towers|villas|cottages|fold|brow|bank|dene|garth"
)
_STREET_WORDS = r"[a-z][a-z'’\-]{1,19}(?: [a-z][a-z'’\-]{1,19}){0,2}"
_NUMBERED = re.compile(
    r"(?<![\w£.:])(?:(?:flat|apartment|apt) ?\d{1,4}[a-z]?,? )?"
    r"\d{1,4}(?!st|nd|rd|th)[a-z]?,? "
    rf"(?P<middle>{_STREET_WORDS}) (?P<way>{_WAYS})(?!\w)",
    re.IGNORECASE,
)
_FLAT = re.compile(r"(?<!\w)(?:flat|apartment|apt) ?\d{1,4}[a-z]?(?!\w)", re.IGNORECASE)
_LIVES = (
    r"(?i:(?<!\w)(?:live|lives|lived|living|stay|stays|moved|address is|address:|home is|house is)"
    r"(?: just| here| out| back)? ?(?:at|on|in|to|near|off|round|down|by)? )"
)
_LIVES_ON = re.compile(
    _LIVES + r"(?:the )?(?P<it>(?:\d{1,4}[a-z]? )?"
    rf"(?P<middle>(?i:{_STREET_WORDS})) (?P<way>(?i:{_WAYS})))(?!\w)"
)
_NAMED_ROAD = re.compile(
    r"(?<!\w)(?i:on|in|at|off|from|down|up|near|along|of|to) "
    r"(?P<it>[A-Z][a-z'’\-]{1,19}(?: [A-Z][a-z'’\-]{1,19})? "
    r"(?:Road|Rd|Street|St|Avenue|Ave|Close|Drive|Lane|Grove|Crescent|Terrace|Gardens|Mews|Croft))"
    r"(?!\w| (?i:school|primary|infant|junior|high|academy|nursery|college|centre|hub|"
    r"surgery|clinic|hospital|library|park|baths|church|family|children|community|medical|health|youth|station))"
)
_HOUSE_NAME = re.compile(
    r"(?<!\w)(?i:live|lives|living) (?i:at|in) "
    r"(?P<it>[A-Z][a-z'’]{1,19}(?: [A-Z][a-z'’]{1,19})? "
    r"(?:Cottage|House|Farm|Court|Lodge|Towers))(?!\w)"
)
_THE_WAYS = frozenset("crescent close avenue grove drive mews terrace lane parade".split())
_NO_STREET = frozenset(
    """
    a an the in of on to at by for from with and or but my our his her their each every one two
    three week weeks month months day days hour hours minute minutes min mins year years mile miles
    time times more less other another different people children kids families parents staff
    pupils per about nearly over under long short this that is was are were it we he she i you
    per steps bus car own open quick little bit went go going get got put took take best only
    no any some all half end every same wrong right their first
    """.split()
)


def _address(match: Match) -> Kind | None:
    words = match["middle"].lower().split()
    if words == ["the"]:
        return Kind.ADDRESS if match["way"].lower() in _THE_WAYS else None
    return None if any(word in _NO_STREET for word in words) else Kind.ADDRESS


# Dates of birth.

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    rf"(?:\d{{1,2}} ?[/.\-] ?\d{{1,2}} ?[/.\-] ?(?:\d{{4}}|\d{{2}})|\d{{1,2}}(?:st|nd|rd|th)?"
    rf"(?: of)? ?{_MONTH},? ?(?:\d{{4}}|['’]?\d{{2}}|)"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? ?(?:\d{{4}}|)"
    rf"|{_MONTH} \d{{4}}|(?:19|20)\d\d-\d\d-\d\d)"
)
_BIRTH = re.compile(
    r"(?<!\w)(?:d\.?o\.?b\.?|date of birth|birth ?date|born|birthday|b-?day)(?: (?:was|is|on|in))?"
    rf"(?: the)?[ :,\-–(]{{0,3}}(?P<it>{_DATE})(?!\w)",
    re.IGNORECASE,
)
_BIRTH_AFTER = re.compile(
    rf"(?<!\w)(?P<it>{_DATE})(?= ?[,)(\-]? ?(?:is |was |as )?(?:(?:my|his|her|their|our) )?"
    r"(?:d\.?o\.?b|date of birth|birthday|birth date)(?!\w))",
    re.IGNORECASE,
)
_DATE_BY_NAME = re.compile(
    r"(?<!\w)[A-Z][a-z]{1,15} ?[(,\-] ?(?P<it>\d{1,2}[/.\-]\d{1,2}[/.\-](?:19|20)\d\d)(?!\w)"
)

_RULES: tuple[tuple[re.Pattern[str], Callable[[Match], Kind | None]], ...] = (
    (_EMAIL, _always(Kind.EMAIL)),
    (_LINK, _always(Kind.LINK)),
    (_HANDLE, _handle),
    (_BIRTH, _always(Kind.DATE_OF_BIRTH)),
    (_BIRTH_AFTER, _always(Kind.DATE_OF_BIRTH)),
    (_DATE_BY_NAME, _always(Kind.DATE_OF_BIRTH)),
    (_NHS_CUED, _always(Kind.NHS_NUMBER)),
    (_UPN, _upn),
    (_INSURANCE, _always(Kind.NATIONAL_INSURANCE)),
    (_PHONE, _phone),
    (_PLAIN_MOBILE, _always(Kind.PHONE)),
    (_LOCAL_PHONE, _always(Kind.PHONE)),
    (_SPOKEN, _always(Kind.PHONE)),
    (_NHS, _nhs),
    (_CUED_NUMBER, _number),
    (_LONG_NUMBER, _number),
    (_CUED_PLATE, _always(Kind.PLATE)),
    (_PLATE, _always(Kind.PLATE)),
    (_POSTCODE, _postcode),
    (_CUED_HALF, _cued_half),
    (_HALF_POSTCODE, _half_postcode),
    (_NUMBERED, _address),
    (_LIVES_ON, _address),
    (_FLAT, _always(Kind.ADDRESS)),
    (_NAMED_ROAD, _always(Kind.ADDRESS)),
    (_HOUSE_NAME, _always(Kind.ADDRESS)),
)


def finders() -> Iterator[str]:
    """The patterns, so that a test can try each for speed."""
    return (pattern.pattern for pattern, _ in _RULES)
