//! Whether a sentence of a plan commits to doing something, by its words.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::word_table::Classes;
use crate::document::words::{ClassedWords, head};

/// What a sentence of a plan does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Says what will be done.
    Task,
    /// Announces the tasks that follow.
    Lead,
    /// States the expected figures.
    Target,
    /// Says what the government stands for.
    Creed,
    /// Says how things stand.
    Statement,
    /// Cheers its hearers.
    Appeal,
}

/// The classes of `task_words.tsv`.
#[derive(Debug, Clone, Copy)]
pub(super) enum Class {
    Time,
    Lead,
    Target,
    Cheer,
    View,
    Maxim,
    Copula,
    Call,
    Creed,
    Deed,
    Vow,
}

/// Their names there, in the same order.
const CLASSES: [&str; 11] = [
    "time", "lead", "target", "cheer", "view", "maxim", "copula", "call", "creed", "deed", "vow",
];

static WORDS: LazyLock<ClassedWords> =
    LazyLock::new(|| ClassedWords::parse(include_str!("task_words.tsv"), &CLASSES));

/// The classes that have a word in a text.
#[derive(Clone, Copy)]
pub(super) struct Said(Classes);

impl Said {
    /// Whether this class is one of them.
    pub(super) fn has(self, class: Class) -> bool {
        self.0.meets(Classes::one(class as usize))
    }
}

/// The classes that have a word in a text.
pub(super) fn said(words: &str) -> Said {
    Said(WORDS.found_in(words))
}

/// The kind of a sentence of a plan (up to 。 or ；); `said` are the classes of its words.
pub(super) fn kind(words: &str, said: Said) -> Kind {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"以下.{0,8}(工作|方面|任务|重点|事项|措施)|^.{0,40}(抓好|做好|突出|推进|实施|办好).{0,8}[二三四五六七八九十两几\d]+个?(方面|项|大|件)的?(重点|主要|民生)*(工作|任务|实事)[。：]?$",
        )
        .expect("the pattern of a lead compiles")
    });
    static TARGET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(预期目标|主要目标|奋斗目标|发展目标|目标任务|工作目标)(建议)?(是|为|：)")
            .expect("the pattern of targets compiles")
    });
    static YEAR: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^([12]\d{3}年|今年|明年)，?[^，]{0,10}是.{0,120}(之年|一年)[。；]$")
            .expect("the pattern of a year compiles")
    });
    static MAXIM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^[^。]{0,30}(基础在|关键在|根本在|核心在|出路在)[^。]{1,24}[。；]$")
            .expect("the pattern of a maxim compiles")
    });
    let bare = words.trim_end_matches(['。', '；', '！', '：']);
    if words.ends_with('：') || may_lead(words, said) && LEAD.is_match(words) {
        return Kind::Lead;
    }
    if said.has(Class::Target) && TARGET.is_match(words) {
        return Kind::Target;
    }
    if (words.ends_with('！') && !says_what_is_done(words, said))
        || said.has(Class::Cheer) && !has_figure(words)
    {
        return Kind::Appeal;
    }
    if said.has(Class::View) && WORDS.has(Class::View as usize, head(words, 14))
        || said.has(Class::Maxim) && MAXIM.is_match(words)
        || bare.ends_with("一年") | bare.ends_with("之年") && YEAR.is_match(words)
        || said.has(Class::Copula) && is_statement(words) && !said.has(Class::Call)
    {
        return Kind::Statement;
    }
    if bare.chars().count() < 4 {
        return Kind::Statement;
    }
    if said.has(Class::Creed) && !said.has(Class::Deed) && !has_figure(words) {
        return Kind::Creed;
    }
    Kind::Task
}

/// What every lead has: 以下, or a number of tasks at its end. Looking for this first spares most sentences the pattern,
/// which repeats much and is slow to follow.
fn may_lead(words: &str, said: Said) -> bool {
    let end = words.strip_suffix(['。', '：']).unwrap_or(words);
    let counted = strip_any(end, &["工作", "任务", "实事"]).is_some_and(|mut rest| {
        while let Some(shorter) = strip_any(rest, &["重点", "主要", "民生"]) {
            rest = shorter;
        }
        let rest = rest.strip_suffix('的').unwrap_or(rest);
        rest.ends_with(['面', '项', '大', '件'])
    });
    said.has(Class::Lead) || counted
}

/// 新建健身步道50公里，开放公共场馆，把好事办到群众心坎上！ ends with a cheer and says what will be done; 让我们…！ only cheers.
fn says_what_is_done(words: &str, said: Said) -> bool {
    said.has(Class::Deed) && !said.has(Class::Vow) && words.matches('，').count() >= 2
}

fn strip_any<'t>(text: &'t str, ends: &[&str]) -> Option<&'t str> {
    ends.iter().find_map(|end| text.strip_suffix(end))
}

/// 就业是最大的民生。 says how things stand: one short clause, a year before it aside, with 是 or 乃 inside it.
fn is_statement(words: &str) -> bool {
    let Some(clause) = words.strip_suffix(['。', '；']) else {
        return false;
    };
    let year = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && text.starts_with(['1', '2']) && text[digits..].starts_with('年')
    };
    let relative = ["今年", "明年"].iter().any(|year| clause.starts_with(year));
    let behind = match clause.find('年') {
        Some(at) if relative || year(clause) => &clause[at + '年'.len_utf8()..],
        _ => clause,
    };
    [clause, behind].into_iter().any(|text| {
        let text = text.strip_prefix('，').unwrap_or(text);
        let length = text.chars().count();
        let mut before = None;
        let mut says = false;
        for (at, c) in text.chars().enumerate() {
            if matches!(c, '，' | '。' | '；') {
                return false;
            }
            // 就是 is one word, so that one character more may stand before its 是.
            let most = if before == Some('就') && c == '是' {
                15
            } else {
                14
            };
            says |= matches!(c, '是' | '乃')
                && (1..=most).contains(&at)
                && (2..=30).contains(&(length - at - 1));
            before = Some(c);
        }
        says
    })
}

fn has_figure(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_of_a_plan() {
        for (words, want) in [
            ("加快推进青溪公园建设，确保年内开放。", Kind::Task),
            ("新增就业1100人；", Kind::Task),
            ("重点是加快征收清盘，推动项目开工。", Kind::Task),
            ("为实现上述目标，要重点做好以下工作：", Kind::Lead),
            ("今年重点抓好五个方面工作。", Kind::Lead),
            (
                "全镇经济社会发展主要预期目标是：财政收入增长5%。",
                Kind::Target,
            ),
            (
                "增强“四个意识”，坚定“四个自信”，做到“两个维护”。",
                Kind::Creed,
            ),
            ("就业是最大的民生。", Kind::Statement),
            (
                "推进社会治理现代化，基础在基层，落实靠基层。",
                Kind::Statement,
            ),
            ("2022年是实施规划的关键之年。", Kind::Statement),
            ("让我们携手前进，创造更加美好的明天！", Kind::Appeal),
            (
                "新建健身步道5公里，开放公共场馆，把好事办到群众心坎上！",
                Kind::Task,
            ),
        ] {
            assert_eq!(kind(words, said(words)), want, "{words}");
        }
    }
}
