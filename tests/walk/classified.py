"""What every address is, which records its parameters name, and for which roles it is meant: whoever adds one adds its line here.

The walk asks each line as every role, for hidden records and for records that never were, and takes what is sent from here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from isotrace.bureaus.roles import Role


class What(StrEnum):
    """What an address is."""

    PUBLIC = "public: open to strangers"
    LIST = "home or list: names no record, shows what the viewer may see"
    RECORD = "one record: read"
    STEP = "a step on a record, or one that names a record in what is sent"
    FORM = "a step that names no record: files, checks, passes on"
    OWN = "the person's own account"
    REFERENCE = "open to all of these roles: rules, registers, sheets"


@dataclass(frozen=True, slots=True)
class Line:
    """One address. `of` says which table's ids each parameter takes, `fixed` the words that a parameter takes instead.

    `filters` are the parameters of the query with what is asked, `after` is what a key of a page begins with, `sent` is a body as it should be: {name} stands for an id of
    `of`, {house} for an organisation. `shows` are tables of which a list shows hidden rows to whom the rules let see them. `roles` are those for which it is meant; "" among them is a stranger. `open_to` are roles that may know of every record
    here, with the reason in `why`.
    """

    what: What
    roles: frozenset[str]
    of: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    after: str = ""
    sent: Mapping[str, Any] = field(default_factory=dict)
    shows: tuple[str, ...] = ()
    open_to: frozenset[str] = frozenset()
    why: str = ""


ALL = frozenset(Role.values)
STRANGER = frozenset({""})
BORDER, OFFICER, ANALYST, REVIEWER = Role.BORDER_OFFICER, Role.BUREAU_OFFICER, Role.ANALYST, Role.REVIEWER
AUDITOR, ADMIN, DUTY, CONTROL = Role.AUDITOR, Role.ADMINISTRATOR, Role.DUTY_OFFICER, Role.CONTROL_OFFICER
READERS = frozenset({OFFICER, ANALYST, REVIEWER, DUTY, CONTROL})
"""Whose roles open reports and notices."""
CHECKERS = frozenset({BORDER, OFFICER, DUTY, CONTROL})
"""Whose roles open hits."""
EITHER = READERS | CHECKERS
POLICE = ALL - {Role.MEMBER, Role.DONOR, CONTROL}
SECRETARIAT = frozenset({ANALYST, REVIEWER, DUTY, ADMIN, AUDITOR, Role.PROGRAMME_MANAGER})
RELEASERS = frozenset({OFFICER, ANALYST, REVIEWER, ADMIN})
OWNERS = frozenset({OFFICER, BORDER, ANALYST, REVIEWER, DUTY})

WORD, NUMBER = "Zyxquor", "ZQX-7719"
"""What only hidden records say; see `hidden`."""
REASON = "A sample reason of more than forty characters, for whoever decides."
DAY = "2026-11-20"
ENVELOPE = {"purpose": "INFO", "classification": 1, "audience": "only", "communities": ["{community}"]}
PAPER = {"title": "Sample title", "kinds": "donor", "text": "A sample text of more than twenty characters."}
KINDS = {
    "report": "records.Report",
    "notice": "notices.Notice",
    "hit": "screening.Hit",
    "judgement": "identity.Judgement",
    "gap": "intake.Gap",
}
"""The kinds of record that an address below records/ takes."""

QUESTION = {"question": "A sample question?", "theme": "other", "priority": "low", "envelope_audience": "only"}
ARRIVED = {"title": "Sample", "sender": "Sample", "channel": "police", "urgency": "routine", "purpose": "INFO", "classification": "1"}
JUDGED = {"verdict": "undecided", "reason": REASON}
MOMENT = "2026-11-21T14:05:00+00:00~"
REPORTS = {"text": WORD, "country": "KEN", "incident_type": "theft", "kind": "police", "year": "2026"}
NOTICES = {"whose": "mine", "state": "published", "number": NUMBER}
SEARCH = {
    "text": WORD, "kind": "police", "country": "KEN", "type": "theft", "owner": "{house}", "grade": "B2", "record": "report", "group": "I",
    "category": "1", "material": "Cs-137", "thing": "Person", "state": "published", "area": "-10,20,10,50", "since": "2026", "until": "2026-12",
}  # fmt: skip
RULES = {"text": WORD, "group": "R2", "enforced": "yes", "sure": "T"}
TRACE = {"person": "ken.officer@example.org", "record": "{report}", "act": "read", "outcome": "allowed", "since": DAY, "until": DAY}


def _line(what: What, roles: frozenset[str], **said: Any) -> Line:
    return Line(what, roles, **said)


def _one(label: str, name: str, roles: frozenset[str], **said: Any) -> Line:
    return _line(What.RECORD, roles, of={name: label}, **said)


def _step(label: str, name: str, roles: frozenset[str], **said: Any) -> Line:
    return _line(What.STEP, roles, of={name: label}, **said)


def _about(roles: frozenset[str], what: What = What.STEP, **said: Any) -> Line:
    """An address that takes the kind of a record and its id."""
    return _line(
        what, roles, of={"record_id": "*"} | dict(said.pop("of", {})), fixed={"kind": tuple(KINDS)} | said.pop("fixed", {}), **said
    )


L, R, S, F = What.LIST, What.RECORD, What.STEP, What.FORM
PAGES: dict[str, Line] = {
    # homes and lists
    "home": _line(L, ALL, shows=("desk.Challenge", "privacy.PersonRequest")),
    "reports": _line(L, READERS, filters=REPORTS, after=MOMENT),
    "lost_found": _line(L, READERS, after=MOMENT),
    "notices": _line(L, READERS, filters=NOTICES, after=MOMENT),
    "search": _line(L, READERS, filters=SEARCH | {"only": "facets"}, after=MOMENT),
    "check": _line(L, CHECKERS - {CONTROL}, sent={"text": WORD}),
    "hits": _line(L, CHECKERS, after=MOMENT),
    "hits_waiting": _line(L, CHECKERS, filters={"stamp": "x"}),
    "glass_week": _line(L, ALL, filters={"until": "2026-11-22T00:00:00Z"}),
    "expiring": _line(L, OWNERS | {AUDITOR}, filters={"within": "90"}, after="2027-01-10~"),
    "proofs": _line(L, OWNERS | {AUDITOR}),
    "communities": _line(L, POLICE),
    "person_requests": _line(L, frozenset({CONTROL}), shows=("privacy.PersonRequest",)),
    "people": _line(L, frozenset({ADMIN})),
    "audit_trail": _line(L, frozenset({AUDITOR}), of={"report": "records.Report"}, filters=TRACE, after="987654001", shows=("handling.AuditEntry",)),
    "audit_alerts": _line(L, frozenset({AUDITOR}), filters={"closed": "1"}, after=MOMENT),
    # reports
    "report_new": _line(F, frozenset({OFFICER, ANALYST, REVIEWER, DUTY}), of={"community": "handling.Community"}, sent={"e_communities": "{community}"}),
    "report_things_new": _line(
        F,
        frozenset({OFFICER, ANALYST, REVIEWER, DUTY}),
        of={"community": "handling.Community"},
        filters={"kind": "Offer"},
        sent={"step": "check", "things": "Event", "t0_title": "Sample", "kind": "police", "lawful": "on", "envelope_communities": "{community}"},
    ),
    "report_begin": _line(F, frozenset({OFFICER, ANALYST, REVIEWER, DUTY}), sent={"danger": "yes"}),
    "report_step": _line(S, READERS, of={"draft_id": "records.IncidentDraft"}, fixed={"section": ("event",)}, sent={"incident_title": "Sample", "go": "on"}),
    "report_draft_check": _line(S, READERS, of={"draft_id": "records.IncidentDraft"}),
    "report_draft_drop": _line(S, READERS, of={"draft_id": "records.IncidentDraft"}),
    "report_new_readers": _line(F, frozenset({OFFICER, ANALYST, REVIEWER, DUTY}), of={"community": "handling.Community"}, sent={"event_communities": "{community}"}),
    "report": _one("records.Report", "report_id", READERS),
    "report_edit": _one("records.Report", "report_id", READERS),
    "report_edit_thing": _line(S, READERS, of={"report_id": "records.Report", "entity_id": "records.Entity"}, sent={"names": "Sample Person"}),
    "report_status": _line(
        S,
        READERS,
        of={"report_id": "records.Report", "link_id": "records.Link"},
        sent={"status": "charged", "legal_basis": "Sample charge 12/2026", "decided_on": DAY},
    ),
    "report_grade": _step("records.Report", "report_id", READERS, filters={"scheme": "admiralty"}, sent={"source_grade": "B", "information_grade": "2"}),
    "report_sensitive": _step("records.Report", "report_id", READERS, sent={"reason": REASON}),
    "report_sensitive_new": _line(
        S,
        READERS,
        of={"report_id": "records.Report", "entity": "records.Entity"},
        sent={"entity": "{entity}", "kind": "health", "text": "Sample", "value": REASON},
    ),
    "report_sensitive_decide": _line(
        S, READERS, of={"report_id": "records.Report", "datum_id": "records.SensitiveDatum"}, sent={"answer": "approve", "note": REASON}
    ),
    "lost_found_report": _line(R, READERS, of={"report_id": "records.Report"}, filters={"only": "short"}),
    "lost_found_looked": _step("records.Report", "report_id", READERS),
    "report_files": _one("records.Report", "report_id", READERS),
    "report_file_add": _step("records.Report", "report_id", READERS, sent={"about": "Sample"}),
    "file": _line(R, READERS, of={"file_id": "files.Attachment"}, filters={"page": "2"}),
    "file_page": _line(R, READERS, of={"file_id": "files.Attachment"}, fixed={"page": ("1",)}),
    "file_copy": _step("files.Attachment", "file_id", READERS),
    "file_remove": _step("files.Attachment", "file_id", READERS),
    "imports": _line(L, frozenset({OFFICER, ANALYST, REVIEWER, DUTY})),
    "import_template": _line(What.REFERENCE, frozenset({OFFICER, ANALYST, REVIEWER, DUTY})),
    "import_mapping": _step("imports.Upload", "upload_id", READERS, filters={"open": "x"}, sent={"step": "preview"}),
    "import_start": _step("imports.Upload", "upload_id", READERS, sent={"kind": "police"}),
    "import_file_step": _step("imports.Upload", "upload_id", READERS, fixed={"step": ("keep", "release", "discard")}),
    "import": _one("imports.Batch", "batch_id", READERS),
    "import_bad": _step("imports.Batch", "batch_id", READERS),
    "import_step": _step("imports.Batch", "batch_id", READERS, fixed={"step": ("run", "cancel", "withdraw")}, sent={"ground": "not_accurate"}),
    "report_countable": _step("records.Report", "report_id", READERS, sent={"countable": "yes"}),
    "report_release": _line(F, frozenset({ANALYST}), filters={name: value for name, value in REPORTS.items() if name != "text"}, sent=PAPER),
    # what is released
    "released": _line(L, ALL),
    "released_new": _line(F, RELEASERS, sent=PAPER),
    "released_reference": _about(EITHER, sent=PAPER),
    "released_one": _one("handling.Released", "released_id", ALL),
    "released_follow": _one("handling.Released", "released_id", ALL),
    "released_withdraw": _step("handling.Released", "released_id", RELEASERS),
    # what arrives
    "arrivals": _line(L, READERS, filters={"state": "filed"}),
    "arrival_new": _line(F, frozenset({OFFICER, ANALYST, DUTY}), sent=ARRIVED | {"text": WORD}),
    "arrival": _line(
        S, READERS, of={"arrival_id": "intake.Arrival", "report": "records.Report"}, sent={"kind": "propose", "report": "{report}", "reason": REASON}
    ),
    "arrival_file": _line(R, READERS, of={"arrival_id": "intake.Arrival", "attachment_id": "intake.Attachment"}),
    # open questions
    "gaps": _line(L, READERS, filters={"country": "KEN", "theme": "other", "state": "open"}),
    "gap_new": _line(F, frozenset({ANALYST}), of={"community": "handling.Community"}, sent=QUESTION | {"envelope_communities": "{community}"}),
    "gap": _one("intake.Gap", "gap_id", READERS),
    "gap_edit": _step("intake.Gap", "gap_id", READERS, sent=QUESTION),
    "gap_tie": _line(S, READERS, of={"gap_id": "intake.Gap", "report": "records.Report"}, sent={"report": "{report}"}),
    "gap_end": _step("intake.Gap", "gap_id", READERS, sent={"state": "answered", "conclusion": REASON}),
    "gap_untie": _line(S, READERS, of={"gap_id": "intake.Gap", "answer_id": "intake.GapAnswer"}),
    # cases
    "case_requests": _line(L, READERS),
    "case_request": _line(
        S,
        READERS,
        of={"request_id": "intake.CaseRequest", "report": "records.Report"},
        sent={"answer": "added", "report": "{report}", "text": REASON},
    ),
    "case_withdraw": _step("intake.CaseRequest", "request_id", READERS),
    "report_case": _one("records.Report", "report_id", READERS),
    "case_ask": _step("records.Report", "report_id", READERS, sent={"wish": "add", "asked": "{house}", "text": REASON}),
    "case_say": _step("records.Report", "report_id", READERS, sent={"says": "denied"}),
    "case_contacts": _line(L, POLICE, sent={"organisation": "{house}", "post": "Sample post"}, shows=("intake.Contact",)),
    "case_contact_end": _step("intake.Contact", "contact_id", POLICE),
    "agreements": _line(L, SECRETARIAT, shows=("intake.Agreement",)),
    "agreement_new": _line(F, frozenset({REVIEWER, ADMIN}), sent={"reference": "Sample 2", "agreed_on": DAY, "terms": REASON, "audience": "only"}),
    "agreement": _step("intake.Agreement", "agreement_id", SECRETARIAT, sent={"state": "refused"}),
    # identity
    "suggestions": _line(L, READERS, after=MOMENT),
    "profile": _one("records.Entity", "entity_id", READERS),
    "profile_suggestions": _one("records.Entity", "entity_id", READERS),
    "compare_with": _one("records.Entity", "entity_id", READERS, filters={"with": "{entity_id}"}),
    "compare": _line(S, READERS, of={"left_id": "records.Entity", "right_id": "records.Entity"}, filters={"next": "/things/queue/"}, sent=JUDGED),
    "judgement": _one("identity.Judgement", "judgement_id", READERS),
    "judgement_end": _step("identity.Judgement", "judgement_id", READERS, sent={"reason": REASON}),
    "judgement_keep": _step("identity.Judgement", "judgement_id", READERS),
    # notices
    "notice_new": _line(S, frozenset({OFFICER, ANALYST}), of={"report": "records.Report", "person": "records.Entity"}, filters={"report": "{report}", "person": "{person}"}),
    "notice": _one("notices.Notice", "notice_id", READERS),
    "notice_edit": _step("notices.Notice", "notice_id", READERS, sent={"person_names": "Sample Person"}),
    "notice_step": _step(
        "notices.Notice",
        "notice_id",
        READERS,
        fixed={"action": ("publish", "withdraw", "unknown")},
        sent={"reason": REASON},
    ),
    # searches that are kept
    "search_keep": _line(F, READERS, sent={"text": WORD, "name": "Sample search", "alerts": "on"}),
    "search_open": _step("finding.SavedSearch", "search_id", READERS),
    "search_switch": _step("finding.SavedSearch", "search_id", READERS, sent={"alerts": "off"}),
    "search_drop": _step("finding.SavedSearch", "search_id", READERS),
    # hits
    "hit": _one("screening.Hit", "hit_id", CHECKERS),
    "hit_confirm": _step("screening.Hit", "hit_id", CHECKERS, sent={"document": f"{NUMBER}-1"}),
    "hit_release": _step("screening.Hit", "hit_id", CHECKERS),
    "hit_dismiss": _step("screening.Hit", "hit_id", CHECKERS),
    "hit_answer": _step("screening.Hit", "hit_id", CHECKERS, sent={"answer": "denied", "text": "Sample"}),
    # any record
    "record": _about(EITHER, R, shows=("desk.Challenge",)),
    "record_conditions": _about(EITHER, filters={"next": "/reports/{record_id}/"}),
    "record_access": _about(EITHER, R, filters={"organisation": "{house}", "role": "analyst", "clearance": "2", "verb": "read"}),
    "record_envelope": _about(EITHER, sent={"envelope_audience": "all", "step": "keep"}),
    "record_envelope_readers": _about(EITHER, sent={"envelope_audience": "all"}),
    "record_ask": _about(EITHER, fixed={"use": ("forward",)}, sent={"reason": REASON}),
    "record_propose": _about(EITHER, sent={"text": "Sample", "reason": REASON}),
    "record_forward": _about(EITHER, sent={"recipient": "{house}", "note": ""}),
    "record_challenge": _about(EITHER, sent={"reason": REASON}),
    "record_raise": _about(EITHER, sent={"classification": "3", "reason": REASON}),
    "consent": _step("handling.Consent", "question_id", EITHER, sent={"answer": "grant", "text": REASON}),
    "correction": _step("desk.Correction", "question_id", EITHER, sent={"answer": "accept", "text": REASON}),
    "challenge": _step("desk.Challenge", "question_id", EITHER, sent={"answer": "dismiss", "text": REASON}),
    "consultation": _step("privacy.Consultation", "question_id", EITHER, sent={"answer": "answer", "text": REASON}),
    "forwarding": _one("desk.Forwarding", "forwarding_id", ALL),
    "raising": _one("desk.Raising", "raising_id", EITHER),
    "glass": _one("desk.BrokenGlass", "glass_id", ALL),
    "glass_new": _line(
        F,
        frozenset({DUTY}),
        of={"report": "records.Report"},
        sent={"kind": "report", "named": "{report}", "imminent": "on", "threat_reference": "Sample 1", "reason": REASON},
        open_to=frozenset({DUTY}),
        why="The duty officer opens what its owner keeps from him, for an imminent threat, and the owner is told (R3.06).",
    ),
    # retention
    "proof": _step("privacy.Tombstone", "proof_id", OWNERS | {AUDITOR}, sent={"record": "{proof_id}"}),
    "proof_file": _one("privacy.Tombstone", "proof_id", OWNERS | {AUDITOR}),
    "recall": _step("privacy.Recall", "recall_id", ALL),
    "retention": _line(R, EITHER, of={"record_id": "*"}),
    "retention_renew": _line(S, EITHER, of={"record_id": "*"}, sent={"until": "2027-11-20", "reason": REASON}),
    "retention_delete": _line(S, EITHER, of={"record_id": "*"}, sent={"ground": "not_wanted"}),
    "record_copy": _line(S, EITHER, of={"record_id": "*"}),
    # requests of persons
    "request_pass_on": _line(
        F, ALL, sent={"person_name": WORD, "contact": "Sample street 1", "wish": "access", "born": "", "text": NUMBER}
    ),
    "person_request": _step("privacy.PersonRequest", "request_id", frozenset({CONTROL}), sent={"step": "refuse", "reason": REASON}),
    "case": _one("privacy.Case", "case_id", frozenset({CONTROL})),
    "case_search": _step("privacy.Case", "case_id", frozenset({CONTROL}), sent={"name": WORD, "born": ""}),
    "case_add": _step("privacy.Case", "case_id", frozenset({CONTROL}), sent={"kind": "report", "record": "{case_id}"}),
    "case_decide": _step("privacy.Case", "case_id", frozenset({CONTROL}), sent={"text": REASON}),
    "case_block": _step("privacy.CaseRecord", "case_record_id", frozenset({CONTROL})),
    "case_consult": _step("privacy.CaseRecord", "case_record_id", frozenset({CONTROL}), sent={"text": REASON}),
    # the trail
    "audit_entry": _one("handling.AuditEntry", "entry_id", frozenset({AUDITOR})),
    "audit_alert": _step("handling.AuditAlert", "alert_id", frozenset({AUDITOR}), sent={"outcome": "justified"}),
    # delegated access
    "access": _line(L, ALL),
    "people_of": _line(What.RECORD, frozenset({ADMIN}), of={"organisation_id": "bureaus.Organisation"}),
    "person_invite": _line(F, frozenset({ADMIN}), sent={"email": "sample.new@example.org", "name": "Sample", "role": "analyst", "clearance": "1"}),
    "people_confirm": _step("bureaus.Account", "account", frozenset({ADMIN}), sent={"account": "{account}"}),
    "person": _one("bureaus.Account", "account_id", frozenset({ADMIN})),
    "person_clear": _step("bureaus.Account", "account_id", frozenset({ADMIN}), sent={"clearance": "1"}),
    "person_end": _step("bureaus.Account", "account_id", frozenset({ADMIN}), sent={"last_day": "2026-12-31"}),
    "person_suspend": _step("bureaus.Account", "account_id", frozenset({ADMIN})),
    "person_resume": _step("bureaus.Account", "account_id", frozenset({ADMIN})),
    "person_mail": _step("bureaus.Account", "account_id", frozenset({ADMIN})),
    "community_new": _line(F, POLICE - {BORDER, AUDITOR}, sent={"name": "Sample circle", "about": "Sample"}),
    "community": _one("handling.Community", "circle_id", POLICE),
    "community_invite": _step("handling.Community", "circle_id", POLICE, sent={"organisation": "{house}", "email": ""}),
    "community_end": _step("handling.Community", "circle_id", POLICE),
    "community_leave": _step("handling.Membership", "membership_id", POLICE),
    "grants": _line(What.REFERENCE, POLICE | {CONTROL}, filters={"ended": "1"}),
    "grants_csv": _line(What.REFERENCE, POLICE | {CONTROL}),
    "grant": _line(What.REFERENCE, POLICE | {CONTROL}, of={"grant_id": "bureaus.Grant"}),
    "grant_new": _line(F, frozenset({ADMIN})),
    "grant_check": _step("bureaus.Grant", "grant_id", frozenset({ADMIN})),
    "grant_end": _step("bureaus.Grant", "grant_id", frozenset({ADMIN})),
    "sheets": _line(What.REFERENCE, POLICE | {CONTROL}),
    "sheet": _line(What.REFERENCE, POLICE | {CONTROL}, fixed={"country": ("KEN", "ZZZ")}),
    "sheet_item": _line(F, frozenset({ADMIN}), fixed={"code": ("companions",)}, sent={"value": "yes"}),
    # the rule book
    "rules": _line(What.REFERENCE, ALL, filters=RULES),
    "rule_switch": _line(
        F,
        frozenset({REVIEWER, ADMIN}),
        fixed={"code": ("reassessment",)},
        sent={"reason": REASON},
        open_to=frozenset({REVIEWER, ADMIN}),
        why="Two people of the secretariat are shown first how many notices an advice touches: one count over all of them.",
    ),
    "rule_change": _one("handling.RuleChange", "change_id", POLICE),
    "rule_decide": _step("handling.RuleChange", "change_id", frozenset({REVIEWER, ADMIN}), sent={"answer": "refuse"}),
    # one's own account and what is open to strangers
    "set_language": _line(What.OWN, ALL | STRANGER, sent={"language": "fr"}),
    "set_theme": _line(What.OWN, ALL | STRANGER, sent={"theme": "dark"}),
    "healthz": _line(What.PUBLIC, ALL | STRANGER),
    "metrics": _line(What.PUBLIC, STRANGER),
    "openapi-json": _line(What.PUBLIC, ALL | STRANGER),
    "api-root": _line(What.PUBLIC, ALL | STRANGER),
    **{
        name: _line(What.PUBLIC, ALL | STRANGER)
        for name in (
            "account_login", "account_inactive", "account_signup", "account_reset_password", "account_reset_password_done",
            "account_reset_password_from_key", "account_reset_password_from_key_done", "account_confirm_login_code",
            "account_confirm_email", "account_email_verification_sent", "mfa_authenticate", "mfa_login_webauthn",
            "socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup", "openid_connect_login",
            "openid_connect_callback", "/accounts/social/login/cancelled/", "/accounts/social/login/error/",
            "/accounts/social/signup/", "/accounts/social/connections/",
        )
    },
    **{
        name: _line(What.OWN, ALL)
        for name in (
            "account_logout", "account_reauthenticate", "account_email", "account_change_password", "account_set_password",
            "mfa_index", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
            "mfa_generate_recovery_codes", "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn",
            "mfa_reauthenticate_webauthn", "socialaccount_connections", "usersessions_list",
        )
    },
    "mfa_remove_webauthn": _line(What.OWN, ALL, of={"pk": "mfa.Authenticator"}),
    "mfa_edit_webauthn": _line(What.OWN, ALL, of={"pk": "mfa.Authenticator"}, sent={"name": "Sample"}),
}  # fmt: skip
"""Every page, by its URL's name."""

