-- What each paragraph means, as a vector of length 1: float16 numbers, little-endian, one after
-- another. ``model`` names what made it. An ``id`` is never used twice: the highest one and the
-- count tell whoever holds vectors in memory whether anything has changed.
CREATE TABLE vector (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    paragraph_id  INTEGER NOT NULL UNIQUE REFERENCES paragraph ON DELETE CASCADE,
    model         TEXT NOT NULL,
    vector        BLOB NOT NULL
) STRICT;

-- A vector is made of a paragraph and the headline over it: it goes when one of them changes.
CREATE TRIGGER vector_of_other_text AFTER UPDATE OF text, article_id ON paragraph
WHEN new.text <> old.text OR new.article_id <> old.article_id BEGIN
    DELETE FROM vector WHERE paragraph_id = new.id;
END;
CREATE TRIGGER vector_of_other_headline AFTER UPDATE OF headline ON article
WHEN new.headline <> old.headline BEGIN
    DELETE FROM vector
    WHERE paragraph_id IN (SELECT id FROM paragraph WHERE article_id = new.id);
END;
