-- The terms that the English in the archive was last made with: where a term is new, changed or
-- gone since, the paragraphs that have it are translated again.
CREATE TABLE applied_term (
    zh    TEXT PRIMARY KEY,
    term  TEXT NOT NULL
) STRICT, WITHOUT ROWID;
