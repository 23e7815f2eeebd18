"""The command line: serve, migrate, demo, survey files, people, deleting what is past its time."""

import json
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

import click
from pydantic import ValidationError

from feedback import log
from feedback.cli_sentiment import sentiment
from feedback.cli_themes import themes
from feedback.database import ADDRESSES, Database, address_store, migrate
from feedback.errors import Refusal
from feedback.queries import collections, surveys
from feedback.questionnaire import Questionnaire
from feedback.services import (
    audit,
    authoring,
    clarity,
    collecting,
    guessing,
    inviting,
    people,
    retention,
    second_step,
    telling,
)
from feedback.services.codes import Codes
from feedback.services.sealing import Seals
from feedback.settings import Settings, easy_words, picture_index
from feedback.vocabulary import Presentation, Role


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


main.add_command(themes)
main.add_command(sentiment)


def _database(settings: Settings, *, with_tables: bool = True) -> Database:
    """The database; its connections are given back when the command ends."""
    database = Database(settings.database, busy_seconds=settings.busy_seconds)
    click.get_current_context().call_on_close(database.close)
    if with_tables and not database.has_tables:
        raise click.ClickException("The database has no tables yet. Run `feedback migrate` first.")
    return database


def _addresses(settings: Settings) -> Database:
    """The store of those who want to be told; its connections are given back at the end."""
    store = address_store(settings)
    click.get_current_context().call_on_close(store.close)
    return store


@main.command("migrate")
@click.argument("revision", default="head")
@click.option("--addresses", default="head", help="The same for the store of addresses.")
@click.pass_obj
def migrate_command(settings: Settings, revision: str, addresses: str) -> None:
    """Bring the database's tables up to date (or to REVISION; "base" takes them away)."""
    migrate(_database(settings, with_tables=False), revision)
    migrate(_addresses(settings), addresses, of=ADDRESSES)
    click.echo("The database is ready.")


@main.command("forget-address")
@click.pass_obj
def forget_address(settings: Settings) -> None:
    """Delete an e-mail address that is told what happens; it is read from standard input.

    So it stands in no list of commands.
    """
    address = sys.stdin.readline().strip()
    seals = Seals(settings.secret.get_secret_value())
    with _addresses(settings).writing() as store, store.begin():
        gone = telling.forget_address(store, seals, address)
    click.echo("The address is deleted." if gone else "The address is not there.")


@main.command()
@click.pass_obj
def serve(settings: Settings) -> None:
    """Serve the pages."""
    from feedback.serving import serve as run  # the server is not needed by other commands

    run(settings)


@main.command()
@click.pass_obj
def mask(settings: Settings) -> None:
    """Mask all comments again, as names on the host's lists and the rules are now."""
    from feedback.services import masking

    database = _database(settings)
    changed, after = 0, (0, 0)
    while True:
        with database.writing() as session, session.begin():
            done = masking.mask_again(session, after)
        if done is None:
            break
        changed, after = changed + done.changed, done.last
    click.echo(f"Masked again: {changed} answers read differently now.")


@main.command()
@click.option("--beside", type=int, hidden=True, help="End when this process is gone.")
@click.pass_obj
def work(settings: Settings, beside: int | None) -> None:
    """Do the long work that pages ask for, such as reading comments, until stopped."""
    from feedback import jobs

    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    jobs.work(settings, stop, beside=beside)


@main.command()
@click.option("--seed", default=1, help="The same seed makes the same data.")
@click.option("--again", is_flag=True, help="Make it anew although it is there already.")
@click.pass_obj
def demo(settings: Settings, seed: int, again: bool) -> None:
    """Fill an empty database with the made-up partnership Brackenshore."""
    from feedback import demo as demonstration  # large, and only needed here

    demonstration.load(settings, seed=seed, again=again, say=click.echo)
    _add_papers(settings)


def _add_papers(settings: Settings) -> None:
    """Write the demonstration's papers: their words are those of pages, so a page is at hand."""
    from feedback.app import create_app
    from feedback.demo import papers
    from feedback.web.frame import db, now, today

    app = create_app(settings)
    with app.test_request_context("/", method="POST"):
        papers.add(db(), now=now(), today=today())
        db().commit()
    app.extensions["feedback"].database.close()


@main.group()
def survey() -> None:
    """Check, import and export survey files."""


def _read(file: Path, pictures: frozenset[str] | None = None) -> Questionnaire:
    from feedback.outputs import exchange  # with YAML, which would stay in every worker's memory

    try:
        return exchange.read_survey(file.read_bytes(), file=str(file), pictures=pictures)
    except exchange.WrongFile as wrong:
        for problem in wrong.problems:
            click.echo(problem, err=True)
        click.echo("Nothing was stored.", err=True)
        sys.exit(1)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@survey.command()
