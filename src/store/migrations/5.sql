-- Version 4 to 5: what a table gets in addition. How growths bound the truth is filled in afterwards, as far as it is known.
ALTER TABLE metrics ADD COLUMN growth_to REAL;
ALTER TABLE metrics ADD COLUMN growth_bound TEXT CHECK (growth_bound = 'approx' OR growth_bound = 'gt' OR growth_bound = 'ge' OR
    growth_bound = 'lt' OR growth_bound = 'le' OR growth_bound = 'range');
ALTER TABLE metrics ADD COLUMN points_against TEXT CHECK (points_against = 'avg' OR points_against = 'cum');
ALTER TABLE doubts ADD COLUMN message_zh TEXT;
