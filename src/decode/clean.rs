use std::ops::Range;

use crate::fact::Span;

use super::layout::{ReadyLine, paragraphs};
use super::scrub::{Glyph, Line, scrub};
use super::width::normalise;

/// The text that the reader reads, with a map back to the characters of the stored text.
///
/// One paragraph a line (`\n` between them); no blank inside Chinese words or numbers; digits, Latin letters, `%`
/// and `.` half width; Chinese punctuation full width, quotes curly.
#[derive(Debug, Clone, Default)]
pub struct CleanText {
    text: String,
    /// In order; the first begins with the text.
    runs: Vec<Run>,
}

/// A stretch of the cleaned text whose characters stand side by side in the stored text, up to the next run.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// The byte of the cleaned text where it begins.
    start: u32,
    /// The character of the stored text that its first came from.
    origin: u32,
}

/// A run has so many characters at most, so that they are soon counted.
const LONGEST_RUN: usize = 24;

impl CleanText {
    /// Cleans a decoded text.
    #[must_use]
    pub fn new(source: &str) -> Self {
        let (mut glyphs, lines) = scrub(source);
        let mut clean = Self {
            text: String::with_capacity(source.len()),
            runs: Vec::with_capacity(source.len() / 64),
        };
        paragraphs(ready_lines(&mut glyphs, lines), |paragraph| {
            curl_quotes(paragraph);
            if let (false, Some(first)) = (clean.text.is_empty(), paragraph.first()) {
                clean.push(&[Glyph {
                    c: '\n',
                    at: first.at,
                }]);
            }
            clean.push(paragraph);
        });
        clean
    }

    /// Adds glyphs, which begin a run.
    fn push(&mut self, glyphs: &[Glyph]) {
        for together in glyphs.chunk_by(|one, next| next.at == one.at + 1) {
            for run in together.chunks(LONGEST_RUN) {
                self.runs.push(Run {
                    start: self.text.len() as u32,
                    origin: run[0].at,
                });
                self.text.extend(run.iter().map(|glyph| glyph.c));
            }
        }
    }

    /// The cleaned text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The stretch of the stored text from which `range` (bytes of the cleaned text) came.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            let at = self.origin(range.start);
            return Span::new(at, at);
        }
        Span::new(self.origin(range.start), self.origin(range.end - 1) + 1)
    }

    /// The character of the stored text that the one with the byte `at` came from; 0 behind the end.
    fn origin(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return 0;
        }
        let next = self.runs.partition_point(|run| run.start as usize <= at);
        let run = self.runs[next - 1];
        let bytes = &self.text.as_bytes()[run.start as usize..=at];
        // A run has fewer bytes than its count can hold.
        let opens_character = |byte: &u8| u8::from(byte & 0xC0 != 0x80);
        let count: u8 = bytes.iter().map(opens_character).sum();
        run.origin as usize + usize::from(count) - 1
    }

    /// The bytes in `range` before whose characters the stored text has something (a blank, a line break) that was left
    /// out.
    pub fn gaps(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let first = self
            .runs
            .partition_point(|run| (run.start as usize) < range.start);
        let runs = self.runs[first..].iter();
        runs.take_while(move |run| (run.start as usize) < range.end)
            .filter(|run| run.start > 0)
            .filter(|run| run.origin as usize > self.origin(run.start as usize - 1) + 1)
            .map(|run| run.start as usize)
    }

    /// Whether the stored text has something (a blank, a line break) before the byte `at` that was left out.
    #[must_use]
    pub fn is_gap(&self, at: usize) -> bool {
        self.gaps(at..at + 1).next().is_some()
    }
}

/// Puts blanks and widths of the lines right, and leaves out those of which nothing remains.
fn ready_lines(mut glyphs: &mut [Glyph], lines: Vec<Line>) -> Vec<ReadyLine<'_>> {
    let mut before = 0;
    let mut ready = Vec::with_capacity(lines.len());
    for line in lines {
        let (until, rest) = glyphs.split_at_mut(line.glyphs.end - before);
        let text = normalise(&mut until[line.glyphs.start - before..]);
        before = line.glyphs.end;
        glyphs = rest;
        if !text.is_empty() {
            ready.push(ReadyLine::new(text, line));
        }
    }
    ready
}