QUESTIONS = {
    "consent": "handling.Consent",
    "correction": "desk.Correction",
    "challenge": "desk.Challenge",
    "consultation": "privacy.Consultation",
}
_FILED = {"incident": {"title": "Sample", "type": "theft", "country": "MDA"}, "envelope": ENVELOPE, "lawful": True}
_THINGS = {
    "things": [{"kind": "Event", "properties": {"title": "Sample"}}],
    "envelope": ENVELOPE,
    "lawful": True,
    "about": "{about}",
}
_DRAFT = {"report": "{report}", "person_id": "{person}"}
_FROM_REPORT = {"report": "records.Report", "person": "records.Entity"}
OPERATIONS: dict[str, Line] = {
    "GET /reports": _line(L, READERS, filters=REPORTS, after=MOMENT),
    "POST /reports": _line(F, frozenset({OFFICER, ANALYST, REVIEWER, DUTY}), of={"community": "handling.Community"}, sent=_FILED),
    "POST /reports/things": _line(
        F, frozenset({OFFICER, ANALYST, REVIEWER, DUTY}), of={"community": "handling.Community", "about": "records.Report"}, sent=_THINGS
    ),
    "GET /kinds": _line(What.REFERENCE, ALL),
    "GET /lost-and-found": _line(L, READERS, after=MOMENT),
    "GET /reports/{report_id}/lost-and-found": _one("records.Report", "report_id", READERS),
    "POST /reports/{report_id}/links/{link_id}/status": _line(
        S,
        READERS,
        of={"report_id": "records.Report", "link_id": "records.Link"},
        sent={"status": "charged", "legal_basis": "Sample charge 12/2026", "decided_on": DAY},
    ),
    "GET /search": _line(L, READERS, filters=SEARCH | {"facets": "true"}, after=MOMENT),
    "GET /reports/{report_id}": _one("records.Report", "report_id", READERS),
    "POST /reports/{report_id}/grades": _step(
        "records.Report", "report_id", READERS, sent={"scheme": "admiralty", "source_grade": "B", "information_grade": "2"}
    ),
    "GET /reports/{report_id}/files": _one("records.Report", "report_id", READERS),
    "POST /reports/{report_id}/files": _step("records.Report", "report_id", READERS, sent={"about": "Sample"}),
    "GET /imports/files": _line(L, READERS),
    "POST /imports/files": _line(F, frozenset({OFFICER, ANALYST, REVIEWER, DUTY})),
    "DELETE /imports/files/{file_id}": _step("imports.Upload", "file_id", READERS),
    "GET /imports/mappings": _line(L, READERS),
    "POST /imports/mappings": _line(F, frozenset({OFFICER, ANALYST, REVIEWER, DUTY}), sent={"name": "Sample", "form": "csv", "data": {}}),
    "GET /imports/mappings/{mapping_id}": _one("imports.SavedMapping", "mapping_id", READERS),
    "GET /imports": _line(L, READERS),
    "POST /imports": _line(
        S,
        frozenset({OFFICER, ANALYST, REVIEWER, DUTY}),
        of={"file": "imports.Upload", "mapping": "imports.SavedMapping", "community": "handling.Community"},
        sent={"file": "{file}", "mapping": "{mapping}", "envelope": ENVELOPE, "lawful": True},
    ),
    "GET /imports/{import_id}": _one("imports.Batch", "import_id", READERS),
    "POST /imports/{import_id}/run": _step("imports.Batch", "import_id", READERS),
    "POST /imports/{import_id}/cancel": _step("imports.Batch", "import_id", READERS),
    "POST /imports/{import_id}/withdraw": _step("imports.Batch", "import_id", READERS, sent={"ground": "not_accurate"}),
    "POST /imports/{import_id}/bad-rows": _step("imports.Batch", "import_id", READERS),
    "POST /files/{file_id}/copy": _step("files.Attachment", "file_id", READERS),
    "POST /reports/{report_id}/sensitive/openings": _step("records.Report", "report_id", READERS, sent={"reason": REASON}),
    "GET /reports/{report_id}/sensitive/openings": _one("records.Report", "report_id", READERS),
    "GET /reports/{report_id}/sensitive": _one("records.Report", "report_id", READERS),
    "POST /reports/{report_id}/sensitive": _line(
        S,
        READERS,
        of={"report_id": "records.Report", "entity": "records.Entity"},
        sent={"entity": "{entity}", "kind": "health", "text": "Sample", "value": REASON},
    ),
    "POST /reports/{report_id}/sensitive/{datum_id}/decision": _line(
        S, READERS, of={"report_id": "records.Report", "datum_id": "records.SensitiveDatum"}, sent={"approved": True, "note": REASON}
    ),
    "GET /arrivals": _line(L, READERS, filters={"state": "filed"}),
    "POST /arrivals": _line(
        F, frozenset({OFFICER, ANALYST, DUTY}), sent={"title": "Sample", "sender": "Sample", "text": WORD, "classification": 1}
    ),
    "GET /arrivals/{arrival_id}": _one("intake.Arrival", "arrival_id", READERS),
    "POST /arrivals/{arrival_id}/decision": _line(
        S,
        READERS,
        of={"arrival_id": "intake.Arrival", "report": "records.Report"},
        sent={"kind": "propose", "report": "{report}", "reason": REASON},
    ),
    "GET /gaps": _line(L, READERS, filters={"country": "KEN", "theme": "other", "state": "open"}),
    "POST /gaps": _line(
        F, frozenset({ANALYST}), of={"community": "handling.Community"}, sent={"question": "A sample question?", "envelope": ENVELOPE}
    ),
    "GET /gaps/{gap_id}": _one("intake.Gap", "gap_id", READERS),
    "PUT /gaps/{gap_id}": _step("intake.Gap", "gap_id", READERS, sent={"question": "A sample question?"}),
    "POST /gaps/{gap_id}/state": _step("intake.Gap", "gap_id", READERS, sent={"state": "answered", "conclusion": REASON}),
    "POST /gaps/{gap_id}/answers": _line(S, READERS, of={"gap_id": "intake.Gap", "report": "records.Report"}, sent={"report": "{report}"}),
    "POST /gaps/{gap_id}/answers/{answer_id}/end": _line(S, READERS, of={"gap_id": "intake.Gap", "answer_id": "intake.GapAnswer"}),
    "GET /case-requests": _line(L, READERS),
    "POST /reports/{report_id}/case-requests": _step("records.Report", "report_id", READERS, sent={"wish": "add", "text": REASON}),
    "GET /case-requests/{request_id}": _one("intake.CaseRequest", "request_id", READERS),
    "POST /case-requests/{request_id}/answer": _line(
        S,
        READERS,
        of={"request_id": "intake.CaseRequest", "report": "records.Report"},
        sent={"answer": "added", "report": "{report}", "text": REASON},
    ),
    "POST /case-requests/{request_id}/withdrawal": _step("intake.CaseRequest", "request_id", READERS),
    "GET /reports/{report_id}/confirmations": _one("records.Report", "report_id", READERS),
    "POST /reports/{report_id}/confirmations": _step("records.Report", "report_id", READERS, sent={"says": "denied"}),
    "GET /contacts": _line(L, POLICE, filters={"country": "KEN"}, shows=("intake.Contact",)),
    "POST /contacts": _line(F, frozenset({OFFICER, ADMIN}), sent={"organisation": "{house}", "post": "Sample post"}),
    "POST /contacts/{contact_id}/end": _step("intake.Contact", "contact_id", POLICE),
    "GET /agreements": _line(L, SECRETARIAT, shows=("intake.Agreement",)),
    "POST /agreements": _line(F, frozenset({REVIEWER, ADMIN}), sent={"reference": "Sample 2", "agreed_on": DAY, "terms": REASON}),
    "POST /agreements/{agreement_id}/state": _step("intake.Agreement", "agreement_id", SECRETARIAT, sent={"state": "refused"}),
    "GET /suggestions": _line(L, READERS, after=MOMENT),
    "GET /things/{entity_id}/profile": _one("records.Entity", "entity_id", READERS),
    "GET /things/{entity_id}/suggestions": _one("records.Entity", "entity_id", READERS),
    "GET /things/{left_id}/judgements/{right_id}": _line(R, READERS, of={"left_id": "records.Entity", "right_id": "records.Entity"}),
    "POST /judgements": _line(
        S, READERS, of={"left": "records.Entity", "right": "records.Entity"}, sent={"left": "{left}", "right": "{right}"} | JUDGED
    ),
    "GET /judgements/{judgement_id}": _one("identity.Judgement", "judgement_id", READERS),
    "POST /judgements/{judgement_id}/end": _step("identity.Judgement", "judgement_id", READERS, sent={"reason": REASON}),
    "POST /judgements/{judgement_id}/keep": _step("identity.Judgement", "judgement_id", READERS),
    "GET /notices": _line(L, READERS, filters=NOTICES, after=MOMENT),
    "POST /notices": _line(S, frozenset({OFFICER}), of=_FROM_REPORT, sent=_DRAFT),
    "POST /notices/proposals": _line(S, frozenset({ANALYST}), of=_FROM_REPORT, sent=_DRAFT),
    "GET /notices/{notice_id}": _one("notices.Notice", "notice_id", READERS),
    "PUT /notices/{notice_id}": _step("notices.Notice", "notice_id", READERS, sent={"person": {"names": ["Sample"]}, "seen": ""}),
    **{
        f"POST /notices/{{notice_id}}/{act}": _step("notices.Notice", "notice_id", READERS)
        for act in ("adopt", "submit", "review", "sign", "publish")
    },
    **{
        f"POST /notices/{{notice_id}}/{act}": _step("notices.Notice", "notice_id", READERS, sent={"reason": REASON})
        for act in ("decline", "return", "withdraw")
    },
    "POST /checks": _line(F, CHECKERS - {CONTROL}, sent={"text": WORD}),
    "GET /hits": _line(L, CHECKERS, after=MOMENT),
    "GET /hits/{hit_id}": _one("screening.Hit", "hit_id", CHECKERS),
    "POST /hits/{hit_id}/confirm": _step("screening.Hit", "hit_id", CHECKERS, sent={"document": f"{NUMBER}-1"}),
    "POST /hits/{hit_id}/release": _step("screening.Hit", "hit_id", CHECKERS),
    "POST /hits/{hit_id}/dismiss": _step("screening.Hit", "hit_id", CHECKERS),
    "POST /hits/{hit_id}/answer": _step("screening.Hit", "hit_id", CHECKERS, sent={"answer": "denied", "text": "Sample"}),
    "GET /retention": _line(L, OWNERS | {AUDITOR}, filters={"within": "90"}, after="2027-01-10~"),
    "GET /retention/{record_id}": _line(R, EITHER, of={"record_id": "*"}),
    "POST /retention/{record_id}/renewals": _line(S, EITHER, of={"record_id": "*"}, sent={"until": "2027-11-20", "reason": REASON}),
    "POST /retention/{record_id}/deletion": _line(S, EITHER, of={"record_id": "*"}, sent={"ground": "not_wanted"}),
    "POST /retention/{record_id}/copies": _line(S, EITHER, of={"record_id": "*"}),
    "GET /proofs": _line(L, OWNERS | {AUDITOR}),
    "GET /proofs/{proof_id}": _one("privacy.Tombstone", "proof_id", OWNERS | {AUDITOR}),
    "POST /recalls/{recall_id}/done": _step("privacy.Recall", "recall_id", ALL),
    "POST /requests": _line(F, ALL, sent={"person_name": WORD, "contact": "Sample street 1", "wish": "access", "text": NUMBER}),
    "GET /requests": _line(L, frozenset({CONTROL}), shows=("privacy.PersonRequest",)),
    "GET /requests/{request_id}": _one("privacy.PersonRequest", "request_id", frozenset({CONTROL})),
    "POST /requests/{request_id}/admission": _step("privacy.PersonRequest", "request_id", frozenset({CONTROL})),
    "POST /requests/{request_id}/refusal": _step("privacy.PersonRequest", "request_id", frozenset({CONTROL}), sent={"reason": REASON}),
    "POST /requests/{request_id}/renewals": _step(
        "privacy.PersonRequest", "request_id", frozenset({CONTROL}), sent={"until": "2027-11-20", "reason": REASON}
    ),
    "GET /cases/{case_id}": _one("privacy.Case", "case_id", frozenset({CONTROL})),
    "POST /cases/{case_id}/search": _step("privacy.Case", "case_id", frozenset({CONTROL}), sent={"name": WORD, "born": ""}),
    "POST /cases/{case_id}/records": _step("privacy.Case", "case_id", frozenset({CONTROL}), sent={"kind": "report", "record": "{case_id}"}),
    "POST /cases/{case_id}/decision": _step("privacy.Case", "case_id", frozenset({CONTROL}), sent={"outcomes": {}, "text": REASON}),
    "POST /cases/records/{case_record_id}/block": _step("privacy.CaseRecord", "case_record_id", frozenset({CONTROL})),
    "POST /cases/records/{case_record_id}/consultations": _step(
        "privacy.CaseRecord", "case_record_id", frozenset({CONTROL}), sent={"text": REASON}
    ),
    "POST /openings": _line(
        F,
        frozenset({DUTY}),
        of={"report": "records.Report"},
        sent={"kind": "report", "named": "{report}", "imminent": True, "threat_reference": "Sample 1", "reason": REASON},
        open_to=frozenset({DUTY}),
        why="The duty officer opens what its owner keeps from him, for an imminent threat, and the owner is told (R3.06).",
    ),
    "GET /openings": _line(L, ALL, filters={"until": "2026-11-22T00:00:00Z"}),
    "GET /openings/{glass_id}": _one("desk.BrokenGlass", "glass_id", ALL),
    "GET /tasks": _line(L, ALL),
    "GET /records/{kind}/{record_id}/conditions": _about(EITHER, R),
    "POST /records/{kind}/{record_id}/conditions": _about(EITHER),
    "GET /records/{kind}/{record_id}/readers": _about(EITHER, R),
    "GET /records/{kind}/{record_id}/access": _about(
        EITHER, R, filters={"organisation": "{house}", "role": "analyst", "clearance": "2", "verb": "read"}
    ),
    "PUT /records/{kind}/{record_id}/envelope": _about(EITHER, of={"community": "handling.Community"}, sent=ENVELOPE),
    "POST /records/{kind}/{record_id}/marking": _about(EITHER, sent={"classification": 3, "reason": REASON}),
    "POST /records/{kind}/{record_id}/consents": _about(EITHER, sent={"use": "forward", "reason": REASON}),
    "POST /records/{kind}/{record_id}/corrections": _about(EITHER, sent={"field": "", "text": "Sample", "reason": REASON}),
    "POST /records/{kind}/{record_id}/challenges": _about(EITHER, sent={"reason": REASON}),
    "POST /records/{kind}/{record_id}/forwardings": _about(EITHER, sent={"recipient": "{house}", "note": ""}),
    "GET /{name}s/{question_id}": _line(R, EITHER, of={"question_id": "?"}, fixed={"name": tuple(QUESTIONS)}),
    "POST /{name}s/{question_id}/answer": _line(
        S,
        EITHER,
        of={"question_id": "?"},
        fixed={"name": tuple(QUESTIONS)},
        sent={"answer": "dismiss", "text": REASON},
    ),
    "GET /access/grants": _line(What.REFERENCE, POLICE | {CONTROL}),
    "GET /access/sheets/{country}": _line(What.REFERENCE, POLICE | {CONTROL}, fixed={"country": ("KEN", "ZZZ")}),
    "GET /released": _line(L, ALL),
    "GET /released/{released_id}": _one("handling.Released", "released_id", ALL),
    "GET /rules": _line(What.REFERENCE, ALL, filters=RULES),
    "GET /rules/changes": _line(L, POLICE),
}
"""Every operation of the interface, by METHOD /path."""


def classified() -> dict[str, Line]:
    """Return every line by the name of its address."""
    return PAGES | OPERATIONS


def words(line: Line) -> Iterator[dict[str, str]]:
    """Yield each choice of the fixed words of a line."""
    chosen: list[dict[str, str]] = [{}]
    for name, values in line.fixed.items():
        chosen = [one | {name: value} for one in chosen for value in values]
    yield from chosen


def labels(line: Line, fixed: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the tables whose ids each parameter of a line takes, with these words: "*" is the kind in the address, or any kind."""
    anything = tuple(KINDS.values())
    found = {"*": (KINDS[fixed["kind"]],) if "kind" in fixed else anything, "?": (QUESTIONS.get(fixed.get("name", ""), ""),)}
    return {name: found.get(label, (label,)) for name, label in line.of.items()}
