"""A paper: what stands at the head of its pages, and the blocks it consists of."""

from dataclasses import dataclass

from docx.document import Document

from publishing.documents.authoring.blocks import Block, add_all
from publishing.documents.authoring.page import sheet


@dataclass(frozen=True)
class Paper:
    number: str
    blocks: tuple[Block, ...]
    issuer: str = "{{ 建设单位 }}"
    landscape: bool = False
    compact: bool = False

    def document(self) -> Document:
        document = sheet(issuer=self.issuer, number=self.number, landscape=self.landscape, compact=self.compact)
        add_all(self.blocks, document)
        return document
