-- Words that people are quoted with, found in the paragraphs; offsets into the paragraph's text.
-- ``pinyin`` is the speaker's name as fold.key spells it (wangyi), for search.
CREATE TABLE quotation (
    id            INTEGER PRIMARY KEY,
    paragraph_id  INTEGER NOT NULL REFERENCES paragraph ON DELETE CASCADE,
    start         INTEGER NOT NULL,
    "end"         INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    speaker       TEXT,
    pinyin        TEXT,
    role          TEXT,
    verb          TEXT,
    continued     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (paragraph_id, start, kind)
) STRICT;
CREATE INDEX quotation_speaker ON quotation (speaker);
CREATE INDEX quotation_pinyin ON quotation (pinyin);

-- Articles whose quotations are still to be found. Triggers fill it with the change itself.
CREATE TABLE unquoted (article_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO unquoted SELECT id FROM article;

CREATE TRIGGER unquoted_paragraph_added AFTER INSERT ON paragraph BEGIN
    INSERT OR IGNORE INTO unquoted VALUES (new.article_id);
END;
CREATE TRIGGER unquoted_paragraph_changed AFTER UPDATE OF article_id, ordinal, text ON paragraph
BEGIN
    INSERT OR IGNORE INTO unquoted VALUES (old.article_id), (new.article_id);
END;
CREATE TRIGGER unquoted_paragraph_removed AFTER DELETE ON paragraph BEGIN
    INSERT OR IGNORE INTO unquoted VALUES (old.article_id);
END;

CREATE TRIGGER quotation_added AFTER INSERT ON quotation BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (new.paragraph_id);
END;
CREATE TRIGGER quotation_removed AFTER DELETE ON quotation BEGIN
    INSERT OR IGNORE INTO unindexed VALUES (old.paragraph_id);
END;
