//! When a task is to be done.

use std::ops::Range;
use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use super::task_word::{Class, Said};

/// A deadline in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Deadline {
    /// Its bytes in the sentence.
    pub(super) range: Range<usize>,
    /// The last day of the period; `None` where its year is not known.
    pub(super) last_day: Option<Date>,
}

/// The first deadline of a sentence of a plan for `year`: 上半年, 6月底前, 年内, 到2025年.
///
/// `said` are the classes of `task_words.tsv` that have a word in it.
pub(super) fn deadline(sentence: &str, said: Said, year: Option<i32>) -> Option<Deadline> {
    static FORMS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?P<lead>力?争?(?:在|于|到)?)",
            r"(?:(?P<year>20\d\d)年|(?P<next>明年)|(?P<this>今年|本年|当年))?",
            r"(?:",
            r"(?P<half>[上下]半年)",
            r"|(?P<quarter>第?[一二三四1234]季度)",
            r"|(?P<month>1[0-2]|[1-9]|十[一二]?|[二三四五六七八九])月(?:(?P<day>[1-3]?\d)日)?(?:份|底|末|中旬|上旬|下旬)?(?P<month_end>之?前|以前|内)?",
            r"|(?P<end>年底|年末|年内|年终|岁末)(?:之?前)?",
            r"|(?P<before>春节|国庆节?|五一|中秋节?|元旦|汛期)前",
            r")",
            r"(?:之?前)?",
        ))
        .expect("the pattern of a deadline compiles")
    });
    static BY_YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:力争)?(?P<by>[到至]?(?P<year>20\d\d)年(?:底|末)?前?)")
            .expect("the pattern compiles")
    });
    let timed = said.has(Class::Time).then(|| FORMS.captures_iter(sentence));
    for found in timed.into_iter().flatten() {
        let all = found.get(0)?;
        let lead = found.name("lead").map_or("", |m| m.as_str());
        let start = all.start() + lead.len();
        if is_past(sentence, all.end()) || is_name(sentence, start..all.end()) {
            continue;
        }
        // A bare month is a time of year (3月植树月), not a deadline, unless the work is to be done by it.
        if found.name("month").is_some()
            && found.name("month_end").is_none()
            && !all.as_str().ends_with(['底', '末', '前'])
            && !lead.ends_with(['在', '于', '到'])
            && found.name("year").is_none()
        {
            continue;
        }
        let stated = found
            .name("year")
            .and_then(|m| m.as_str().parse().ok())
            .or_else(|| found.name("next").and(year.map(|y| y + 1)))
            .or(year);
        // What is over is no deadline.
        if stated.zip(year).is_some_and(|(stated, year)| stated < year) {
            continue;
        }
        return Some(Deadline {
            range: start..all.end(),
            last_day: stated.and_then(|year| last_day(&found, year)),
        });
    }
    let names_a_year = sentence
        .match_indices('年')
        .any(|(at, _)| sentence[..at].ends_with(char::is_numeric));
    if !names_a_year {
        return None;
    }
    BY_YEAR.captures_iter(sentence).find_map(|found| {
        let by = found.name("by")?;
        let stated: i32 = found["year"].parse().ok()?;
        // A year alone is a deadline where words say so: 到2025年, 力争2025年, 2025年底.
        let told = found.get(0)?.as_str() != by.as_str()
            || by.as_str().starts_with(['到', '至'])
            || by.as_str().ends_with(['底', '末', '前']);
        (told && year.is_none_or(|year| stated >= year)).then(|| Deadline {
            range: by.range(),
            last_day: day(stated, 12, 31),
        })
    })
}

fn last_day(found: &regex::Captures, year: i32) -> Option<Date> {
    if let Some(half) = found.name("half") {
        return if half.as_str().starts_with('上') {
            day(year, 6, 30)
        } else {
            day(year, 12, 31)
        };
    }
    if let Some(quarter) = found.name("quarter") {
        let number = quarter.as_str().chars().find_map(ordinal)?;
        return month_end(year, number * 3);
    }
    if let Some(month) = found.name("month") {
        let month = month_number(month.as_str())?;
        if let Some(d) = found.name("day") {
            return day(year, month, d.as_str().parse().ok()?);
        }
        return month_end(year, month);
    }
    if let Some(feast) = found.name("before") {
        return match feast.as_str() {
            "国庆" | "国庆节" => day(year, 9, 30),
            "五一" => day(year, 4, 30),
            // Their days change with the moon or the weather.
            _ => None,
        };
    }
    day(year, 12, 31)
}

fn ordinal(c: char) -> Option<i8> {
    "一二三四"
        .find(c)
        .map(|at| at as i8 / 3 + 1)
        .or_else(|| c.to_digit(10).map(|d| d as i8))
}

fn month_number(text: &str) -> Option<i8> {
    text.parse().ok().or_else(|| {
        const MONTHS: [&str; 12] = [
            "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二",
        ];
        MONTHS
            .iter()
            .position(|m| *m == text)
            .map(|at| at as i8 + 1)
    })
}

fn day(year: i32, month: i8, day: i8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, month, day).ok()
}

fn month_end(year: i32, month: i8) -> Option<Date> {
    day(year, month, 1).map(Date::last_of_month)
}

/// Whether the time belongs to what was done: 2021年底以来, 年内已.
fn is_past(sentence: &str, end: usize) -> bool {
    ["以来", "已", "起"]
        .iter()
        .any(|word| sentence[end..].starts_with(word))
}

/// Whether the match is part of a name in quotes or of a longer word: “8月”行动, 5月份计划生育宣传月.
fn is_name(sentence: &str, range: Range<usize>) -> bool {
    let before = sentence[..range.start].chars().next_back();
    let after = sentence[range.end..].chars().next();
    before.is_some_and(|c| c.is_ascii_digit() || matches!(c, '“' | '.' | '·' | '第' | '三' | '近'))
        || after.is_some_and(|c| matches!(c, '”' | '度'))
}

#[cfg(test)]
mod tests {
    use super::super::task_word::said;
    use super::*;

    #[track_caller]
    fn check(sentence: &str, want: Option<(&str, Option<&str>)>) {
        let got = deadline(sentence, said(sentence), Some(2023));
        let got = got.as_ref().map(|d| {
            (
                &sentence[d.range.clone()],
                d.last_day.map(|d| d.to_string()),
            )
        });
        assert_eq!(
            got,
            want.map(|(text, day)| (text, day.map(str::to_owned))),
            "{sentence}"
        );
    }

    #[test]
    fn deadlines() {
        check(
            "力争2023年上半年完成招生。",
            Some(("2023年上半年", Some("2023-06-30"))),
        );
        check("下半年全面恢复建设。", Some(("下半年", Some("2023-12-31"))));
        check("年内再培育一批企业。", Some(("年内", Some("2023-12-31"))));
        check("确保6月底前完工。", Some(("6月底前", Some("2023-06-30"))));
        check("一季度开工建设。", Some(("一季度", Some("2023-03-31"))));
        check("2月底前拆除。", Some(("2月底前", Some("2023-02-28"))));
        check("10月1日前通车。", Some(("10月1日前", Some("2023-10-01"))));
        check("到2025年建成园区。", Some(("到2025年", Some("2025-12-31"))));
        check("力争2025年建成园区。", Some(("2025年", Some("2025-12-31"))));
        check("巩固2021年11月创建的成果。", None);
        check("春节前发放到位。", Some(("春节前", None)));
        check("国庆节前开放。", Some(("国庆节前", Some("2023-09-30"))));
        check("加快推进项目建设。", None);
        check("深化“5月”行动，坚持三年行动。", None);
    }
}
