//! Questions to try that a store can answer, made of what some of its reports say.

use std::collections::BTreeMap;

use zhenzhi::query::{Lang, compile};
use zhenzhi::store::StoreError;

use super::session::Session;

/// The latest report of some places: which whole-place figures they give for their own year. Looking at few places
/// keeps this quick in a store of any size.
const FIGURES: &str = "
    SELECT places.name, places.kind, indicators.name_zh, indicators.unit, indicators.rowid,
        max(metrics.value), max(CASE WHEN growth_kind = 'yoy' THEN growth END)
    FROM (SELECT id, name, kind FROM towns ORDER BY id LIMIT 30) AS places
    JOIN sessions ON sessions.id = (SELECT id FROM sessions AS latest WHERE latest.town_id = places.id
        AND review_year IS NOT NULL ORDER BY review_year DESC LIMIT 1)
    JOIN metrics ON metrics.session_id = sessions.id
    JOIN indicators ON indicators.id = metrics.indicator
    WHERE metrics.year = sessions.review_year AND status <> 'target' AND period = 'year'
    GROUP BY places.id, indicators.rowid";

/// The place of these with most reports, and how many.
const LONGEST: &str = "
    SELECT places.name, count(DISTINCT review_year)
    FROM (SELECT id, name FROM towns ORDER BY id LIMIT 30) AS places JOIN sessions ON town_id = places.id
    GROUP BY places.id ORDER BY 2 DESC, places.id LIMIT 1";

/// A growth that some are over is found among these, percent.
const BOUNDS: [f64; 8] = [30.0, 20.0, 15.0, 10.0, 8.0, 5.0, 3.0, 0.0];

/// Up to three questions, in a language. A store that cannot be read has none; that is said when it is asked.
pub(super) fn questions(session: &Session, lang: Lang) -> Vec<String> {
    let made = made(session).unwrap_or_default();
    let mut vocabulary = session.vocabulary.borrow_mut();
    let Ok(catalog) = vocabulary.names() else {
        return Vec::new();
    };
    // The reading has the names of the language, and a question that is not understood is not offered.
    made.iter()
        .filter_map(|question| compile(question, catalog).ok())
        .map(|compiled| compiled.reading.in_lang(lang).to_owned())
        .collect()
}

/// What the places of one kind give of an indicator.
struct Given {
    indicator: String,
    values: usize,
    growths: Vec<f64>,
    is_money: bool,
    turn: i64,
}

fn made(session: &Session) -> Result<Vec<String>, StoreError> {
    let mut by_kind: BTreeMap<&'static str, BTreeMap<String, Given>> = BTreeMap::new();
    for row in session.store.select(FIGURES, &[])?.rows {
        let [_, kind, name, unit, turn, value, growth] = &row[..] else {
            continue;
        };
        let Some(name) = name.text() else { continue };
        let given = by_kind
            .entry(head(kind.text().unwrap_or_default()))
            .or_default()
            .entry(name.to_owned())
            .or_insert_with(|| Given {
                indicator: name.to_owned(),
                values: 0,
                growths: Vec::new(),
                is_money: unit.text() == Some("元"),
                turn: turn.integer().unwrap_or(i64::MAX),
            });
        given.values += usize::from(!value.is_null());
        given.growths.extend(growth.number());
    }
    // The kind of place that most is known of.
    let most = by_kind
        .into_iter()
        .max_by_key(|(_, givens)| givens.values().map(|given| given.values).sum::<usize>());
    let Some((rows, givens)) = most else {
        return Ok(Vec::new());
    };
    let mut givens: Vec<Given> = givens.into_values().collect();
    givens.sort_by_key(|given| (!given.is_money, std::cmp::Reverse(given.values), given.turn));
    let mut questions = Vec::new();
    questions.extend(
        givens
            .first()
            .filter(|given| given.values > 0)
            .map(|given| format!("{}最高的{rows}", given.indicator)),
    );
    questions.extend(
        givens
            .iter()
            .skip(1)
            .chain(givens.first())
            .find_map(|given| {
                // As many as may be are over it, but not all.
                let over = |bound: f64| {
                    given
                        .growths
                        .iter()
                        .filter(|growth| **growth > bound)
                        .count()
                };
                let bound = BOUNDS.iter().find(|bound| over(**bound) > 0)?;
                Some(format!("{}增长超过{bound}%的{rows}", given.indicator))
            }),
    );
    let longest = session.store.select(LONGEST, &[])?.rows;
    if let Some([name, years]) = longest.first().map(Vec::as_slice)
        && let Some(name) = name.text()
    {
        let is_series = years.integer() > Some(1);
        questions.extend(givens.first().map(|given| {
            if is_series {
                format!("{name}的{}，按年份", given.indicator)
            } else {
                format!("{name}的任务")
            }
        }));
    }
    Ok(questions)
}

/// The word of the language for places of a kind.
fn head(kind: &str) -> &'static str {
    match kind {
        "town" | "township" | "subdistrict" => "镇",
        "county" | "district" | "county-city" => "区县",
        "city" | "prefecture" => "市",
        "province" | "municipality" => "省",
        _ => "地方",
    }
}
