"""The parts of a DOCX file (ECMA-376 part 2), read within limits."""

import io
import posixpath
import zipfile
import zlib

from lxml import etree

from ...errors import ReadError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# Strict files use other namespaces for the same elements (ECMA-376 part 1 and 4).
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)
# A real report's largest part has 1 to 20 MB; a bomb grows a thousandfold.
LARGEST_PART = 64 * 2**20


def whole(value: str | None, otherwise: int = 0) -> int:
    """A whole number in an attribute, `otherwise` where there is none."""
    value = (value or "").strip()
    return int(value) if value.removeprefix("-").isdecimal() else otherwise


class Package:
    """The parts of one file; every failure is a ReadError that names file, part and remedy."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        try:
            self.zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self.damaged("its ZIP directory", error) from error
        self.parts = set(self.zip.namelist())
        targets = self.relations("")
        main = next((target for kind, target in targets.values() if kind == "officeDocument"), "word/document.xml")
        if main not in self.parts:
            raise ReadError(f"{name}: a DOCX without its main part ({main}); open it in Word and save it again")
        self.main = main
        self.related = self.relations(main)

    def damaged(self, part: str, error: Exception) -> ReadError:
        return ReadError(f"{self.name}: a damaged DOCX ({part}: {error}); open it in Word and save it again")

    def read(self, part: str) -> bytes:
        try:
            info = self.zip.getinfo(part)
            if info.flag_bits & 1:
                raise ReadError(f"{self.name}: encrypted with a password; save it without one")
            with self.zip.open(info) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError) as error:
            raise self.damaged(part, error) from error
        if len(data) > LARGEST_PART:
            raise ReadError(
                f"{self.name}: {part} unpacks to more than {LARGEST_PART // 2**20} MB; "
                "if this is a report and no ZIP bomb, split it"
            )
        return data

    def xml(self, part: str) -> etree._Element:
        data = self.read(part)
        for strict, transitional in STRICT:
            data = data.replace(strict, transitional)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise self.damaged(part, error) from error

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → (kind, part) of the parts that `part` names; "" stands for the package."""
        folder, file = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self.parts:
            return {}
        found = {}
        for relation in self.xml(relations).iter(RELATION):
            if relation.get("TargetMode") == "External":
                continue
            kind = posixpath.basename(relation.get("Type", ""))
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            found[relation.get("Id", "")] = (kind, target)
        return found

    def first(self, kind: str) -> etree._Element | None:
        """The main part's related part of a kind (`styles`, `numbering`, `footnotes`), None where it has none."""
        for found, target in self.related.values():
            if found == kind and target in self.parts:
                return self.xml(target)
        return None
