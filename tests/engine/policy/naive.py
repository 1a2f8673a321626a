"""The rules read once more, in plain loops, from the rule book; imports nothing of the engine.

A viewer and an envelope are dictionaries of texts, numbers and sets. Written to be read beside police-rules, not to be quick.
"""

POLICE = ("secretariat", "bureau", "national_entity")
BREAKABLE = ("incidents", "notices", "hits")


def is_control(viewer, envelope):
    return viewer["kind"] == "control_body" and envelope["root"] in viewer["cases"]


def is_glass(viewer, envelope):
    if viewer["kind"] != "secretariat" or viewer["role"] != "duty_officer":
        return False
    return envelope["database"] in BREAKABLE and envelope["root"] in viewer["glass"]


def is_owner(viewer, envelope):
    return viewer["organisation"] == envelope["owner"]


def is_own(viewer, envelope):
    if is_owner(viewer, envelope):
        return True
    return viewer["kind"] == "bureau" and viewer["country"] != "" and viewer["country"] == envelope["owner_country"]


def listed(viewer, organisations, countries, kinds, communities):
    for organisation in organisations:
        if organisation == viewer["organisation"]:
            return True
    for country in countries:
        if country != "" and country == viewer["country"]:
            return True
    for kind in kinds:
        if kind == viewer["kind"]:
            return True
    return any(community in viewer["communities"] for community in communities)


def in_audience(viewer, envelope):
    named = listed(viewer, envelope["organisations"], envelope["countries"], envelope["kinds"], envelope["communities"])
    if envelope["audience"] == "only":
        return named
    if viewer["kind"] not in POLICE:
        return False
    return True if envelope["audience"] == "all" else not named


def is_denied(viewer, envelope):
    return listed(
        viewer,
        envelope["denied_organisations"],
        envelope["denied_countries"],
        envelope["denied_kinds"],
        envelope["denied_communities"],
    )


def may_look(viewer, envelope):
    control = is_control(viewer, envelope)
    if not viewer["signed_in"] or envelope["database"] not in viewer["databases"]:
        return False
    if "consult" not in viewer["verbs"] and not control:
        return False
    if viewer["purpose"] == "" and not control:
        return False
    border_on_analysis = viewer["purpose"] == "BORDER" and envelope["purpose"] == "ANALYSIS"
    return not border_on_analysis or control or is_glass(viewer, envelope)


def is_cleared(viewer, envelope):
    return is_control(viewer, envelope) or envelope["classification"] <= viewer["clearance"]


def is_addressed(viewer, envelope):
    if is_control(viewer, envelope):
        return True
    if is_own(viewer, envelope):
        return True
    if envelope["blocked"]:
        return False
    if is_glass(viewer, envelope):
        return True
    return in_audience(viewer, envelope) and not is_denied(viewer, envelope)


def find(viewer, envelope):
    return may_look(viewer, envelope) and is_cleared(viewer, envelope) and is_addressed(viewer, envelope)


def know(viewer, envelope):
    knowable = is_cleared(viewer, envelope) or envelope["classification"] <= 2
    return may_look(viewer, envelope) and knowable and is_addressed(viewer, envelope)


def read(viewer, envelope):
    if not find(viewer, envelope):
        return False
    if not envelope["conditions"] or is_own(viewer, envelope) or is_control(viewer, envelope):
        return True
    return envelope["root"] in viewer["acknowledged"]


def with_consent(viewer, envelope, consents, needed):
    if not read(viewer, envelope) or viewer["kind"] not in POLICE:
        return False
    return is_own(viewer, envelope) or not needed or envelope["root"] in viewer[consents]


def cite(viewer, envelope):
    return with_consent(viewer, envelope, "may_cite", "lead_only" in envelope["conditions"])


def repurpose(viewer, envelope):
    return with_consent(viewer, envelope, "may_repurpose", True)


def forward(viewer, envelope):
    return with_consent(viewer, envelope, "may_forward", "no_forward" in envelope["conditions"])


def publish(viewer, envelope):
    if not read(viewer, envelope) or viewer["kind"] != "secretariat" or envelope["classification"] > 1:
        return False
    return is_owner(viewer, envelope) or envelope["root"] in viewer["may_publish"]


def export(viewer, envelope):
    if not read(viewer, envelope) or viewer["kind"] not in POLICE:
        return False
    return is_own(viewer, envelope) or ("no_copy" not in envelope["conditions"] and envelope["classification"] <= 2)


def writes(viewer, envelope):
    if not viewer["signed_in"] or envelope["database"] not in viewer["databases"] or "record" not in viewer["verbs"]:
        return False
    return is_owner(viewer, envelope)


def file(viewer, envelope):
    return writes(viewer, envelope) and viewer["kind"] in POLICE


def edit(viewer, envelope):
    return writes(viewer, envelope) and is_cleared(viewer, envelope)


def regrade(viewer, envelope):
    unit_analyst = viewer["kind"] == "secretariat" and viewer["role"] == "analyst"
    return read(viewer, envelope) and (is_owner(viewer, envelope) or unit_analyst)


def raise_(viewer, envelope):
    return find(viewer, envelope) and (is_owner(viewer, envelope) or viewer["kind"] == "secretariat")


def lower(viewer, envelope):
    return find(viewer, envelope) and is_owner(viewer, envelope)


def delete(viewer, envelope):
    return writes(viewer, envelope) and not envelope["blocked"]


def block(viewer, envelope):
    return find(viewer, envelope) and (viewer["kind"] in POLICE or is_control(viewer, envelope))


READINGS = {
    "know": know,
    "find": find,
    "read": read,
    "cite": cite,
    "repurpose": repurpose,
    "forward": forward,
    "publish": publish,
    "export": export,
    "file": file,
    "edit": edit,
    "regrade": regrade,
    "raise": raise_,
    "lower": lower,
    "delete": delete,
    "block": block,
}
