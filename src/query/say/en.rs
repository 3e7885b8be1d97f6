mod condition;

pub(super) use condition::condition;

use super::{aggregate_names, is_of_own, measure, operator, rows_names, sought, trait_name};
use crate::query::Lang;
use crate::query::catalog::Catalog;
use crate::query::plan::{
    Aggregate, Aspect, Condition, Expr, Figure, Group, Judgement, Level, PlaceScope, Plan, Rows,
    Shown, Step, Summary, Years,
};

pub(super) fn say(plan: &Plan, catalog: &Catalog) -> String {
    let (rows, _) = rows_names(plan.rows);
    let mut said = Vec::new();
    if plan.explained {
        said.push("explain".to_owned());
    }
    let items = |items: &[Expr]| {
        items
            .iter()
            .map(|item| expr(item, catalog))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut place_rows = false;
    let mut steps = Vec::new();
    // Places that are counted are rows as records are: `cities with GDP growth over 8%, by year, count`.
    let records = !plan.rows.are_places() || super::is_tally(plan);
    match &plan.shown {
        Shown::Items(list) if records => {
            said.push(rows.to_owned());
            steps.push(format!("show {}", items(list)));
        }
        Shown::Groups(..) if records => said.push(rows.to_owned()),
        Shown::Verdicts(_) => {
            said.push(verdict(plan).map_or(rows.to_owned(), |word| format!("{word} {rows}")));
        }
        Shown::Mentioned | Shown::Results => {
            let rows = verdict(plan).map_or(rows.to_owned(), |word| format!("{word} {rows}"));
            said.push(if plan.counted {
                format!("how many {rows}")
            } else {
                rows
            });
        }
        Shown::Items(list) => {
            said.push(items(list));
            place_rows = true;
        }
        Shown::Compared(list) => {
            let places: Vec<String> = plan
                .scope
                .places
                .iter()
                .map(|place| place_name(place, catalog))
                .collect();
            let within = plan
                .scope
                .places
                .iter()
                .any(|place| matches!(place, PlaceScope::Within { .. }));
            said.push(format!(
                "compare {}{} on {}",
                if within {
                    format!("{rows} in ")
                } else {
                    String::new()
                },
                places.join(" and "),
                items(list)
            ));
            place_rows = !within;
        }
        Shown::Groups(_, summaries) => {
            let list: Vec<String> = summaries
                .iter()
                .map(|each| summary(each, catalog))
                .collect();
            said.push(list.join(", "));
            place_rows = true;
        }
        Shown::Frequency(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            said.push(format!("frequency of {}", words.join(", ")));
            place_rows = true;
        }
    }
    let grouped = matches!(plan.shown, Shown::Groups(..)) && !records;
    if place_rows && (plan.rows != Rows::Places || grouped && !is_of_own(plan)) {
        said.push(format!("of all {rows}"));
    }
    if let Some(of) = super::places_of(plan) {
        said.push(format!("of all {}", rows_names(of).0));
    }
    if !matches!(plan.shown, Shown::Compared(_)) {
        said.extend(places(&plan.scope.places, catalog));
    }
    if !plan.scope.outside.is_empty() {
        said.push(format!("outside {}", outside(&plan.scope.outside, catalog)));
    }
    said.extend(years(&plan.scope.years));
    let mut grouping = grouping(plan, records, catalog);
    for step in &plan.steps {
        if super::cuts(step) {
            steps.append(&mut grouping);
        }
        match step {
            Step::Keep(Condition::ByAll) => {
                said.push(format!(
                    "stated by all {}",
                    rows_names(plan.scope.of.unwrap_or(Rows::Places)).0
                ));
            }
            Step::Keep(condition) => said_keep(condition, catalog, &mut said, &mut steps),
            Step::Sort { by, descending } => steps.push(format!(
                "by {} {}",
                expr(by, catalog),
                if *descending {
                    "descending"
                } else {
                    "ascending"
                }
            )),
            Step::Take {
                count,
                first,
                others,
                each,
                ..
            } => steps.push(format!(
                "{} {count}{}{}",
                if *first { "top" } else { "bottom" },
                if *others { " with others" } else { "" },
                each.map_or(String::new(), |each| format!(
                    " within each {}",
                    group(each, plan)
                )),
            )),
            Step::InTime { first, each } => steps.push(format!(
                "{}{}",
                if *first { "earliest" } else { "latest" },
                if *each { " of each" } else { "" }
            )),
            Step::Limit(count) => steps.push(format!("limit {count}")),
        }
    }
    steps.extend(grouping);
    if let Shown::Groups(keys, _) = &plan.shown {
        if super::is_of_every_year(plan) {
            said.push("in all years".to_owned());
        }
        said.extend(by(keys, plan).filter(|_| !records));
    } else if plan.scope.years == Years::Every && !matches!(plan.shown, Shown::Verdicts(_)) {
        let sorted = |step: &Step| {
            matches!(
                step,
                Step::Sort {
                    by: Expr::Field(_),
                    ..
                }
            )
        };
        // `by year` would put records in that order.
        let is_mentioned = matches!(plan.shown, Shown::Mentioned);
        let every = records && (is_mentioned || plan.steps.iter().any(sorted));
        said.push(if every { "in all years" } else { "by year" }.to_owned());
    }
    if let Shown::Verdicts(keys) = &plan.shown {
        if super::is_of_every_year(plan) {
            said.push("in all years".to_owned());
        }
        said.push("with result".to_owned());
        steps.extend(counted_by(keys, plan));
    }
    let grouped_records = records && matches!(plan.shown, Shown::Groups(..));
    if plan.counted && !grouped_records && !matches!(plan.shown, Shown::Mentioned | Shown::Results)
    {
        steps.push("count".to_owned());
    }
    if plan.view.share {
        steps.push("share".to_owned());
    }
    if let Some(scaled) = &plan.view.scaled {
        steps.push(format!("as {}", scaled.word));
    }
    if let Some(chart) = plan.view.chart {
        steps.push(format!("chart {}", chart.names().0));
    }
    let mut sentence = said.join(" ");
    for step in steps {
        sentence.push_str(", ");
        sentence.push_str(&step);
    }
    if super::has_results(plan) {
        sentence.push_str(" with result");
    }
    if plan.with_source {
        sentence.push_str(" with source");
    }
    sentence
}

/// What records are put together by, and how: before the step that takes so many of the groups.
fn grouping(plan: &Plan, records: bool, catalog: &Catalog) -> Vec<String> {
    let Shown::Groups(keys, summaries) = &plan.shown else {
        return Vec::new();
    };
    if !records {
        return Vec::new();
    }
    let mut said: Vec<String> = summaries
        .iter()
        .map(|each| summary(each, catalog))
        .collect();
    said.extend(by(keys, plan));
    if plan.counted {
        said.push("count".to_owned());
    }
    said
}

fn by(keys: &[Group], plan: &Plan) -> Option<String> {
    let keys: Vec<&str> = keys.iter().map(|key| group(*key, plan)).collect();
    (!keys.is_empty()).then(|| format!("by {}", keys.join(" and ")))
}

/// Conditions stand with the head until the first step of another kind, so that their order is kept.
fn summary(summary: &Summary, catalog: &Catalog) -> String {
    let of = expr(&summary.of, catalog);
    // `total number of tasks` asks how many there are, which is no sum of what places have.
    if summary.aggregate == Aggregate::Total && summary.of.is_count() {
        return format!("sum of {of}");
    }
    format!("{} {of}", aggregate_names(summary.aggregate).0)
}

fn said_keep(
    condition: &Condition,
    catalog: &Catalog,
    said: &mut Vec<String>,
    steps: &mut Vec<String>,
) {
    let phrase = match condition {
        // Said with the head.
        Condition::Verdict(_) => return,
        Condition::Judged(_, Judgement::Verdict(_)) => {
            format!("that {}", self::condition(condition, catalog))
        }
        Condition::Mentions(words) => format!("mentioning {}", sought(words, Lang::En)),
        Condition::Missing(of) => format!("missing {}", expr(of, catalog)),
        Condition::Not(inner)
            if matches!(
                **inner,
                Condition::Missing(_) | Condition::Mentions(_) | Condition::Trait(_)
            ) =>
        {
            self::condition(condition, catalog)
        }
        Condition::Trait(found) => trait_name(*found, Lang::En).to_owned(),
        Condition::About(_) => self::condition(condition, catalog),
        Condition::Not(inner) if matches!(**inner, Condition::About(_)) => {
            let about = self::condition(inner, catalog);
            format!("other than {}", about.trim_start_matches("about "))
        }
        _ => {
            let said = self::condition(condition, catalog);
            // What begins with a word that joins it to the head needs no other.
            let joins = [
                "with ",
                "without ",
                "stating ",
                "mentioning ",
                "missing ",
                "not mentioning ",
            ];
            if joins.iter().any(|word| said.starts_with(word)) {
                said
            } else {
                format!("with {said}")
            }
        }
    };
    if steps.is_empty() {
        let asks = said
            .last()
            .is_some_and(|last| last.starts_with("how many "));
        said.push(match phrase.strip_prefix("with ") {
            // `with a deadline` is one word of the language.
            Some(held) if asks && !matches!(condition, Condition::Trait(_)) => {
                format!("have {held}")
            }
            _ => phrase,
        });
    } else {
        steps.push(phrase);
    }
}

/// `by year, count`; their share where there is but one group.
fn counted_by(keys: &[Group], plan: &Plan) -> Vec<String> {
    if keys.is_empty() {
        return vec!["share".to_owned()];
    }
    let keys: Vec<&str> = keys.iter().map(|key| group(*key, plan)).collect();
    vec![format!("by {}", keys.join(" and ")), "count".to_owned()]
}

/// The word before the head of targets that are judged.
fn verdict(plan: &Plan) -> Option<&'static str> {
    plan.steps.iter().find_map(|step| match step {
        Step::Keep(Condition::Verdict(verdict)) => Some(verdict.as_str()),
        _ => None,
    })
}

