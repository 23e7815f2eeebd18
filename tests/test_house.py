from feedback.services.codes import easy_words


def test_there_are_enough_different_words_for_codes():
    words = easy_words()
    assert len(set(words)) == len(words) >= 2048
