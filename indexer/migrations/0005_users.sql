-- People who may correct the English. The password is kept only as an Argon2id hash.
CREATE TABLE user (
    name           TEXT PRIMARY KEY,
    password_hash  TEXT NOT NULL,
    created_at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
