//! One short sentence for each way in which reports state figures: what the reader makes of it.
//!
//! `phenomena.tsv` has a line each: what it shows, the part of the report it stands in (`review` of 2023 or `plan` of
//! 2024), the sentence, and its figures and doubts. A change that breaks one says which. Some lines fix a reading that is
//! not yet right, so that a change of it is seen; `tests/known_bad/phenomena.tsv` has how those should be read.

#![expect(clippy::format_push_string, reason = "a test that builds short lines")]

use zhenzhi::fact::{Metric, Status};
use zhenzhi::reading::read;

#[test]
fn each_phenomenon_is_read_as_it_is_written_down() {
    let wrong: Vec<String> = cases(include_str!("phenomena.tsv"))
        .filter(|case| case.found() != case.expected)
        .map(|case| {
            format!(
                "{}: {}\n    expected {}\n    found    {}",
                case.what,
                case.sentence,
                case.expected,
                case.found()
            )
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{} sentences are read otherwise:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn what_is_known_to_be_read_wrongly_is_not_mended_in_silence() {
    for case in cases(include_str!("../known_bad/phenomena.tsv")) {
        assert_ne!(
            case.found(),
            case.expected,
            "mended; take {} out of tests/known_bad/phenomena.tsv",
            case.what
        );
    }
}

/// A line of a file of phenomena.
struct Case {
    what: &'static str,
    part: &'static str,
    sentence: &'static str,
    expected: &'static str,
}

impl Case {
    fn found(&self) -> String {
        figures(self.part, self.sentence)
    }
}

fn cases(file: &'static str) -> impl Iterator<Item = Case> {
    file.lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let [what, part, sentence, expected] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("four cells: {line}")
            };
            Case {
                what,
                part,
                sentence,
                expected,
            }
        })
}

fn figures(part: &str, sentence: &str) -> String {
    let (review, plan) = if part == "plan" {
        ("这一年，我们稳步前行。", sentence)
    } else {
        (sentence, "今年，我们继续努力。")
    };
    let text = format!(
        "云塘镇人民政府工作报告\n\n——2024年1月9日在云塘镇第十七届人民代表大会第三次会议上\n\n云塘镇镇长 沈维舟\n\n各位代表：\n\n\
         现在，我代表镇人民政府，向大会报告工作，请予审议。\n\n一、2023年工作回顾\n\n{review}\n\n二、2024年工作安排\n\n{plan}\n"
    );
    let reading = read(text.as_bytes()).expect("a text");
    let facts = &reading.reports[0].facts;
    let figures = facts.metrics.iter().map(figure);
    let doubts = facts
        .doubts
        .iter()
        .filter(|doubt| doubt.code.as_str() != "no-figures")
        .map(|doubt| format!("doubt {}", doubt.code.as_str()));
    figures.chain(doubts).collect::<Vec<_>>().join("; ")
}

/// `label = bound value..high unit, growth kind, [indicator] status year period`; what is usual (eq, actual, the
/// year of the part, the whole year) is left out.
fn figure(metric: &Metric) -> String {
    let mut out = metric.label.clone();
    if let Some(value) = metric.value {
        let bound = match metric.bound.as_str() {
            "eq" => String::new(),
            bound => format!("{bound} "),
        };
        let high = metric
            .value_high
            .map_or(String::new(), |high| format!("..{high}"));
        out += &format!(
            " = {bound}{value}{high} {}",
            metric.unit.as_deref().unwrap_or_default()
        );
    }
    if let Some(growth) = &metric.growth {
        let bound = growth
            .stored_bound()
            .map_or(String::new(), |bound| format!(" {bound}"));
        let to = growth.to.map_or(String::new(), |to| format!("..{to:+}"));
        let against = growth
            .points_against()
            .map_or(String::new(), |against| format!(" {against}"));
        out += &format!(
            ",{bound} {:+}{to} {}{against}",
            growth.amount,
            growth.kind()
        );
    }
    if let Some(indicator) = &metric.indicator {
        out += &format!(" [{indicator}]");
    }
    let usual = if metric.status == Status::Target {
        2024
    } else {
        2023
    };
    if metric.status == Status::Estimate {
        out += " estimate";
    }
    if metric.year != Some(usual) {
        out += &metric
            .year
            .map_or(" no year".to_owned(), |year| format!(" {year}"));
    }
    if metric.period.name() != "year" {
        out += &format!(" {}", metric.period.name());
    }
    if let Some(completion) = metric.completion {
        out += &format!(" {completion} % done");
    }
    if let Some(rank) = &metric.rank {
        out += &format!(" rank {rank}");
    }
    out
}

/// What one point of a chapter looks ahead to, the points and chapters behind it do not.
#[test]
fn a_point_of_a_plan_looks_ahead_for_itself() {
    let text = "云塘镇2023年政府工作报告\n一、2023年工作回顾\n完成税收3亿元。\n二、2024年工作安排\n（一）抓好产业发展\n\
        1．壮大工业园区。“十四五”时期，新建标准厂房3座，引进企业20家。\n2．改善交通条件。修路6公里，建桥2座。\n\
        （二）改善群众生活\n1．办好教育事业。新建学校2所，招聘教师40人。\n";
    let reading = read(text.as_bytes()).unwrap();
    let metrics = &reading.reports[0].facts.metrics;
    let targets = metrics.iter().filter(|m| m.status == Status::Target);
    let years: Vec<Option<i32>> = targets.map(|metric| metric.year).collect();
    assert_eq!(years, [2025, 2025, 2024, 2024, 2024, 2024].map(Some));
}
