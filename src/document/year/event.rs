//! Statements that tie a year to something known to all: 2021年是“十四五”开局之年.

use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use regex::{Captures, Regex};

use super::super::numeral::number;
use super::super::word_table::{Classes, WordTable};
use super::super::words::head;

/// What a statement calls its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// By its number.
    Stated(i32),
    /// By a number that was struck out (20xx年).
    StruckOut,
    /// 今年, 明年, 过去的一年.
    Relative,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) subject: Subject,
    /// The year that it is about by what it says of it.
    pub(super) year: i32,
    /// From the subject to the end of what is said, in bytes of the sentence.
    pub(super) range: Range<usize>,
}

struct Forms {
    subject: Regex,
    events: Vec<Event>,
    /// The events' signs, each a class by its event's place.
    signs: WordTable,
}

impl Forms {
    /// The events whose sign stands in a text.
    fn signed(&self, text: &str) -> impl Iterator<Item = &Event> {
        let seen = self.signs.classes_in(text, Classes::from(0));
        let events = self.events.iter().enumerate();
        events
            .filter(move |(class, _)| seen.meets(Classes::one(*class)))
            .map(|(_, event)| event)
    }
}

/// What is known to all, and of which year.
struct Event {
    /// Words that every match has.
    sign: &'static str,
    pattern: String,
    /// Compiled once the sign was seen, as that of most events never is.
    compiled: OnceLock<Regex>,
    /// How the year follows from a match.
    rule: Rule,
}

impl Event {
    fn captures<'t>(&self, text: &'t str) -> Option<Captures<'t>> {
        let pattern = || Regex::new(&self.pattern).expect("the pattern of an event compiles");
        self.compiled.get_or_init(pattern).captures(text)
    }
}

#[derive(Clone, Copy)]
enum Rule {
    /// The year itself.
    Year(i32),
    /// That many years (the first group) after this one.
    Since(i32),
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let mut events = Vec::new();
    for line in include_str!("events.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let cells: Vec<&'static str> = line.split('\t').collect();
        let [form, words, year] = cells[..] else {
            continue;
        };
        let mut add = |pattern, rule| {
            events.push(Event {
                sign: words,
                pattern,
                compiled: OnceLock::new(),
                rule,
            });
        };
        let year: i32 = year.parse().unwrap_or_default();
        let end = "(?:之年|年|的一年)";
        match form {
            "anniversary" => add(
                format!(r"{words}的?([一二三四五六七八九十百零]{{1,4}}|[0-9]{{2,3}})周年"),
                Rule::Since(year),
            ),
            "plan" => {
                let plan = format!(
                    r"[“‘「]{words}[”’」](?:规划|计划|时期)?(?:建设|发展|实施)?的?(?:全面)?"
                );
                add(
                    format!("{plan}(?:实施)?(?:的)?(?:开局起步|开局|起步|第一|头一|首){end}"),
                    Rule::Year(year),
                );
                add(
                    format!("{plan}(?:实施)?(?:的)?(?:收官|收官决胜|决胜收官|最后一|最后){end}"),
                    Rule::Year(year + 4),
                );
            }
            "congress" => {
                add(
                    format!("党的{words}(?:胜利|即将|隆重)?召开(?:的)?{end}"),
                    Rule::Year(year),
                );
                add(
                    format!(
                        "(?:贯彻|落实|学习)(?:落实)?党的{words}(?:会议)?精神的?(?:开局|起步|第一|开局起步|首){end}"
                    ),
                    Rule::Year(year + 1),
                );
            }
            _ => add(words.to_owned(), Rule::Year(year)),
        }
    }
    let signs = events.iter().enumerate();
    Forms {
        signs: WordTable::new(signs.map(|(class, event)| (event.sign, class))),
        subject: Regex::new(
            r"^(?:各位代表[，！、：]|同志们[，！])?(?:刚刚过去的|刚刚过去|即将过去的|过去的)?(?P<year>(?:[12][09]\d\d|[12]\d[xX×]{2}|[二一][〇零九][〇零一二三四五六七八九]{2})年|今年|明年|去年|过去一年|一年|这一年)(?P<between>[，,]?\D{0,14}?)(?:是|迎来|恰逢|适逢|正值)",
        )
        .expect("the pattern of a subject compiles"),
        events,
    }
});

