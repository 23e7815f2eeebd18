"""An address as a square to scan with a phone."""


def square(address: str) -> str:
    """An address as a square, as the address of a picture."""
    import segno  # a megabyte that other pages do without

    made = segno.make_qr(address, error="m")
    return str(
        made.svg_data_uri(
            border=4,
            light="#fff",  # in the dark too
            omitsize=True,
            omit_charset=True,
        )
    )
