//! A file → the reports in it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::paragraph::Paragraph;
use super::words::head;

/// Characters of running text that a report has at least.
const BODY: usize = 600;
/// A line that long is running text.
const LONG: usize = 60;

/// The reports, each as its paragraphs. A file without any sign of a second report is one.
pub(super) fn reports(paragraphs: &[Paragraph]) -> Vec<Range<usize>> {
    // Running text before each paragraph.
    let mut before = vec![0; paragraphs.len() + 1];
    for (i, paragraph) in paragraphs.iter().enumerate() {
        let long = if paragraph.chars >= LONG {
            paragraph.chars
        } else {
            0
        };
        before[i + 1] = before[i] + long;
    }
    let mut starts = vec![0];
    for i in 1..paragraphs.len() {
        let Some(start) = opening(paragraphs, i) else {
            continue;
        };
        let last = *starts.last().unwrap_or(&0);
        if start > last
            && before[start] - before[last] >= BODY
            && before[paragraphs.len()] - before[start] >= BODY
            && soon(&before, start)
        {
            starts.push(start);
        }
    }
    starts
        .iter()
        .enumerate()
        .map(|(i, &start)| start..starts.get(i + 1).copied().unwrap_or(paragraphs.len()))
        .collect()
}

/// Whether running text follows a masthead within its usual length; the lists of a web page have none.
fn soon(before: &[usize], start: usize) -> bool {
    let near = (start + 14).min(before.len() - 1);
    before[near] > before[start]
}

/// Where the report begins whose title, rule or opening words are the paragraph `i`.
fn opening(paragraphs: &[Paragraph], i: usize) -> Option<usize> {
    let paragraph = &paragraphs[i];
    if paragraph.is_rule() {
        let next = paragraphs.get(i + 1)?;
        return (is_title(next) || is_masthead(next)).then_some(i + 1);
    }
    if is_title(paragraph) {
        return Some(i);
    }
    if is_address(paragraph) {
        // The masthead above it: short lines that are no sentences.
        let mut start = i;
        while start > 0
            && i - start < 8
            && paragraphs[start - 1].chars < 45
            && !paragraphs[start - 1].text.ends_with(['。', '！', '；'])
            && paragraphs[start - 1]
                .mark
                .is_none_or(|mark| mark.number == 0)
        {
            start -= 1;
        }
        return Some(start);
    }
    None
}

/// A report's title, on a line of its own.
pub(super) fn is_title(paragraph: &Paragraph) -> bool {
    const OTHERS: [&str; 15] = [
        "名词",
        "注释",
        "附件",
        "附：",
        "说明",
        "解读",
        "决议",
        "审议",
        "通知",
        "代表",
        "上一篇",
        "下一篇",
        "解释",
        "词语",
        "术语",
    ];
    let text = paragraph.text;
    paragraph.chars <= 45
        && text.contains("工作报告")
        && !paragraph.is_finished()
        && paragraph.mark.is_none()
        && !text.contains(['，', '。'])
        && OTHERS.iter().all(|word| !text.contains(word))
}

/// The line that names the session: ——在青溪镇第三届人民代表大会第二次会议上.
fn is_masthead(paragraph: &Paragraph) -> bool {
    static SESSION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"届(人民代表大会|人大).{0,6}次(会议|全会)")
            .expect("the pattern of a session compiles")
    });
    paragraph.chars <= 60 && !paragraph.is_finished() && SESSION.is_match(paragraph.text)
}

/// The words with which a report is put before its congress: 现在，我代表镇人民政府向大会报告工作，请予审议.
pub(super) fn is_address(paragraph: &Paragraph) -> bool {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^.{0,12}我们?谨?(代表|受).{0,60}(报告|审议)")
            .expect("the pattern of an address compiles")
    });
    if paragraph.chars > 220 {
        return false;
    }
    let head = head(paragraph.text, 90);
    ["政府", "办事处", "管委会", "管理委员会"]
        .iter()
        .any(|word| head.contains(word))
        && ["大会", "会议", "审议"]
            .iter()
            .any(|word| paragraph.text.contains(word))
        && self::head(head, 13).contains('我')
        && ADDRESS.is_match(head)
}

/// The line that greets the delegates: 各位代表：
pub(super) fn is_greeting(paragraph: &Paragraph) -> bool {
    paragraph.chars <= 16
        && ["各位代表", "同志们", "各位同志"]
            .iter()
            .any(|word| paragraph.text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::paragraph::paragraphs;
    use super::*;

    fn report(masthead: &str) -> String {
        let body = "全镇经济平稳运行，项目建设加快推进，群众生活持续改善，社会大局保持稳定，各项事业取得新的进步，全面完成了年初确定的各项目标任务。".repeat(6);
        format!("{masthead}\n一、工作回顾\n{body}\n{body}\n二、工作安排\n{body}\n")
    }

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let all = paragraphs(text);
        let got: Vec<&str> = reports(&all)
            .into_iter()
            .map(|r| all[r.start].text)
            .collect();
        assert_eq!(got, want);
    }

    #[test]
    fn several_reports_in_a_file() {
        let first = report(
            "青溪镇政府工作报告\n各位代表：\n现在，我代表青溪镇人民政府向大会报告工作，请予审议。",
        );
        let second = report("石桥镇政府工作报告\n——在石桥镇第三届人民代表大会第二次会议上");
        let third = report("各位代表：\n现在，我代表柳林镇人民政府向大会作工作报告，请予审议。");
        check(
            &format!("{first}{second}{third}"),
            &["青溪镇政府工作报告", "石桥镇政府工作报告", "各位代表："],
        );
        check(
            &format!("{first}======\n{second}"),
            &["青溪镇政府工作报告", "石桥镇政府工作报告"],
        );
    }

    #[test]
    fn one_report() {
        // A title twice over, and the list of a web page below.
        let first = report(
            "青溪镇2021年政府工作报告\n政府工作报告\n——在青溪镇第三届人民代表大会第二次会议上",
        );
        check(
            &format!("{first}相关文章\n石桥镇2021年政府工作报告\n柳林镇2021年政府工作报告\n"),
            &["青溪镇2021年政府工作报告"],
        );
    }
}