@click.argument("file", type=_FILE)
def check(file: Path) -> None:
    """Say what is wrong with FILE, by line, and what could be said better."""
    found = _read(file)
    languages = ", ".join(found.complete_languages)
    size = f"{len(found.questions)} questions on {len(found.pages)} pages"
    click.echo(f"{file}: {size}. Complete in: {languages}.")
    _advise(file, found)


def _advise(file: Path, asked: Questionnaire) -> None:
    """Print one line a finding of the question checker; advice never makes the command fail."""
    from feedback.analysis import checking
    from feedback.forms.advice import say
    from feedback.outputs import exchange

    place = exchange.places(file.read_bytes(), file=str(file))
    lines: dict[str, bool] = {}  # and whether easy read has a fault there; each is said once
    for finding in checking.check(asked, known=easy_words()):
        title, _why, better = say(finding)
        easy = finding.is_fault and finding.presentation is Presentation.EASY_READ
        line = f"{place(finding.path)}{title}. {better}"
        lines[line] = easy or lines.get(line, False)
    for line, easy in lines.items():
        click.echo(f"{line}{' [easy read]' if easy else ''}")
    faults = sum(lines.values())
    badge = f"{faults} keep the easy-read badge away" if faults else "the easy-read badge is earned"
    click.echo(f"Advice: {len(lines)}; {badge}.")


@survey.command("import")
@click.argument("file", type=_FILE)
@click.option("--publish", is_flag=True, help="Freeze the new edition so that it can be asked.")
@click.pass_obj
def import_survey(settings: Settings, file: Path, publish: bool) -> None:
    """Keep FILE as its survey's draft; with a fault in it nothing is stored."""
    from feedback.queries import pictures  # with all words that pictures are found by

    database, now = _database(settings), datetime.now(UTC)
    with database.reading() as session:
        known = pictures.names(session)
    found = _read(file, known)
    try:
        with database.writing() as session, session.begin():
            edition = authoring.keep_draft(session, found, now=now)
            if publish:
                authoring.publish(session, edition, pictures=known, now=now)
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
    for name, picture in sorted(picture_index().items()):
        known = json.dumps(picture["words"]).casefold()
        if all(word.casefold() in known for word in words):
            click.echo(f"{name}  ({', '.join(picture['words'][:6])})")


@main.command("add-user")
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), default=Role.VIEWER.value)
@click.password_option(help="Asked for on the screen when it is not given.")
@click.option("--second-step-anew", is_flag=True, help="As when the only phone is lost.")
@click.pass_obj
def add_user(
    settings: Settings, email: str, name: str, role: str, password: str, second_step_anew: bool
) -> None:
    """Let a member of staff sign in with EMAIL and a password, or with a new password and role."""
    moment = datetime.now(UTC)
    try:
        people.check_password(password, email)
    except Refusal as refusal:
        click.echo(refusal.message % refusal.facts, err=True)
        sys.exit(1)
    with _database(settings).writing() as session, session.begin():
        user = people.add_user(session, email, name, Role(role), password, now=moment)
        if second_step_anew:
            second_step.begin_anew(session, user)
        audit.note(session, None, "add person", f"person {user.id}: {role}", now=moment)
    click.echo(f"{name} can sign in as {role}.")


@main.group()
def record() -> None:
    """The record of who did what."""


@record.command("check")
@click.option("--holds", default="", help="Also look for this hash, written down earlier.")
@click.pass_obj
def check_record(settings: Settings, holds: str) -> None:
    """Say whether the record is whole: nothing in it changed, removed or slipped in."""
    with _database(settings).reading() as session:
        found = audit.check(session, written_down=holds)
    if found.broken_at is not None:
        click.echo(f"The record is broken at line {found.broken_at}.", err=True)
        sys.exit(1)
    if not found.holds:
        click.echo(f"The record does not hold {holds}: its end was cut off or rewritten.", err=True)
        sys.exit(1)
    click.echo(f"The record is whole: {found.lines} lines, the newest {found.newest or '(none)'}.")


@main.command()
@click.pass_obj
def purge(settings: Settings) -> None:
    """Delete answers not sent for 14 days, old words of events and worries, guesses, addresses."""
    codes = Codes(settings.secret.get_secret_value())
    with _database(settings).writing() as session, session.begin():
        gone = retention.delete_unfinished(session, codes, now=datetime.now(UTC))
        cards = retention.forget_cards(session, codes, now=datetime.now(UTC))
        retention.forget_worries(session, codes, now=datetime.now(UTC))
        guessing.forget(session, now=datetime.now(UTC))
        inviting.forget(session, now=datetime.now(UTC))
        clarity.forget(session, today=datetime.now(ZoneInfo(settings.time_zone)).date())
    addresses = _addresses(settings)
    if addresses.has_tables:
        with addresses.writing() as store, store.begin():
            telling.forget(store, today=datetime.now(ZoneInfo(settings.time_zone)).date())
    click.echo(f"Deleted {gone} unfinished and {cards} cards of events.")


if __name__ == "__main__":
    main()
