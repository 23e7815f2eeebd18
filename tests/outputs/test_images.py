"""A picture that somebody brings is written anew: what is seen stays, and nothing else."""

import re
import struct
import zlib
from io import BytesIO
from threading import Thread
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from feedback.errors import (
    DrawingUnsafe,
    NotAPicture,
    PhonePicture,
    PictureBroken,
    PictureRefused,
    PictureTooHeavy,
    PictureTooWide,
)
from feedback.outputs.images import (
    HEAVIEST,
    LARGEST_FILE,
    LONGEST_SIDE,
    SVG,
    WEBP,
    CleanPicture,
    clean,
)

AT_ONCE = 1.0  # seconds, for what is refused without being read
ORIENTATION, MAKE, TAKEN, PLACE = 0x0112, 0x010F, 0x0132, 0x8825
SECRET = b"17 Mill Lane"


def photograph(size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Green, with a red corner at the top on the left, so that one sees how it lies."""
    picture = Image.new("RGB", size, (40, 160, 60))
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 3, size[1] // 3), fill=(220, 30, 30))
    return picture


def written(picture: Image.Image, kind: str = "PNG", **more) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **more)
    return file.getvalue()


def opened(kept: CleanPicture) -> Image.Image:
    assert kept.media == WEBP
    picture = Image.open(BytesIO(kept.content))
    picture.load()
    assert picture.format == "WEBP"
    assert picture.size == (kept.width, kept.height)
    return picture


def is_red(picture: Image.Image, x: float, y: float) -> bool:
    point = (int(x * (picture.width - 1)), int(y * (picture.height - 1)))
    red, green, _ = picture.convert("RGB").getpixel(point)
    return red > green


# What stays


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_every_kind_becomes_one_that_all_browsers_show(kind):
    picture = opened(clean(written(photograph(), kind)))
    assert picture.size == (120, 80)
    assert is_red(picture, 0.1, 0.1)
    assert not is_red(picture, 0.9, 0.9)


@pytest.mark.parametrize(
    ("size", "kept"),
    [((3000, 1500), (800, 400)), ((900, 2700), (267, 800)), ((800, 10), (800, 10)),
     ((5000, 1), (800, 1)), ((1, 1), (1, 1))],
)  # fmt: skip
def test_the_longer_side_is_800_at_most_and_nothing_is_made_larger(size, kept):
    assert opened(clean(written(photograph(size), "JPEG"))).size == kept
    assert opened(clean(written(photograph(size), "PNG"))).size == kept
    assert max(kept) <= LONGEST_SIDE


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "F"])
def test_every_way_of_writing_colours_can_be_read(mode):
    kind = "JPEG" if mode == "CMYK" else "TIFF" if mode == "F" else "PNG"
    content = written(photograph().convert("L" if mode in ("I;16", "F") else "RGB")
                      .convert(mode), kind)  # fmt: skip
    if kind == "TIFF":
        with pytest.raises(NotAPicture):
            clean(content)
    else:
        assert opened(clean(content)).size == (120, 80)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_what_can_be_seen_through_stays_so(kind):
    picture = photograph().convert("RGBA")
    picture.putalpha(
        Image.linear_gradient("L").resize(picture.size).point(lambda v: v > 127 and 255)
    )
    kept = opened(clean(written(picture, kind)))
    assert kept.getpixel((60, 5))[3] == 0
    assert kept.getpixel((60, 75))[3] == 255


def test_a_symbol_keeps_its_clean_edges():
    symbol = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(symbol).ellipse((50, 50, 350, 350), fill=(255, 0, 0), outline="black", width=9)
    kept = opened(clean(written(symbol)))
    assert kept.convert("RGB").tobytes() == symbol.tobytes()


def test_a_picture_is_light_enough_for_a_phone_with_a_poor_signal():
    noise = Image.effect_noise((1200, 900), 60).convert("RGB")
    for kind in ("JPEG", "PNG", "WEBP"):
        content = written(noise, kind)
        kept = clean(content)
        assert len(kept.content) <= HEAVIEST, kind
        assert kept.width >= 400


def test_only_the_first_picture_of_a_moving_one_is_kept():
    frames = [photograph(), *(Image.new("RGB", (120, 80), "blue") for _ in range(4))]
    for kind in ("GIF", "WEBP", "PNG"):
        moving = written(frames[0], kind, save_all=True, append_images=frames[1:], duration=50)
        kept = opened(clean(moving))
        assert getattr(kept, "n_frames", 1) == 1, kind
        assert is_red(kept, 0.1, 0.1), kind


def test_a_photograph_of_a_phone_with_a_second_one_inside_can_be_read():
    both = written(photograph(), "MPO", save_all=True, append_images=[photograph((40, 20))])
    assert opened(clean(both)).size == (120, 80)


def test_a_drawing_stays_a_drawing():
    kept = clean(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 36"><path d="M0 0"/></svg>'
    )
    assert (kept.media, kept.width, kept.height) == (SVG, 72, 36)
    with pytest.raises(DrawingUnsafe):
        clean(b'  \n<svg viewBox="0 0 1 1"><script>1</script></svg>')


# What goes


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes into a photograph: its make, the day, and where it was taken."""
    tags = Image.Exif()
    tags[ORIENTATION] = orientation
    tags[MAKE] = "Anna's phone"
    tags[TAKEN] = "2026:11:02 10:00:00"
    tags.get_ifd(PLACE).update({1: "N", 2: (51.0, 30.0, 26.0), 3: "W", 4: (0.0, 7.0, 39.0)})
    return tags


SAYS = [
    pytest.param("JPEG", {"exif": exif(), "comment": SECRET, "icc_profile": SECRET, "xmp": SECRET}),
    pytest.param("WEBP", {"exif": exif(), "icc_profile": SECRET, "xmp": SECRET}),
    pytest.param("PNG", {"exif": exif(), "icc_profile": SECRET, "pnginfo": "text"}),
    pytest.param("GIF", {"comment": SECRET}),
]


@pytest.mark.parametrize(("kind", "said"), SAYS)
def test_nothing_of_where_and_when_it_was_taken_is_left(kind, said):
    if "pnginfo" in said:
        info = PngInfo()
        info.add_text("Comment", SECRET.decode())
        info.add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=True)
        said = {**said, "pnginfo": info}
    sent = written(photograph(), kind, **said)
    if kind != "GIF":
        before = Image.open(BytesIO(sent))
        assert before.getexif().get_ifd(PLACE)[2] == (51.0, 30.0, 26.0)
    kept = clean(sent)

    picture = opened(kept)
    assert not picture.getexif()
    assert not picture.getexif().get_ifd(PLACE)
    assert set(picture.info) <= {"loop", "background", "timestamp", "duration"}
    for left in (SECRET, b"Anna", b"2026:11", b"EXIF", b"Exif", b"XMP", b"ICCP", b"GPS"):
        assert left not in kept.content


