//! Statements of one report that do not fit together: said as doubts that name both places, never mended.

use crate::fact::{Against, Bound, Doubt, DoubtCode, Metric, Period, Status};

/// Two values of one indicator this far apart (of the larger) are more than rounding.
const ROUNDING: f64 = 0.02;
/// A stated growth this many points off the growth of the two stated values is more than rounding and price changes.
const GROWTH_POINTS: f64 = 3.0;

/// The contradictions among the figures of a report.
pub(super) fn contradictions(metrics: &[Metric]) -> Vec<Doubt> {
    let mut doubts = two_values(metrics);
    doubts.extend(growths_that_do_not_fit(metrics));
    doubts.extend(parts_over_their_whole(metrics));
    doubts.sort_by_key(|doubt| doubt.span.map(|span| span.start));
    doubts
}

/// One indicator with two values for one year.
fn two_values(metrics: &[Metric]) -> Vec<Doubt> {
    let exact: Vec<&Metric> = metrics
        .iter()
        .filter(|metric| is_exact_result(metric))
        .collect();
    let mut doubts = Vec::new();
    for (k, later) in exact.iter().enumerate() {
        let same = |earlier: &&&Metric| {
            earlier.indicator == later.indicator
                && earlier.label == later.label
                && earlier.year == later.year
                && earlier.unit == later.unit
                && earlier.period == later.period
        };
        let Some(first) = exact[..k].iter().find(same) else {
            continue;
        };
        if apart(first, later) {
            doubts.push(doubt(
                later,
                format!(
                    "two values for {} in {}: {} (character {}) and {} (character {}); both are kept",
                    later.label,
                    year(later),
                    number(first),
                    first.span.start,
                    number(later),
                    later.span.start
                ),
                format!(
                    "{}{}有两个数：{}（第{}字）和{}（第{}字）；两个都保留",
                    year_zh(later),
                    later.label,
                    number(first),
                    first.span.start,
                    number(later),
                    later.span.start
                ),
            ));
        }
    }
    doubts
}

/// A target's growth against the result that the same report states.
fn growths_that_do_not_fit(metrics: &[Metric]) -> Vec<Doubt> {
    let targets = metrics
        .iter()
        .filter(|metric| metric.status == Status::Target && metric.bound == Bound::Eq);
    let mut doubts = Vec::new();
    for target in targets {
        let (Some(value), Some(growth), Some(planned)) = (target.value, target.growth, target.year)
        else {
            continue;
        };
        let before = metrics.iter().find(|metric| {
            is_exact_result(metric)
                && metric.indicator == target.indicator
                && metric.year == Some(planned - 1)
                && metric.unit == target.unit
        });
        let is_of_year = growth.against == Against::YearBefore && !growth.points;
        if !is_of_year || target.unit.as_deref() == Some("%") {
            continue;
        }
        let growth = growth.amount;
        let Some((before, old)) = before.and_then(|before| Some((before, before.value?))) else {
            continue;
        };
        let computed = (value / old - 1.0) * 100.0;
        if old > 0.0 && (computed - growth).abs() > GROWTH_POINTS {
            doubts.push(doubt(
                target,
                format!(
                    "{}: from {} (character {}) to {} (character {}) is {computed:+.1} %, but {growth:+} % is stated",
                    target.label,
                    number(before),
                    before.span.start,
                    number(target),
                    target.span.start
                ),
                format!(
                    "{}：由{}（第{}字）到{}（第{}字）为{computed:+.1}%，报告却写{growth:+}%",
                    target.label,
                    number(before),
                    before.span.start,
                    number(target),
                    target.span.start
                ),
            ));
        }
    }
    doubts
}

/// 其中: a part larger than the figure that it is part of.
fn parts_over_their_whole(metrics: &[Metric]) -> Vec<Doubt> {
    let part = |pair: &[Metric]| {
        let (whole, part) = (&pair[0], &pair[1]);
        // 其中 must open what stands between the two.
        let since = whole.span.end.saturating_sub(part.span.start);
        let between: String = part
            .quote
            .chars()
            .skip(since)
            .filter(|c| !"，、 \n".contains(*c))
            .take(2)
            .collect();
        let near = between == "其中" && part.span.start <= whole.span.end + 2;
        let more = part.unit == whole.unit && part.value > whole.value && whole.bound == Bound::Eq;
        (near
            && more
            && part.value.is_some()
            && whole.value.is_some()
            && whole.unit.as_deref() != Some("%"))
        .then(|| {
            doubt(
                part,
                format!(
                    "a part is more than its whole: {} {} (character {}) of {} {} (character {})",
                    part.label,
                    number(part),
                    part.span.start,
                    whole.label,
                    number(whole),
                    whole.span.start
                ),
                format!(
                    "部分大于总数：{}{}（第{}字），总数{}{}（第{}字）",
                    part.label,
                    number(part),
                    part.span.start,
                    whole.label,
                    number(whole),
                    whole.span.start
                ),
            )
        })
    };
    metrics.windows(2).filter_map(part).collect()
}

/// An exact amount or share of a whole year of the place itself. Counts are left out: a report gives those that are
/// new and those that there are under one name.
fn is_exact_result(metric: &Metric) -> bool {
    metric.indicator.is_some()
        && metric.status != Status::Target
        && metric.bound == Bound::Eq
        && metric.value.is_some()
        && metric
            .unit
            .as_deref()
            .is_some_and(|unit| unit.ends_with('元') || unit == "%")
        && matches!(metric.period, Period::Year | Period::AsOf)
}

fn apart(a: &Metric, b: &Metric) -> bool {
    let (Some(a), Some(b)) = (a.value, b.value) else {
        return false;
    };
    (a - b).abs() > ROUNDING * a.abs().max(b.abs())
}

fn doubt(at: &Metric, message: String, message_zh: String) -> Doubt {
    Doubt {
        code: DoubtCode::Contradiction,
        message,
        message_zh,
        span: Some(at.span),
    }
}

fn number(metric: &Metric) -> String {
    let number = metric.number.as_deref().unwrap_or_default();
    number.chars().filter(|c| !c.is_whitespace()).collect()
}

fn year_zh(metric: &Metric) -> String {
    metric
        .year
        .map_or_else(|| "年份不明的".into(), |year| format!("{year}年"))
}

fn year(metric: &Metric) -> String {
    metric
        .year
        .map_or_else(|| "an unknown year".into(), |year| year.to_string())
}
