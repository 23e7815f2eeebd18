"""Refusals of pictures, and of documents with pictures in them."""

from feedback.errors.refusal import N_, Refusal


class PictureRefused(Refusal):
    """A file that somebody brought as a picture, and that we do not keep."""

    status = 422
    title = N_("We could not use that file")
    message = N_(
        "Nothing was kept. Choose another file: a PNG, JPEG, WebP or GIF picture, "
        "or an SVG drawing."
    )


class NotAPicture(PictureRefused):
    """What is in the file is no picture, whatever its name says."""

    title = N_("That file is not a picture")
    message = N_(
        "We look at what is in a file, not at its name. Nothing was kept. "
        "Choose a PNG, JPEG, WebP or GIF picture, or an SVG drawing."
    )


class PhonePicture(PictureRefused):
    """A picture in a kind that phones use and most browsers cannot show."""

    title = N_("This kind of picture cannot be shown everywhere")
    message = N_(
        "Some phones keep pictures as HEIC or AVIF. Nothing was kept. Save it as JPEG first: on "
        "an iPhone, send it to yourself by e-mail, or choose “Most Compatible” in the settings "
        "of the camera."
    )


class PictureTooHeavy(PictureRefused):
    """The file has more bytes than a picture needs."""

    status = 413
    title = N_("That picture is too large")
    message = N_(
        "A file may have up to %(most)s MB. Nothing was kept. Make the picture smaller, for "
        "instance by sending it to yourself by e-mail in a smaller size, and choose it again."
    )


class PictureTooWide(PictureRefused):
    """The picture has more points than a page could show."""

    title = N_("That picture has too many points")
    message = N_(
        "A picture may have up to %(most)s million points (pixels). Nothing was kept. "
        "Make it smaller, for instance 2,000 points wide, and choose it again."
    )


class PictureBroken(PictureRefused):
    """The file begins as a picture and cannot be read to its end."""

    title = N_("That picture is damaged")
    message = N_(
        "The file begins as a picture, and then it cannot be read. Nothing was kept. "
        "Open it in a picture program, save it again and choose the new file."
    )


class DrawingUnsafe(PictureRefused):
    """An SVG file that does more than draw."""

    title = N_("That drawing holds more than a drawing")
    message = N_(
        "There is a script, a link to another place, a page, a picture or a definition of its own "
        "inside. Such things could harm whoever sees it. Nothing was kept. Open it in a drawing "
        "program and save it as “plain SVG”, or save it as PNG."
    )


class DrawingTooIntricate(PictureRefused):
    """An SVG file that a phone would take long to draw."""

    title = N_("That drawing has too many parts")
    message = N_(
        "A phone would take long to draw it. Nothing was kept. Save it as PNG and choose that file."
    )


class DocumentNotMade(Refusal):
    """A poster or another document to print could not be made."""

    status = 500
    title = N_("We could not make this document")
    message = N_(
        "The problem is ours, not yours. Nothing was changed. Please wait a minute and try again. "
        "If it happens again, write to the person who looks after this program."
    )
