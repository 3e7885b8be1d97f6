//! Rows that are not places: reports, parts, sentences, figures, tasks, doubts, the vocabulary.
//!
//! One flat statement: every step narrows its `WHERE`. What looks at all the rows so far (the highest, an average, the
//! first five) is a scalar subquery over the same tables with the conditions so far.

mod condition;
mod field;
mod followed;
mod mentions;
mod phrases;
mod rare;
mod shape;
mod tally;

use super::column::{Column, ColumnKind, Field as Read};
use super::figures::year_filter;
use super::project::{growth_bound, of_place};
use super::scope::{places, reports};
use super::{Emitted, NoteField, Params, notes, saying, speaks_of};
use crate::query::catalog::Catalog;
use crate::query::plan::{Condition, Expr, Field, Group, Plan, Rows, Shown, Step, Years};

use condition::Narrowed;
use shape::Shape;

pub(super) use field::{BODY, column, of_report};

/// Records are counted no further than this, to say how many there were of which none fits.
pub(in crate::query) const MANY: i64 = 10_000;

pub(super) fn emit(plan: &Plan, catalog: &Catalog, mut params: Params) -> Emitted {
    let shape = shape::shape(plan.rows).in_form(params.form);
    let mut tables = vec![places(plan, &mut params)];
    let of_vocabulary = matches!(plan.rows, Rows::Indicators | Rows::Phrases);
    let latest =
        plan.scope.years == Years::Latest && !plan.rows.speak_of_reports() && !of_vocabulary;
    let is_followed = plan.rows == Rows::Tasks && plan.shown == Shown::Results;
    let mut from = shape.from.clone();
    if latest {
        tables.push(reports(plan, &mut params));
    }
    if plan.rows == Rows::Phrases || of_vocabulary && looks_at_places(plan) {
        tables.push(reports(plan, &mut params));
        let filter = year_filter("review_year", &plan.scope.years, &mut params)
            .map_or(String::new(), |filter| format!(" WHERE {filter}"));
        tables.push(format!(
            "answering AS (SELECT session_id, town_id, review_year FROM report{filter})"
        ));
    }
    if plan.rows == Rows::Phrases {
        tables.push(phrases::tables(catalog.has_phrases(), &mut params));
    }
    if latest {
        from = if is_followed {
            format!("{from}{}", followed::OF_LATEST)
        } else if is_led_to(plan) {
            shape.in_latest()
        } else {
            shape.of_latest()
        };
    }
    // All of them are counted as the places lead to them, whatever leads to those that are asked for.
    let all = if latest && !is_followed {
        shape.of_latest()
    } else {
        from.clone()
    };
    let mut narrowed = Narrowed {
        plan,
        shape: &shape,
        from: all,
        wanted: Vec::new(),
        params: &mut params,
        told: Vec::new(),
        left: Vec::new(),
    };
    if plan.rows == Rows::Targets {
        narrowed.wanted.push("r.status = 'target'".to_owned());
    }
    if let Some(filter) = year_filter(shape.year, &plan.scope.years, narrowed.params)
        && !of_vocabulary
    {
        narrowed.wanted.push(filter);
    }
    let all = narrowed.rows_so_far();
    let looked = some_of(&all);
    narrowed.from = from;
    let of_scope = reports_of(plan, &shape, narrowed.params);
    let Steps { order, limit, end } = steps(plan, &mut narrowed);
    let from = narrowed.rows_so_far();
    let told = std::mem::take(&mut narrowed.told);
    let mut reason = std::mem::take(&mut narrowed.left);
    let grouped = matches!(plan.shown, Shown::Groups(..));
    let (mut columns, tail) = match &plan.shown {
        Shown::Groups(..) => tally::select(plan, &shape, &from, (end, &limit), catalog, &params),
        _ if plan.counted => {
            let mut columns = vec![(
                "COUNT(*)".to_owned(),
                Column::new("count", "数目", ColumnKind::Count),
            )];
            if plan.view.share {
                columns.push((
                    format!("(SELECT COUNT(*) FROM {all})"),
                    Column::new("of", "总数", ColumnKind::Count),
                ));
                let part = Column::new("share", "占比", ColumnKind::Number);
                columns.push((
                    format!("100.0 * COUNT(*) / (SELECT COUNT(*) FROM {all})"),
                    part.in_unit(Some("%")).derived(),
                ));
            }
            let columns = columns.into_iter();
            (
                columns
                    .map(|(sql, column)| (sql, Read::Shown(column)))
                    .collect(),
                format!("\nFROM {from}"),
            )
        }
        _ => {
            let order = order.map_or_else(
                || shape.order.to_owned(),
                |order| format!("{order} NULLS LAST, {}", shape.order),
            );
            if is_followed {
                tables.push(followed::tables(&from));
                let from = format!("{}{}", shape.from, followed::JOINED);
                (
                    followed::columns(params.form),
                    format!("\nFROM {from}\nORDER BY {order}{limit}"),
                )
            } else {
                (
                    columns(plan, &shape, &mut params),
                    format!("\nFROM {from}\nORDER BY {order}{limit}"),
                )
            }
        }
    };
    if !told.is_empty() {
        columns.push((notes::column(&told, ""), notes::field(&told)));
    }
    let (sql, fields): (Vec<String>, Vec<Read>) = columns.into_iter().unzip();
    let text = with(&tables, &format!("SELECT {}{tail}", sql.join(",\n  ")));
    let rows = params.statement(shape::without_documents(text));
    if let (Some((last, _)), false) = (reason.last_mut(), grouped) {
        // That the last condition leaves none is known by then.
        "0".clone_into(last);
    }
    // Without a condition there is nothing to say of what was left out.
    if !reason.is_empty() {
        reason.insert(0, (looked, NoteField::Looked));
    }
    reason.extend(told);
    if !of_vocabulary {
        reason.extend(of_scope);
    }
    let sql = notes::column(&reason, "");
    Emitted {
        rows,
        fields,
        if_empty: (!reason.is_empty()).then(|| {
            let text = with(&tables, &format!("SELECT {sql}"));
            params.statement(shape::without_documents(text))
        }),
        reason: notes::field(&reason),
        says_why: false,
    }
}