/// Straight double quotes open and close by turns.
fn curl_quotes(paragraph: &mut [Glyph]) {
    let mut open = false;
    for glyph in paragraph {
        if glyph.c == '"' {
            open = !open;
            glyph.c = if open { '“' } else { '”' };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, want: &str) {
        let clean = CleanText::new(source);
        assert_eq!(clean.as_str(), want, "from {source:?}");
        // The map never runs backwards and never leaves the source.
        let origins: Vec<_> = (0..clean.text.len()).map(|at| clean.origin(at)).collect();
        assert!(origins.is_sorted());
        let length = source.chars().count();
        assert!(origins.iter().all(|&at| at < length));
    }

    #[test]
    fn blanks_inside_words_and_numbers() {
        check(
            "总 投 资 1 029 亿元，增长 3.5 %。",
            "总投资1029亿元，增长3.5%。",
        );
        check("达到36.5 9亿元，2 0 2 1 年", "达到36.59亿元，2021年");
        check("LED TV 5 台", "LED TV 5台");
        check("2020 2021 2022", "2020 2021 2022");
        check("时间：2022-11-12 03:10", "时间：2022-11-12 03:10");
        check("政　府　工　作　报　告", "政府工作报告");
    }

    #[test]
    fn widths() {
        check("增长１２．５％，ＧＤＰ", "增长12.5%，GDP");
        check(
            "工业,农业:服务业(含旅游);好!",
            "工业，农业：服务业（含旅游）；好！",
        );
        check("共1,234户，8:30开会，2.5万", "共1,234户，8:30开会，2.5万");
        check("\"三大\"行动和\"两个\"工程", "“三大”行动和“两个”工程");
        check("二○二一年一月", "二〇二一年一月");
    }

    #[test]
    fn residue() {
        check(
            "第一段。\\r\\n第二段。\\n第三段。",
            "第一段。\n第二段。\n第三段。",
        );
        check("收入&nbsp;5&permil;，&#8220;好&#x201d;", "收入5‰，“好”");
        check(
            "全镇$PM_{2.5}$浓度，PM_{10}，$3.$5％",
            "全镇PM2.5浓度，PM10，$3.$5%",
        );
        check(
            "<p>甲镇。</p><!-- 图 -->乙镇。<br/>丙镇",
            "甲镇。\n乙镇。\n丙镇",
        );
        check("来源：网站????????作者", "来源：网站作者");
        check("防\u{200b}控\u{feff}。", "防控。");
        check("常态化公号“某某写材料”整理编辑防控。", "常态化防控。");
        check(
            "开通微信公众号“青溪发布”服务群众。",
            "开通微信公众号“青溪发布”服务群众。",
        );
        check(
            "修建道路，（下转第2版）\n（上接第1版）改造管网。",
            "修建道路，改造管网。",
        );
        check("a < b & c", "a<b&c");
        check("<!-- 没有结尾", "<!--没有结尾");
    }

    #[test]
    fn broken_lines() {
        check(
            "帮扶资金。共投入950 余万\n\n元，惠及群众。\n下一段。",
            "帮扶资金。共投入950余万元，惠及群众。\n下一段。",
        );
        check("积极招商引资、\n走访企业。", "积极招商引资、走访企业。");
        check("推进“百日\n行动”。", "推进“百日行动”。");
        check(
            "建成公园。大力实施道路\n- 3 -\n改造工程。",
            "建成公园。大力实施道路改造工程。",
        );
        check("投入\n，见效。", "投入，见效。");
    }

    #[test]
    fn lines_that_stay() {
        check(
            "一、2021年工作回顾\n一年来成绩显著。\n（一）工业\n工业增长。",
            "一、2021年工作回顾\n一年来成绩显著。\n（一）工业\n工业增长。",
        );
        check(
            "青溪镇政府工作报告\n——在大会上\n镇长 王小明",
            "青溪镇政府工作报告\n——在大会上\n镇长王小明",
        );
        check(
            "工作扎实。民生改善\n2022年工作安排\n做好下面各项工作，推动发展再上台阶。",
            "工作扎实。民生改善\n2022年工作安排\n做好下面各项工作，推动发展再上台阶。",
        );
    }

    #[test]
    fn page_numbers() {
        check("甲。\n1\n乙。\n2\n丙。\n3\n丁。", "甲。\n乙。\n丙。\n丁。");
        check(
            "甲。\n—12—\n乙。\n第3页\n丙。\n3/20\n丁。",
            "甲。\n乙。\n丙。\n丁。",
        );
        check("阅读：\n406\n评论：\n0", "阅读：\n406\n评论：\n0");
    }

    #[test]
    fn a_number_parted_from_its_unit() {
        check(
            "其中工业投资8.04亿\n元，增长11.2%。",
            "其中工业投资8.04亿元，增长11.2%。",
        );
        check("新增就业3\n万人。", "新增就业3万人。");
        // Names and blank lines stay apart.
        check("奋战百亿\n元旦致辞", "奋战百亿\n元旦致辞");
        check("总投资8亿\n\n元旦致辞", "总投资8亿\n元旦致辞");
    }

    #[test]
    fn a_text_without_line_breaks() {
        let body = "全镇工作扎实推进，成绩显著。".repeat(120);
        let clean = CleanText::new(&format!(
            "报告如下：一、工作回顾{body}（一）产业。{body}二、工作安排{body}各位代表！努力！"
        ));
        let heads: Vec<String> = clean
            .as_str()
            .lines()
            .map(|l| l.chars().take(4).collect())
            .collect();
        assert_eq!(
            heads,
            ["报告如下", "一、工作", "（一）产", "二、工作", "各位代表"]
        );
    }

    #[test]
    fn lines_cut_at_a_width() {
        let line = "全镇上下齐心协力推进各项事业发展取得新的更大的成绩";
        let mut source = String::new();
        for _ in 0..10 {
            source.push_str("    ");
            source.push_str(&line[..line.len() - 6]);
            source.push('\n');
            source.push_str(line);
            source.push('\n');
            source.push_str(line);
            source.push('\n');
            source.push_str("得到群众好评。\n");
        }
        let clean = CleanText::new(&source);
        assert_eq!(clean.as_str().lines().count(), 10, "{}", clean.as_str());
    }

    #[test]
    fn spans_lead_back() {
        let source = "收入 36.5 9亿元。\n好";
        let clean = CleanText::new(source);
        let at = clean.as_str().find("36.59亿元").expect("joined");
        let span = clean.span(at..at + "36.59亿元".len());
        let quote: String = source.chars().skip(span.start).take(span.len()).collect();
        assert_eq!(quote, "36.5 9亿元");
        assert!(clean.is_gap(at));
    }
}
