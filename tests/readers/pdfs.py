"""Write small PDF files with Chinese text, without a font in them and without a library."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH, HEIGHT = 600, 800
Mark = tuple[float, float, float, str]
"""A string on a page: left, baseline counted from the top, size, text."""

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts["
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo"
    b"<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor<</Type/FontDescriptor"
    b"/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 93>>>>]>>"
)
IMAGE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"


def pdf(pages: Sequence[Sequence[Mark]], *, image: bool = False, extra: bytes = b"") -> bytes:
    """Return a PDF with the marks on its pages; each page has a picture too with ``image``."""
    objects: list[bytes] = [b"", b"", FONT, IMAGE + b"/Length 1>>stream\n\x80\nendstream"]
    numbers = []
    for marks in pages:
        content = b"".join(_show(mark) for mark in marks)
        if image:
            content += b"q 500 0 0 700 50 50 cm /I Do Q\n"
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>" % (WIDTH, HEIGHT, len(objects))
        )
        numbers.append(len(objects))
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(numbers), kids)
    return _file(objects, extra)


def _show(mark: Mark) -> bytes:
    left, top, size, text = mark
    codes = text.encode("utf-16-be").hex().encode()
    return b"BT /F %g Tf %g %g Td <%b> Tj ET\n" % (size, left, HEIGHT - top, codes)


def _file(objects: Sequence[bytes], extra: bytes) -> bytes:
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + b"trailer<</Root 1 0 R/Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, extra, start,
    )  # fmt: skip
