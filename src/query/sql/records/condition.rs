use super::super::condition::{Writer, dated, growing, number, words};
use super::super::interval::{Interval, Test, compare};
use super::super::notes::Told;
use super::super::{NoteField, Params};
use super::shape::Shape;
use super::some_of;
use super::{field, rare};
use crate::query::plan::{
    Aggregate, Comparison, Condition, Expr, Extreme, Field, Measure, Operand, PlaceScope, Plan,
    Quantity, Rows, Trait,
};
use crate::query::unit;

/// The rows of a record question so far.
pub(super) struct Narrowed<'a> {
    pub(super) plan: &'a Plan,
    pub(super) shape: &'a Shape,
    pub(super) from: String,
    /// What holds of them.
    pub(super) wanted: Vec<String>,
    pub(super) params: &'a mut Params,
    /// What the notes of any answer count.
    pub(super) told: Vec<Told>,
    /// How many rows each condition left, for an answer without rows.
    pub(super) left: Vec<Told>,
}

impl Narrowed<'_> {
    /// Narrows the rows by the condition of this number.
    pub(super) fn keep(&mut self, condition: &Condition, number: usize) {
        self.add(rare::by_condition(condition, self.plan.rows));
        let test = self.condition(condition);
        // What stands in no one report has no place, and its counts no bounds.
        let has_place = !matches!(self.plan.rows, Rows::Indicators | Rows::Phrases);
        if test.possible != test.certain && has_place {
            self.wanted.push(format!(
                "{} AND NOT COALESCE({}, 0)",
                test.possible, test.certain
            ));
            let rows = self.rows_so_far();
            self.wanted.pop();
            // In one pass over the rows.
            let possible = format!(
                "json((SELECT json_array(IFNULL(SUM(n), 0), json_group_array(name) FILTER (WHERE turn <= 3)) \
                 FROM (SELECT name, COUNT(*) AS n, ROW_NUMBER() OVER (ORDER BY name) AS turn FROM (SELECT place.name FROM {rows}) GROUP BY name)))"
            );
            self.told.push((possible, NoteField::Possible(number)));
        }
        self.wanted.push(test.certain);
        let left = some_of(&self.rows_so_far());
        self.left.push((left, NoteField::Left(number)));
    }

    /// Adds what holds of the rows anyway, once.
    fn add(&mut self, conditions: impl IntoIterator<Item = &'static str>) {
        for condition in conditions {
            if !self.wanted.iter().any(|wanted| wanted == condition) {
                self.wanted.push(condition.to_owned());
            }
        }
    }

    /// The first of an order, and what ties with the last of them; of each of these groups where there are such.
    pub(super) fn take(&mut self, count: u32, by: Field, descending: bool, each: Option<&str>) {
        self.add(rare::by_field(by, self.plan.rows));
        let field = by;
        let by = self.sql(field);
        if let Some(key) = each {
            self.wanted.push(rare::is_known(field, &by));
            let count = self.params.integer(i64::from(count));
            let direction = if descending { "DESC" } else { "ASC" };
            let id = match self.plan.rows {
                Rows::Reports => "s.id",
                _ => "r.id",
            };
            let first = format!(
                "{id} IN (SELECT id FROM (SELECT {id} AS id, RANK() OVER (PARTITION BY {key} ORDER BY {by} {direction}) AS turn FROM {}) \
                 WHERE turn <= {count})",
                self.rows_so_far()
            );
            self.wanted.push(first);
            return;
        }
        let offset = self.params.integer(i64::from(count) - 1);
        let (direction, sign, all) = if descending {
            ("DESC", ">=", "-9e999")
        } else {
            // Texts come after all numbers.
            ("ASC", "<=", "char(1114111)")
        };
        self.wanted.push(rare::is_known(field, &by));
        let last = format!(
            "COALESCE((SELECT {by} FROM {} ORDER BY 1 {direction} LIMIT 1 OFFSET {offset}), {all})",
            self.rows_so_far()
        );
        self.wanted.push(format!("{by} {sign} {last}"));
    }

    /// The tables and the conditions so far.
    pub(super) fn rows_so_far(&self) -> String {
        if self.wanted.is_empty() {
            return self.from.clone();
        }
        // Texts are looked through where all else holds.
        let (texts, others): (Vec<&str>, Vec<&str>) = self
            .wanted
            .iter()
            .map(String::as_str)
            .partition(|wanted| wanted.contains("instr("));
        format!(
            "{}\nWHERE {}",
            self.from,
            [others, texts].concat().join(" AND ")
        )
    }

    fn condition(&mut self, condition: &Condition) -> Test {
        match condition {
            Condition::All(parts) => self.joined(parts, " AND "),
            Condition::Any(parts) => self.joined(parts, " OR "),
            Condition::Not(inner) => {
                let test = self.condition(inner);
                Test {
                    certain: format!("NOT {}", test.possible),
                    possible: format!("NOT {}", test.certain),
                }
            }
            Condition::Compare(Expr::Field(field), comparison, right) => {
                let x = self.interval(*field);
                let y = match right {
                    Operand::Quantity(quantity) => {
                        let value = self.params.real(number(quantity.value));
                        let test = match comparison {
                            // As a stretch of an index, too.
                            Comparison::Eq if x.is_exact() => {
                                Test::settled(format!("({} BETWEEN {value} AND {value})", x.value))
                            }
                            _ => compare(&x, *comparison, &Interval::exact(value)),
                        };
                        return self.in_unit(*field, quantity, test);
                    }
                    Operand::Aggregate(aggregate, _) => {
                        Interval::exact(self.over_rows(*aggregate, &x.value))
                    }
                    Operand::Expr(Expr::Field(other)) => self.interval(*other),
                    Operand::Expr(_) => return nothing(),
                };
                compare(&x, *comparison, &y)
            }
            Condition::Between(Expr::Field(field), low, high) => {
                let x = self.interval(*field);
                let from = Interval::exact(self.params.real(number(low.value)));
                let to = Interval::exact(self.params.real(number(high.value)));
                let (a, b) = (
                    compare(&x, Comparison::Ge, &from),
                    compare(&x, Comparison::Le, &to),
                );
                let test = Test {
                    certain: format!("({} AND {})", a.certain, b.certain),
                    possible: format!("({} AND {})", a.possible, b.possible),
                };
                self.in_unit(*field, low, test)
            }
            Condition::Extreme(Expr::Field(field), extreme) => {
                let x = self.sql(*field);
                let (aggregate, sign) = match extreme {
                    Extreme::Highest => (Aggregate::Max, ">="),
                    Extreme::Lowest => (Aggregate::Min, "<="),
                };
                let end = self.over_rows(aggregate, &x);
                Test::settled(format!("({x} {sign} {end})"))
            }
            Condition::Nth(Expr::Field(field), extreme, turn) => {
                let x = self.sql(*field);
                let (direction, offset) = (extreme.order(), turn - 1);
                self.wanted.push(rare::is_known(*field, &x));
                let rows = self.rows_so_far();
                self.wanted.pop();
                Test::settled(format!(
                    "({x} = (SELECT {x} FROM {rows} ORDER BY 1 {direction} LIMIT 1 OFFSET {offset}))"
                ))
            }
            Condition::ByAll => Test::settled(format!(
                "({} = (SELECT NULLIF(COUNT(DISTINCT town_id), 0) FROM answering))",
                field::sql(Field::Count(Rows::Places), self.plan.rows, self.params)
            )),
            Condition::Missing(Expr::Field(field)) => {
                Test::settled(format!("({} IS NULL)", self.sql(*field)))
            }
            Condition::Mentions(text) => self.mentions(text),
            Condition::Deadline(comparison, date)
            | Condition::Dated(Field::Deadline, comparison, date) => {
                Test::settled(dated("r.deadline_on", *comparison, date, self.params))
            }
            Condition::Dated(field, comparison, date) => {
                let x = self.sql(*field);
                Test::settled(dated(&x, *comparison, date, self.params))
            }
            Condition::Worded(field, wording, text) => {
                let x = self.sql(*field);
                Test::settled(words(&x, *wording, &self.params.text(text)))
            }
            Condition::Trait(found) => Test::settled(self.of_trait(*found)),
            Condition::About(measures) => self.about(measures),
            // Figures of places were refused when the question was resolved.
            _ => nothing(),
        }
    }

    /// A field of the rows so far.
    pub(super) fn sql(&self, field: Field) -> String {
        if field == Field::Growth && self.wanted.iter().any(|wanted| wanted == rare::GREW) {
            return "r.growth".to_owned();
        }
        field::sql(field, self.plan.rows, self.params)
    }

    fn joined(&mut self, parts: &[Condition], joint: &str) -> Test {
        let tests: Vec<Test> = parts.iter().map(|part| self.condition(part)).collect();
        Writer::both(&tests, joint)
    }

    /// A value or a growth may be a bound; other fields are what they are.
    fn interval(&self, field: Field) -> Interval {
        let x = self.sql(field);
        match field {
            Field::Growth => return growing(&x, "r.growth_bound", "r.growth_to"),
            Field::Value => {}
            _ => return Interval::exact(x),
        }
        Interval {
            low: "CASE WHEN r.bound IN ('lt', 'le') THEN r.value - 9e999 ELSE r.value END".into(),
            low_open: "(r.bound = 'gt')".into(),
            high: "CASE WHEN r.bound IN ('gt', 'ge') THEN r.value + 9e999 WHEN r.bound = 'range' THEN COALESCE(r.value_high, r.value) ELSE r.value END".into(),
            high_open: "(r.bound = 'lt')".into(),
            value: x,
        }
    }

    /// A figure of any kind meets a quantity only in the same unit; counters are alike.
    fn in_unit(&mut self, field: Field, quantity: &Quantity, test: Test) -> Test {
        if !matches!(field, Field::Value | Field::LastYear) {
            return test;
        }
        let same = if unit::is_counter(&quantity.unit) {
            format!("COALESCE(r.unit, '') NOT IN ({})", unit::measures())
        } else {
            format!("r.unit = {}", self.params.text(&quantity.unit))
        };
        Test {
            certain: format!("({} AND {same})", test.certain),
            possible: format!("({} AND {same})", test.possible),
        }
    }

    fn over_rows(&self, aggregate: Aggregate, x: &str) -> String {
        let rows = self.rows_so_far();
        match aggregate {
            Aggregate::Total => format!("(SELECT SUM({x}) FROM {rows})"),
            Aggregate::Average => format!("(SELECT AVG({x}) FROM {rows})"),
            Aggregate::Max => format!("(SELECT MAX({x}) FROM {rows})"),
            Aggregate::Min => format!("(SELECT MIN({x}) FROM {rows})"),
            Aggregate::Median => format!(
                "(SELECT AVG(x) FROM (SELECT x, ROW_NUMBER() OVER (ORDER BY x) AS turn, COUNT(*) OVER () AS n \
                 FROM (SELECT {x} AS x FROM {rows}) WHERE x IS NOT NULL) WHERE turn IN ((n + 1) / 2, (n + 2) / 2))"
            ),
        }
    }

    fn about(&mut self, measures: &[Measure]) -> Test {
        let column = match self.plan.rows {
            Rows::Indicators => "id",
            _ => "indicator",
        };
        let any: Vec<String> = measures
            .iter()
            .map(|measure| match measure {
                Measure::Added(id) if column == "indicator" => {
                    super::super::stated::of_new("r", &self.params.text(id))
                }
                // Not NULL but no where the vocabulary does not have the figure, so that its negation is yes.
                Measure::Indicator(id) | Measure::Added(id) => {
                    format!("r.{column} IS {}", self.params.text(id))
                }
                Measure::Label(label) => format!("instr(r.label, {}) > 0", self.params.text(label)),
                Measure::Count(_) => "0".to_owned(),
            })
            .collect();
        Test::settled(format!("({})", any.join(" OR ")))
    }

    fn of_trait(&mut self, found: Trait) -> String {
        let part = |kind: &str| {
            let section = if self.plan.rows == Rows::Sections {
                "r.type".to_owned()
            } else {
                "(SELECT x.type FROM sections x WHERE x.id = r.section_id)".to_owned()
            };
            format!("({section} IN ({kind}))")
        };
        let has_part = |kind: &str| {
            format!(
                "(EXISTS (SELECT 1 FROM sections x WHERE x.session_id = s.id AND x.type IN ({kind})))"
            )
        };
        match found {
            Trait::LowerBound => "(r.bound IN ('gt', 'ge'))".to_owned(),
            Trait::UpperBound => "(r.bound IN ('lt', 'le'))".to_owned(),
            Trait::Range => "(r.bound = 'range')".to_owned(),
            Trait::Approximate => "(r.bound = 'approx')".to_owned(),
            // Several years together cover whole years, and a plan's dates are no period of a figure. In the
            // words of the index of these figures.
            Trait::PartYear => {
                "(r.period <> 'year' AND r.period <> 'as-of' AND r.period <> 'cumulative' AND r.status <> 'target')"
                    .to_owned()
            }
            Trait::Actual => "(r.status IN ('actual', 'estimate'))".to_owned(),
            Trait::Estimate => "(r.status = 'estimate')".to_owned(),
            Trait::Known => "(r.indicator IS NOT NULL)".to_owned(),
            Trait::Quantified if self.params.is_worked_out => "(r.figures > 0)".to_owned(),
            Trait::Quantified => {
                // Of tasks alone, whose figures are of their section: an index has the few figures of that.
                "EXISTS (SELECT 1 FROM metrics m WHERE m.section_id IS r.section_id AND +m.session_id = r.session_id \
                 AND m.value IS NOT NULL AND m.start >= r.start AND m.\"end\" <= r.\"end\")"
                    .to_owned()
            }
            Trait::Dated => "(r.deadline IS NOT NULL)".to_owned(),
            // Word for word, but for the sign at the end: what else would be the same task is for its reader to say.
            Trait::Repeated => self.repeated(),
            Trait::Percent => "(r.unit = '%' OR r.growth_kind = 'yoy')".to_owned(),
            Trait::DoubtfulYear => "(s.stated_year IS NOT NULL)".to_owned(),
            Trait::InReview => part("'review'"),
            Trait::InProblems => part("'problems'"),
            Trait::InPlan => part("'plan', 'targets', 'guideline'"),
            Trait::HasReview => has_part("'review'"),
            Trait::HasProblems => has_part("'problems'"),
            Trait::HasPlan => has_part("'plan', 'targets', 'guideline'"),
        }
    }
}

impl Narrowed<'_> {
    /// The tasks of a place that reports of several years have, found together.
    fn repeated(&mut self) -> String {
        let own = |place: &PlaceScope| match place {
            PlaceScope::Own { id, .. } => Some(*id),
            PlaceScope::Within { .. } => None,
        };
        let places: Option<Vec<i64>> = self.plan.scope.places.iter().map(own).collect();
        let places: Vec<String> = places
            .unwrap_or_default()
            .into_iter()
            .map(|id| self.params.integer(id))
            .collect();
        let of_places = if places.is_empty() {
            String::new()
        } else {
            format!(" WHERE os.town_id IN ({})", places.join(", "))
        };
        format!(
            "((s.town_id, {}) IN (SELECT os.town_id, {} FROM sessions os JOIN tasks o ON o.session_id = os.id{of_places} \
             GROUP BY 1, 2 HAVING MIN(os.review_year) < MAX(os.review_year)))",
            bare_text("r"),
            bare_text("o")
        )
    }
}

/// The text of a task without the sign that ends it.
fn bare_text(task: &str) -> String {
    format!("rtrim({task}.text, '。；;，')")
}

fn nothing() -> Test {
    Test::settled("0".to_owned())
}
