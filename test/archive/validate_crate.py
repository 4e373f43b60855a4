"""roc-validator without a network: the JSON-LD context of RO-Crate comes from the npm package `ro-crate`.

usage: validate_crate.py CONTEXT.json ARGUMENTS OF rocrate-validator ...
"""

import json
import sys
import urllib.request

from rdflib.plugins.shared.jsonld import context as jsonld
from rocrate_validator.cli import cli

URL = "https://w3id.org/ro/crate/1.2/context"
with open(sys.argv[1], encoding="utf-8") as file:
    KNOWN = json.load(file)

read_source = jsonld.source_to_json


def source_to_json(source, *rest, **options):
    if str(source) == URL:
        return KNOWN, None
    return read_source(source, *rest, **options)


jsonld.source_to_json = source_to_json
open_url = urllib.request.urlopen


def urlopen(request, *rest, **options):
    address = request if isinstance(request, str) else request.full_url
    if address == URL:
        return open_url("file://" + sys.argv[1], *rest, **options)
    return open_url(request, *rest, **options)


urllib.request.urlopen = urlopen
sys.argv = ["rocrate-validator", *sys.argv[2:]]
cli()
