use super::column::{Column, ColumnKind, Field};
use super::figures::year_filter;
use super::groups::{area, area_column};
use super::project::of_place;
use super::scope::{places, reports};
use super::sources::quotes;
use super::stated::of_new;
use super::targets::{self, Wanted};
use super::{Emitted, MANY, NoteField, Params, SourceForm, notes, records};
use crate::query::plan::{Condition, Group, Measure, Plan, Shown, Step, Years};

/// Rows that are targets, each beside what came of it.
pub(super) fn emit(plan: &Plan, mut params: Params) -> Emitted {
    let years = &plan.scope.years;
    let mut tables = vec![places(plan, &mut params)];
    if *years == Years::Latest {
        tables.push(reports(plan, &mut params));
    }
    let wanted = Wanted {
        n: String::new(),
        indicator: None,
        is_of_new: false,
        everywhere: plan.scope.places.is_empty(),
        years,
        one_of: None,
    };
    tables.push(targets::pairs(&wanted, "pair", &mut params));
    let tables = tables.join(",\n");

    let mut kept = Vec::new();
    let mut limit = String::new();
    for step in &plan.steps {
        match step {
            Step::Keep(condition) => kept.push(self::condition(condition, &mut params)),
            Step::Limit(count) => limit = format!("\nLIMIT {count}"),
            // Refused when the question was resolved.
            Step::Sort { .. } | Step::Take { .. } | Step::InTime { .. } => {}
        }
    }
    let filter = if kept.is_empty() {
        String::new()
    } else {
        format!("\nWHERE {}", kept.join(" AND "))
    };
    let from =
        "pair JOIN place ON place.id = pair.town_id JOIN indicators i ON i.id = pair.indicator";
    let (mut columns, order) = if let Shown::Verdicts(keys) = &plan.shown {
        let (columns, tail) = counts(plan, keys);
        (columns, format!("{tail}{limit}"))
    } else if plan.counted {
        let count = Field::Shown(Column::new("count", "数目", ColumnKind::Count));
        (vec![("COUNT(*)".to_owned(), count)], String::new())
    } else {
        let order = "ORDER BY place.name, place.id, pair.year, pair.stated_in DESC, pair.aside, pair.start, goal";
        (projection(params.form), format!("\n{order}{limit}"))
    };
    let told = [
        (targets::totals(""), NoteField::Verdicts(0)),
        (incomparable(years, &mut params), NoteField::Incomparable),
    ];
    let noted = notes::column(&told, &format!(" FROM {}", targets::SAID));
    columns.push((noted.clone(), notes::field(&told)));
    let (sql, fields): (Vec<String>, Vec<Field>) = columns.into_iter().unzip();
    let rows = params.statement(format!(
        "WITH {tables}\nSELECT {}\nFROM {from}{filter}{order}",
        sql.join(",\n  ")
    ));
    Emitted {
        rows,
        fields,
        if_empty: Some(params.statement(format!("WITH {tables}\nSELECT {noted}"))),
        reason: notes::field(&told),
        says_why: false,
    }
}

