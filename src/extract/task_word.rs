//! Whether a sentence of a plan commits to doing something, by its words.

use std::sync::LazyLock;

use regex::Regex;

use super::nominal::opens_with_verb;
use super::status::opens_a_name;
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
    Plan,
    Behind,
    Coming,
    Level,
}

/// Their names there, in the same order.
const CLASSES: [&str; 15] = [
    "time", "lead", "target", "cheer", "view", "maxim", "copula", "call", "creed", "deed", "vow",
    "plan", "behind", "coming", "level",
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
    static TARGET: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(预期目标|主要目标|奋斗目标|发展目标|目标任务|工作目标)(建议)?(是|为|：)")
            .expect("the pattern of targets compiles")
    });
    let bare = words.trim_end_matches(['。', '；', '！', '：']);
    if words.ends_with('：') || leads(words, said) {
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
        || said.has(Class::Maxim) && is_maxim(words)
        || bare.ends_with("一年") | bare.ends_with("之年") && tells_of_year(words)
        || said.has(Class::Copula) && is_statement(words) && !said.has(Class::Call)
    {
        return Kind::Statement;
    }
    if bare.chars().count() < 4 {
        return Kind::Statement;
    }
    if opens_behind(words) && !said.has(Class::Coming) {
        return Kind::Statement;
    }
    if has_figure(words) && states_levels(bare) {
        return Kind::Target;
    }
    if said.has(Class::Creed) && !said.has(Class::Deed) && !has_figure(words) {
        return Kind::Creed;
    }
    Kind::Task
}

/// Whether a heading is that of a whole plan: 2024年工作安排.
pub(super) fn heads_a_plan(heading: &str) -> bool {
    said(heading).has(Class::Plan)
}

/// Whether a sentence opens with the time behind and is of it.
fn opens_behind(words: &str) -> bool {
    let opening = head(words, 2);
    said(opening).has(Class::Behind) && !opens_a_name(&words[opening.len()..])
}

/// 粮食产量稳定在5万吨以上, 工业投资增长8%，出口增长5%: says of things how much they shall be, and of nobody what he will do.
fn states_levels(words: &str) -> bool {
    words.split(['，', '、']).all(|clause| {
        let Some(at) = clause.find(|c: char| c.is_ascii_digit()) else {
            return false;
        };
        let (subject, number) = clause.split_at(at);
        let behind = number.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        behind.chars().count() <= 8
            && said(subject).has(Class::Level)
            && !said(subject).has(Class::Call)
            && (4..=24).contains(&subject.chars().count())
            && !subject.starts_with(['将', '把'])
            && !opens_with_verb(subject)
    })
}

/// 以下几项工作, 今年重点办好十件民生实事: opens what stands behind it. By hand, since a pattern that repeats so much is slow
/// to follow.
fn leads(words: &str, said: Said) -> bool {
    said.has(Class::Lead) && announces(words) || counts_tasks(words)
}

/// 以下, with what follows named in the next characters.
fn announces(words: &str) -> bool {
    const NAMED: [&str; 6] = ["工作", "方面", "任务", "重点", "事项", "措施"];
    let all = words
        .match_indices("以下")
        .map(|(at, word)| at + word.len());
    all.map(|at| &words[at..]).any(|behind| {
        let places = behind.char_indices().take(9);
        let mut places = places.take_while(|(at, _)| !behind[..*at].ends_with('\n'));
        places.any(|(at, _)| NAMED.iter().any(|named| behind[at..].starts_with(named)))
    })
}

/// 抓好, 办好, and at the end a number of tasks.
fn counts_tasks(words: &str) -> bool {
    const DOING: [&str; 6] = ["抓好", "做好", "突出", "推进", "实施", "办好"];
    let end = words.strip_suffix(['。', '：']).unwrap_or(words);
    let Some(mut rest) = strip_any(end, &["工作", "任务", "实事"]) else {
        return false;
    };
    while let Some(shorter) = strip_any(rest, &["重点", "主要", "民生"]) {
        rest = shorter;
    }
    let rest = rest.strip_suffix('的').unwrap_or(rest);
    let Some(rest) = strip_any(rest, &["方面", "项", "大", "件"]) else {
        return false;
    };
    let rest = rest.strip_suffix('个').unwrap_or(rest);
    let number = |c: char| c.is_ascii_digit() || "二三四五六七八九十两几".contains(c);
    let before = rest.trim_end_matches(number);
    before.len() < rest.len()
        && before.char_indices().rev().take(10).any(|(at, _)| {
            DOING.iter().any(|doing| before[at..].starts_with(doing))
                && before[..at].chars().count() <= 40
                && !before.contains('\n')
        })
}

