import pytest
from babel.messages.catalog import Catalog

from tools.catalogue import sources, store
from tools.catalogue.sources import Sentence


def test_python_sentences_are_found_however_they_are_marked():
    code = """
_("One")
gettext_lazy("Two " "halves")
N_("Three")
ngettext("%(n)s day", "%(n)s days", n)
pgettext("a month", "May")
translation.gettext("Four")
_(variable)
"""
    assert set(sources.in_python(code)) == {
        Sentence("One"),
        Sentence("Two halves"),
        Sentence("Three"),
        Sentence("%(n)s day", "%(n)s days"),
        Sentence("May", context="a month"),
        Sentence("Four"),
    }


def test_template_sentences_are_found_in_tags_blocks_and_filters():
    source = """{% load i18n %}{% translate "One" %}{% translate "May" context "a month" %}
{% blocktranslate trimmed with a=b %}
Two {{ a }}
{% endblocktranslate %}{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}{{ x|default:_("It's three") }}"""
    assert set(sources.in_template(source)) == {
        Sentence("One"),
        Sentence("May", context="a month"),
        Sentence("Two %(a)s"),
        Sentence("%(n)s day", "%(n)s days"),
        Sentence("It's three"),
    }


def test_island_sentences_are_found():
    assert list(sources.in_island('t("One"); at("Two"); t("Say \\"three\\"", { n })')) == [Sentence("One"), Sentence('Say "three"')]


def test_everything_holds_python_templates_islands_and_schema():
    found = {sentence.text: files for sentence, files in sources.everything().files.items()}
    assert found["Zoom in"] == {"src/isotrace/web/islands/lib/world.ts"}
    assert "src/isotrace/web/templates/web/parts/head.html" in found["Sign out"]
    assert "src/isotrace/web/bands.py" in found["Document match"]
    assert [name for name in found if found[name] == {"src/isotrace/engine/schema"}] != []


def _catalog(text, string):
    catalog = Catalog(locale="fr")
    catalog.add(text, string)
    return catalog


@pytest.mark.parametrize(
    ("text", "string", "wrong"),
    [
        ("Owner: %(owner)s", "Propriétaire : %(owner)s", 0),
        ("Owner: %(owner)s", "Propriétaire : %(propriétaire)s", 1),
        ("Owner: %(owner)s", "Propriétaire", 1),
        ("Owner", "", 0),
        ("<bdi>%(a)s</bdi>", "<b>%(a)s</b>", 1),
        (("%(n)s day", "%(n)s days"), ("un jour", "%(n)s jours"), 0),
        (("%(n)s day", "%(n)s days"), ("%(m)s jour", "%(n)s jours"), 1),
    ],
)
def test_faults_of_a_translation_are_its_lost_and_made_up_places(text, string, wrong):
    assert len(list(store.faults("fr", _catalog(text, string)))) == wrong


@pytest.mark.parametrize("language", store.LANGUAGES)
def test_catalogue_of_each_language_has_no_faults(language):
    assert list(store.faults(language, store.load(language))) == []


def test_catalogue_as_text_changes_only_with_its_sentences():
    assert store.text_of(_catalog("a", "b")) == store.text_of(_catalog("a", "b"))