/// How many targets of each group were met and missed, and which part of those with a verdict were met; only how many
/// there are where one verdict is asked for.
fn counts(plan: &Plan, keys: &[Group]) -> (Vec<(String, Field)>, String) {
    let count = |wanted: &str, name: &str, zh: &str| {
        let column = Column::new(name, zh, ColumnKind::Count);
        (
            format!("COUNT(*) FILTER (WHERE pair.{wanted})"),
            Field::Shown(column),
        )
    };
    let is_judged = plan.steps.iter().any(|step| {
        matches!(step, Step::Keep(condition) if condition.singles().iter().any(|single| matches!(single, Condition::Verdict(_))))
    });
    let mut columns: Vec<(String, Field)> = keys
        .iter()
        .map(|key| {
            let (sql, column) = match key {
                Group::Place => (
                    "place.name".to_owned(),
                    Column::new("town", "地方", ColumnKind::Text),
                ),
                Group::Area(level) => (area(*level, "place."), area_column(*level)),
                Group::Year => (
                    "pair.year".to_owned(),
                    Column::new("year", "年份", ColumnKind::Year),
                ),
                Group::Report | Group::Field(_) => (
                    "i.name_zh".to_owned(),
                    records::column(crate::query::plan::Field::Indicator),
                ),
            };
            (sql, Field::Shown(column))
        })
        .collect();
    let group: Vec<String> = keys
        .iter()
        .enumerate()
        .map(|(at, key)| match key {
            // Two places of one name are two.
            Group::Place => "place.id".to_owned(),
            _ => (at + 1).to_string(),
        })
        .collect();
    if keys.contains(&Group::Place) {
        columns.extend(of_place("place.id", "place."));
    }
    if is_judged {
        let column = Column::new("count", "数目", ColumnKind::Count);
        columns.push(("COUNT(*)".to_owned(), Field::Shown(column)));
    } else {
        columns.push(count("verdict = 'met'", "met", "完成"));
        columns.push(count("verdict = 'missed'", "missed", "未完成"));
        columns.push(count("verdict = 'unclear'", "unclear", "不明"));
        columns.push(count("verdict IS NULL", "without_result", "没有结果"));
        let share = Column::new("met_of_judged", "有结论中的完成占比", ColumnKind::Number)
            .in_unit(Some("%"));
        columns.push((
            "round(100.0 * COUNT(*) FILTER (WHERE pair.verdict = 'met') / NULLIF(COUNT(*) FILTER (WHERE pair.verdict IN ('met', 'missed')), 0), 1)".to_owned(),
            Field::Shown(share),
        ));
    }
    // The targets behind a count are those of the same question without `count`.
    columns.push(("'[]'".to_owned(), Field::Sources));
    let by = if group.is_empty() {
        String::new()
    } else {
        format!("\nGROUP BY {}", group.join(", "))
    };
    let order = match keys {
        [] => String::new(),
        [Group::Year] => "\nORDER BY 1".to_owned(),
        _ => "\nORDER BY COUNT(*) DESC, 1".to_owned(),
    };
    (columns, format!("{by}{order}"))
}

fn projection(form: SourceForm) -> Vec<(String, Field)> {
    let shown = |sql: &str, name: &str, zh: &str, kind| {
        (sql.to_owned(), Field::Shown(Column::new(name, zh, kind)))
    };
    let mut fields = vec![
        shown("place.name", "town", "地方", ColumnKind::Text),
        ("pair.reported".to_owned(), Field::Reported),
        shown("pair.year", "year", "年份", ColumnKind::Year),
        shown("i.name_en", "indicator", "指标（英文）", ColumnKind::Text),
        shown("pair.label", "figure", "指标", ColumnKind::Text),
    ];
    fields.extend(of_place("place.id", "place."));
    fields.extend(targets::fields("", None, ("", "")));
    let ids = targets::METRICS.map(|metric| format!("pair.{metric}"));
    fields.push((quotes(&ids, form), Field::Sources));
    fields
}

/// Targets for these years that were not paired.
fn incomparable(years: &Years, params: &mut Params) -> String {
    let latest = if *years == Years::Latest {
        " JOIN report ON report.town_id = place.id AND report.review_year = m.year"
    } else {
        ""
    };
    let year = year_filter("m.year", years, params)
        .map_or(String::new(), |filter| format!(" AND {filter}"));
    // The first so many: see `MANY`.
    format!(
        "(SELECT COUNT(*) FROM (SELECT 1 FROM place JOIN sessions s ON s.town_id = place.id JOIN metrics m ON m.session_id = s.id{latest} \
         WHERE m.status = 'target' AND m.year > s.review_year{year} AND m.id NOT IN (SELECT id FROM {}) LIMIT {}))",
        targets::SAID,
        MANY + 1
    )
}

fn condition(condition: &Condition, params: &mut Params) -> String {
    let mut joined = |parts: &[Condition], joint: &str| {
        let parts: Vec<String> = parts
            .iter()
            .map(|part| self::condition(part, params))
            .collect();
        format!("({})", parts.join(joint))
    };
    match condition {
        Condition::All(parts) => joined(parts, " AND "),
        Condition::Any(parts) => joined(parts, " OR "),
        Condition::Not(inner) => format!("NOT {}", self::condition(inner, params)),
        Condition::Mentions(words) => format!("instr(pair.label, {}) > 0", params.text(words)),
        Condition::About(measures) => {
            let any: Vec<String> = measures
                .iter()
                .map(|measure| match measure {
                    Measure::Indicator(id) => format!("pair.indicator = {}", params.text(id)),
                    Measure::Added(id) => of_new("pair", &params.text(id)),
                    Measure::Label(label) => {
                        format!("instr(pair.label, {}) > 0", params.text(label))
                    }
                    Measure::Count(_) => "0".to_owned(),
                })
                .collect();
            format!("({})", any.join(" OR "))
        }
        Condition::Verdict(verdict) => format!("pair.verdict = '{}'", verdict.as_str()),
        // Others were refused when the question was resolved.
        _ => "0".to_owned(),
    }
}
