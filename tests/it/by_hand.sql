-- Ten typical questions, and under each what a good hand would write in SQL for the same rows over a store of ours: one
-- figure a place, the whole year's before a part of it, with the place where it is said. A column that an answer has too
-- has its name, `absence` is why there is no value, and from `looked_at` on stands what the answer's notes count, in
-- their order. 云塘镇 stands for a place of the store that is asked. A hand leaves out what its question does not need:
-- nobody aims at less tax, taxes are neither begun nor newly added, and why a text gives no figure is not looked for in
-- its sentences.

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
WITH goals AS (
    SELECT g.*, t.id AS town_id, t.name AS town,
        CASE WHEN g.value IS NOT NULL THEN (
            SELECT m.id FROM sessions AS s
            JOIN metrics AS m ON m.session_id = s.id AND m.indicator = 'tax_revenue' AND m.year = 2023 AND m.period = 'year'
            WHERE s.town_id = t.id AND s.review_year >= 2023 AND m.status <> 'target' AND m.unit = g.unit
            ORDER BY s.review_year, m.start LIMIT 1
        ) END AS by_value,
        CASE WHEN g.growth_kind = 'yoy' THEN (
            SELECT m.id FROM sessions AS s
            JOIN metrics AS m ON m.session_id = s.id AND m.indicator = 'tax_revenue' AND m.year = 2023 AND m.period = 'year'
            WHERE s.town_id = t.id AND s.review_year >= 2023 AND m.status <> 'target' AND (m.growth_kind = 'yoy' OR g.value IS NULL)
            ORDER BY m.growth_kind IS NOT 'yoy', s.review_year, m.start LIMIT 1
        ) END AS by_growth
    FROM towns AS t
    JOIN metrics AS g ON g.id = (
        SELECT m.id FROM sessions AS s
        JOIN metrics AS m ON m.session_id = s.id AND m.indicator = 'tax_revenue' AND m.year = 2023 AND m.period = 'year'
        WHERE s.town_id = t.id AND s.review_year < 2023 AND m.status = 'target'
        ORDER BY s.review_year DESC, m.start LIMIT 1
    )
    WHERE t.kind IN ('town', 'township', 'subdistrict')
),
beside AS MATERIALIZED (
    SELECT g.id, g.town_id, g.town, g.value AS target, g.unit, g.bound AS target_bound,
        CASE WHEN g.growth_kind = 'yoy' THEN g.growth END AS target_growth,
        v.id AS value_id, c.id AS growth_id, b.id AS base_id, ifnull(v.value, c.value) AS result, ifnull(v.unit, c.unit) AS result_unit,
        CASE WHEN v.id IS NULL THEN c.bound ELSE v.bound END AS result_bound, ifnull(v.status, c.status) AS status,
        CASE WHEN b.id IS NOT NULL THEN 100 * (c.value / b.value - 1) ELSE ifnull(c.growth, v.growth) END AS result_growth,
        v.value - g.value AS over,
        CASE WHEN b.id IS NOT NULL THEN 100 * (c.value / b.value - 1) ELSE c.growth END - g.growth AS faster,
        CASE WHEN v.bound IN ('lt', 'le') THEN 0.05 * v.value ELSE 0 END AS less,
        CASE WHEN v.bound IN ('gt', 'ge') THEN 0.05 * v.value WHEN v.bound = 'range' THEN v.value_high - v.value ELSE 0 END AS more,
        CASE WHEN 'approx' IN (g.bound, v.bound) THEN 0.02 ELSE 0.0005 END * g.value AS slack,
        v.value < 0.5 * g.value OR v.value > 3 * g.value
            OR v.value < g.value AND v.growth_kind = 'yoy' AND g.value * (1 + v.growth / 100) > 1.3 * v.value AS far,
        CASE WHEN c.value IS NULL AND c.bound IN ('lt', 'le') THEN 1 ELSE 0 END AS growth_less,
        CASE WHEN c.value IS NULL AND c.bound IN ('gt', 'ge') THEN 1 ELSE 0 END AS growth_more,
        CASE WHEN b.id IS NOT NULL OR c.value IS NULL AND c.bound = 'approx' OR g.value IS NULL AND g.bound = 'approx' THEN 0.5 ELSE 0.05 END AS growth_slack
    FROM goals AS g
    LEFT JOIN metrics AS v ON v.id = g.by_value
    LEFT JOIN metrics AS c ON c.id = g.by_growth
    LEFT JOIN metrics AS b ON c.growth_kind IS NOT 'yoy' AND b.id = (
        SELECT m.id FROM sessions AS s
        JOIN metrics AS m ON m.session_id = s.id AND m.indicator = 'tax_revenue' AND m.year = 2022 AND m.period = 'year'
        WHERE s.town_id = g.town_id AND s.review_year >= 2022 AND m.status <> 'target' AND m.unit = c.unit AND m.bound = 'eq'
            AND c.bound = 'eq' AND c.value BETWEEN 0.5 * m.value AND 2 * m.value
        ORDER BY s.review_year, m.start LIMIT 1
    )
),
alone AS (
    SELECT *,
        CASE WHEN far THEN 'unclear' WHEN over - less >= 0 THEN 'met' WHEN over + more < -slack THEN 'missed'
            WHEN over IS NOT NULL THEN 'unclear' END AS by_value,
        CASE WHEN faster - growth_less >= CASE WHEN base_id IS NULL THEN 0 ELSE 0.5 END THEN 'met'
            WHEN faster + growth_more < -growth_slack - 1e-9 THEN 'missed' WHEN faster IS NOT NULL THEN 'unclear' END AS by_growth
    FROM beside
),
judged AS MATERIALIZED (
    SELECT *, by_value IS NULL OR by_value = 'unclear' AND by_growth <> 'unclear' AS on_growth,
        CASE WHEN by_growth IS NULL OR by_growth IN (by_value, 'unclear') THEN ifnull(by_value, by_growth)
            WHEN by_value IS NULL OR by_value = 'unclear' THEN by_growth ELSE 'unclear' END AS verdict
    FROM alone
),
reasoned AS (
    SELECT *, CASE
        WHEN verdict IS NOT NULL THEN CASE WHEN NOT on_growth THEN 'value' WHEN base_id IS NULL THEN 'growth' ELSE 'derived-growth' END
        WHEN NOT EXISTS (SELECT 1 FROM sessions AS s WHERE s.town_id = judged.town_id AND s.review_year >= 2023) THEN 'no-later-report'
        ELSE (
            SELECT CASE max(m.period = 'year') WHEN 1 THEN 'other-measure' WHEN 0 THEN 'part-year' ELSE 'not-stated' END
            FROM sessions AS s
            JOIN metrics AS m ON m.session_id = s.id AND m.indicator = 'tax_revenue' AND m.year = 2023 AND m.status <> 'target'
            WHERE s.town_id = judged.town_id AND s.review_year >= 2023
        ) END AS reason
    FROM judged
),
counted AS (
    SELECT (SELECT count(*) FROM towns WHERE kind IN ('town', 'township', 'subdistrict')
            AND id IN (SELECT town_id FROM sessions)) AS looked_at,
        sum(verdict IS 'met') AS met, sum(verdict IS 'missed') AS missed, sum(verdict IS 'unclear') AS unclear,
        sum(reason = 'no-later-report') AS no_later_report, sum(reason = 'not-stated') AS not_stated,
        sum(reason = 'part-year') AS part_year, sum(reason = 'other-measure') AS other_measure
    FROM reasoned
)
SELECT town, t.county, t.city, t.province, 2023 AS year, target, target_bound, j.unit AS unit, target_growth, '%' AS target_growth_unit,
    result, result_bound, result_unit, result_growth, '%' AS result_growth_unit, j.status,
    CASE WHEN on_growth THEN faster ELSE over END AS difference,
    CASE WHEN on_growth THEN '百分点' ELSE j.unit END AS difference_unit, verdict,
    reason,
    dg.name, g.quote, g.start, g."end", g.number, g.value, g.id, dr.name, r.quote, r.start, r."end", r.number, r.value, r.id,
    dc.name, c.quote, c.start, c."end", c.number, c.value, c.id, db.name, b.quote, b.start, b."end", b.number, b.value, b.id,
    counted.*
