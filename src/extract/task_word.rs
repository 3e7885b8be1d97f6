//! Whether a sentence of a plan commits to doing something, by its words.

use std::sync::LazyLock;

use regex::Regex;

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

/// The kind of a sentence of a plan (up to 。 or ；).
pub(super) fn kind(words: &str) -> Kind {
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
    static STATEMENT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^([12]\d{3}年|今年|明年)?[，]?[^，。；]{1,14}(是|就是|乃)[^，。；]{2,30}[。；]$",
        )
        .expect("the pattern of a statement compiles")
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
    if words.ends_with('：') || LEAD.is_match(words) {
        return Kind::Lead;
    }
    if TARGET.is_match(words) {
        return Kind::Target;
    }
    let opening: String = words.chars().take(14).collect();
    if words.ends_with('！') || has("cheer", words) && !has_figure(words) {
        return Kind::Appeal;
    }
    if has("view", &opening)
        || MAXIM.is_match(words)
        || YEAR.is_match(words)
        || (STATEMENT.is_match(words) && !calls(words))
    {
        return Kind::Statement;
    }
    if bare.chars().count() < 4 {
        return Kind::Statement;
    }
    if has("creed", words) && !has("deed", words) && !has_figure(words) {
        return Kind::Creed;
    }
    Kind::Task
}

/// Whether the words call for something: 重点是加快清盘.
fn calls(words: &str) -> bool {
    [
        "要",
        "加快",
        "推进",
        "抓好",
        "确保",
        "力争",
        "重点是",
        "完成",
        "开展",
        "实施",
    ]
    .iter()
    .any(|word| words.contains(word))
}

fn has_figure(words: &str) -> bool {
    words.contains(|c: char| c.is_ascii_digit())
}

static WORDS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    include_str!("task_words.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

fn has(class: &str, text: &str) -> bool {
    WORDS
        .iter()
        .any(|(of, word)| *of == class && text.contains(word))
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
        ] {
            assert_eq!(kind(words), want, "{words}");
        }
    }
}
