mod condition;

pub(super) use condition::condition;

use super::{aggregate_names, is_of_own, measure, operator, rows_names, sought};
use crate::query::Lang;
use crate::query::catalog::Catalog;
use crate::query::plan::{
    Aspect, Condition, Expr, Figure, Group, Level, PlaceScope, Plan, Rows, Shown, Step, Years,
};

pub(super) fn say(plan: &Plan, catalog: &Catalog) -> String {
    let (_, rows) = rows_names(plan.rows);
    let mut said = String::new();
    if plan.explained {
        said.push_str("解释");
    }
    if let Shown::Compared(items) = &plan.shown {
        said.push_str("对比");
        let within = names(&plan.scope.places, false);
        if within.is_empty() {
            said.push_str(&names(&plan.scope.places, true).join("和"));
        } else {
            said.push_str(&within.join("和"));
            said.push('的');
            said.push_str(rows);
        }
        said.push('的');
        said.push_str(&list(items, catalog));
    }
    let compared = matches!(plan.shown, Shown::Compared(_));
    // Before another year it would be one of two: the year of the rows stands behind them then.
    let mut scoped = if compared { String::new() } else { scope(plan) };
    let year_behind = scoped.ends_with("年，") && begins_with_year(plan, catalog);
    if !year_behind {
        said.push_str(&std::mem::take(&mut scoped));
    }
    // Conditions of the head stand before it; those behind another step stay where they are.
    let first_step = plan
        .steps
        .iter()
        .position(|step| !matches!(step, Step::Keep(_)))
        .unwrap_or(plan.steps.len());
    let (before, after) = plan.steps.split_at(if compared { 0 } else { first_step });
    for step in before {
        if let Step::Keep(Condition::Not(inner)) = step
            && matches!(**inner, Condition::About(_))
        {
            said.push('除');
            said.push_str(self::condition(inner, catalog).trim_start_matches("关于"));
            said.push('外');
        } else if let Step::Keep(Condition::ByAll) = step {
            said.push('各');
            said.push_str(rows_names(plan.scope.of.unwrap_or(Rows::Places)).1);
            said.push_str("都有的");
        } else if let Step::Keep(condition) = step {
            said.push_str(&self::condition(condition, catalog));
            said.push('的');
        }
        if is_of_one_figure(plan, before) {
            said.push_str(rows);
            said.push('的');
        }
    }
    let records = !plan.rows.are_places() || super::is_tally(plan);
    match &plan.shown {
        Shown::Items(items) if records => {
            said.push_str(rows);
            said.push_str("，显示");
            said.push_str(&list(items, catalog));
        }
        Shown::Groups(..) if records => said.push_str(rows),
        Shown::Mentioned | Shown::Results | Shown::Verdicts(_) => said.push_str(rows),
        Shown::Items(items) => said.push_str(&list(items, catalog)),
        Shown::Compared(_) => {}
        Shown::Groups(_, summaries) => {
            let list: Vec<String> = summaries
                .iter()
                .map(|summary| {
                    format!(
                        "{}{}",
                        aggregate_names(summary.aggregate).1,
                        expr(&summary.of, catalog)
                    )
                })
                .collect();
            said.push_str(&list.join("、"));
        }
        Shown::Frequency(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("“{word}”")).collect();
            said.push_str(&words.join("、"));
            said.push_str("出现频率");
        }
    }
    if year_behind {
        said.push('，');
        said.push_str(scoped.trim_end_matches('，'));
    }
    if compared && !matches!(plan.scope.years, Years::Latest | Years::Every) {
        said.push_str("，在");
        said.push_str(&years(&plan.scope.years));
    }
    let mut grouping = grouping(plan, records, catalog);
    for step in after {
        if super::cuts(step) {
            said.push_str(&std::mem::take(&mut grouping));
        }
        said.push('，');
        said.push_str(&self::step(step, plan, catalog));
    }
    said.push_str(&grouping);
    if !matches!(plan.shown, Shown::Groups(..) | Shown::Verdicts(_))
        && plan.scope.years == Years::Every
        && !is_every_first(plan)
    {
        said.push_str("，按年份");
    }
    if let Shown::Verdicts(keys) = &plan.shown {
        said.push_str("，附完成情况，");
        let names: Vec<&str> = keys.iter().map(|key| group(*key, plan)).collect();
        if names.is_empty() {
            said.push_str("占比");
        } else {
            said.push_str(&format!("按{}，计数", names.join("和")));
        }
    }
    // 税收有多少 asks for the tax.
    if plan.counted && matches!(plan.shown, Shown::Items(_)) {
        said.push_str("，计数");
    } else if plan.counted && !(records && matches!(plan.shown, Shown::Groups(..))) {
        said.push_str("有多少");
    }
    if plan.view.share {
        said.push_str("，占比");
    }
    if let Some(scaled) = &plan.view.scaled {
        said.push_str("，折合");
        said.push_str(&scaled.word);
    }
    if let Some(chart) = plan.view.chart {
        said.push_str("，作图");
        said.push_str(chart.names().1);
    }
    if super::has_results(plan) {
        said.push_str("，附完成情况");
    }
    if plan.with_source {
        said.push_str("，附来源");
    }
    said
}