FROM reasoned AS j
JOIN towns AS t ON t.id = j.town_id
CROSS JOIN counted
JOIN metrics AS g ON g.id = j.id
JOIN sessions AS sg ON sg.id = g.session_id
JOIN documents AS dg ON dg.id = sg.document_id
JOIN metrics AS r ON r.id = ifnull(value_id, growth_id)
JOIN sessions AS sr ON sr.id = r.session_id
JOIN documents AS dr ON dr.id = sr.document_id
LEFT JOIN metrics AS c ON c.id = growth_id AND c.id <> r.id
LEFT JOIN sessions AS sc ON sc.id = c.session_id
LEFT JOIN documents AS dc ON dc.id = sc.document_id
LEFT JOIN metrics AS b ON b.id = base_id
LEFT JOIN sessions AS sb ON sb.id = b.session_id
LEFT JOIN documents AS db ON db.id = sb.document_id
WHERE verdict = 'missed'
ORDER BY CASE WHEN on_growth THEN faster ELSE 100 * over / target END;

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
WITH said AS MATERIALIZED (
    SELECT s.town_id, max(m.value IS NOT NULL) AS has_value, max(m.growth_kind IS 'yoy') AS has_growth
    FROM metrics AS m
    JOIN sessions AS s ON s.id = m.session_id
    JOIN towns AS t ON t.id = s.town_id AND t.kind IN ('town', 'township', 'subdistrict')
    WHERE m.indicator = 'livelihood_spending' AND m.status <> 'target' AND m.year = 2022 AND m.period <> 'cumulative'
    GROUP BY s.town_id
),
asked AS MATERIALIZED (
    SELECT t.id, t.name, t.county, t.city, t.province, (
        SELECT id FROM sessions WHERE town_id = t.id AND review_year = 2022 ORDER BY id DESC LIMIT 1
    ) AS session_id
    FROM towns AS t
    WHERE t.kind IN ('town', 'township', 'subdistrict') AND t.id IN (SELECT town_id FROM sessions)
)
SELECT name AS town, county, city, province, 2022 AS year, NULL AS value,
    CASE WHEN session_id IS NULL THEN 'no-report' WHEN has_value IS NOT NULL THEN 'other-growth' WHEN EXISTS (
        SELECT 1 FROM metrics WHERE indicator = 'livelihood_spending' AND session_id = a.session_id AND status <> 'target'
            AND period = 'cumulative'
    ) THEN 'several-years' ELSE 'not-mentioned' END AS absence,
    (SELECT count(*) FROM asked) AS looked_at,
    (SELECT sum(has_value) FROM said) AS stated,
    (SELECT sum(has_growth AND NOT has_value) FROM said) AS growth_only
FROM asked AS a
LEFT JOIN said ON town_id = id
WHERE has_value IS NOT 1 AND has_growth IS NOT 1
ORDER BY name;
