use super::absent::{absent, absent_target};
use super::column::{Column, ColumnKind, Field};
use super::condition::Writer;
use super::interval::Interval;
use super::slots::{Kind, Slots};
use super::sources::sources;
use super::{Params, groups, saying, targets};
use crate::query::catalog::Catalog;
use crate::query::plan::{
    Aspect, Expr, Figure, Group, Measure, Operator, Plan, Shown, Step, Years,
};

/// The expressions of a row: SQL and how it is read.
pub(super) type Projection = Vec<(String, Field)>;

/// What a plan shows of a row of places.
pub(super) fn projection(
    plan: &Plan,
    slots: &Slots,
    catalog: &Catalog,
    params: &mut Params,
    layer: &str,
) -> Projection {
    let exprs = shown(plan);
    let mut writer = Writer {
        slots,
        params,
        layer,
    };
    let mut displayed: Vec<usize> = Vec::new();
    let mut more: Vec<&Expr> = Vec::new();
    for expr in &exprs {
        for figure in expr.figures() {
            let n = slots.index(figure);
            if !displayed.contains(&n) {
                displayed.push(n);
            }
            if matches!(
                figure.aspect,
                Aspect::Completion | Aspect::Rank | Aspect::LastYear | Aspect::Task
            ) && matches!(expr, Expr::Figure(_))
                && !more.contains(expr)
            {
                more.push(expr);
            }
        }
        if matches!(expr, Expr::Combined(..) | Expr::Field(_)) {
            more.push(expr);
        }
    }
    let worded: Vec<Expr> = plan.worded_fields().into_iter().map(Expr::Field).collect();
    for expr in &worded {
        if !more.contains(&expr) {
            more.push(expr);
        }
    }
    // A row of any kind of place keeps the name `town`, so that scripts find one name.
    let place = Column::new("town", "地方", ColumnKind::Text);
    let mut fields: Projection = vec![("place".to_owned(), Field::Shown(place))];
    fields.extend(of_place("place_id", ""));
    // So many of each province: which one.
    let area = plan.steps.iter().find_map(|step| match step {
        Step::Take {
            each: Some(Group::Area(level)),
            ..
        } => Some(*level),
        _ => None,
    });
    if let Some(level) = area {
        let (sql, column) = groups::key_column(Group::Area(level));
        fields.push((sql, Field::Shown(column)));
    }
    let year = displayed.first().map_or("row_year".to_owned(), |n| {
        format!("COALESCE(about{n}, row_year)")
    });
    fields.push((
        year,
        Field::Shown(Column::new("year", "年份", ColumnKind::Year)),
    ));
    let single = displayed.len() == 1 && more.iter().all(|expr| matches!(expr, Expr::Figure(_)));
    for n in &displayed {
        slot_fields(*n, single, plan, &mut writer, catalog, &mut fields);
    }
    let extras: Vec<Column> = more
        .iter()
        .map(|expr| extra_column(expr, slots, catalog))
        .collect();
    for (expr, column) in more.into_iter().zip(&extras) {
        let interval = writer.expr(expr);
        let is_asked = matches!(&plan.shown, Shown::Items(items) if items.contains(expr));
        let mut shown = column.clone().asked(is_asked);
        // Two ratios, or last years, are told apart by what they are of.
        if extras
            .iter()
            .filter(|other| other.name == column.name)
            .count()
            > 1
        {
            (shown.name, shown.title_zh) = crate::query::say::expr_names(expr, catalog);
            shown.title_en.clone_from(&shown.name);
        }
        fields.push((interval.value.clone(), Field::Shown(shown)));
        if matches!(expr, Expr::Combined(..)) {
            fields.push((bound(&interval), Field::Bound));
        }
    }
    if displayed.is_empty() {
        fields.push((
            "county".to_owned(),
            Field::Shown(Column::new("county", "区县", ColumnKind::Text)),
        ));
        fields.push((
            "province".to_owned(),
            Field::Shown(Column::new("province", "省份", ColumnKind::Text)),
        ));
        fields.push((
            "(SELECT COUNT(*) FROM sessions s WHERE s.town_id = place_id)".to_owned(),
            Field::Shown(Column::new("reports", "报告数", ColumnKind::Count)),
        ));
    }
    fields.push(("stated_year".to_owned(), Field::StatedYear));
    fields.push(("reported".to_owned(), Field::Reported));
    let said = displayed
        .is_empty()
        .then(|| saying::of_places(layer, plan, writer.params));
    let sources = said
        .flatten()
        .unwrap_or_else(|| sources(&displayed, slots, writer.params.form));
    fields.push((sources, Field::Sources));
    fields
}