/// Whether what is said of the rows begins with a year of its own.
fn begins_with_year(plan: &Plan, catalog: &Catalog) -> bool {
    let first = match (plan.steps.first(), &plan.shown) {
        (Some(Step::Keep(condition)), _) => condition_begins(condition, catalog),
        (None, Shown::Items(items)) => list(items, catalog),
        _ => return false,
    };
    first.starts_with(|c: char| c.is_ascii_digit())
}

fn condition_begins(condition: &Condition, catalog: &Catalog) -> String {
    match condition {
        Condition::Not(_) | Condition::ByAll => String::new(),
        condition => self::condition(condition, catalog),
    }
}

/// What rows are put together by, and how: before the step that takes so many of the groups.
fn grouping(plan: &Plan, records: bool, catalog: &Catalog) -> String {
    let mut said = String::new();
    let Shown::Groups(keys, summaries) = &plan.shown else {
        return said;
    };
    for summary in summaries.iter().filter(|_| records) {
        said.push('，');
        said.push_str(aggregate_names(summary.aggregate).1);
        said.push_str(&expr(&summary.of, catalog));
    }
    let keys: Vec<&str> = keys.iter().map(|key| group(*key, plan)).collect();
    if !keys.is_empty() {
        said.push_str("，按");
        said.push_str(&keys.join("和"));
    }
    if records && plan.counted {
        said.push_str("，计数");
    }
    said
}

fn step(step: &Step, plan: &Plan, catalog: &Catalog) -> String {
    match step {
        Step::Keep(Condition::Mentions(words)) => format!("提到{}", sought(words, Lang::Zh)),
        Step::Keep(Condition::Missing(of)) => format!("缺少{}", expr(of, catalog)),
        Step::Keep(condition) => format!("其中{}", self::condition(condition, catalog)),
        Step::Sort { by, descending } => {
            format!(
                "按{}{}",
                expr(by, catalog),
                if *descending { "降序" } else { "升序" }
            )
        }
        Step::Take {
            count,
            first,
            others,
            each,
            ..
        } => format!(
            "{}{}{count}名{}",
            each.map_or(String::new(), |each| each_of(each, plan)),
            if *first { "前" } else { "后" },
            if *others { "其余合并" } else { "" }
        ),
        Step::InTime { first, each } => format!(
            "{}{}",
            if *each { "每个" } else { "" },
            if *first { "最早" } else { "最新" }
        ),
        Step::Limit(count) => format!("至多显示{count}个"),
    }
}

/// Records of all years: 按年份 would put them in an order.
fn is_every_first(plan: &Plan) -> bool {
    let sorted = |step: &Step| {
        matches!(
            step,
            Step::Sort {
                by: Expr::Field(_),
                ..
            }
        )
    };
    if super::is_of_every_year(plan) {
        return true;
    }
    let is_mentioned = matches!(plan.shown, Shown::Mentioned);
    plan.scope.years == Years::Every
        && !plan.rows.are_places()
        && (is_mentioned || plan.steps.iter().any(sorted))
}

/// One figure of the places that one simple condition leaves: these can stand between the two.
fn is_of_one_figure(plan: &Plan, before: &[Step]) -> bool {
    let one = matches!(&plan.shown, Shown::Items(items) if matches!(items[..], [Expr::Figure(_)]));
    let simple = matches!(
        before,
        [Step::Keep(Condition::Compare(Expr::Figure(_), ..))]
    );
    let everywhere = plan.scope.places.is_empty() && plan.scope.outside.is_empty();
    let by_name = plan.rows.are_places() && plan.rows != Rows::Places && plan.scope.of.is_none();
    // A year of a figure's own would be taken for the year of all.
    let mut figures = plan.exprs().into_iter().flat_map(Expr::figures);
    let of_scope = plan.scope.years != Years::Every && figures.all(|figure| figure.year.is_none());
    one && simple && everywhere && by_name && of_scope
}

