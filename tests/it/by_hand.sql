-- Ten typical questions, and under each what a good hand would write in SQL for the same rows over a store of ours: one
-- figure a place, the whole year's before a part of it, with the place where it is said. A column that an answer has too
-- has its name. 云塘镇 stands for a place of the store that is asked.

-- towns with tax growth over 10%
WITH figures AS (
    SELECT m.*, t.name AS town, s.document_id,
        row_number() OVER (PARTITION BY t.id ORDER BY m.value IS NULL, m.period <> 'year', m.start) AS turn
    FROM towns AS t
    JOIN sessions AS s
        ON s.id = (SELECT id FROM sessions WHERE town_id = t.id ORDER BY review_year DESC, id DESC LIMIT 1)
    JOIN metrics AS m ON m.indicator = 'tax_revenue' AND m.session_id = s.id AND m.status <> 'target'
        AND m.year = s.review_year AND m.period <> 'cumulative'
    WHERE t.kind IN ('town', 'township', 'subdistrict')
)
SELECT town, year, value AS value, growth, status, d.name, quote, start, "end"
FROM figures
JOIN documents AS d ON d.id = document_id
WHERE turn = 1 AND growth > 10 AND growth_kind = 'yoy'
ORDER BY growth DESC;

-- towns with the highest tax
WITH figures AS (
    SELECT m.*, t.name AS town, s.document_id,
        row_number() OVER (PARTITION BY t.id ORDER BY m.value IS NULL, m.period <> 'year', m.start) AS turn
    FROM towns AS t
    JOIN sessions AS s
        ON s.id = (SELECT id FROM sessions WHERE town_id = t.id ORDER BY review_year DESC, id DESC LIMIT 1)
    JOIN metrics AS m ON m.indicator = 'tax_revenue' AND m.session_id = s.id AND m.status <> 'target'
        AND m.year = s.review_year AND m.period <> 'cumulative'
    WHERE t.kind IN ('town', 'township', 'subdistrict')
),
one AS (SELECT * FROM figures WHERE turn = 1)
SELECT town, year, value AS value, growth, status, d.name, quote, start, "end"
FROM one
JOIN documents AS d ON d.id = document_id
WHERE value = (SELECT max(value) FROM one);

-- 云塘镇2023年税收收入是多少
SELECT t.name AS town, m.year, m.value AS value, m.growth, m.status, d.name, m.quote, m.start, m."end"
FROM towns AS t
JOIN sessions AS s ON s.town_id = t.id
JOIN metrics AS m ON m.indicator = 'tax_revenue' AND m.session_id = s.id AND m.status <> 'target' AND m.year = 2023
    AND m.period <> 'cumulative'
JOIN documents AS d ON d.id = s.document_id
WHERE t.name = '云塘镇'
ORDER BY s.review_year <> 2023, m.value IS NULL, m.period <> 'year', s.review_year DESC, m.start
LIMIT 1;

-- tax of 云塘镇 by year
WITH figures AS (
    SELECT m.*, t.name AS town, s.document_id,
        row_number() OVER (PARTITION BY m.year ORDER BY m.year <> s.review_year, m.value IS NULL, m.period <> 'year',
            s.review_year DESC, m.start) AS turn
    FROM towns AS t
    JOIN sessions AS s ON s.town_id = t.id
    JOIN metrics AS m ON m.indicator = 'tax_revenue' AND m.session_id = s.id AND m.status <> 'target'
        AND m.period <> 'cumulative'
    WHERE t.name = '云塘镇'
)
SELECT town, year, value AS value, growth, status, d.name, quote, start, "end"
FROM figures
JOIN documents AS d ON d.id = document_id
WHERE turn = 1
ORDER BY year;

-- total investment by province
WITH figures AS (
    SELECT m.*, t.province, s.document_id,
        row_number() OVER (PARTITION BY t.id ORDER BY m.value IS NULL, m.period <> 'year', m.start) AS turn
    FROM towns AS t
    JOIN sessions AS s
        ON s.id = (SELECT id FROM sessions WHERE town_id = t.id ORDER BY review_year DESC, id DESC LIMIT 1)
    JOIN metrics AS m ON m.indicator = 'fixed_asset_investment' AND m.session_id = s.id AND m.status <> 'target'
        AND m.year = s.review_year AND m.period <> 'cumulative'
    WHERE t.kind IN ('town', 'township', 'subdistrict')
)
SELECT province, sum(value) AS value, count(value) AS stated,
    json_group_array(json_object('document', d.name, 'quote', quote, 'start', start, 'end', "end"))
FROM figures
JOIN documents AS d ON d.id = document_id
WHERE turn = 1 AND value IS NOT NULL AND province IS NOT NULL
GROUP BY province
ORDER BY 2 DESC;

