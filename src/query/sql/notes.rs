//! What the notes say of the rows: how many places there were and what only possibly passes, counted beside the rows; and
//! where there is no row, what each condition removed.

use super::column::Field;
use super::condition::{Writer, number};
use super::currency::is_held_against_dollars;
use super::lacking::{Lacking, kindred, together};
use super::layers::Layers;
use super::places::is_of_pairs;
use super::slots::{Kind, Slots};
use super::{Params, stated, targets};
use crate::query::catalog::Catalog;
use crate::query::plan::{Condition, Expr, Operand, Operator, PlaceScope, Plan, Years};

/// What each column of the notes' one row means.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::query) enum NoteField {
    /// How many places were looked at.
    Looked,
    /// How many of them state the slot's value; how many only its growth.
    Stated(usize),
    GrowthOnly(usize),
    /// How many state it in a unit that measures something else than the indicator's.
    Foreign(usize),
    /// How many state it in yuan, where it is held against dollars.
    InYuan(usize),
    /// How many places state none of the slot's values and one of each of these indicators instead: a JSON array of counts
    /// in the order of their names; nothing where most state the slot's.
    Kindred(usize, Vec<(String, String)>),
    /// How many places give it for several years together and for none of its own, where most do not state it.
    Together(usize),
    /// The first and the last year that the slot's figures are about, where each place has its latest: a JSON array.
    Abouts(usize),
    /// The years of the one place that is asked about in which neither the slot's value nor its growth is stated: a JSON array.
    Without(usize),
    /// The places that were named and have no row: a JSON array of `[place, whether it has a report]`.
    Silent,
    /// How many reports there are of these places and years.
    Reports,
    /// Whether there are such records for the year after the one that is asked about.
    YearAfter,
    /// How often each verdict, and each reason for none, came out of the slot's targets: a JSON object.
    Verdicts(usize),
    /// How many targets were not looked at, as they are no indicator's, a yearly average's or those of several years.
    Incomparable,
    /// How many rows a condition left.
    Left(usize),
    /// How many it leaves out although they possibly hold, and the first of their names, as a JSON array; the two may also come
    /// as one, an array of both.
    Possible(usize),
    PossibleNames(usize),
    /// The rows nearest to the last condition that missed it: a JSON array of `[place, year, value]`.
    Nearest(Box<Condition>),
}

/// SQL for one value of the notes, and what it is.
pub(super) type Told = (String, NoteField);

/// One column with all values of the notes, a JSON array in the order of its fields; `from` is what they are counted of.
/// One column, because SQLite reads the tables that a name stands for anew at each place where it stands.
pub(super) fn column(told: &[Told], from: &str) -> String {
    let values: Vec<&str> = told.iter().map(|(sql, _)| sql.as_str()).collect();
    format!("(SELECT json_array({}){from})", values.join(", "))
}

/// How that column is read.
pub(super) fn field(told: &[Told]) -> Field {
    Field::Told(told.iter().map(|(_, field)| field.clone()).collect())
}

/// What is counted of: the first layer, beside those that have left before it; or all pairs, where that layer has only
/// those that pass.
pub(super) fn counted_of(plan: &Plan, slots: &Slots, params: &Params) -> String {
    if is_of_pairs(plan, slots) {
        return format!(" FROM {}0", targets::SAID);
    }
    if stated::leaving(slots, plan, params).is_none() {
        return " FROM s0".to_owned();
    }
    format!(
        " FROM (SELECT COUNT(*) AS gone, IFNULL(SUM(value IS NOT NULL AND comparable IS NULL), 0) AS gone_foreign FROM {}) LEFT JOIN s0",
        stated::LEFT
    )
}