/// How many reports there are of the places and years that are asked about; and where these are what reports plan for a year,
/// whether they plan such for the next.
fn reports_of(plan: &Plan, shape: &Shape, params: &mut Params) -> Vec<notes::Told> {
    let years = &plan.scope.years;
    let of_year = |column: &str, params: &mut Params| year_filter(column, years, params);
    let filter = match plan.rows {
        Rows::Tasks => of_year("s.plan_year", params),
        // A figure may be of the year behind the report or of the one before it.
        Rows::Metrics | Rows::Targets => of_year("s.review_year", params)
            .zip(of_year("s.plan_year", params))
            .map(|(one, other)| format!("({one} OR {other})")),
        _ => of_year("s.review_year", params),
    };
    let of_place = "sessions s ON s.town_id = place.id";
    let reports = match (filter, years) {
        (Some(filter), _) => format!("place JOIN {of_place} AND {filter}"),
        // One of each place.
        (None, Years::Latest) if !plan.rows.speak_of_reports() => {
            "place WHERE EXISTS (SELECT 1 FROM sessions s WHERE s.town_id = place.id)".to_owned()
        }
        (None, _) => format!("place JOIN {of_place}"),
    };
    let reports = some_of(&reports);
    let mut told = vec![(reports, NoteField::Reports)];
    if let (Rows::Tasks | Rows::Targets, Years::One(year)) = (plan.rows, years) {
        let next = params.integer(i64::from(*year) + 1);
        let targets = match plan.rows {
            Rows::Targets => " AND r.status = 'target'",
            _ => "",
        };
        let after = format!(
            "EXISTS (SELECT 1 FROM {} WHERE {} = {next}{targets})",
            shape.from, shape.year
        );
        told.push((after, NoteField::YearAfter));
    }
    told
}

/// A statement with these tables before it, without that of the latest reports where nothing speaks of it.
fn with(tables: &[String], select: &str) -> String {
    let is_spoken_of = |at: usize| {
        speaks_of(select, "report")
            || tables[at + 1..]
                .iter()
                .any(|other| speaks_of(other, "report"))
    };
    let needed = tables
        .iter()
        .enumerate()
        .filter(|(at, table)| !table.starts_with("report AS") || is_spoken_of(*at));
    let needed: Vec<&str> = needed.map(|(_, table)| table.as_str()).collect();
    format!("WITH {}\n{select}", needed.join(",\n"))
}

/// Whether something else than the names of places leads to the records: the full-text index, or that there are few of them.
/// Of those that are put together the first of equals is named, which is that of the first report.
fn is_led_to(plan: &Plan) -> bool {
    let mentions = |step: &Step| match step {
        Step::Keep(condition) => condition
            .singles()
            .iter()
            .any(|single| matches!(single, Condition::Mentions(_))),
        _ => false,
    };
    if matches!(plan.shown, Shown::Groups(..)) {
        return true;
    }
    match plan.rows {
        Rows::Sentences | Rows::Problems | Rows::Tasks => plan.steps.iter().any(mentions),
        Rows::Doubts | Rows::Conflicts => true,
        _ => false,
    }
}

/// Whether indicators are asked for by the places that state them.
fn looks_at_places(plan: &Plan) -> bool {
    let by_all = |step: &Step| match step {
        Step::Keep(condition) => condition
            .singles()
            .iter()
            .any(|single| matches!(single, Condition::ByAll)),
        _ => false,
    };
    plan.steps.iter().any(by_all)
        || plan
            .exprs()
            .iter()
            .any(|expr| matches!(expr, Expr::Field(Field::Count(_))))
}

/// How many rows these are, where they are few: nobody waits for a count of millions to read that none of them fits.
fn some_of(rows: &str) -> String {
    format!(
        "(SELECT COUNT(*) FROM (SELECT 1 FROM {rows}\nLIMIT {}))",
        MANY + 1
    )
}

/// What the steps of a plan leave besides conditions.
struct Steps {
    order: Option<String>,
    limit: String,
    /// Of groups, whether the first or the last by their value are taken.
    end: Option<bool>,
}