-- towns with tax below target in 2023
WITH figures AS (
    SELECT m.*, s.town_id, s.review_year, s.document_id,
        row_number() OVER (PARTITION BY s.town_id, m.status = 'target'
            ORDER BY s.review_year, m.value IS NULL, m.period <> 'year', m.start) AS turn
    FROM towns AS t
    JOIN sessions AS s ON s.town_id = t.id
    JOIN metrics AS m ON m.indicator = 'tax_revenue' AND m.session_id = s.id AND m.year = 2023 AND m.period = 'year'
        AND (m.status <> 'target' OR s.review_year < 2023)
    WHERE t.kind IN ('town', 'township', 'subdistrict')
)
SELECT t.name AS town, r.year, g.value AS target, g.growth AS target_growth, r.value AS result, r.growth AS result_growth,
    r.status, dg.name, g.quote, g.start, g."end", dr.name, r.quote, r.start, r."end"
FROM figures AS g
JOIN figures AS r ON r.town_id = g.town_id AND r.status <> 'target' AND r.turn = 1
JOIN towns AS t ON t.id = g.town_id
JOIN documents AS dg ON dg.id = g.document_id
JOIN documents AS dr ON dr.id = r.document_id
WHERE g.status = 'target' AND g.turn = 1 AND CASE
    WHEN g.value IS NOT NULL AND r.value IS NOT NULL
    THEN r.value < g.value * (1 - CASE WHEN 'approx' IN (g.bound, r.bound) THEN 0.02 ELSE 0.0005 END)
    ELSE r.growth < g.growth - CASE WHEN 'approx' IN (g.bound, r.bound) THEN 0.5 ELSE 0.05 END
END;

-- towns with tax growth above average
WITH figures AS (
    SELECT m.*, t.name AS town, s.document_id,
        row_number() OVER (PARTITION BY t.id ORDER BY m.value IS NULL, m.period <> 'year', m.start) AS turn
    FROM towns AS t
    JOIN sessions AS s
        ON s.id = (SELECT id FROM sessions WHERE town_id = t.id ORDER BY review_year DESC, id DESC LIMIT 1)
    JOIN metrics AS m ON m.indicator = 'tax_revenue' AND m.session_id = s.id AND m.status <> 'target'
        AND m.year = s.review_year AND m.period <> 'cumulative'
    WHERE t.kind IN ('town', 'township', 'subdistrict')
),
one AS (SELECT * FROM figures WHERE turn = 1 AND growth_kind = 'yoy')
SELECT town, year, value AS value, growth, status, d.name, quote, start, "end"
FROM one
JOIN documents AS d ON d.id = document_id
WHERE growth > (SELECT avg(growth) FROM one)
ORDER BY growth DESC;

-- tasks of 云塘镇 in 2023 mentioning "食堂"
SELECT t.name AS town, s.plan_year AS year, k.topic, k.text AS task, k.deadline, d.name,
    substr(d.text, k.start + 1, k."end" - k.start), k.start, k."end"
FROM towns AS t
JOIN sessions AS s ON s.town_id = t.id
JOIN tasks AS k ON k.session_id = s.id
JOIN documents AS d ON d.id = s.document_id
WHERE t.name = '云塘镇' AND s.plan_year = 2023 AND instr(k.text, '食堂')
ORDER BY k.start;

-- frequency of "养老" by town
WITH body AS (
    SELECT t.name AS town, s.review_year AS year, d.name, s.start, substr(d.text, s.start + 1, s."end" - s.start) AS raw
    FROM towns AS t
    JOIN sessions AS s
        ON s.id = (SELECT id FROM sessions WHERE town_id = t.id ORDER BY review_year DESC, id DESC LIMIT 1)
    JOIN documents AS d ON d.id = s.document_id
    WHERE t.kind IN ('town', 'township', 'subdistrict')
),
clean AS (
    SELECT *, replace(replace(replace(replace(raw, ' ', ''), char(10), ''), char(13), ''), '　', '') AS text FROM body
)
SELECT town, year, (length(text) - length(replace(text, '养老', ''))) / 2 AS count,
    round(500.0 * (length(text) - length(replace(text, '养老', ''))) / length(text), 3) AS per_thousand,
    name, start + instr(raw, '养老') - 1
FROM clean
ORDER BY 3 DESC;

-- towns missing livelihood spending in 2022
SELECT name AS town
FROM towns
WHERE kind IN ('town', 'township', 'subdistrict')
    AND id IN (SELECT town_id FROM sessions)
    AND id NOT IN (
        SELECT s.town_id FROM metrics AS m
        JOIN sessions AS s ON s.id = m.session_id
        WHERE m.indicator = 'livelihood_spending' AND m.status <> 'target' AND m.year = 2022
            AND m.period <> 'cumulative' AND s.town_id IS NOT NULL
    )
ORDER BY name;
