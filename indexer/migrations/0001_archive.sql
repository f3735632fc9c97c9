-- One row per file that the archivist gave; its bytes are kept under originals/ by this hash.
-- ``identity`` is of the bytes and of what was known of them: the same text printed on two days is
-- two sources. ``path`` is where the file lay, so that it is known again without reading it.
CREATE TABLE source (
    id        INTEGER PRIMARY KEY,
    sha256    TEXT NOT NULL,
    identity  TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    path      TEXT NOT NULL,
    size      INTEGER NOT NULL,
    added_at  TEXT NOT NULL
) STRICT;
CREATE INDEX source_sha256 ON source (sha256);

-- One row per text that a reader took out of a file: a page, or one record of an export.
-- ``structured``: its format marks headline and paragraphs, so that it was not segmented.
CREATE TABLE document (
    id         INTEGER PRIMARY KEY,
    source_id  INTEGER NOT NULL REFERENCES source ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL,
    name       TEXT NOT NULL,
    text       TEXT NOT NULL,
    structured INTEGER NOT NULL DEFAULT 0,
    UNIQUE (source_id, ordinal)
) STRICT;

-- One issue of a newspaper. Where the date is unknown, each file is an issue of its own.
CREATE TABLE issue (
    id           INTEGER PRIMARY KEY,
    key          TEXT NOT NULL UNIQUE,
    publication  TEXT,
    date         TEXT,
    removed_at   TEXT
) STRICT;
CREATE INDEX issue_date ON issue (date);

CREATE TABLE article (
    id            INTEGER PRIMARY KEY,
    key           TEXT NOT NULL UNIQUE,
    document_id   INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    issue_id      INTEGER NOT NULL REFERENCES issue,
    ordinal       INTEGER NOT NULL,
    headline      TEXT NOT NULL,
    byline        TEXT NOT NULL,
    page          TEXT,
    section       TEXT,
    url           TEXT,
    date_guessed  INTEGER NOT NULL DEFAULT 0,
    UNIQUE (document_id, ordinal)
) STRICT;
CREATE INDEX article_issue ON article (issue_id);

-- Every block of an article, headline and byline too, so that all are translated and found alike.
-- ``anchor`` is the number in the permalink: it never changes, whatever happens to ``ordinal``.
-- ``folded`` is fold.key(text), the form in which Chinese is searched.
CREATE TABLE paragraph (
    id          INTEGER PRIMARY KEY,
    article_id  INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    anchor      INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    text        TEXT NOT NULL,
    folded      TEXT NOT NULL,
    spans       TEXT NOT NULL CHECK (json_valid(spans)),
    UNIQUE (article_id, anchor)
) STRICT;
CREATE INDEX paragraph_order ON paragraph (article_id, ordinal);

-- Where a permalink leads whose paragraph has since moved to another article. No link ever breaks.
CREATE TABLE moved (
    article_key   TEXT NOT NULL,
    anchor        INTEGER NOT NULL,
    paragraph_id  INTEGER NOT NULL REFERENCES paragraph ON DELETE CASCADE,
    PRIMARY KEY (article_key, anchor)
) STRICT, WITHOUT ROWID;

-- Page headers and rules that belong to no article; kept so that nothing of a page is lost.
CREATE TABLE furniture (
    id           INTEGER PRIMARY KEY,
    document_id  INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    text         TEXT NOT NULL,
    spans        TEXT NOT NULL CHECK (json_valid(spans)),
    UNIQUE (document_id, ordinal)
) STRICT;

-- The machine English of a paragraph that readers see now: one entry per sentence,
-- [{"start", "end", "en", "engine", "flags": [...]}], offsets into the paragraph's text.
CREATE TABLE translation (
    paragraph_id  INTEGER PRIMARY KEY REFERENCES paragraph ON DELETE CASCADE,
    engine        TEXT NOT NULL,
    en            TEXT NOT NULL,
    sentences     TEXT NOT NULL CHECK (json_valid(sentences)),
    flags         TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(flags)),
    made_at       TEXT NOT NULL
) STRICT;
CREATE INDEX translation_engine ON translation (engine);

-- Sentences already translated: nothing is translated twice by the same engine.
-- ``engine`` names engine, package version and options.
CREATE TABLE memory (
    folded   TEXT NOT NULL,
    engine   TEXT NOT NULL,
    zh       TEXT NOT NULL,
    en       TEXT NOT NULL,
    score    REAL,
    made_at  TEXT NOT NULL,
    PRIMARY KEY (folded, engine)
) STRICT, WITHOUT ROWID;

-- What a person wrote in place of the machine's English. Never deleted: an undo is a row too.
-- ``start``/``end`` is the sentence within the paragraph, null for the whole paragraph. It outlives
-- its paragraph: where a page is segmented anew, ``zh`` finds the new place.
CREATE TABLE correction (
    id            INTEGER PRIMARY KEY,
    paragraph_id  INTEGER REFERENCES paragraph ON DELETE SET NULL,
    zh            TEXT NOT NULL,
    before        TEXT NOT NULL,
    after         TEXT NOT NULL,
    author        TEXT NOT NULL,
    made_at       TEXT NOT NULL,
    undone_at     TEXT,
    start         INTEGER,
    "end"         INTEGER
) STRICT;
CREATE INDEX correction_paragraph ON correction (paragraph_id);

-- Files that could not be read, until a later try succeeds.
CREATE TABLE quarantine (
    path      TEXT PRIMARY KEY,
    reason    TEXT NOT NULL,
    tried_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Paragraphs whose index entry is out of date. Triggers fill it in the same transaction as the
-- change, so that a crash between store and index is made good by the next ``archive index``.
CREATE TABLE unindexed (paragraph_id INTEGER PRIMARY KEY) STRICT;

CREATE TRIGGER paragraph_added AFTER INSERT ON paragraph BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.id);
END;
CREATE TRIGGER paragraph_changed AFTER UPDATE ON paragraph BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.id);
END;
CREATE TRIGGER paragraph_removed AFTER DELETE ON paragraph BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (old.id);
END;
CREATE TRIGGER translation_added AFTER INSERT ON translation BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.paragraph_id);
END;
CREATE TRIGGER translation_changed AFTER UPDATE ON translation BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.paragraph_id);
END;
CREATE TRIGGER correction_added AFTER INSERT ON correction BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.paragraph_id);
END;
CREATE TRIGGER correction_undone AFTER UPDATE ON correction BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.paragraph_id);
END;
CREATE TRIGGER issue_removed AFTER UPDATE OF removed_at, publication, date ON issue BEGIN
    INSERT OR IGNORE INTO unindexed
        SELECT paragraph.id FROM paragraph JOIN article ON article.id = paragraph.article_id
        WHERE article.issue_id = new.id;
END;
CREATE TRIGGER article_changed AFTER UPDATE ON article BEGIN
    INSERT OR IGNORE INTO unindexed SELECT id FROM paragraph WHERE article_id = new.id;
END;
