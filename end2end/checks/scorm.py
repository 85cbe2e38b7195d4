"""Tells as JSON what keeps a package from being one of SCORM 1.2, for server/tests/courses.rs.

python scorm.py PACKAGE.zip. Checked are the XML schemas of ADL and IMS (in scorm12/; nothing is fetched), and what they cannot
say: that each file named is in the package and each file in the package is named, and that identifiers lead somewhere.
Needs lxml.
"""

import json
import sys
import zipfile
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

CP = "{http://www.imsproject.org/xsd/imscp_rootv1p1p2}"
ADLCP = "{http://www.adlnet.org/xsd/adlcp_rootv1p2}"
XML = "{http://www.w3.org/XML/1998/namespace}"
# What names the files that a package consists of besides its resources.
CONTROL = {"imsmanifest.xml", "adlcp_rootv1p2.xsd", "ims_xml.xsd", "imscp_rootv1p1p2.xsd", "imsmd_rootv1p2p1.xsd"}

# One schema that knows all namespaces: a manifest mixes them.
ALL = b"""<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <xsd:import namespace="http://www.imsproject.org/xsd/imscp_rootv1p1p2" schemaLocation="imscp_rootv1p1p2.xsd"/>
  <xsd:import namespace="http://www.adlnet.org/xsd/adlcp_rootv1p2" schemaLocation="adlcp_rootv1p2.xsd"/>
  <xsd:import namespace="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1" schemaLocation="imsmd_rootv1p2p1.xsd"/>
</xsd:schema>"""


class Beside(etree.Resolver):
    """Schemas come from the folder or not at all."""

    def __init__(self, folder):
        self.folder = folder

    def resolve(self, url, public_id, context):
        text = (self.folder / Path(url).name).read_bytes()
        # IMS made the xml namespace the default one, which a later edition of Namespaces in XML forbids.
        text = text.replace(b'<xsd:schema xmlns="http://www.w3.org/XML/1998/namespace"', b"<xsd:schema")
        # "Any element" after optional ones leaves open which of them an element is, and libxml2 refuses the schema for it.
        text = text.replace(b'namespace="##any"', b'namespace="##other"')
        return self.resolve_string(text, context)


def offline():
    return etree.XMLParser(no_network=True, load_dtd=False, resolve_entities=False)


def schema(folder):
    parser = offline()
    parser.resolvers.add(Beside(folder))
    return etree.XMLSchema(etree.fromstring(ALL, parser))


def faults_of_manifest(text, rules):
    try:
        manifest = etree.fromstring(text, offline())
    except etree.XMLSyntaxError as error:
        return [str(error)], None
    if not rules.validate(manifest):
        return [f"line {error.line}: {error.message}" for error in rules.error_log], manifest
    if manifest.tag != f"{CP}manifest":
        return ["the root is not a manifest of IMS Content Packaging 1.1.2"], manifest
    return [], manifest


def faults_of_links(manifest):
    """What SCORM 1.2 (CAM 2.3) asks for beyond its schema."""
    found = []
    if manifest.findtext(f"{CP}metadata/{CP}schema") != "ADL SCORM" or manifest.findtext(f"{CP}metadata/{CP}schemaversion") != "1.2":
        found.append("metadata: schema must be 'ADL SCORM' and schemaversion '1.2'")
    identifiers = [one.get("identifier") for one in manifest.iter() if one.get("identifier")]
    found += [f"identifier {one!r} twice" for one in sorted({one for one in identifiers if identifiers.count(one) > 1})]
    organizations = manifest.find(f"{CP}organizations")
    known = [one.get("identifier") for one in organizations.findall(f"{CP}organization")]
    if not known:
        found.append("no organization")
    if organizations.get("default") not in known:
        found.append(f"default organization {organizations.get('default')!r} is not there")
    resources = {one.get("identifier"): one for one in manifest.iter(f"{CP}resource")}
    for item in manifest.iter(f"{CP}item"):
        wanted = item.get("identifierref")
        if wanted is not None and wanted not in resources:
            found.append(f"item {item.get('identifier')!r} refers to {wanted!r}, which is not there")
    if not any(one.get(f"{ADLCP}scormtype") == "sco" for one in resources.values()):
        found.append("no resource has adlcp:scormtype='sco'")
    for resource in resources.values():
        # xml:base of resources and resource would come first; a package of ours has none.
        if resource.get(f"{XML}base") or resource.getparent().get(f"{XML}base"):
            found.append("xml:base is not understood here")
        files = [one.get("href") for one in resource.findall(f"{CP}file")]
        start = (resource.get("href") or "").split("?")[0].split("#")[0]
        if start and start not in files:
            found.append(f"resource {resource.get('identifier')!r}: {start!r} is not among its files")
    return found


def faults_of_files(manifest, names):
    named = {unquote(one.get("href")) for one in manifest.iter(f"{CP}file")}
    return [f"{one} is named but not in the package" for one in sorted(named - names)] + [
        f"{one} is in the package but not named" for one in sorted(names - named - CONTROL)
    ]


def judge(path, rules):
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            names = {one for one in package.namelist() if not one.endswith("/")}
            if "imsmanifest.xml" not in names:
                return ["imsmanifest.xml is not at the top of the package"]
            text = package.read("imsmanifest.xml")
    else:
        names = {str(one.relative_to(path.parent)) for one in path.parent.rglob("*") if one.is_file()}
        text = path.read_bytes()
    found, manifest = faults_of_manifest(text, rules)
    if found:
        return found
    return faults_of_links(manifest) + faults_of_files(manifest, names)


def main(path):
    found = judge(path, schema(Path(__file__).parent / "scorm12"))
    json.dump({"faults": found}, sys.stdout, ensure_ascii=False)


main(Path(sys.argv[1]))
