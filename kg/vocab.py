"""Every prefix and IRI of the graph (DESIGN section 6), and nothing else."""

import re
from urllib.parse import unquote

RKG = "https://w3id.org/reformkg/ns#"
ID = "https://w3id.org/reformkg/id/"
CV = "http://data.europa.eu/m8g/"
DCT = "http://purl.org/dc/terms/"
EDTF = "http://id.loc.gov/datatypes/edtf/"
ELI = "http://data.europa.eu/eli/ontology#"
FOAF = "http://xmlns.com/foaf/0.1/"
GEO = "http://www.opengis.net/ont/geosparql#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
TIME = "http://www.w3.org/2006/time#"
XSD = "http://www.w3.org/2001/XMLSchema#"

KINDS = ("agency", "indicator", "legislation", "person", "reform", "region", "service", "time")
"""The kinds of entity; an entity's IRI is ID + kind + "/" + key."""

PREFIXES = {
    **{kind: f"{ID}{kind}/" for kind in (*KINDS, "article", "post", "statement", "text") if kind != "time"},
    "date": f"{ID}time/",  # `time:` is OWL-Time's
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": CV,
    "dct": DCT,
    "edtf": EDTF,
    "eli": ELI,
    "foaf": FOAF,
    "geo": GEO,
    "oa": OA,
    "org": ORG,
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "rkg": RKG,
    "schema": SCHEMA,
    "skos": SKOS,
    "sosa": "http://www.w3.org/ns/sosa/",
    "time": TIME,
    "xsd": XSD,
}

TYPE = RDF + "type"
SUBCLASS = RDFS + "subClassOf"
SUBPROPERTY = RDFS + "subPropertyOf"

# Classes
CLASSES = {
    "agency": RKG + "Agency",
    "indicator": RKG + "Indicator",
    "legislation": RKG + "Legislation",
    "person": SCHEMA + "Person",
    "reform": RKG + "Reform",
    "region": RKG + "Region",
    "service": RKG + "Service",
    "time": RKG + "Time",
}
REGION_GROUP = RKG + "RegionGroup"
NEWS_ARTICLE = SCHEMA + "NewsArticle"
TEXT_OBJECT = SCHEMA + "TextObject"
PROV_ENTITY = PROV + "Entity"
FOAF_PERSON = FOAF + "Person"
POST = ORG + "Post"
INSTANT = TIME + "Instant"
PROPER_INTERVAL = TIME + "ProperInterval"
STATEMENT = RDF + "Statement"

# Predicates of statements, by their name in the text half; holdsPost is about a post that a person holds
PREDICATES = {
    "about": SCHEMA + "observationAbout",
    "asOf": RKG + "asOf",
    "concerns": RKG + "concerns",
    "coversRegion": RKG + "coversRegion",
    "dateAdopted": RKG + "dateAdopted",
    "dateInForce": RKG + "dateInForce",
    "dateIssued": RKG + "dateIssued",
    "holdsPost": ORG + "heldBy",
    "implementedBy": RKG + "implementedBy",
    "partOf": RKG + "partOf",
    "passedBy": RKG + "passedBy",
    "spatial": DCT + "spatial",
    "startDate": RKG + "startDate",
    "targetDate": RKG + "targetDate",
}
ELI_DATES = {
    "dateAdopted": ELI + "date_document",
    "dateInForce": ELI + "first_date_entry_in_force",
    "dateIssued": ELI + "date_publication",
}
COMPETENT_AUTHORITY = CV + "hasCompetentAuthority"
POST_IN = ORG + "postIn"

# Properties of entities
PREF_LABEL = SKOS + "prefLabel"
ALT_LABEL = SKOS + "altLabel"
NAME = SCHEMA + "name"
ADMIN_CODE = RKG + "adminCode"
CONTAINED_IN = SCHEMA + "containedInPlace"
CONTAINS = SCHEMA + "containsPlace"
WITHIN = GEO + "sfWithin"
SUB_ORGANISATION = ORG + "subOrganizationOf"
REPLACED_BY = DCT + "isReplacedBy"
EDTF_VALUE = RKG + "edtf"
EARLIEST = RKG + "earliest"
LATEST = RKG + "latest"
VALUE = SCHEMA + "value"
UNIT = SCHEMA + "unitText"
BOUND = RKG + "bound"
MIN_VALUE = SCHEMA + "minValue"
MAX_VALUE = SCHEMA + "maxValue"
MEASURE = RKG + "measure"

# Properties of articles and of evidence
IDENTIFIER = SCHEMA + "identifier"
HEADLINE = SCHEMA + "headline"
PUBLISHED = SCHEMA + "datePublished"
PUBLISHER = SCHEMA + "publisher"
URL = SCHEMA + "url"
MENTIONS = SCHEMA + "mentions"
SHA256 = SCHEMA + "sha256"
TEXT = SCHEMA + "text"
DERIVED_FROM = PROV + "wasDerivedFrom"
EXACT = OA + "exact"
START = OA + "start"
END = OA + "end"
DENOTES = RKG + "denotes"
RULE = RKG + "rule"
SUBJECT = RDF + "subject"
PREDICATE = RDF + "predicate"
OBJECT = RDF + "object"

# Datatypes
DATE = XSD + "date"
DECIMAL = XSD + "decimal"
INTEGER = XSD + "integer"
ANY_URI = XSD + "anyURI"
EDTF_LEVEL_1 = EDTF + "EDTF-level1"

# What an IRI's segment may not hold as it is (RFC 3987, and no invisible character): 2021?/.. -> 2021%3F%2F..
RESERVED = re.compile(
    r"[^A-Za-z0-9\-._~!$&'()*+,;=:@\u00a1-\u1fff\u2010-\u2027\u2030-\u205e\u2070-\u2fff\u3001-\ud7ff"
    r"\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd]"
)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def segment(text: str) -> str:
    """A segment of an IRI: what may not stand there as it is becomes the percent signs of its UTF-8 bytes."""
    return RESERVED.sub(_percent, text)


def iri(kind: str, key: str) -> str:
    """The IRI of an entity, post, statement or text: region, 310000 -> https://w3id.org/reformkg/id/region/310000."""
    return f"{ID}{kind}/{segment(key)}"


def kind_and_key(address: str) -> tuple[str, str] | None:
    """What `iri` made an IRI from; None for an IRI that is not ours."""
    kind, slash, key = address.removeprefix(ID).partition("/")
    return (kind, unquote(key)) if slash and address.startswith(ID) else None


EVIDENCE = "/evidence"
"""What the graph of an article's evidence has behind the article's IRI."""


def evidence_graph(article: str) -> str:
    """The graph of an article's evidence, beside that of its facts, which bears the article's own IRI."""
    return article + EVIDENCE
