//! The statement behind the notes: how many places there were, what each condition removed, what only possibly passes.

use super::interval::{Writer, number};
use super::layers::Layers;
use super::slots::{Kind, Slots};
use super::{Params, targets};
use crate::query::plan::{Condition, Operand, Plan};

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
    /// How often each verdict, and each reason for none, came out of the slot's targets: a JSON object.
    Verdicts(usize),
    /// How many targets were not looked at, as they are no indicator's, a yearly average's or those of several years.
    Incomparable,
    /// How many rows a condition left.
    Left(usize),
    /// How many it leaves out although they possibly hold, and the first of their names, as a JSON array.
    Possible(usize),
    PossibleNames(usize),
    /// The rows nearest to the last condition that missed it: a JSON array of `[place, year, value]`.
    Nearest(Box<Condition>),
}

pub(super) fn select(
    plan: &Plan,
    slots: &Slots,
    params: &mut Params,
    layers: &Layers,
) -> (String, Vec<NoteField>) {
    // One pass over the first layer: each reference to it would repeat all that it is made of.
    let mut columns = vec!["COUNT(*)".to_owned()];
    let mut fields = vec![NoteField::Looked];
    for (n, slot) in slots.0.iter().enumerate() {
        if slot.kind == Kind::Paired {
            columns.push(targets::totals(&n.to_string()));
            fields.push(NoteField::Verdicts(n));
            continue;
        }
        let (stated, only) = if slots.only_growth(n, plan) {
            (format!("growth{n} IS NOT NULL"), "0".to_owned())
        } else {
            (
                format!("value{n} IS NOT NULL"),
                format!("value{n} IS NULL AND growth{n} IS NOT NULL"),
            )
        };
        columns.push(format!("IFNULL(SUM({stated}), 0)"));
        fields.push(NoteField::Stated(n));
        columns.push(format!("IFNULL(SUM({only}), 0)"));
        fields.push(NoteField::GrowthOnly(n));
        columns.push(format!(
            "IFNULL(SUM(value{n} IS NOT NULL AND comparable{n} IS NULL), 0)"
        ));
        fields.push(NoteField::Foreign(n));
    }
    for (at, kept) in layers.kept.iter().enumerate() {
        columns.push(format!("(SELECT COUNT(*) FROM {})", kept.after));
        fields.push(NoteField::Left(at));
        if kept.possible != kept.certain && !matches!(kept.condition, Condition::Judged(..)) {
            let possible = format!("{} AND NOT COALESCE({}, 0)", kept.possible, kept.certain);
            columns.push(format!(
                "(SELECT COUNT(*) FROM {} WHERE {possible})",
                kept.before
            ));
            fields.push(NoteField::Possible(at));
            columns.push(format!(
                "(SELECT json_group_array(place) FROM (SELECT place FROM {} WHERE {possible} ORDER BY place LIMIT 3))",
                kept.before
            ));
            fields.push(NoteField::PossibleNames(at));
        }
    }
    if let Some(kept) = layers.kept.last()
        && let Some(distance) = distance(&kept.condition, slots, params, &kept.before)
    {
        let (value, distance, about) = distance;
        columns.push(format!(
                "(SELECT json_group_array(json_array(place, about, near)) FROM (SELECT place, {about} AS about, {value} AS near \
                 FROM {} WHERE {value} IS NOT NULL AND NOT COALESCE({}, 0) ORDER BY {distance}, place LIMIT 3))",
                kept.before, kept.certain
            ));
        fields.push(NoteField::Nearest(Box::new(kept.condition.clone())));
    }
    (format!("SELECT {}\nFROM s0", columns.join(",\n  ")), fields)
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
    let bounds: Vec<String> = bounds
        .into_iter()
        .map(|quantity| params.real(number(quantity.value)))
        .collect();
    let writer = Writer {
        slots,
        params,
        layer,
    };
    let value = writer.expr(expr).value;
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
