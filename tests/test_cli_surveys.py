"""The commands for survey files, as a person types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select
from survey_files import EVERY_KIND, SMALL

from feedback import demo
from feedback.cli import main
from feedback.models.surveys import Edition, Survey
from feedback.outputs.exchange import read_survey


@pytest.fixture
def run(address):
    def command(*words: object) -> Result:
        environment = {"FEEDBACK_DATABASE": address}
        return CliRunner().invoke(main, [str(word) for word in words], env=environment)

    return command


@pytest.fixture
def small(tmp_path):
    file = tmp_path / "small.yaml"
    file.write_text(SMALL, encoding="utf-8")
    return file


def test_checking_a_sound_file_says_what_is_in_it(run, small):
    said = run("survey", "check", small)

    assert said.exit_code == 0
    assert "2 questions on 2 pages. Complete in: en." in said.output


def test_checking_a_file_says_what_could_be_said_better_and_does_not_fail(run, small):
    words = "How was the food and the venue?"
    small.write_text(SMALL.replace("How are you?", words), encoding="utf-8")
    said = run("survey", "check", small)

    assert said.exit_code == 0
    split = "Ask two questions: “How was the food?” and “How was the venue?”"
    where = "pages › 1 › questions › 1 › ask"
    assert f"{small}:13: {where}: This asks two things. {split}\n" in said.output
    assert said.output.endswith("Advice: 2; 1 keep the easy-read badge away.\n")


def test_a_file_without_a_fault_in_easy_read_is_told_that_it_earns_the_badge(run):
    said = run("survey", "check", Path(demo.__file__).parent / "surveys" / "young.yaml")

    assert said.exit_code == 0
    assert said.output.endswith("the easy-read badge is earned.\n")


def test_checking_a_wrong_file_names_each_line_and_ends_with_1(run, small):
    small.write_text(SMALL.replace("minutes:", "minuts:"), encoding="utf-8")
    said = run("survey", "check", small)

    assert said.exit_code == 1
    assert f"{small}:7: " in said.stderr
    assert "Did you mean `minutes`?" in said.stderr
    assert "Traceback" not in said.output


def test_importing_a_wrong_file_stores_nothing(run, small, look):
    small.write_text(SMALL.replace("equals: bad", "equals: worse"), encoding="utf-8")
    said = run("survey", "import", small, "--publish")

    assert said.exit_code == 1
    assert "Nothing was stored." in said.stderr
    assert look(select(func.count()).select_from(Survey)) == [(0,)]


def test_a_database_without_tables_is_told_how_to_get_them(small, bare_database):
    environment = {"FEEDBACK_DATABASE": bare_database.url.render_as_string(hide_password=False)}
    said = CliRunner().invoke(main, ["survey", "import", str(small)], env=environment)

    assert said.exit_code == 1
    assert "Run `feedback migrate` first." in said.output
    assert "Traceback" not in said.output


def test_an_import_is_a_draft_until_it_is_published(run, small, look):
    statuses = select(Edition.number, Edition.status).order_by(Edition.number)

    assert run("survey", "import", small).exit_code == 0
    assert run("survey", "import", small).exit_code == 0
    assert look(statuses) == [(1, "draft")]

    run("survey", "import", small, "--publish")
    assert look(statuses) == [(1, "published")]

    run("survey", "import", small)
    assert look(statuses) == [(1, "published"), (2, "draft")]


def test_a_survey_is_exported_as_it_was_imported(run, tmp_path, every_kind):
    run("survey", "import", EVERY_KIND)
    file = tmp_path / "out.yaml"

    assert run("survey", "export", "every_kind", file).exit_code == 0
    assert read_survey(file.read_bytes()) == every_kind
    assert read_survey(run("survey", "export", "every_kind").stdout) == every_kind


def test_a_survey_that_is_not_there_cannot_be_exported(run):
    said = run("survey", "export", "nobody")

    assert said.exit_code == 1
    assert "There is no survey called 'nobody'." in said.stderr
