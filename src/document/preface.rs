//! The unnumbered paragraphs before the tasks of a plan, and the problems after the work of a review.

use std::sync::LazyLock;

use regex::Regex;

use crate::fact::SectionType;

use super::heading::{has_figure, run_in};
use super::paragraph::Paragraph;
use super::words::{has, head};

/// Where a section without a heading begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Turn {
    /// A byte of the cleaned text.
    pub(super) start: usize,
    pub(super) kind: SectionType,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Guideline,
    Targets,
    Lead,
    Other,
}

/// The turns among the paragraphs of a plan before its first task. `from` is the byte behind the plan's heading; `first`
/// says that this is the report's first plan part, which alone sets out guideline and targets.
pub(super) fn turns(body: &[&Paragraph], from: usize, first: bool) -> Vec<Turn> {
    let mut pieces: Vec<(usize, Role, &str)> = Vec::new();
    for paragraph in body {
        let start = paragraph.range.start.max(from);
        let text = &paragraph.text[start - paragraph.range.start..];
        if text.is_empty() || (start > paragraph.range.start && text.chars().count() < 8) {
            continue;
        }
        // A heading on a line of its own has no role.
        if paragraph.chars <= 30 && !paragraph.is_finished() {
            continue;
        }
        let whole = role(text);
        match targets_inside(text) {
            Some(at) if at > 0 && whole != Role::Targets => {
                pieces.push((start, role(&text[..at]), &text[..at]));
                pieces.push((start + at, Role::Targets, &text[at..]));
            }
            _ => pieces.push((start, whole, text)),
        }
    }
    // Where paragraph after paragraph opens with a heading, the tasks have begun.
    let runs_in = |piece: &(usize, Role, &str)| piece.1 == Role::Other && run_in(piece.2).is_some();
    if pieces.iter().filter(|piece| runs_in(piece)).count() >= 3
        && let Some(at) = pieces.iter().position(runs_in)
    {
        pieces.insert(at, (pieces[at].0, Role::Lead, ""));
        pieces.truncate(at + 1);
    }
    let has_role = |role| pieces.iter().any(|piece| piece.1 == role);
    let told = has_role(Role::Targets) || has_role(Role::Guideline);
    let mut turns: Vec<Turn> = Vec::new();
    let mut kind = SectionType::Plan;
    let mut aimed = false;
    for (i, &(start, role, text)) in pieces.iter().enumerate() {
        let next = match role {
            Role::Targets => {
                aimed = true;
                SectionType::Targets
            }
            Role::Guideline => SectionType::Guideline,
            Role::Lead => SectionType::Plan,
            // Before any of them stands what the year is; it is the guideline where no other is given.
            Role::Other
                if i == 0 && first && told && !has_role(Role::Guideline) && !exhorts_work(text) =>
            {
                SectionType::Guideline
            }
            Role::Other if kind == SectionType::Targets && lists_figures(text) => {
                SectionType::Targets
            }
            Role::Other if aimed && kind == SectionType::Targets => {
                if guides(text) {
                    SectionType::Guideline
                } else {
                    SectionType::Plan
                }
            }
            // Principles follow a guideline; what else follows it is work.
            Role::Other if kind == SectionType::Guideline && !guides(text) => SectionType::Plan,
            Role::Other => kind,
        };
        if next != kind {
            turns.push(Turn { start, kind: next });
            kind = next;
        }
    }
    turns
}

/// What a chapter of a plan is for where its heading says that it holds no tasks: （一）总体要求, （二）主要预期目标.
pub(super) fn chapter_kind(heading: &str) -> Option<SectionType> {
    if heading.chars().count() > 24 || heading.contains("任务") || heading.contains("工作安排")
    {
        return None;
    }
    if has("guideline", heading) {
        Some(SectionType::Guideline)
    } else if has("targets", heading) {
        Some(SectionType::Targets)
    } else {
        None
    }
}

/// Whether a paragraph opens the plan of a report that has no heading over it.
pub(super) fn opens_plan(text: &str) -> bool {
    const OPENINGS: [&str; 10] = [
        "今年",
        "明年",
        "新的一年",
        "下一步",
        "下步",
        "今后",
        "未来",
        "20",
        "做好",
        "各位代表",
    ];
    let head = head(text, 120);
    OPENINGS.iter().any(|word| text.starts_with(word))
        && (has("guideline", head)
            || has("targets", head)
            || head.contains("下一步")
            || head.contains("新的一年"))
}

/// Where the problems begin in a paragraph of a review: at its start, or at the sentence that turns to them.
pub(super) fn problems_start(paragraph: &Paragraph) -> Option<usize> {
    let mut told = 0;
    for (i, range) in paragraph.sentences.iter().enumerate() {
        let text =
            &paragraph.text[range.start - paragraph.range.start..range.end - paragraph.range.start];
        let head = head(text, 70);
        if has("seeing", head) && has("trouble", text) && !head.contains("解决了") {
            return Some(if i <= 2 && told < 90 {
                paragraph.range.start
            } else {
                range.start
            });
        }
        told += text.chars().count();
    }
    None
}

