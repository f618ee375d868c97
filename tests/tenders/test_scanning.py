"""What a file betrays is found wherever it stands in it, and no file exhausts its reader."""

import pytest

from tenders.personal import Kind, numbers_in
from tenders.scanning.apart import look_through
from tenders.scanning.pieces import Budget, Trace, Where
from tenders.scanning.reading import MOST_TRACES, gathered, hits
from tests import files
from tests.planting import samples

PHONE, IDENTITY = "13870214563", "530302199001011239"
XMP = (
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator><rdf:li>王小明</rdf:li></dc:creator><n>13870214563</n></x:xmpmeta>"
)


def hits_of(content, allowed=()):
    """Read a file here: a process of its own for each would take long."""
    return gathered(hits(content, allowed, Budget().lasting(30)))


def found(content, allowed=()):
    return {(hit.kind, hit.where) for hit in hits_of(content, allowed)}


def test_a_file_that_betrays_nothing_has_no_hits():
    clean = ["第一章 招标公告", "投资估算13800138000.00元，项目代码2605-530302-04-01-123456"]
    assert found(files.docx(*clean)) == set()
    assert found(files.xlsx("钢筋混凝土 3,200 立方米")) == set()
    assert found(files.jpeg()) == set()
    assert found(files.png()) == set()
    assert found(files.pdf("Chapter 1 GB 50300-2013 total 13800138000.00")) == set()
    assert found("第一章 招标公告".encode()) == set()


def header(text):
    return f"<w:hdr {files.W}><w:p><w:t>{text}</w:t></w:p></w:hdr>"


WITH_A_NUMBER = {
    "paragraph": (lambda: files.docx(f"联系{PHONE}"), Where.BODY),
    "cell": (lambda: files.docx("表", cell=f"联系{PHONE}"), Where.BODY),
    "header": (lambda: files.docx("正文", **{"word/header9.xml": header(PHONE)}), Where.BODY),
    "comment": (lambda: files.docx("正文", **{"word/comments.xml": files.comments_of("李四", PHONE)}), Where.COMMENT),
    "custom-xml": (lambda: files.docx("正文", **{"customXml/item1.xml": f"<r><a>{PHONE}</a></r>"}), Where.PROPERTIES),
    "custom": (
        lambda: files.docx("正文", **{"docProps/custom.xml": f"<P><p><v>{PHONE}</v></p></P>"}),
        Where.PROPERTIES,
    ),
    "inserted": (lambda: files.changed_docx(PHONE, "旧", "李四"), Where.INSERTED),
    "deleted": (lambda: files.changed_docx("新", PHONE, "李四"), Where.DELETED),
    "number-cell": (lambda: files.xlsx(int(PHONE)), Where.BODY),
    "text-cell": (lambda: files.xlsx(f"联系{PHONE}"), Where.BODY),
    "hidden-sheet": (lambda: files.xlsx("甲", hidden=f"联系{PHONE}"), Where.HIDDEN),
    "cell-comment": (lambda: files.xlsx("甲", comment=PHONE), Where.COMMENT),
    "jpeg-comment": (lambda: files.jpeg(comment=PHONE.encode()), Where.PICTURE),
    "artist": (lambda: files.jpeg(artist=f"李四 {PHONE}"), Where.PICTURE),
    "jpeg-xmp": (lambda: files.jpeg(xmp=XMP.encode()), Where.PICTURE),
    "png-text": (lambda: files.png(Comment=PHONE), Where.PICTURE),
    "page": (lambda: files.pdf(f"call {PHONE}"), Where.BODY),
    "second-page": (lambda: files.pdf("page one", f"page two {PHONE}"), Where.BODY),
    "keywords": (lambda: files.pdf("page", info={"/Keywords": PHONE}), Where.PROPERTIES),
    "pdf-xmp": (lambda: files.pdf("page", xmp=XMP), Where.PROPERTIES),
    "note": (lambda: files.pdf("page", note=PHONE), Where.COMMENT),
    "attachment": (lambda: files.pdf("page", attachment=PHONE.encode()), Where.ATTACHED),
    "zipped-text": (lambda: files.archive(**{"图纸/说明.txt": f"联系{PHONE}".encode("gb18030")}), Where.BODY),
    "zipped-name": (lambda: files.archive(**{f"{PHONE}.txt": b"-"}), Where.BODY),
    "zipped-docx": (lambda: files.archive(**{"a.docx": files.docx(f"联系{PHONE}")}), Where.BODY),
}


@pytest.mark.parametrize("name", WITH_A_NUMBER)
def test_a_telephone_number_is_found_wherever_it_stands(name):
    make, where = WITH_A_NUMBER[name]
    told = hits_of(make())
    assert (Kind.MOBILE, where) in {(hit.kind, hit.where) for hit in told}
    assert PHONE not in "".join(hit.excerpt + hit.at for hit in told)


