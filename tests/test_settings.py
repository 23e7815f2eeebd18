import pytest
from click.testing import CliRunner, Result
from pydantic import ValidationError

from feedback.cli import main
from feedback.settings import DEFAULT_SECRET, SHORTEST_SECRET, Settings

LONG = "s" * SHORTEST_SECRET


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({}, "FEEDBACK_SECRET"),
        ({"secret": DEFAULT_SECRET}, "FEEDBACK_SECRET"),
        ({"secret": ""}, "FEEDBACK_SECRET"),
        ({"secret": LONG[1:]}, "FEEDBACK_SECRET"),
        ({"secret": LONG, "demonstration": True}, "FEEDBACK_DEMONSTRATION"),
    ],
    ids=["no secret", "default secret", "empty secret", "short secret", "demonstration"],
)
def test_production_refuses(wrong, name):
    with pytest.raises(ValidationError, match=name):
        Settings(production=True, **wrong)


def test_addresses_never_stand_beside_the_answers():
    with pytest.raises(ValidationError, match="FEEDBACK_ADDRESSES"):
        Settings(database="postgresql://x/one", addresses="postgresql://x/one")


def test_nothing_is_promised_that_cannot_be_sent():
    assert not Settings().writes_letters
    assert not Settings(notify_key="a").writes_letters
    assert Settings(notify_key="a", notify_template="b").writes_letters
    assert Settings(mail_server="localhost").writes_letters


def test_production_starts_with_a_long_secret():
    assert Settings(production=True, secret=LONG).production


def test_a_laptop_starts_with_nothing_set():
    assert not Settings().production


@pytest.mark.parametrize(
    "address",
    [
        "feedback.example",
        "https://",
        "https://a.example/s",
        "ftp://a.example",
        "https://a.example?x",
    ],
)
def test_what_is_printed_on_posters_must_be_the_address_of_a_site(address):
    with pytest.raises(ValidationError, match="FEEDBACK_PUBLIC_ADDRESS"):
        Settings(public_address=address)


def test_the_public_address_is_kept_without_a_slash_at_its_end():
    assert Settings(public_address="https://a.example/").public_address == "https://a.example"
    assert Settings(public_address="http://127.0.0.1:8000").public_address


def test_a_secret_does_not_show_when_settings_are_printed():
    assert LONG not in repr(Settings(secret=LONG))


def test_the_default_secret_is_long_enough_to_be_refused_by_name_only():
    # Otherwise the length alone would refuse it, and the check by name would never be tried.
    assert len(DEFAULT_SECRET) >= SHORTEST_SECRET


def command(*words: str, **environment: str) -> Result:
    return CliRunner().invoke(main, words, env={f"FEEDBACK_{k}": v for k, v in environment.items()})


@pytest.mark.parametrize("word", ["serve", "migrate", "purge", "demo"])
def test_the_command_line_says_in_plain_words_what_is_wrong(word):
    said = command(word, PRODUCTION="true", SECRET="short-and-private")

    assert said.exit_code == 2
    assert "FEEDBACK_SECRET is the default or shorter than 32 characters" in said.stderr
    assert "Set it to a long random text" in said.stderr
    for rough in ("Traceback", "pydantic", "validation error", "Value error", "short-and-private"):
        assert rough not in said.output


def test_the_command_line_refuses_a_demonstration_in_production():
    said = command("serve", PRODUCTION="true", SECRET=LONG, DEMONSTRATION="true")

    assert said.exit_code == 2
    assert "FEEDBACK_DEMONSTRATION cannot be on in production" in said.stderr


def test_the_command_line_names_the_setting_that_cannot_be_read():
    said = command("purge", PORT="eight thousand")

    assert said.exit_code == 2
    assert said.stderr.startswith("FEEDBACK_PORT: ")


def test_a_folder_of_vectors_holds_a_model_or_is_refused_in_words(tmp_path, monkeypatch):
    monkeypatch.setenv("FEEDBACK_VECTORS", "")
    assert Settings().vectors is None
    monkeypatch.setenv("FEEDBACK_VECTORS", str(tmp_path))
    with pytest.raises(ValidationError, match=r"no model\.onnx and no tokenizer\.json in it"):
        Settings()
    (tmp_path / "model.onnx").touch()
    with pytest.raises(ValidationError, match=r"there is no tokenizer\.json in it"):
        Settings()
    (tmp_path / "tokenizer.json").touch()
    assert Settings().vectors == tmp_path