/// 2024年是实施规划的关键之年。
fn tells_of_year(words: &str) -> bool {
    let said = words.strip_suffix(['。', '；']);
    let Some(said) = said.and_then(|said| strip_any(said, &["之年", "一年"])) else {
        return false;
    };
    let number = || {
        let behind = said.strip_prefix(['1', '2'])?;
        let (digits, behind) = behind.split_at_checked(3)?;
        let is_year = digits.bytes().all(|digit| digit.is_ascii_digit());
        behind.strip_prefix('年').filter(|_| is_year)
    };
    let relative = ["今年", "明年"].iter();
    let mut relative = relative.filter_map(|year| said.strip_prefix(year));
    let Some(behind) = relative.next().or_else(number) else {
        return false;
    };
    let behind = behind.strip_prefix('，').unwrap_or(behind);
    let near = behind.char_indices().take(11);
    let mut near = near.take_while(|(_, c)| *c != '，');
    near.any(|(at, c)| {
        let inner = &behind[at + c.len_utf8()..];
        c == '是' && inner.chars().count() <= 120 && !inner.contains('\n')
    })
}

/// 推进社会治理，基础在基层。
fn is_maxim(words: &str) -> bool {
    const TURNS: [&str; 5] = ["基础在", "关键在", "根本在", "核心在", "出路在"];
    words.strip_suffix(['。', '；']).is_some_and(|said| {
        let mut turns = TURNS.iter().flat_map(|turn| said.match_indices(turn));
        turns.any(|(at, turn)| {
            let (before, behind) = (&said[..at], &said[at + turn.len()..]);
            before.chars().count() <= 30 && (1..=24).contains(&behind.chars().count())
        }) && !said.contains('。')
    })
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
    words.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the hand-written checks say, said as patterns.
    #[test]
    fn checks_are_what_their_patterns_say() {
        let counts = Regex::new(
            r"^.{0,40}(抓好|做好|突出|推进|实施|办好).{0,8}[二三四五六七八九十两几0-9]+个?(方面|项|大|件)的?(重点|主要|民生)*(工作|任务|实事)[。：]?$",
        )
        .unwrap();
        let announces_ = Regex::new(r"以下.{0,8}(工作|方面|任务|重点|事项|措施)").unwrap();
        let year =
            Regex::new(r"^([12][0-9]{3}年|今年|明年)，?[^，]{0,10}是.{0,120}(之年|一年)[。；]$")
                .unwrap();
        let maxim =
            Regex::new(r"^[^。]{0,30}(基础在|关键在|根本在|核心在|出路在)[^。]{1,24}[。；]$")
                .unwrap();
        let parts = [
            "以下",
            "工作",
            "抓好",
            "办好",
            "十",
            "2",
            "个",
            "方面",
            "项",
            "大",
            "的",
            "重点",
            "民生",
            "实事",
            "。",
            "：",
            "今年",
            "2024年",
            "，",
            "是",
            "一年",
            "之年",
            "；",
            "基础在",
            "根本在",
            "新建学校和医院",
            "\n",
            "加快补齐短板弱项，推动高质量发展取得更大进展",
        ];
        let mut seed: u64 = 1;
        let mut matched = [0; 4];
        for _ in 0..60_000 {
            let mut next = |most: u64| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                ((seed >> 33) % most) as usize
            };
            // The parts of one of the patterns, one of them missing here and another one too many there.
            let orders = [
                &["抓好", "十", "个", "项", "的", "重点", "工作", "。"][..],
                &["今年", "，", "是", "十", "之年", "；"],
                &["以下", "十", "方面"],
                &["今年", "基础在", "工作", "。"],
            ];
            let mut text = String::new();
            for part in orders[next(4)] {
                if next(6) > 0 {
                    text.push_str(part);
                }
                if next(5) == 0 {
                    text.push_str(parts[next(parts.len() as u64)]);
                }
            }
            for (at, (is, pattern)) in [
                (counts_tasks(&text), &counts),
                (announces(&text), &announces_),
                (tells_of_year(&text), &year),
                (is_maxim(&text), &maxim),
            ]
            .into_iter()
            .enumerate()
            {
                assert_eq!(is, pattern.is_match(&text), "{text:?} {pattern}");
                matched[at] += usize::from(is);
            }
        }
        assert!(matched.iter().all(|count| *count > 10), "{matched:?}");
    }

    #[test]
    fn sentences_of_a_plan() {
        for (words, want) in [
            ("加快推进青溪公园建设，确保年内开放。", Kind::Task),
            ("新增就业1100人；", Kind::Task),
            (
                "茶叶产量稳定在900吨左右，毛竹采伐量控制在20万根以内。",
                Kind::Target,
            ),
            ("确保茶叶产量稳定在900吨左右。", Kind::Task),
            ("去年茶园受冻，损失不小。", Kind::Statement),
            ("去年受冻的茶园，今年全部补种。", Kind::Task),
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