@pytest.mark.parametrize("kind", ["JPEG", "WEBP", "PNG"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_whichever_way_the_phone_was_held(kind, orientation):
    lying = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }[orientation]
    picture = photograph()
    for turn in lying:
        picture = picture.transpose(turn)
    kept = opened(clean(written(picture, kind, exif=exif(orientation))))
    assert kept.size == (120, 80)
    assert is_red(kept, 0.1, 0.1)
    assert not any(is_red(kept, x, y) for x, y in ((0.9, 0.1), (0.1, 0.9), (0.9, 0.9)))


@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize(
    "spoilt", [b"Exif\0\0", b"Exif\0\0II*\0\xff\xff\xff\xff", b"Exif\0\0" + b"M" * 90]
)
def test_a_spoilt_note_about_a_photograph_does_not_spoil_the_photograph(spoilt):
    assert opened(clean(written(photograph(), "JPEG", exif=spoilt))).size == (120, 80)


@pytest.mark.parametrize(
    "behind",
    [b"PK\x03\x04" + SECRET, b"<script>" + SECRET + b"</script>", b"\xff\xd8" + SECRET,
     b"\0" * 100_000 + SECRET],
    ids=["an archive", "a page", "a picture", "something far behind"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_what_stands_behind_a_picture_is_left_behind(kind, behind):
    kept = clean(written(photograph(), kind) + behind)
    assert opened(kept).size == (120, 80)
    assert SECRET not in kept.content
    assert b"script" not in kept.content


def test_the_same_picture_comes_out_the_same():
    sent = written(photograph(), "JPEG", exif=exif(6))
    assert clean(sent) == clean(sent)


# What a file is shows in what is in it


def test_a_name_is_never_asked_for():
    assert clean(written(photograph(), "PNG")).media == WEBP  # as tree.jpg, image/jpeg


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"\x89PN",
        b"MZ\x90\0\x03\0\0\0 This program cannot be run in DOS mode.",
        b"\x7fELF\x02\x01\x01",
        b"#!/bin/sh\necho hello\n",
        b"PK\x03\x04\x14\0\0\0",
        b"%PDF-1.7\n",
        b"\x1f\x8b\x08\0" + b"a" * 50,
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"II*\0\x08\0\0\0",
        b"BM\x36\0\0\0",
        b"\0\0\0\x18ftypmp42",
        b"<!doctype html><title>tree</title>",
        b"<?php echo 1; ?>",
        b"GIF88a" + b"\0" * 50,
        "<svg viewBox='0 0 1 1'/>".encode("utf-16"),
    ],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(NotAPicture):
        clean(content)


@pytest.mark.parametrize("brand", [b"heic", b"heix", b"mif1", b"avif"])
def test_pictures_that_only_some_phones_show_are_refused_with_a_way_out(brand):
    with pytest.raises(PhonePicture) as refused:
        clean(b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + brand)
    assert "JPEG" in refused.value.message


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7])
def test_a_picture_that_ends_in_the_middle_is_refused(kind, share):
    content = written(Image.effect_noise((300, 300), 60).convert("RGB"), kind)
    with pytest.raises((PictureBroken, NotAPicture)):
        clean(content[: int(len(content) * share)])