/// Which place the row is of and what it lies in, for names that several places have; `from` ends in a dot or is empty.
pub(super) fn of_place(id: &str, from: &str) -> [(String, Field); 2] {
    let around = ["province", "city", "county"].map(|area| format!("IFNULL({from}{area}, '')"));
    [
        (id.to_owned(), Field::PlaceId),
        (around.join(" || '/' || "), Field::Lies),
    ]
}

/// What stands behind a growth that may be a bound or a range, with the columns that say so.
pub(super) fn growth_bound(to: &str, bound: &str) -> [(String, Field); 2] {
    [
        (to.to_owned(), Field::High),
        (bound.to_owned(), Field::Bound),
    ]
}

/// How the stated value of something worked out bounds the truth, from what it was worked out of.
fn bound(interval: &Interval) -> String {
    let Interval {
        low, high, value, ..
    } = interval;
    format!(
        "CASE WHEN {high} > {value} AND {low} < {value} THEN 'approx' WHEN {high} > {value} THEN 'ge' \
         WHEN {low} < {value} THEN 'le' END"
    )
}

/// The expressions that are shown: named ones, or all that the steps speak of.
pub(super) fn shown(plan: &Plan) -> Vec<&Expr> {
    match &plan.shown {
        Shown::Items(items) | Shown::Compared(items) => items.iter().collect(),
        _ => plan.exprs(),
    }
}

fn slot_fields(
    n: usize,
    single: bool,
    plan: &Plan,
    writer: &mut Writer,
    catalog: &Catalog,
    fields: &mut Projection,
) {
    let slots = writer.slots;
    let slot = &slots.0[n];
    let unit = slot.unit(catalog);
    if slot.kind == Kind::Paired {
        let (en, zh) = slot.names(catalog);
        let (en, zh) = (en.trim_end_matches(" target"), zh.trim_end_matches("目标"));
        let prefix = if single { ("", "") } else { (en, zh) };
        fields.push((format!("reported{n}"), Field::Reported));
        let mut pair = targets::fields(&n.to_string(), unit, prefix);
        // Behind the target, which is the first.
        pair.splice(
            1..1,
            absent_target(n, plan, catalog, writer).map(|why| (why, Field::Absent)),
        );
        fields.extend(pair);
        return;
    }
    // Of a rate the growth is in points, but prices, whose index is one, rise by so many per cent.
    let is_rise = matches!(&slot.measure, Measure::Indicator(id) if targets::is_rise(id));
    let growth_unit = if unit == Some("%") && !is_rise {
        "百分点"
    } else {
        "%"
    };
    let (en, zh) = slot.names(catalog);
    let column = |name: &str, title: &str, own: &str, own_zh: &str, kind| {
        let mut column = if single {
            Column::new(name, title, kind)
        } else {
            Column::new(&format!("{en}{own}"), &format!("{zh}{own_zh}"), kind)
        };
        if single && kind == ColumnKind::Value {
            column.title_en.clone_from(&en);
            column.title_zh.clone_from(&zh);
        }
        column
    };
    let counted = matches!(slot.measure, Measure::Count(_));
    // What is known to be nothing is not taken along, nor what is said of it.
    let is_lacked = slots.is_lacked(n, plan);
    let value = column("value", "数值", "", "", ColumnKind::Value).in_unit(unit);
    if is_lacked {
        fields.push(("NULL".to_owned(), Field::Shown(value)));
    } else {
        fields.push((format!("value{n}"), Field::Shown(value)));
        fields.push((format!("value_high{n}"), Field::High));
    }
    if let (Kind::Result, Measure::Indicator(id)) = (slot.kind, &slot.measure) {
        fields.push((absent(n, id, plan, catalog, writer), Field::Absent));
    } else if matches!(slot.kind, Kind::Target | Kind::TargetOfYear) {
        let why = absent_target(n, plan, catalog, writer);
        fields.extend(why.map(|why| (why, Field::Absent)));
    }
    if !is_lacked {
        fields.push((format!("bound{n}"), Field::Bound));
        fields.push((format!("period{n}"), Field::Period));
        if slot.is_added_to(catalog) {
            let label = format!("(SELECT label FROM metrics WHERE id = metric{n})");
            fields.push((label, Field::Label));
        }
    }
    // A year that is named is no other year than the others, whether of the figure or of the question.
    let is_named = slot.year.is_some() || matches!(plan.scope.years, Years::One(_)) && !slot.before;
    if !is_named {
        fields.push((format!("about{n}"), Field::About));
    }
    fields.push((format!("metric{n}"), Field::Figure));
    if single || unit.is_none() {
        let unit = column("unit", "单位", " unit", "单位", ColumnKind::Unit);
        fields.push((format!("unit{n}"), Field::Shown(unit)));
    } else {
        fields.push((format!("unit{n}"), Field::Unit));
    }
    if counted && !single {
        return;
    }
    if !is_only_held_against(n, plan, slots) {
        let growth = column("growth", "增长", " growth", "增长", ColumnKind::Growth)
            .in_unit(Some(growth_unit))
            .asked(is_growth_asked(n, plan, slots));
        fields.push((format!("growth{n}"), Field::Shown(growth)));
        let [to, bound] = ["growth_to", "growth_bound"].map(|name| format!("{name}{n}"));
        fields.extend(growth_bound(&to, &bound));
        fields.push((format!("period{n}"), Field::Period));
        fields.push((format!("growth_metric{n}"), Field::Figure));
    }
    let status = format!("status{n}");
    if single || slot.kind == Kind::Result {
        let shown = column("status", "性质", " status", "性质", ColumnKind::Status);
        fields.push((status, Field::Shown(shown)));
    } else {
        fields.push((status, Field::Status));
    }
}