WITH_A_TRACE = {
    "author": (lambda: files.docx("正文", author="王小明"), Trace.AUTHOR, Where.PROPERTIES),
    "who-changed": (lambda: files.changed_docx("新", "旧", "李四"), Trace.AUTHOR, Where.INSERTED),
    "changed": (lambda: files.changed_docx("新", "旧", "李四"), Trace.UNSEEN, Where.DELETED),
    "comment": (
        lambda: files.docx("正文", **{"word/comments.xml": files.comments_of("李四", "再议")}),
        Trace.UNSEEN,
        Where.COMMENT,
    ),
    "embedded": (lambda: files.docx("正文", **{"word/embeddings/a.bin": "x"}), Trace.UNSEEN, Where.ATTACHED),
    "no-picture": (lambda: files.docx("正文", **{"word/media/a.jpeg": "-"}), Trace.UNREAD, Where.NOTHING_READ),
    "sheet-author": (lambda: files.xlsx("甲", author="王小明"), Trace.AUTHOR, Where.PROPERTIES),
    "hidden-sheet": (lambda: files.xlsx("甲", hidden="成本"), Trace.UNSEEN, Where.HIDDEN),
    "gps": (lambda: files.jpeg(gps=True), Trace.POSITION, Where.PICTURE),
    "artist": (lambda: files.jpeg(artist="王小明"), Trace.AUTHOR, Where.PICTURE),
    "png-author": (lambda: files.png(Author="王小明"), Trace.AUTHOR, Where.PICTURE),
    "pdf-author": (lambda: files.pdf("page", info={"/Author": "王小明"}), Trace.AUTHOR, Where.PROPERTIES),
    "xmp-creator": (lambda: files.pdf("page", xmp=XMP), Trace.AUTHOR, Where.PROPERTIES),
    "script": (lambda: files.pdf("page", script="app.alert(1)"), Trace.SCRIPT, Where.SCRIPT),
    "attachment": (lambda: files.pdf("page", attachment=b"x"), Trace.UNSEEN, Where.ATTACHED),
    "password": (lambda: files.pdf("page", password="x"), Trace.UNREAD, Where.NOTHING_READ),
    "scanned-paper": (files.paper_scan, Trace.UNREAD, Where.NOTHING_READ),
    "broken-pdf": (lambda: b"%PDF-1.7 and nothing more", Trace.UNREAD, Where.NOTHING_READ),
    "broken-docx": (lambda: files.docx("正文")[:2000], Trace.UNREAD, Where.NOTHING_READ),
    "drawing": (lambda: b"AC1032\0\0\0", Trace.UNREAD, Where.NOTHING_READ),
    "nested": (
        lambda: files.archive(a=files.archive(b=files.archive(c=b"x"))),
        Trace.UNREAD,
        Where.NOTHING_READ,
    ),
}


@pytest.mark.parametrize("name", WITH_A_TRACE)
def test_what_is_not_seen_or_not_read_is_said(name):
    make, trace, where = WITH_A_TRACE[name]
    assert (trace, where) in found(make())


def test_the_authors_that_the_project_names_anyway_are_no_hits():
    assert found(files.docx("正文", author="周明远"), {"周明远"}) == set()
    assert found(files.docx("电话0870-5550102"), numbers_in("0870-5550102")) == set()


def test_an_author_is_told_by_the_family_name_alone():
    (hit,) = look_through(files.docx("正文", author="王小明"), ())
    assert hit.excerpt == "王**"


@pytest.mark.parametrize("name", ["word/document.xml", "a.txt"])
def test_a_bomb_is_unread_and_costs_little(name):
    (hit,) = look_through(files.bomb(name, 130), ())
    assert (hit.kind, hit.where) == (Trace.UNREAD, Where.NOTHING_READ)


def test_a_pdf_is_read_apart_and_says_the_same():
    content = files.pdf(f"call {PHONE}", info={"/Author": "王小明"}, note="再议")
    assert look_through(content, {"王小明"}) == hits_of(content, {"王小明"})


def test_entities_are_neither_fetched_nor_multiplied():
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 9))
    xml = f'<!DOCTYPE a [<!ENTITY a0 "ha">{laughs}]><w:document {files.W}><w:p><w:t>&a8;</w:t></w:p></w:document>'
    assert found(files.docx("", **{"word/document.xml": xml})) <= {(Trace.UNREAD, Where.NOTHING_READ)}


def test_a_list_of_persons_is_cut_short_and_says_so():
    told = hits_of(files.xlsx("\n".join(samples(Kind.MOBILE, MOST_TRACES + 20))))
    assert len(told) == MOST_TRACES + 1
    assert told[-1].kind == Trace.UNREAD


def test_the_same_number_in_many_places_is_one_hit():
    (hit,) = look_through(files.docx(*[f"联系{PHONE}"] * 7), ())
    assert hit.count == 7
