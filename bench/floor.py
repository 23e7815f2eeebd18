"""The floor: the barest Flask page that asks something and keeps the answer.

One question with radio buttons, one text box, a session cookie and a token against forged
forms, one insert a turn through SQLAlchemy Core, then 303 to the page. It has no survey, no
languages, no routes and no receipt: what a turn costs before the product does anything.
"""

import os
import secrets
from datetime import UTC, datetime

from flask import Flask, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from sqlalchemy import (
    Column,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

METADATA = MetaData()
KEPT = Table(
    "floor_answer",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("visit", String(32), nullable=False),
    Column("heard", String(20), nullable=False),
    Column("words", Text),
    Column("kept_at", DateTime, nullable=False),
)


class Asked(FlaskForm):
    """One radio question and one text box."""

    heard = RadioField(
        "Did people listen to you today?",
        [InputRequired("Choose one of the answers")],
        choices=[
            SelectChoice("yes", "Yes"),
            SelectChoice("a_little", "A little"),
            SelectChoice("no", "No"),
        ],
    )
    words = TextAreaField("What should we change?", [Length(max=4000)])


def open_engine(url: str, threads: int) -> Engine:
    """The same database with the same care as ours on the way: WAL and synchronous NORMAL."""
    size = {"pool_size": threads, "max_overflow": 2}
    if not url.startswith("sqlite"):
        return create_engine(url, connect_args={"options": "-c synchronous_commit=off"}, **size)
    engine = create_engine(url, connect_args={"timeout": 5.0}, **size)

    @event.listens_for(engine, "connect")
    def _prepare(connection: DBAPIConnection, _entry: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    return engine


def create_app() -> Flask:
    """The app for the database and the threads that the environment names."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY="floor" * 8, SESSION_COOKIE_SAMESITE="Lax")
    engine = open_engine(os.environ["FEEDBACK_DATABASE"], int(os.environ["FEEDBACK_THREADS"]))

    @app.route("/", methods=["GET", "POST"])
    def page() -> ResponseReturnValue:
        form = Asked()
        if form.validate_on_submit():
            row = {
                "visit": session.get("visit", ""),
                "heard": form.heard.data,
                "words": form.words.data or None,
                "kept_at": datetime.now(UTC).replace(tzinfo=None),
            }
            with engine.begin() as connection:
                connection.execute(insert(KEPT), row)
            return redirect(url_for("page"), code=303)
        if "visit" not in session:
            session["visit"] = secrets.token_hex(16)
        return render_template("page.html", form=form)

    return app
