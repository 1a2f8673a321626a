"""Names of people, travel documents, and who on a list may be the person asked about. A library on its own.

- `person.Person`, `person.Query`: who is listed, what is asked (`Query.of_zone` asks for the holder of a document).
- `matching.compare(query, person)`: one against one, a `result.Result` with band, points, agreement, evidence and reasons.
- `snapshot.build_snapshot(path, people)`, `snapshot.Snapshot.open(path)`: a list as one mapped file.
- `index.Index(snapshot, overlay).lookup(query, rights, limit)`: who on the list it may be. Looking a `Person` up among stored names is the
  same call the other way round.
- `batch.answer_batch(questions, index)`: a batch of records in, a batch of answers out (needs the extra `batch`).
- `tokens.forms(name)`, `letters.readings(word)`: a name as words, a word as it is read.
- `query.parse(text)`: the one field of the border check; `travel`: machine-readable zones and document numbers.

Nothing is imported here: the compiled loops load in a second, and not everybody who folds a word needs them.
"""
