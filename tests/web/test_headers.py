"""What every reply says to the browser, and that nobody's words ever become markup."""

import gzip
import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest

from feedback.questionnaire import Given, Questionnaire

pytestmark = pytest.mark.any_database

PATHS = [
    "/",
    "/help-now",
    "/come-back",
    "/receipt",
    "/s/fern42",
    "/s/nothing",
    "/nowhere",
    "/staff/sign-in",
    "/staff/",
    "/health",
]


def policy(reply) -> dict[str, list[str]]:
    parts = reply.headers["Content-Security-Policy"].split("; ")
    return {name: values for name, *values in (part.split() for part in parts)}


@pytest.fixture
def replies(begin, client):
    """Pages of every sort: shown, refused, not found, answered and sent."""
    visit = begin().sent()
    visit.post("send", {"csrf_token": "forged"})
    others = [client.get(path) for path in PATHS]
    others += [client.delete("/"), client.post("/receipt", data={"code": "x" * 200_000})]
    assert {r.status_code for r in others} >= {200, 302, 404, 405, 413}
    return [*visit.seen, *others]


def test_a_page_runs_only_its_own_script_and_loads_only_our_files(replies):
    for reply in replies:
        rules = policy(reply)
        assert rules["default-src"] == ["'none'"]
        assert rules["frame-ancestors"] == rules["base-uri"] == ["'none'"]
        assert rules["form-action"] == ["'self'"]
        assert rules.pop("img-src") == ["'self'", "data:"]
        allowed = {value for values in rules.values() for value in values}
        nonces = {value for value in allowed if value.startswith("'nonce-")}
        assert allowed - nonces <= {"'none'", "'self'"}
        assert nonces <= set(rules["script-src"])


def test_answering_pages_leave_compressed_where_the_browser_takes_that(begin):
    client, page = (visit := begin()).client, visit.page.request.path
    plain = client.get(page)
    packed = client.get(page, headers={"Accept-Encoding": "gzip, br"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert len(packed.data) < len(plain.data) / 2
    assert packed.content_length == len(packed.data)
    [heading] = re.findall(rb"<h1[^>]*>.*?</h1>", plain.data, re.DOTALL)
    assert heading in gzip.decompress(packed.data)


def test_pages_that_repeat_a_search_beside_comments_are_not_compressed(sign_in, officer):
    client = sign_in(officer).client
    reply = client.get("/staff/", headers={"Accept-Encoding": "gzip"})

    assert reply.status_code == 200
    assert len(reply.data) > 1_000
    assert "Content-Encoding" not in reply.headers


def test_each_page_has_a_nonce_of_its_own_that_its_scripts_carry(begin):
    visit = begin().sent()
    used = []
    for reply in visit.seen:
        nonces = re.findall(r"'nonce-([^']+)'", reply.headers["Content-Security-Policy"])
        carried = set(re.findall(r'<script nonce="([^"]+)"', reply.get_data(as_text=True)))
        assert reply.get_data(as_text=True).count("<script") == len(nonces)
        assert carried == set(nonces)
        used += nonces
    assert used
    assert len(set(used)) == len(used)
    assert all(len(nonce) >= 22 for nonce in used)  # 128 bits


def test_no_page_points_to_anybody_else(replies):
    for reply in replies:
        shown = reply.get_data(as_text=True)
        for address in re.findall(r'(?:src|href|action|srcset)="([^"]*)"', shown):
            if address.startswith("data:image/svg+xml,"):
                continue
            parts = urlsplit(address)
            assert parts.scheme in ("", "tel", "mailto") or parts.netloc == "localhost", address
            assert not address.startswith("//")
        assert not re.search(r'\son\w+="|\sstyle="|<style', shown)


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    ],
)
def test_every_reply_carries(replies, header, value):
    assert {reply.headers.get(header) for reply in replies} == {value}


def test_production_insists_on_a_secure_line(make_app):
    app = make_app(production=True, secret="s" * 40)
    reply = app.test_client().get("/", base_url="https://localhost")

    assert "max-age=31536000" in reply.headers["Strict-Transport-Security"]


def test_a_laptop_does_not(client):
    assert "Strict-Transport-Security" not in client.get("/").headers


def cookie(app, base_url: str) -> str:
    (line,) = app.test_client().get("/receipt", base_url=base_url).headers.getlist("Set-Cookie")
    return line


def test_the_cookie_is_kept_from_scripts_and_other_sites(app, make_app):
    plain = cookie(app, "http://localhost")
    assert plain.startswith("feedback=")
    assert plain.endswith("; HttpOnly; Path=/; SameSite=Lax")

    secure = cookie(make_app(production=True, secret="s" * 40), "https://localhost")
    assert secure.startswith("__Host-feedback=")
    assert "; Secure; " in secure
    assert "Domain" not in secure


def test_built_files_are_not_guessed_at_by_the_browser(make_app, tmp_path, monkeypatch):
    (tmp_path / "respond.abc.css").write_text("p{}")
    monkeypatch.setattr("feedback.app.place", lambda _name: tmp_path)
    reply = make_app().test_client().get("/static/respond.abc.css")

    reply.close()

    assert reply.status_code == 200
    assert reply.headers.get("X-Content-Type-Options") == "nosniff"


# Markup in words

