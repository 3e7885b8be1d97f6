-- Version 2 to 3: what a table gets in addition. The lengths of reports and what answers are filled in afterwards.
ALTER TABLE sessions ADD COLUMN length INTEGER;
ALTER TABLE metrics ADD COLUMN answers INTEGER;
ALTER TABLE tasks ADD COLUMN figures INTEGER NOT NULL DEFAULT 0;