/// Where, when, and of which kind of place.
fn scope(plan: &Plan) -> String {
    let mut said = String::new();
    let within = names(&plan.scope.places, false);
    if !within.is_empty() {
        said.push('在');
        said.push_str(&within.join("和"));
        said.push('，');
    }
    if !matches!(plan.scope.years, Years::Latest | Years::Every) {
        said.push('在');
        said.push_str(&years(&plan.scope.years));
        said.push('，');
    }
    let mut outside = names(&plan.scope.outside, true);
    outside.extend(names(&plan.scope.outside, false));
    outside.sort_unstable();
    outside.dedup();
    if !outside.is_empty() {
        said.push('除');
        said.push_str(&outside.join("和"));
        said.push_str("外，");
    }
    // 在浙江省: the province and what lies in it.
    let mut own = names(&plan.scope.places, true);
    own.retain(|name| !within.contains(name));
    if !own.is_empty() {
        said.push_str(&own.join("和"));
        said.push('的');
    }
    if is_every_first(plan) {
        said.push_str("历年");
    }
    if let Some(of) = super::places_of(plan) {
        said.push_str("所有");
        said.push_str(rows_names(of).1);
        said.push('的');
    }
    let grouped = matches!(plan.shown, Shown::Groups(..));
    let figures = !matches!(
        plan.shown,
        Shown::Mentioned | Shown::Results | Shown::Verdicts(_)
    ) && !super::is_tally(plan)
        && (plan.rows.are_places() || matches!(plan.shown, Shown::Frequency(_)));
    let steps = plan.steps.iter();
    let kept = steps
        .take_while(|step| matches!(step, Step::Keep(_)))
        .count();
    if is_of_one_figure(plan, &plan.steps[..kept]) {
        // 税收收入超过3亿元的镇的固定资产投资: they stand behind their condition.
    } else if figures && (plan.rows != Rows::Places || grouped && !is_of_own(plan)) {
        said.push('各');
        said.push_str(rows_names(plan.rows).1);
        said.push('的');
    }
    said
}

fn names(places: &[PlaceScope], own: bool) -> Vec<String> {
    places
        .iter()
        .filter_map(|place| match place {
            PlaceScope::Own { name, .. } => own.then(|| name.clone()),
            PlaceScope::Within {
                name,
                city,
                province,
                ..
            } => (!own).then(|| {
                let around: String = [province, city]
                    .into_iter()
                    .flatten()
                    .map(String::as_str)
                    .collect();
                format!("{around}{name}")
            }),
        })
        .collect()
}

fn years(years: &Years) -> String {
    match years {
        Years::Latest | Years::Every => String::new(),
        Years::One(year) => format!("{year}年"),
        Years::Several(years) => {
            let years: Vec<String> = years.iter().map(|year| format!("{year}年")).collect();
            years.join("和")
        }
        Years::Range(from, to) => format!("{from}年到{to}年"),
    }
}

fn group(group: Group, plan: &Plan) -> &'static str {
    match group {
        Group::Place if !plan.is_of_towns() => "地方",
        Group::Place => "镇",
        Group::Area(Level::County) => "区县",
        Group::Area(Level::City) => "市",
        Group::Area(Level::Province) => "省",
        Group::Year => "年份",
        Group::Report => "报告",
        Group::Field(field) => field.names().1,
    }
}

/// 每年前3名, 每份报告前1名.
fn each_of(each: Group, plan: &Plan) -> String {
    match each {
        Group::Year => "每年".to_owned(),
        Group::Report => "每份报告".to_owned(),
        Group::Place if !plan.is_of_towns() => "每个地方".to_owned(),
        each => format!("每{}", group(each, plan)),
    }
}

fn list(items: &[Expr], catalog: &Catalog) -> String {
    items
        .iter()
        .map(|item| expr(item, catalog))
        .collect::<Vec<_>>()
        .join("、")
}

pub(super) fn expr(expr: &Expr, catalog: &Catalog) -> String {
    match expr {
        Expr::Figure(of) => figure(of, catalog),
        Expr::Field(field) => field.names().1.to_owned(),
        Expr::Combined(left, with, right) => {
            let left = figure(left, catalog);
            match super::change_names(expr) {
                Some(names) => format!("{left}{}", names.1),
                None => format!(
                    "{left}{}{}",
                    operator(*with, Lang::Zh),
                    figure(right, catalog)
                ),
            }
        }
    }
}

fn figure(figure: &Figure, catalog: &Catalog) -> String {
    let year = figure
        .year
        .map_or(String::new(), |year| format!("{year}年"));
    let name = measure(&figure.measure, catalog, Lang::Zh);
    let aspect = match figure.aspect {
        Aspect::Value => "",
        Aspect::Growth => "增速",
        Aspect::Target | Aspect::TargetOfYear | Aspect::Result => "目标",
        Aspect::TargetGrowth | Aspect::TargetGrowthOfYear => "目标增速",
        Aspect::Completion => "完成率",
        Aspect::Rank => "名次",
        Aspect::LastYear => "上年",
        Aspect::Task => "年度任务",
    };
    let before = if figure.before { "上年" } else { "" };
    format!("{before}{year}{name}{aspect}")
}