PAYLOADS = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "</title></textarea></style><svg/onload=alert(1)>",
    "{{ 7*191 }}{% for x in () %}{% endfor %}${7*191}#{7*191}",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<form action=//evil.example><base href=//evil.example><meta http-equiv=refresh content=0>",
    "%(name)s %s {0} %",
]  # fmt: skip
ALL = " ".join(PAYLOADS)


class Elements(HTMLParser):
    """Every element of a page, and the words that a person reads."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags, self.attributes, self.words = [], [], ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, *pair) for pair in attrs]

    def handle_data(self, data):
        self.words += data


def harmless(page: str) -> Elements:
    """The page's elements, none of which came from a payload."""
    found = Elements(page)
    assert {"base", "iframe", "object", "style"}.isdisjoint(found.tags)
    assert "http-equiv" not in [name for _, name, _ in found.attributes]
    for tag, name, value in found.attributes:
        assert not name.startswith("on"), (tag, name)
        if name in ("src", "href", "action"):
            assert not value.startswith(("javascript:", "//", "x"))
        if name == "autofocus":
            assert tag == "div"
    assert found.tags.count("script") == len(re.findall(r"<script nonce=", page))
    assert "1337" not in page  # 7 times 191
    return found


def poisoned(part):
    """A questionnaire's tree with every wording replaced by all payloads."""
    if isinstance(part, list):
        return [poisoned(item) for item in part]
    if isinstance(part, dict):
        if "standard" in part:
            return {"standard": ALL, "easy": ALL}
        return {key: poisoned(value) for key, value in part.items()}
    return part


@pytest.fixture
def poison(every_kind, open_survey):
    tree = {**poisoned(every_kind.model_dump(mode="json")), "survey": "poison"}
    return open_survey(Questionnaire.model_validate(tree), "poison", name=ALL[:200])


def test_markup_in_any_text_of_a_survey_is_shown_as_it_is_written(poison, begin):
    visit = begin(at=poison)
    visit.leave(5, face="bad")
    visit.get("1")
    visit.sent(face="bad")
    visit.get()
    visit.get("/receipt")
    visit.post(
        "/receipt", {"code": visit.seen[-3].text.split('id="receipt-code">')[1].split("<")[0]}
    )
    assert visit.page.status_code == 200

    paths = {reply.request.path for reply in visit.seen if reply.status_code == 200}
    assert {f"/s/poison/{at}" for at in range(1, 12)} | {"/s/poison/check"} <= paths
    for reply in visit.seen:
        if reply.status_code == 200 and reply.request.path != "/receipt":
            assert ALL in harmless(reply.get_data(as_text=True)).words
    visit.leave(2)
    assert visit.page.status_code == 422
    harmless(visit.page.get_data(as_text=True))


def test_markup_in_an_answer_is_shown_as_it_is_written(begin):
    visit = begin()
    visit.walk(town=ALL[:200], more=ALL, again=ALL)
    assert ALL in harmless(visit.page.get_data(as_text=True)).words

    visit.get("10")
    assert ALL in harmless(visit.page.get_data(as_text=True)).words
    visit.leave(10, town=ALL, more=ALL)  # too long for a town
    assert visit.page.status_code == 422
    harmless(visit.page.get_data(as_text=True))

    visit.send()
    visit.leave(10, town="T", more=f"{ALL} and more")  # too late
    assert visit.page.status_code == 409
    assert ALL in harmless(visit.page.get_data(as_text=True)).words


@pytest.mark.parametrize("payload", PAYLOADS)
def test_markup_in_an_address_or_a_code_is_never_markup(client, begin, payload):
    for path in ("/", "/help-now", "/receipt", "/s/fern42", "/staff/sign-in"):
        for name in ("code", "from", "language", "next", "read", "pictures", payload):
            harmless(client.get(path, query_string={name: payload}).get_data(as_text=True))
    visit = begin(start=False)
    for path in ("/receipt", "/come-back"):
        visit.get(path)
        harmless(visit.post(path, {"code": payload}).get_data(as_text=True))
    visit.get("/staff/sign-in")
    visit.post("/staff/sign-in", {"email": payload, "password": payload})
    assert visit.page.status_code == 422
    harmless(visit.page.get_data(as_text=True))


def test_markup_in_a_comment_or_a_name_is_never_markup_for_staff(
    poison, open_survey, answered, database, sign_in, officer
):
    with database.writing() as writing, writing.begin():
        for _ in range(6):
            given = {"more": Given(text=ALL), "face": Given(codes=("good",))}
            answered(writing, poison, given)
        officer.name = ALL[:200]
        writing.merge(officer)
    visit = sign_in(officer)
    for path in ("", f"collection/{poison.id}", f"collection/{poison.id}/comments"):
        visit.get(f"/staff/{path}")
        assert visit.page.status_code == 200
        harmless(visit.page.get_data(as_text=True))
    assert ALL in Elements(visit.page.get_data(as_text=True)).words
    search = visit.client.get(
        f"/staff/collection/{poison.id}/comments", query_string={"search": ALL}
    )
    harmless(search.get_data(as_text=True))


def test_markup_in_the_host_s_own_name_is_never_markup(make_app):
    app = make_app(host_name=ALL, contact=ALL, help_line=ALL, help_number=ALL)
    for path in ("/", "/help-now", "/staff/sign-in"):
        harmless(app.test_client().get(path).get_data(as_text=True))
