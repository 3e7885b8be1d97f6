-- Version 1 to 2: what a table gets in addition. New tables, views and indexes are made from schema.sql.
ALTER TABLE documents ADD COLUMN text_sha256 TEXT;
