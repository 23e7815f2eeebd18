"""Themes are called by their titles, in the language of the page."""

from feedback.outputs import codebooks
from feedback.web import theme_titles


def test_every_theme_that_travels_with_the_program_can_be_translated():
    names = {each.name for each in codebooks.starter().themes}
    assert names == set(theme_titles.OURS)


def test_a_theme_of_a_host_stands_as_it_was_written(app):
    with app.test_request_context():
        assert theme_titles.title("Boats and ferries") == "Boats and ferries"