/// Whether a slot is only the year that a change is counted from: its growth is not of the row's year, and not asked for.
fn is_only_held_against(n: usize, plan: &Plan, slots: &Slots) -> bool {
    let mut is_first = false;
    for expr in shown(plan) {
        match expr {
            Expr::Combined(last, Operator::Minus | Operator::PerYear, first)
                if last.measure == first.measure
                    && !last.aspect.is_growth()
                    && slots.index(last) != n =>
            {
                is_first |= slots.index(first) == n;
            }
            _ if expr.figures().iter().any(|figure| slots.index(figure) == n) => return false,
            _ => {}
        }
    }
    is_first
}

/// Whether the growth of a slot is among what was asked for by name.
fn is_growth_asked(n: usize, plan: &Plan, slots: &Slots) -> bool {
    let Shown::Items(items) = &plan.shown else {
        return false;
    };
    items.iter().any(|item| match item {
        Expr::Figure(figure) => slots.index(figure) == n && figure.aspect.is_growth(),
        _ => false,
    })
}

fn extra_column(expr: &Expr, slots: &Slots, catalog: &Catalog) -> Column {
    match expr {
        Expr::Field(field) => super::records::column(*field),
        Expr::Figure(figure) => match figure.aspect {
            Aspect::Completion => {
                Column::new("completion", "完成率", ColumnKind::Number).in_unit(Some("%"))
            }
            Aspect::Rank => Column::new("rank", "名次", ColumnKind::Text),
            Aspect::Task => Column::new("yearly_task", "年度任务（推算）", ColumnKind::Value)
                .in_unit(slots.0[slots.index(figure)].unit(catalog))
                .derived(),
            _ => Column::new("last_year", "上年（推算）", ColumnKind::Value)
                .in_unit(slots.0[slots.index(figure)].unit(catalog))
                .derived(),
        },
        Expr::Combined(left, operator, right) => {
            let same = left.measure == right.measure;
            let unit = sum_unit(left, *operator, slots.0[slots.index(left)].unit(catalog));
            match operator {
                Operator::Divide => Column::new("ratio", "比值", ColumnKind::Number).derived(),
                Operator::Plus => Column::new("sum", "合计", ColumnKind::Value).in_unit(unit),
                Operator::Minus if same => {
                    Column::new("change", "变化", ColumnKind::Value).in_unit(unit)
                }
                Operator::Minus => {
                    Column::new("difference", "差额", ColumnKind::Value).in_unit(unit)
                }
                Operator::Against => Column::new("against", "相对变化", ColumnKind::Growth)
                    .in_unit(Some("%"))
                    .derived(),
                Operator::PerYear => {
                    let column = Column::new("annual_growth", "年均增速", ColumnKind::Growth);
                    Column {
                        over_years: left.year.zip(right.year).map(|(to, from)| to - from),
                        ..column.in_unit(Some("%")).derived()
                    }
                }
            }
        }
    }
}

/// The unit of a sum or a difference: that of its parts, and of percentages points.
pub(super) fn sum_unit<'a>(
    left: &Figure,
    operator: Operator,
    unit: Option<&'a str>,
) -> Option<&'a str> {
    let own = match left.aspect {
        Aspect::Growth | Aspect::TargetGrowth | Aspect::TargetGrowthOfYear | Aspect::Completion => {
            Some("%")
        }
        _ => unit,
    };
    match (operator, own) {
        (Operator::Minus, Some("%")) => Some("百分点"),
        _ => own,
    }
}
