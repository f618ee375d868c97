import zipfile
from hashlib import sha256
from io import BytesIO
from zlib import crc32

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.staff.attachments import clean_document, clean_picture
from portal.staff.describing import tells_what_is_seen
from tests.portal.desks import picture

PDF = b"%PDF-1.7\n%%EOF"


def archive(*names):
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return content.getvalue()


def clean(content, name="photo.jpg", how=clean_picture):
    return how(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp")])
def test_a_picture_is_kept_under_the_digest_of_its_bytes(kind, ending):
    kept = clean(picture(kind), "something.exe")

    assert kept.sha256 == sha256(kept.file.read()).hexdigest()
    assert kept.file.name == kept.sha256 + ending
    assert Image.open(kept.file).format == kind


def test_a_kept_picture_does_not_say_where_and_by_whom_it_was_taken():
    exif = Image.Exif()
    exif[0x010F] = "Huawei"  # maker
    exif.get_ifd(0x8825)[1] = "N"  # place
    exif[0x0112] = 6  # turned by a quarter

    kept = Image.open(clean(picture(exif=exif.tobytes(), comment=b"taken by Zhang San")).file)

    assert not kept.getexif()
    assert "comment" not in kept.info
    assert kept.size == (30, 40)  # it stands upright without the note


@pytest.mark.parametrize("mode", ["RGBA", "P", "L", "LA", "1", "CMYK"])
def test_a_picture_keeps_its_looks_whatever_its_mode(mode):
    content = BytesIO()
    Image.new("RGB", (40, 30), "green").convert(mode).save(content, "JPEG" if mode == "CMYK" else "PNG")

    kept = Image.open(clean(content.getvalue()).file)

    before = Image.open(BytesIO(content.getvalue())).convert("L").getpixel((5, 5))
    assert abs(kept.convert("L").getpixel((5, 5)) - before) <= 3


@pytest.mark.parametrize(
    "content",
    [picture("GIF"), picture("BMP"), b"<svg xmlns='http://www.w3.org/2000/svg'/>", PDF, picture()[:200], b"x", b""],
)
def test_what_is_no_picture_is_refused_whatever_its_name(content):
    with pytest.raises(ValidationError, match="JPEG"):
        clean(content)


def bomb():
    """A PNG of a few bytes that says that it is 60,000 pixels wide and high."""
    content = bytearray(picture("PNG", size=(1, 1)))
    content[16:24] = (60_000).to_bytes(4, "big") * 2
    content[29:33] = crc32(content[12:29]).to_bytes(4, "big")
    return bytes(content)


def moving(kind):
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("green", "red")]
    content = BytesIO()
    frames[0].save(content, kind, save_all=True, append_images=frames[1:], duration=100)
    return content.getvalue()


def test_a_bomb_is_not_unpacked():
    with pytest.raises(ValidationError, match="不是可以识别的图片"):
        clean(bomb())


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_picture_that_moves_is_refused(kind):
    with pytest.raises(ValidationError, match="会动"):
        clean(moving(kind))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    "rider", [archive("a.txt"), b"<script>alert(1)</script>", b"<?php system($_GET[0]);", b"<svg onload=alert(1)>"]
)
def test_a_picture_that_is_something_else_as_well_is_refused(kind, rider):
    with pytest.raises(ValidationError, match="别的内容"):
        clean(picture(kind) + rider)


def test_a_picture_of_a_telephone_that_keeps_a_second_one_is_taken():
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("green", "red")]
    content = BytesIO()
    frames[0].save(content, "MPO", save_all=True, append_images=frames[1:])

    kept = Image.open(clean(content.getvalue()).file)

    assert (kept.format, getattr(kept, "n_frames", 1)) == ("JPEG", 1)
    assert kept.getpixel((5, 5))[1] > 100


@pytest.mark.parametrize(
    ("alt", "name", "useful"),
    [
        ("从路口看正门，右侧两棵柏树", "正门.jpg", True),
        ("正门", "IMG_2041.jpg", True),
        ("正门", "正门.jpg", False),
        ("IMG_2041", "a.jpg", False),
        ("photo.png", "b.png", False),
        ("20260309_101500", "b.png", False),
        ("效果图", "a.jpg", False),
        ("图片", "a.jpg", False),
        ("  ", "a.jpg", False),
    ],
)
def test_a_description_is_more_than_a_file_name(alt, name, useful):
    assert tells_what_is_seen(alt, name) is useful


def test_a_picture_has_limits(settings):
    settings.MAX_IMAGE_PIXELS = 40 * 30 - 1
    with pytest.raises(ValidationError, match="像素"):
        clean(picture())

    settings.MAX_IMAGE_BYTES = 10
    with pytest.raises(ValidationError, match="MB"):
        clean(picture())


@pytest.mark.parametrize(
    ("content", "name", "ending"),
    [
        (PDF, "a.pdf", ".pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), "a.docx", ".docx"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "清单.XLSX", ".xlsx"),
        (archive("图纸.dwg"), "a.zip", ".zip"),
        (b"AC1032\x00\x00", "a.dwg", ".dwg"),
    ],
)
def test_documents_of_five_kinds_are_kept_as_they_came(content, name, ending):
    kept = clean(content, name, clean_document)

    assert kept.file.read() == content
    assert kept.file.name == sha256(content).hexdigest() + ending


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"MZ\x90\x00", "a.pdf", "只能上传"),
        (PDF, "a.docx", "后缀"),
        (archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "a.docx", "宏"),
        (b"PK\x03\x04 broken", "a.zip", "只能上传"),
        (b"<html>", "a.html", "只能上传"),
        (b"AC1.32", "a.dwg", "只能上传"),
    ],
)
def test_a_document_is_judged_by_its_content(content, name, why):
    with pytest.raises(ValidationError, match=why):
        clean(content, name, clean_document)
