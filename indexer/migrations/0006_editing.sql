-- What people changed in the segmentation of an article, whole texts before and after.
CREATE TABLE edit (
    id           INTEGER PRIMARY KEY,
    article_key  TEXT NOT NULL,
    before       TEXT NOT NULL,
    after        TEXT NOT NULL,
    author       TEXT NOT NULL,
    made_at      TEXT NOT NULL
) STRICT;
CREATE INDEX edit_article ON edit (article_key);

-- A sketch of each article's text: the smallest hashes of its shingles. Articles that share most
-- of them are printings of one text.
CREATE TABLE sketch (
    hash        INTEGER NOT NULL,
    article_id  INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    PRIMARY KEY (hash, article_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX sketch_article ON sketch (article_id);

-- Paragraphs that an index run has taken from ``unindexed`` and not finished with. What changes
-- meanwhile goes into ``unindexed`` again, so that no change is missed.
CREATE TABLE indexing (paragraph_id INTEGER PRIMARY KEY) STRICT;