/// What is counted for every answer, in one pass over the first layer.
pub(super) fn counts(
    plan: &Plan,
    slots: &Slots,
    layers: &Layers,
    catalog: &Catalog,
    params: &mut Params,
) -> Vec<Told> {
    if is_of_pairs(plan, slots) {
        let looked = "(SELECT COUNT(*) FROM place WHERE EXISTS (SELECT 1 FROM sessions s WHERE s.town_id = place.id))";
        return vec![
            (looked.to_owned(), NoteField::Looked),
            (targets::totals(""), NoteField::Verdicts(0)),
        ];
    }
    // Places that have left are of those that were looked at too.
    let has_left = stated::leaving(slots, plan, params).is_some();
    let [gone, foreign] = ["gone", "gone_foreign"].map(|column| {
        if has_left {
            format!(" + MAX({column})")
        } else {
            String::new()
        }
    });
    let looked = if has_left {
        format!("COUNT(place_id){gone}")
    } else {
        "COUNT(*)".to_owned()
    };
    let mut counts = vec![(looked.clone(), NoteField::Looked)];
    let is_of_one_place =
        plan.scope.years.are_rows() && matches!(plan.scope.places[..], [PlaceScope::Own { .. }]);
    for (n, slot) in slots.0.iter().enumerate() {
        if slot.kind == Kind::Paired {
            counts.push((targets::totals(&n.to_string()), NoteField::Verdicts(n)));
            continue;
        }
        let [value, growth] = [format!("value{n}"), format!("growth{n}")];
        let beside = slots.only_beside(n, plan);
        let (stated, only) = if let Some((column, _)) = beside {
            (format!("{column}{n} IS NOT NULL"), "0".to_owned())
        } else if slots.only_growth(n, plan) {
            let stated = format!("{growth} IS NOT NULL");
            (stated, "0".to_owned())
        } else {
            let only = format!("{value} IS NULL AND {growth} IS NOT NULL");
            (format!("{value} IS NOT NULL"), only)
        };
        let has = format!("IFNULL(SUM({stated}), 0){gone}");
        counts.push((has.clone(), NoteField::Stated(n)));
        counts.push((format!("IFNULL(SUM({only}), 0)"), NoteField::GrowthOnly(n)));
        if is_held_against_dollars(n, slots, plan) {
            let in_yuan =
                format!("IFNULL(SUM({value} IS NOT NULL AND comparable{n} IS NOT NULL), 0)");
            counts.push((in_yuan, NoteField::InYuan(n)));
        } else {
            let foreign =
                format!("IFNULL(SUM({value} IS NOT NULL AND comparable{n} IS NULL), 0){foreign}");
            counts.push((foreign, NoteField::Foreign(n)));
        }
        let few = format!("2 * ({has}) < {looked}");
        let lacking = Lacking {
            n,
            slot,
            stated: &stated,
            have_left: has_left,
            few: &few,
            of_growth: slots.only_growth(n, plan),
        };
        // What stands beside a value is not what others state in its place.
        if beside.is_none() {
            counts.extend(kindred(&lacking, plan, catalog, params));
            counts.extend(together(&lacking, plan, params));
        }
        if is_of_one_place && slot.year.is_none() && !slot.before {
            let without = format!("NOT (({stated}) OR {growth} IS NOT NULL)");
            let years = format!("json_group_array(row_year) FILTER (WHERE {without})");
            counts.push((years, NoteField::Without(n)));
        }
        if plan.scope.years == Years::Latest && slot.year.is_none() {
            let about = format!("CASE WHEN {stated} THEN about{n} END");
            let abouts = format!("json_array(MIN({about}), MAX({about}))");
            counts.push((abouts, NoteField::Abouts(n)));
        }
    }
    for (at, kept) in layers.kept.iter().enumerate() {
        if kept.possible == kept.certain || matches!(kept.condition, Condition::Judged(..)) {
            continue;
        }
        let possible = format!("{} AND NOT COALESCE({}, 0)", kept.possible, kept.certain);
        let before = &kept.before;
        counts.push((
            format!("(SELECT COUNT(*) FROM {before} WHERE {possible})"),
            NoteField::Possible(at),
        ));
        counts.push((
            format!("json((SELECT json_group_array(place) FROM (SELECT place FROM {before} WHERE {possible} ORDER BY place LIMIT 3)))"),
            NoteField::PossibleNames(at),
        ));
    }
    counts
}

/// What is asked only where there is no row: what each condition left, and what came nearest.
pub(super) fn of_nothing(slots: &Slots, params: &mut Params, layers: &Layers) -> Vec<Told> {
    let left = layers.kept.iter().enumerate().map(|(at, kept)| {
        let count = format!("(SELECT COUNT(*) FROM {})", kept.after);
        (count, NoteField::Left(at))
    });
    let mut columns: Vec<Told> = left.collect();
    if let Some(kept) = layers.kept.last()
        && let Some((value, distance, about)) =
            distance(&kept.condition, slots, params, &kept.before)
    {
        let nearest = format!(
            "json((SELECT json_group_array(json_array(place, about, near)) FROM (SELECT place, {about} AS about, {value} AS near \
             FROM {} WHERE {value} IS NOT NULL AND NOT COALESCE({}, 0) ORDER BY {distance}, place LIMIT 3)))",
            kept.before, kept.certain
        );
        let condition = Box::new(kept.condition.clone());
        columns.push((nearest, NoteField::Nearest(condition)));
    }
    columns
}

/// The value of a simple condition's left side, and how far it is from the bound.
fn distance(
    condition: &Condition,
    slots: &Slots,
    params: &mut Params,
    layer: &str,
) -> Option<(String, String, String)> {
    let (expr, bounds) = match condition {
        Condition::Compare(expr, _, Operand::Quantity(quantity)) => (expr, vec![quantity]),
        Condition::Between(expr, low, high) => (expr, vec![low, high]),
        _ => return None,
    };
    // Their ratio would be taken for them.
    if matches!(expr, Expr::Combined(_, Operator::PerYear, _)) {
        return None;
    }
    let writer = Writer {
        slots,
        params,
        layer,
    };
    let value = writer.held_against(expr, bounds[0]).value;
    let bounds: Vec<String> = bounds
        .into_iter()
        .map(|quantity| params.real(number(quantity.value)))
        .collect();
    let about = expr
        .figures()
        .first()
        .map_or("row_year".to_owned(), |figure| {
            format!("COALESCE(about{}, row_year)", slots.index(figure))
        });
    let distances: Vec<String> = bounds
        .iter()
        .map(|bound| format!("ABS({value} - {bound})"))
        .collect();
    let distance = match &distances[..] {
        [only] => only.clone(),
        _ => format!("MIN({})", distances.join(", ")),
    };
    Some((value, distance, about))
}