fn places(places: &[PlaceScope], catalog: &Catalog) -> Vec<String> {
    let of = |own: bool| -> Vec<String> {
        places
            .iter()
            .filter(|place| matches!(place, PlaceScope::Own { .. }) == own)
            .map(|place| place_name(place, catalog))
            .collect()
    };
    let mut said = Vec::new();
    let within = of(false);
    // `in Zhejiang` is the province and what lies in it.
    let mut own = of(true);
    own.retain(|name| !within.contains(name));
    if !own.is_empty() {
        said.push(format!("of {}", own.join(" and ")));
    }
    if !within.is_empty() {
        said.push(format!("in {}", within.join(" and ")));
    }
    said
}

/// Places that are left out, each named once, whether it or what lies in it is meant.
fn outside(places: &[PlaceScope], catalog: &Catalog) -> String {
    let mut names: Vec<String> = Vec::new();
    for place in places {
        let name = place_name(place, catalog);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" and ")
}

fn place_name(place: &PlaceScope, catalog: &Catalog) -> String {
    match place {
        PlaceScope::Own { name, .. } => catalog.names().english(name),
        PlaceScope::Within {
            name,
            city,
            province,
            ..
        } => {
            let around: String = [province, city]
                .into_iter()
                .flatten()
                .map(String::as_str)
                .collect();
            if around.is_empty() {
                catalog.names().english(name)
            } else {
                format!("{around}{name}")
            }
        }
    }
}