@pytest.mark.parametrize(
    ("beginning", "rest"),
    [(b"\x89PNG\r\n\x1a\n", b"MZ" * 90), (b"\xff\xd8\xff", b"<script>" * 20),
     (b"GIF89a", b"/*" * 90), (b"RIFF\xff\0\0\0WEBP", b"PK" * 90)],
)  # fmt: skip
def test_what_only_begins_as_a_picture_is_refused(beginning, rest):
    with pytest.raises(PictureBroken):
        clean(beginning + rest)


@settings(max_examples=60)
@given(
    st.binary(max_size=200),
    st.sampled_from(
        [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\xff\0\0\0WEBP", b"<svg "]
    ),
)
def test_whatever_is_sent_is_a_picture_or_refused_in_words(rest, beginning):
    refusal = None
    try:
        clean(beginning + rest)
    except PictureRefused as refused:
        refusal = refused
    assert refusal is None or refusal.status in (413, 422)
    assert refusal is None or "Nothing was kept" in refusal.message


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["PNG", "JPEG", "WEBP", "GIF"]))
def test_a_picture_with_wrong_letters_in_it_is_read_or_refused_in_words(data, kind):
    content = bytearray(written(photograph(), kind, **({"exif": exif(6)} if kind != "GIF" else {})))
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = clean(bytes(content))
    except PictureRefused:
        return
    assert max(kept.width, kept.height) <= LONGEST_SIDE