/// Narrows the rows by each step; gives the order and the limit that it leaves.
fn steps(plan: &Plan, narrowed: &mut Narrowed<'_>) -> Steps {
    let mut order: Option<(Field, bool)> = None;
    let mut limit = String::new();
    let mut end = None;
    let mut among: Option<String> = None;
    let mut kept = 0;
    let grouped = matches!(plan.shown, Shown::Groups(..));
    for step in &plan.steps {
        match step {
            Step::Keep(condition) => {
                narrowed.keep(condition, kept);
                kept += 1;
            }
            Step::Sort { by, descending } => {
                order = field_of(by).map(|field| (field, *descending));
            }
            Step::Take { count, first, .. } if grouped => {
                limit = format!("\nLIMIT {count}");
                end = Some(*first);
            }
            Step::Take {
                count,
                by,
                first,
                each,
                ..
            } => {
                if let Some(field) = by.as_ref().and_then(field_of) {
                    order = Some((field, true));
                }
                if let Some((by, descending)) = &mut order {
                    *descending = *descending == *first;
                    let key = each
                        .map(|each| tally::group_key(each, plan, narrowed.shape, narrowed.params));
                    if let (Some(Group::Area(_)), Some(key)) = (each, &key) {
                        // What lies in no such area is the best of none.
                        narrowed.wanted.push(format!("{key} IS NOT NULL"));
                    }
                    narrowed.take(*count, *by, *descending, key.as_deref());
                    among = key.map(|key| match each {
                        Some(Group::Place | Group::Report) => format!("place.name, {key}, "),
                        _ => format!("{key}, "),
                    });
                }
            }
            // Of places alone.
            Step::InTime { .. } => {}
            Step::Limit(count) => limit = format!("\nLIMIT {count}"),
        }
    }
    let order = order.map(|(by, descending)| {
        let by = narrowed.sql(by);
        let direction = if descending { "DESC" } else { "ASC" };
        format!("{}{by} {direction}", among.unwrap_or_default())
    });
    Steps { order, limit, end }
}

const fn field_of(expr: &Expr) -> Option<Field> {
    match expr {
        Expr::Field(field) => Some(*field),
        _ => None,
    }
}

/// The columns of a kind of record, then the fields that the question speaks of and that are not among them.
fn columns(plan: &Plan, shape: &Shape, params: &mut Params) -> Vec<(String, Read)> {
    let mut columns: Vec<(String, Read)> = Vec::new();
    let asked: Option<Vec<Field>> = match &plan.shown {
        Shown::Items(items) => Some(items.iter().filter_map(field_of).collect()),
        _ => None,
    };
    let own = shape.columns.iter().filter(|(_, column)| {
        asked.is_none()
            || matches!(column.name.as_str(), "town" | "year")
            || column.name == shape.main
    });
    for (sql, column) in own {
        columns.push(((*sql).to_owned(), Read::Shown(column.clone())));
        match column.name.as_str() {
            "town" => columns.extend(of_place("place.id", "place.")),
            "message" => columns.push(("r.message_zh".to_owned(), Read::InChinese)),
            "value" => columns.extend(qualifiers()),
            "growth" => columns.extend(of_growth()),
            _ => {}
        }
    }
    let mut more = asked.unwrap_or_default();
    more.extend(plan.exprs().into_iter().filter_map(field_of));
    more.extend(plan.worded_fields());
    for field in more {
        let is_asked =
            matches!(&plan.shown, Shown::Items(items) if items.contains(&Expr::Field(field)));
        let column = field::column(field).asked(is_asked);
        let known = columns
            .iter()
            .any(|(_, read)| matches!(read, Read::Shown(shown) if shown.name == column.name));
        if known {
            continue;
        }
        let is_value = column.name == "value";
        let is_growth = column.name == "growth";
        columns.push((field::sql(field, plan.rows, params), Read::Shown(column)));
        if is_growth {
            columns.extend(of_growth());
        }
        if is_value {
            columns.extend(qualifiers());
            columns.push(("r.unit".to_owned(), Read::Shown(field::column(Field::Unit))));
        }
    }
    let said = saying::of_records(plan, params);
    columns.push((
        said.unwrap_or_else(|| shape.source.to_owned()),
        Read::Sources,
    ));
    columns
}

/// What stands behind a growth to qualify it: records show growths of any kind. Of one in points the kind does not say
/// what it is against.
fn of_growth() -> [(String, Read); 4] {
    let [to, bound] = growth_bound("r.growth_to", "r.growth_bound");
    [
        to,
        bound,
        ("r.period".to_owned(), Read::Period),
        (
            "r.growth_kind || IFNULL('-' || r.points_against, '')".to_owned(),
            Read::GrowthKind,
        ),
    ]
}

/// What stands behind a value to qualify it.
fn qualifiers() -> [(String, Read); 3] {
    [
        ("r.value_high".to_owned(), Read::High),
        ("r.bound".to_owned(), Read::Bound),
        ("r.period".to_owned(), Read::Period),
    ]
}
