//! Questions to try that a store can answer, made of what some of its reports say.

use std::collections::BTreeMap;

use zhenzhi::query::Lang;
use zhenzhi::store::{Store, StoreError};

use crate::language::in_lang;

/// The latest report of some places: which whole-place figures they give for their own year. Looking at few places
/// keeps this quick in a store of any size.
const FIGURES: &str = "
    SELECT places.kind, indicators.name_zh, indicators.name_en, indicators.unit, indicators.rowid,
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

/// Up to three questions, in a language. They are written as the language has them and not tried: that would take the
/// time in which the prompt should stand there. A store that cannot be read has none; that is said when it is asked.
pub(super) fn questions(store: &Store, lang: Lang) -> Vec<String> {
    made(store, lang).unwrap_or_default()
}

/// What the places of one kind give of an indicator.
struct Given {
    indicator: [String; 2],
    values: usize,
    growths: Vec<f64>,
    is_money: bool,
    turn: i64,
}

impl Given {
    fn named(&self, lang: Lang) -> &str {
        in_lang(lang, &self.indicator[0], &self.indicator[1])
    }
}

fn made(store: &Store, lang: Lang) -> Result<Vec<String>, StoreError> {
    let Some((rows, givens)) = given(store)? else {
        return Ok(Vec::new());
    };
    let rows = in_lang(lang, rows.0, rows.1);
    let mut questions = Vec::new();
    if let Some(first) = givens.first().filter(|given| given.values > 0) {
        let indicator = first.named(lang);
        questions.push(match lang {
            Lang::En => format!("{rows} with the highest {indicator}"),
            Lang::Zh => format!("{indicator}最高的{rows}"),
        });
    }
    // As many as may be are over the bound, but not all.
    let over = |given: &Given, bound: f64| given.growths.iter().any(|growth| *growth > bound);
    let mut others = givens.iter().skip(1).chain(givens.first());
    let grown = others.find_map(|given| {
        let bound = BOUNDS.iter().find(|bound| over(given, **bound))?;
        Some((given.named(lang), bound))
    });
    questions.extend(grown.map(|(indicator, bound)| match lang {
        Lang::En => format!("{rows} with {indicator} growth over {bound}%"),
        Lang::Zh => format!("{indicator}增速超过{bound}%的{rows}"),
    }));
    let longest = store.select(LONGEST, &[])?.rows;
    if let Some([name, years]) = longest.first().map(Vec::as_slice)
        && let (Some(name), Some(first)) = (name.text(), givens.first())
    {
        let indicator = first.named(lang);
        let is_series = years.integer() > Some(1);
        questions.push(match (is_series, lang) {
            (true, Lang::En) => format!("{indicator} of {name} by year"),
            (true, Lang::Zh) => format!("{name}的{indicator}，按年份"),
            (false, Lang::En) => format!("tasks of {name}"),
            (false, Lang::Zh) => format!("{name}的任务"),
        });
    }
    Ok(questions)
}

/// The kind of place that most is known of, and what is given of such places, what is asked first in front.
fn given(store: &Store) -> Result<Option<(Words, Vec<Given>)>, StoreError> {
    let mut by_kind: BTreeMap<Words, BTreeMap<String, Given>> = BTreeMap::new();
    for row in store.select(FIGURES, &[])?.rows {
        let [kind, name, name_en, unit, turn, value, growth] = &row[..] else {
            continue;
        };
        let (Some(name), Some(name_en)) = (name.text(), name_en.text()) else {
            continue;
        };
        let given = by_kind
            .entry(head(kind.text().unwrap_or_default()))
            .or_default()
            .entry(name.to_owned())
            .or_insert_with(|| Given {
                indicator: [name_en.to_owned(), name.to_owned()],
                values: 0,
                growths: Vec::new(),
                is_money: unit.text() == Some("元"),
                turn: turn.integer().unwrap_or(i64::MAX),
            });
        given.values += usize::from(!value.is_null());
        given.growths.extend(growth.number());
    }
    let most = by_kind
        .into_iter()
        .max_by_key(|(_, givens)| givens.values().map(|given| given.values).sum::<usize>());
    Ok(most.map(|(rows, givens)| {
        let mut givens: Vec<Given> = givens.into_values().collect();
        givens.sort_by_key(|given| (!given.is_money, std::cmp::Reverse(given.values), given.turn));
        (rows, givens)
    }))
}

/// The words of the language for places of a kind, English and Chinese.
type Words = (&'static str, &'static str);

fn head(kind: &str) -> Words {
    match kind {
        "town" | "township" | "subdistrict" => ("towns", "镇"),
        "county" | "district" | "county-city" => ("counties", "区县"),
        "city" | "prefecture" => ("cities", "市"),
        "province" | "municipality" => ("provinces", "省"),
        _ => ("places", "地方"),
    }
}