fn years(years: &Years) -> Option<String> {
    match years {
        Years::Latest | Years::Every => None,
        Years::One(year) => Some(format!("in {year}")),
        Years::Several(years) => {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            Some(format!("in {}", years.join(" and ")))
        }
        Years::Range(from, to) => Some(format!("from {from} to {to}")),
    }
}

fn group(group: Group, plan: &Plan) -> &'static str {
    match group {
        Group::Place if !plan.is_of_towns() => "place",
        Group::Place => "town",
        Group::Area(Level::County) => "county",
        Group::Area(Level::City) => "city",
        Group::Area(Level::Province) => "province",
        Group::Year => "year",
        Group::Report => "report",
        Group::Field(field) => field.names().0,
    }
}

pub(super) fn expr(expr: &Expr, catalog: &Catalog) -> String {
    match expr {
        Expr::Figure(of) => figure(of, catalog),
        Expr::Field(field) => field.names().0.to_owned(),
        Expr::Combined(left, with, right) => {
            let left = figure(left, catalog);
            match super::change_names(expr) {
                Some(names) => format!("{left}{}", names.0),
                None => format!(
                    "{left}{}{}",
                    operator(*with, Lang::En),
                    figure(right, catalog)
                ),
            }
        }
    }
}

fn figure(figure: &Figure, catalog: &Catalog) -> String {
    let year = figure.year.map_or(String::new(), |year| format!("{year} "));
    let name = measure(&figure.measure, catalog, Lang::En);
    let aspect = match figure.aspect {
        Aspect::Value => "",
        Aspect::Growth => " growth",
        Aspect::Target | Aspect::TargetOfYear | Aspect::Result => " target",
        Aspect::TargetGrowth | Aspect::TargetGrowthOfYear => " target growth",
        Aspect::Completion => " completion",
        Aspect::Rank => " rank",
        Aspect::LastYear => " last year",
        Aspect::Task => " yearly task",
    };
    let before = if figure.before {
        " of the year before"
    } else {
        ""
    };
    format!("{year}{name}{aspect}{before}")
}