# What would take all room and time


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, *more: bytes, rows: int | None = None) -> bytes:
    """A black picture of one bit a point, in a few thousand bytes."""
    row = b"\0" * (width // 8 + 2)
    lines = zlib.compress(row * (height if rows is None else rows), 9)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = [chunk(b"IHDR", head), *more, chunk(b"IDAT", lines), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def webp(width: int, height: int) -> bytes:
    """A picture of one point that says it stands on a large sheet."""
    frame = written(Image.new("RGB", (1, 1)), "WEBP")[12:]
    canvas = struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
    spot = b"\0" * 6 + b"\0" * 6 + b"\x64\0\0\0" + frame
    parts = b"VP8X" + struct.pack("<I", 10) + b"\x02\0\0\0" + canvas
    parts += b"ANIM" + struct.pack("<I", 6) + b"\0" * 6
    parts += b"ANMF" + struct.pack("<I", len(spot)) + spot
    return b"RIFF" + struct.pack("<I", len(parts) + 4) + b"WEBP" + parts


def jpeg_head(width: int, height: int) -> bytes:
    """A photograph that says it is large."""
    content = bytearray(written(photograph((16, 16)), "JPEG"))
    at = content.index(b"\xff\xc0") + 5
    content[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(content)


def gif_head(width: int, height: int) -> bytes:
    """A picture that says it stands on a large sheet."""
    content = bytearray(written(photograph((16, 16)), "GIF"))
    content[6:10] = struct.pack("<HH", width, height)
    return bytes(content)


WIDE = {
    "100 million points": png(10_000, 10_000),
    "just over 20 million points": png(5_000, 4_001),
    "more than there is paper": png(2**31 - 1, 2**31 - 1, rows=1),
    "a long line": png(2**31 - 1, 1, rows=0),
    "a large sheet": webp(16_383, 16_383),
    "a less large sheet": webp(9_000, 9_000),
    "a photograph that says so": jpeg_head(65_000, 65_000),
    "a moving one that says so": gif_head(65_000, 65_000),
}


@pytest.mark.parametrize("content", WIDE.values(), ids=WIDE)
def test_a_picture_with_too_many_points_is_refused_before_it_is_read(content):
    clean(written(photograph()))  # what reads pictures is loaded once
    assert len(content) < LARGEST_FILE
    began = perf_counter()
    with pytest.raises(PictureTooWide) as refused:
        clean(content)
    assert perf_counter() - began < AT_ONCE
    assert refused.value.facts == {"most": 20}


def test_a_picture_of_20_million_points_is_taken():
    assert opened(clean(png(5_000, 4_000))).size == (800, 640)


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    content = written(photograph()) + b"\0" * 6_000_000
    began = perf_counter()
    with pytest.raises(PictureTooHeavy) as refused:
        clean(content)
    assert perf_counter() - began < AT_ONCE
    assert refused.value.status == 413
    assert refused.value.facts == {"most": 5}
    assert clean(content, largest=10_000_000).media == WEBP


def test_a_note_that_grows_is_refused():
    note = chunk(b"iTXt", b"k\0\x01\0\0\0" + zlib.compress(b"\0" * 80_000_000, 9))
    began = perf_counter()
    with pytest.raises(PictureBroken):
        clean(png(100, 100, note))
    assert perf_counter() - began < AT_ONCE


def test_lines_that_go_on_behind_the_picture_are_not_read():
    began = perf_counter()
    kept = clean(png(100, 100, rows=1_000_000))
    assert perf_counter() - began < AT_ONCE
    assert opened(kept).size == (100, 100)


@pytest.mark.parametrize("between", [b"", b"\0\0rubbish"])
def test_a_photograph_that_is_drawn_a_thousand_times_is_refused(between):
    content = written(Image.new("RGB", (4_000, 3_000), "red"), "JPEG", progressive=True)
    at = [found.start() for found in re.finditer(b"\xff\xda", content)][-1]
    again = content[:-2] + (between + content[at:-2]) * 1_000 + b"\xff\xd9"
    assert len(again) < LARGEST_FILE
    began = perf_counter()
    with pytest.raises(PictureBroken):
        clean(again)
    assert perf_counter() - began < AT_ONCE
    assert opened(clean(content)).size == (800, 600)


def test_several_people_can_bring_pictures_at_once():
    sent = [written(photograph((900 + n, 600)), "JPEG") for n in range(6)]
    kept: dict[int, CleanPicture] = {}
    threads = [Thread(target=lambda n=n: kept.update({n: clean(sent[n])})) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [kept[n] for n in range(6)] == [clean(each) for each in sent]
