"""The command line: serve, migrate, demo, survey files, people, deleting what is past its time."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from pydantic import ValidationError

from feedback import log
from feedback.database import Database, migrate
from feedback.errors import Refusal
from feedback.queries import collections, surveys
from feedback.questionnaire import Questionnaire
from feedback.services import authoring, collecting, guessing, people, retention
from feedback.services.codes import Codes
from feedback.settings import Settings
from feedback.vocabulary import Role


@click.group(help=__doc__)
@click.pass_context
def main(context: click.Context) -> None:
    """Read the settings once, or say in words what is wrong with them."""
    try:
        context.obj = Settings()
    except ValidationError as wrong:
        for error in wrong.errors():
            name = "".join(f"FEEDBACK_{part}: ".upper() for part in error["loc"])
            click.echo(f"{name}{error['msg'].removeprefix('Value error, ')}", err=True)
        sys.exit(2)
    log.set_up(context.obj.log_format)


def _database(settings: Settings) -> Database:
    """The database; its connections are given back when the command ends."""
    database = Database(settings.database, busy_seconds=settings.busy_seconds)
    click.get_current_context().call_on_close(database.close)
    return database


@main.command("migrate")
@click.argument("revision", default="head")
@click.pass_obj
def migrate_command(settings: Settings, revision: str) -> None:
    """Bring the database's tables up to date (or to REVISION; "base" takes them away)."""
    migrate(_database(settings), revision)
    click.echo("The database is ready.")


@main.command()
@click.pass_obj
def serve(settings: Settings) -> None:
    """Serve the pages."""
    from feedback.serving import serve as run  # the server is not needed by other commands

    run(settings)


@main.command()
@click.option("--seed", default=1, help="The same seed makes the same data.")
@click.option("--again", is_flag=True, help="Make it anew although it is there already.")
@click.pass_obj
def demo(settings: Settings, seed: int, again: bool) -> None:
    """Fill an empty database with the made-up partnership Brackenshore."""
    from feedback import demo as demonstration  # large, and only needed here

    demonstration.load(settings, seed=seed, again=again, say=click.echo)


@main.group()
def survey() -> None:
    """Check, import and export survey files."""


def _read(file: Path) -> Questionnaire:
    from feedback.outputs import exchange  # with YAML, which would stay in every worker's memory

    try:
        return exchange.read_survey(file.read_bytes(), file=str(file))
    except exchange.WrongFile as wrong:
        for problem in wrong.problems:
            click.echo(problem, err=True)
        click.echo("Nothing was stored.", err=True)
        sys.exit(1)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@survey.command()
@click.argument("file", type=_FILE)
def check(file: Path) -> None:
    """Say what is wrong with FILE, by line, and what to do."""
    found = _read(file)
    languages = ", ".join(found.complete_languages)
    size = f"{len(found.questions)} questions on {len(found.pages)} pages"
    click.echo(f"{file}: {size}. Complete in: {languages}.")


@survey.command("import")
@click.argument("file", type=_FILE)
@click.option("--publish", is_flag=True, help="Freeze the new edition so that it can be asked.")
@click.pass_obj
def import_survey(settings: Settings, file: Path, publish: bool) -> None:
    """Keep FILE as its survey's draft; with a fault in it nothing is stored."""
    found = _read(file)
    try:
        with _database(settings).writing() as session, session.begin():
            edition = authoring.keep_draft(session, found, now=datetime.now(UTC))
            if publish:
                authoring.publish(session, edition, now=datetime.now(UTC))
    except Refusal as refusal:
        click.echo(f"{file}: {refusal.message % refusal.facts}", err=True)
        sys.exit(1)
    click.echo(f"{found.survey}: edition {edition.number} is {edition.status.value}.")


@survey.command()
@click.argument("name")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.pass_obj
def export(settings: Settings, name: str, file: Path | None) -> None:
    """Write the newest edition of survey NAME to FILE, or to the screen."""
    from feedback.outputs import exchange

    with _database(settings).reading() as session:
        edition = surveys.newest_edition(session, name)
        if edition is None:
            click.echo(f"There is no survey called {name!r}.", err=True)
            sys.exit(1)
        text = exchange.write_survey(surveys.read_edition(session, edition.id).questionnaire)
    if file is None:
        click.echo(text, nl=False)
    else:
        file.write_text(text, encoding="utf-8")
        click.echo(f"{name}: edition {edition.number} is in {file}.")


@main.command("open")
@click.argument("survey_name")
@click.argument("code")
@click.argument("title")
@click.option("--expected", type=click.IntRange(min=1), help="How many people are there.")
@click.option(
    "--closes", type=click.DateTime(["%Y-%m-%d"]), help="Last moment: this day, 00:00 UTC."
)
@click.pass_obj
def open_command(
    settings: Settings,
    survey_name: str,
    code: str,
    title: str,
    expected: int | None,
    closes: datetime | None,
) -> None:
    """Open the newest published edition of SURVEY_NAME at /s/CODE, called TITLE for staff."""
    moment = datetime.now(UTC)
    try:
        with _database(settings).writing() as session, session.begin():
            edition = surveys.newest_edition(session, survey_name)
            if edition is None:
                click.echo(f"There is no survey called {survey_name!r}.", err=True)
                sys.exit(1)
            collection = collecting.open_collection(
                session,
                edition,
                code,
                title,
                audience=edition.audience,
                opens_at=moment,
                closes_at=closes.replace(tzinfo=UTC) if closes else None,
                expected=expected,
                now=moment,
            )
    except Refusal as refusal:
        click.echo(refusal.message % refusal.facts, err=True)
        sys.exit(1)
    click.echo(f"Answers come in at /s/{collection.code}.")


@main.command("close")
@click.argument("code")
@click.pass_obj
def close_command(settings: Settings, code: str) -> None:
    """Take no more answers at /s/CODE from now on."""
    with _database(settings).writing() as session, session.begin():
        collection = collections.by_code(session, code)
        if collection is None:
            click.echo(f"Nothing is open under {code!r}.", err=True)
            sys.exit(1)
        collecting.close(session, collection, now=datetime.now(UTC))
    click.echo(f"Closed: /s/{collection.code}.")


@main.command()
@click.argument("words", nargs=-1, required=True)
def pictures(words: tuple[str, ...]) -> None:
    """Find the names of pictures by WORDS."""
    from feedback.outputs import exchange

    for name, picture in sorted(exchange.picture_index().items()):
        known = json.dumps(picture["words"]).casefold()
        if all(word.casefold() in known for word in words):
            click.echo(f"{name}  ({', '.join(picture['words'][:6])})")


@main.command("add-user")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.VIEWER.value)
@click.password_option(help="Asked for on the screen when it is not given.")
@click.pass_obj
def add_user(settings: Settings, email: str, name: str, role: str, password: str) -> None:
    """Let a member of staff sign in with EMAIL and a password."""
    with _database(settings).writing() as session, session.begin():
        people.add_user(session, email, name, Role(role), password, now=datetime.now(UTC))
    click.echo(f"{name} can sign in as {role}.")


@main.command()
@click.pass_obj
def purge(settings: Settings) -> None:
    """Delete unsent answers not touched for 14 days, and old counts of wrong guesses."""
    codes = Codes(settings.secret.get_secret_value())
    with _database(settings).writing() as session, session.begin():
        gone = retention.delete_unfinished(session, codes, now=datetime.now(UTC))
        guessing.forget(session, now=datetime.now(UTC))
    click.echo(f"Deleted {gone} unfinished.")


if __name__ == "__main__":
    main()