/// What every statement begins with; few other sentences do.
static OPENINGS: LazyLock<WordTable> =
    LazyLock::new(|| WordTable::new(OPENING_WORDS.map(|word| (word, 0))));

const OPENING_WORDS: [&str; 19] = [
    "各位代表",
    "同志们",
    "刚刚过去",
    "即将过去",
    "过去的",
    "过去一年",
    "1",
    "2",
    "二〇",
    "二零",
    "二九",
    "一〇",
    "一零",
    "一九",
    "一年",
    "今年",
    "明年",
    "去年",
    "这一年",
];

/// The statements in a sentence. It has to begin with the year of which it speaks.
pub(super) fn statements(sentence: &str) -> Vec<Statement> {
    if OPENINGS.opening(sentence, Classes::one(0)).is_none() {
        return Vec::new();
    }
    let head = head(sentence, 220);
    let signed: Vec<&Event> = FORMS.signed(head).collect();
    if signed.is_empty() {
        return Vec::new();
    }
    let Some(found) = FORMS.subject.captures(sentence) else {
        return Vec::new();
    };
    let word = found["year"].trim_end_matches('年');
    let subject = if let Some(year) = number(word).filter(|&year| year > 1900) {
        Subject::Stated(year as i32)
    } else if word.contains(['x', 'X', '×']) {
        Subject::StruckOut
    } else {
        Subject::Relative
    };
    let start = found.name("year").map_or(0, |m| m.start());
    signed
        .into_iter()
        .filter_map(|event| {
            let found = event.captures(head)?;
            let all = found.get(0)?;
            // 为“十四五”开局打基础, 迎接建党100周年 are about another year.
            let before = &head[..all.start()];
            if [
                "为",
                "提前完成",
                "完成",
                "迎接",
                "谋划",
                "承接",
                "喜迎",
                "献礼",
                "庆祝",
            ]
            .iter()
            .any(|word| before.ends_with(word))
            {
                return None;
            }
            let year = match event.rule {
                Rule::Year(year) => year,
                Rule::Since(base) => base + count(found.get(1)?.as_str())?,
            };
            Some(Statement {
                subject,
                year,
                range: start..all.end(),
            })
        })
        .collect()
}

/// 100, 一百, 七十, 七十五.
fn count(text: &str) -> Option<i32> {
    if let Some(rest) = text.strip_prefix("一百") {
        let rest = rest.trim_start_matches('零');
        let more = if rest.is_empty() { 0 } else { number(rest)? };
        return Some(100 + more as i32);
    }
    number(text).map(|n| n as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, want: &[(Subject, i32)]) {
        let got: Vec<_> = statements(sentence)
            .iter()
            .map(|s| (s.subject, s.year))
            .collect();
        assert_eq!(got, want, "{sentence}");
    }

    #[test]
    fn statements_about_years() {
        check(
            "2023年是中国共产党成立100周年，是实施“十四五”规划的开局年。",
            &[(Subject::Stated(2023), 2021), (Subject::Stated(2023), 2021)],
        );
        check(
            "20xx年是关键之年，也是“十三五”规划的收官之年。",
            &[(Subject::StruckOut, 2020)],
        );
        check(
            "今年是决战“十二五”的收官之年。",
            &[(Subject::Relative, 2015)],
        );
        check(
            "2022年，是党的二十大胜利召开之年。",
            &[(Subject::Stated(2022), 2022)],
        );
        check(
            "2023年是全面贯彻落实党的二十大精神的开局之年。",
            &[(Subject::Stated(2023), 2023)],
        );
        check(
            "2019年，是新中国成立七十周年。",
            &[(Subject::Stated(2019), 2019)],
        );
    }

    #[test]
    fn no_statements() {
        check("全年完成投资3亿元，为“十四五”开局之年打下基础。", &[]);
        check("2020年是为“十四五”开局打基础的一年。", &[]);
        check("2022年是实施“十四五”规划的关键之年。", &[]);
    }
}
