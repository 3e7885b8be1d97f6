//! What few figures have, said in the words of the index that holds those figures, so that SQLite takes it: it knows no
//! other reason why a condition should hold only of them. Nothing here narrows the rows any further than its condition.

use crate::query::plan::{Condition, Expr, Field, Operand, Quantity, Rows, Trait};

/// A growth against the year before. Where it holds of all rows, their growth is the column.
pub(super) const GREW: &str = "r.growth_kind = 'yoy'";

/// What holds wherever a condition does.
pub(super) fn by_condition(condition: &Condition, rows: Rows) -> Vec<&'static str> {
    match condition {
        Condition::All(parts) => parts
            .iter()
            .flat_map(|part| by_condition(part, rows))
            .collect(),
        Condition::Compare(Expr::Field(field), _, Operand::Quantity(quantity))
        | Condition::Between(Expr::Field(field), quantity, _) => {
            let rare = by_field(*field, rows);
            let stretch = stretch(*field, quantity, rare).iter().copied();
            rare.into_iter().chain(stretch).collect()
        }
        Condition::Compare(Expr::Field(field), ..)
        | Condition::Extreme(Expr::Field(field), _)
        | Condition::Nth(Expr::Field(field), ..) => by_field(*field, rows).into_iter().collect(),
        Condition::Trait(
            Trait::LowerBound | Trait::UpperBound | Trait::Range | Trait::Approximate,
        ) => {
            vec!["r.bound <> 'eq'"]
        }
        _ => Vec::new(),
    }
}

/// What holds of a record that has the field.
pub(super) fn by_field(field: Field, rows: Rows) -> Option<&'static str> {
    let is_figure = matches!(rows, Rows::Metrics | Rows::Targets);
    match field {
        Field::Growth if is_figure => Some(GREW),
        Field::Completion | Field::Task if is_figure => Some("r.completion IS NOT NULL"),
        _ => None,
    }
}

/// Values in percent stand in an index of their own, and growths with what tells how they bound the truth; of both the
/// statement compares what is made of them.
fn stretch(field: Field, quantity: &Quantity, rare: Option<&str>) -> &'static [&'static str] {
    match field {
        Field::Value if quantity.unit == "%" => &["r.unit = '%'", "r.value > -9e999"],
        Field::Growth if rare.is_some() => &["r.growth > -9e999"],
        _ => &[],
    }
}

/// That there is a number or a word. Of numbers as a stretch of an index, which SQLite takes before one that begins as this
/// does and says less; a word would be compared with the words of that number.
pub(super) fn is_known(field: Field, sql: &str) -> String {
    if field.is_number() {
        format!("{sql} > -9e999")
    } else {
        format!("{sql} IS NOT NULL")
    }
}