/// A guideline or targets announced by a sentence of a paragraph among the tasks; `next` is the paragraph after it.
pub(super) fn aim_inside(paragraph: &Paragraph, next: &str) -> Option<Turn> {
    let body = paragraph.mark.map_or(0, |mark| mark.length);
    for range in &paragraph.sentences {
        let from = range.start - paragraph.range.start;
        let sentence = &paragraph.text[from..range.end - paragraph.range.start];
        let head = head(sentence, 70);
        let start = paragraph.range.start + if from <= body { 0 } else { from };
        let figures = || count_figures(&paragraph.text[from..]);
        let listed = || paragraph.text.ends_with('：') && count_figures(next) >= 1;
        if head.contains("预期") && aim(head).is_some() && (figures() >= 3 || listed()) {
            return Some(Turn {
                start,
                kind: SectionType::Targets,
            });
        }
        if is_guideline(head)
            && head.contains("政府") | head.contains("工作")
            && sentence.chars().count() > 60
        {
            return Some(Turn {
                start,
                kind: SectionType::Guideline,
            });
        }
    }
    None
}

/// Whether a paragraph goes on with a list of targets.
pub(super) fn lists_targets(text: &str) -> bool {
    lists_figures(text) || (text.chars().count() <= 120 && count_figures(text) >= 1)
}

fn role(text: &str) -> Role {
    let head = head(text, 70);
    if let Some(at) = aim(head) {
        let guided = ["总体要求", "指导思想", "总要求", "总体思路"]
            .iter()
            .filter_map(|word| head.find(word))
            .min();
        if count_figures(text) >= 2 && guided.is_none_or(|guided| at < guided) {
            return Role::Targets;
        }
    }
    if is_guideline(text) {
        return Role::Guideline;
    }
    if text.chars().count() <= 90 && leads(text) {
        return Role::Lead;
    }
    let opening = self::head(text, 16);
    if [
        "实现上述",
        "围绕上述",
        "为实现",
        "完成上述",
        "完成全年任务",
        "实现以上",
        "实现今年",
    ]
    .iter()
    .any(|word| opening.contains(word))
    {
        return Role::Lead;
    }
    Role::Other
}

/// 今年重点抓好以下五方面工作：
fn leads(text: &str) -> bool {
    static LEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"以下.{0,8}(工作|方面|任务|重点|事项)|[二三四五六七八九十两几\d]个?(方面|项|大)的?(重点|主要|任务)*(工作|任务)|重点(抓好|做好|工作)|(着力|突出|切实|主要)(抓好|做好)",
        )
        .expect("the pattern of a lead compiles")
    });
    LEAD.is_match(text)
}

/// 总体要求是：…, 指导思想：…
fn is_guideline(text: &str) -> bool {
    static GUIDELINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(总体要求|总要求|总的要求|指导思想|总体思路|工作思路|基本思路|总的思路|发展思路|总体安排|总的指导方针)(就)?(是|为|：)",
        )
        .expect("the pattern of a guideline compiles")
    });
    // What every match begins with.
    let may = text.contains('总') || ["指导思想", "思路"].iter().any(|word| text.contains(word));
    may && GUIDELINE.is_match(text)
}

/// The byte of `text` where the words stand that announce targets.
fn aim(text: &str) -> Option<usize> {
    static AIM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(预期目标|预期调控目标|主要目标|奋斗目标|发展目标|总体目标|工作目标|预期指标|主要指标|具体目标|目标任务|目标)(建议)?(安排)?(是|为|：|如下|定为|初步)|主要预期(调控)?(目标|指标)",
        )
        .expect("the pattern of targets compiles")
    });
    if !text.contains("目标") && !text.contains("指标") {
        return None;
    }
    AIM.find(text).map(|found| found.start())
}

/// The byte of the sentence inside a paragraph that announces targets with figures.
fn targets_inside(text: &str) -> Option<usize> {
    super::sentence::cut(text, 0)
        .into_iter()
        .find(|range| {
            aim(head(&text[range.clone()], 60)).is_some()
                && count_figures(&text[range.start..]) >= 2
        })
        .map(|range| range.start)
}

/// Numbers that measure: those before a unit or %.
fn count_figures(text: &str) -> usize {
    static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\d(%|‰|亿|万|元|个百分点|公里|亩|人|户|家|吨|‰|左右|以上|以内)|翻.番|同步")
            .expect("the pattern of a figure compiles")
    });
    FIGURE.find_iter(text).count()
}

/// A line of a list of targets.
fn lists_figures(text: &str) -> bool {
    text.starts_with("——") && has_figure(text) && text.chars().count() < 200
        || count_figures(text) >= 4
}

/// Whether a paragraph after the targets says how to work rather than what to do.
fn guides(text: &str) -> bool {
    let head = head(text, 50);
    [
        "我们将",
        "我们要",
        "必须",
        "坚持",
        "把握",
        "原则",
        "贯彻",
        "各位代表",
    ]
    .iter()
    .any(|word| head.contains(word))
}

/// Whether a paragraph calls for definite work.
fn exhorts_work(text: &str) -> bool {
    let opening = head(text, 12);
    opening.contains("重点") || opening.contains("抓好")
}
