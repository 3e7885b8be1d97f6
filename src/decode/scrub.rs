//! Text → glyphs without the residue of web pages and converters, cut into physical lines.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::chars::number_of_three_bytes;

/// A character and the character of the stored text that it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) at: u32,
}

/// A physical line that is not blank.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its glyphs, blanks at both ends left out.
    pub(super) glyphs: Range<usize>,
    /// Columns of blanks before it.
    pub(super) indent: usize,
    /// Whether a blank line stands before it.
    pub(super) after_blank: bool,
}

static ENTITIES: LazyLock<HashMap<&'static str, char>> = LazyLock::new(|| {
    include_str!("entities.tsv")
        .lines()
        .filter_map(|line| {
            let (name, text) = line.split_once('\t')?;
            Some((name, text.chars().next()?))
        })
        .collect()
});

/// Scrubs `source`.
pub(super) fn scrub(source: &str) -> (Vec<Glyph>, Vec<Line>) {
    let mut scrubber = Scrubber {
        rest: source,
        at: 0,
        glyphs: Vec::with_capacity(source.len() / 3),
        lines: Vec::new(),
        line_start: 0,
        blank_before: false,
        comments_close: true,
    };
    loop {
        scrubber.words();
        if !scrubber.step() {
            break;
        }
    }
    scrubber.end_line();
    (scrubber.glyphs, scrubber.lines)
}

struct Scrubber<'a> {
    rest: &'a str,
    at: u32,
    glyphs: Vec<Glyph>,
    lines: Vec<Line>,
    line_start: usize,
    blank_before: bool,
    /// False once a comment was found open to the end, so that the text is not searched again for each.
    comments_close: bool,
}

impl Scrubber<'_> {
    /// Takes what stays as it is: Chinese characters, but for those that a watermark begins with.
    fn words(&mut self) {
        let before = self.glyphs.len();
        let words = self.rest.as_bytes().chunks_exact(3).map_while(|three| {
            let c = char::from_u32(number_of_three_bytes(three)?.into())?;
            let stays = matches!(c, '\u{4e00}'..='\u{9fff}') && !matches!(c, '公' | '微');
            stays.then_some(c)
        });
        let glyphs = words.zip(self.at..).map(|(c, at)| Glyph { c, at });
        self.glyphs.extend(glyphs);
        let taken = self.glyphs.len() - before;
        self.rest = &self.rest[3 * taken..];
        self.at += taken as u32;
    }

    fn step(&mut self) -> bool {
        let Some(c) = self.rest.chars().next() else {
            return false;
        };
        match c {
            '\r' if self.rest.starts_with("\r\n") => self.skip(1),
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                self.skip(1);
                self.end_line();
            }
            '\\' => self.escape(),
            '&' => self.entity(),
            '<' => self.tag(),
            '$' => self.formula(),
            '_' | '^' => self.script(),
            '?' if self.rest.starts_with("??") => {
                let run = self.rest.len() - self.rest.trim_start_matches('?').len();
                self.put(' ');
                self.skip(run);
            }
            '公' | '微' => self.watermark(),
            '（' | '(' => self.turned_page(),
            _ => {
                if let Some(c) = half_width(c) {
                    self.put(c);
                }
                self.pass(c);
            }
        }
        true
    }

    fn put(&mut self, c: char) {
        self.glyphs.push(Glyph { c, at: self.at });
    }

    /// Passes over the next character, which is `c`.
    fn pass(&mut self, c: char) {
        self.rest = &self.rest[c.len_utf8()..];
        self.at += 1;
    }

    /// Passes over `count` characters.
    fn skip(&mut self, count: usize) {
        let bytes = self
            .rest
            .char_indices()
            .nth(count)
            .map_or(self.rest.len(), |(at, _)| at);
        self.rest = &self.rest[bytes..];
        self.at += count as u32;
    }

    fn literal(&mut self) {
        if let Some(c) = self.rest.chars().next() {
            self.put(c);
            self.pass(c);
        }
    }

    fn end_line(&mut self) {
        let all = self.line_start..self.glyphs.len();
        self.line_start = self.glyphs.len();
        let line = &self.glyphs[all.clone()];
        let Some(first) = line.iter().position(|g| g.c != ' ') else {
            self.blank_before = true;
            return;
        };
        let last = line.iter().rposition(|g| g.c != ' ').unwrap_or(first);
        self.lines.push(Line {
            glyphs: all.start + first..all.start + last + 1,
            indent: first,
            after_blank: self.blank_before,
        });
        self.blank_before = false;
    }

    /// Line breaks and blanks that were written out: `\r\n`, `\n`, `\t`, `\u3000`.
    fn escape(&mut self) {
        for (text, c) in [
            ("\\r\\n", '\n'),
            ("\\n", '\n'),
            ("\\r", '\n'),
            ("\\t", ' '),
            ("\\u3000", ' '),
            ("\\u00a0", ' '),
        ] {
            if self.rest.starts_with(text) {
                if c == '\n' {
                    self.end_line();
                } else {
                    self.put(c);
                }
                self.skip(text.len());
                return;
            }
        }
        self.literal();
    }

    fn entity(&mut self) {
        let name = self.rest.as_bytes()[1..]
            .iter()
            .take(10)
            .position(|&b| b == b';')
            .map(|end| &self.rest.as_bytes()[1..=end])
            .and_then(|name| std::str::from_utf8(name).ok());
        let decoded = name.and_then(|name| match name.strip_prefix('#') {
            Some(number) => match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            }
            .and_then(char::from_u32),
            None => ENTITIES.get(name).copied(),
        });
        match (name, decoded) {
            (Some(name), Some(c)) => {
                let length = name.len() + 2;
                if let Some(c) = half_width(c) {
                    self.put(c);
                }
                self.skip(length);
            }
            _ => self.literal(),
        }
    }

    /// Comments and tags of a web page; a tag that ends a block ends the line.
    fn tag(&mut self) {
        if self.comments_close && self.rest.starts_with("<!--") {
            match self.rest.find("-->") {
                Some(end) => {
                    let count = self.rest[..end + 3].chars().count();
                    self.skip(count);
                    return;
                }
                None => self.comments_close = false,
            }
        }
        let name = self.rest[1..].trim_start_matches('/');
        let opens = name.starts_with(|c: char| c.is_ascii_alphabetic());
        let end = self.rest.bytes().take(300).position(|b| b == b'>');
        let (true, Some(end)) = (opens, end) else {
            return self.literal();
        };
        let name: String = name
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let count = self.rest[..=end].chars().count();
        self.skip(count);
        if ["br", "p", "div", "tr", "li", "h1", "h2", "h3", "h4"].contains(&name.as_str()) {
            self.end_line();
        }
    }

    /// A short formula, `$PM_{2.5}$`: its text without the markup. A `$` before a digit is no formula.
    fn formula(&mut self) {
        let end = self.rest.as_bytes()[1..]
            .iter()
            .take(60)
            .position(|&b| b == b'$' || !b.is_ascii() || b == b'\n')
            .filter(|&end| self.rest.as_bytes()[1 + end] == b'$');
        let Some(end) = end else {
            return self.literal();
        };
        let inner = &self.rest[1..=end];
        if !inner
            .bytes()
            .any(|b| b.is_ascii_alphabetic() || matches!(b, b'_' | b'^' | b'\\' | b'~'))
        {
            return self.literal();
        }
        let stop = self.at + end as u32 + 2;
        self.skip(1);
        while self.at + 1 < stop {
            match self.rest.as_bytes()[0] {
                b'\\' => {
                    self.skip(1);
                    let word = self
                        .rest
                        .bytes()
                        .take_while(u8::is_ascii_alphabetic)
                        .count();
                    match &self.rest[..word] {
                        "sim" => self.put('~'),
                        "times" => self.put('×'),
                        _ => {}
                    }
                    self.skip(word);
                }
                b'_' | b'^' | b'{' | b'}' => self.skip(1),
                _ => self.literal(),
            }
        }
        self.skip(1);
    }

    /// `_{2.5}` without dollars.
    fn script(&mut self) {
        let bytes = self.rest.as_bytes();
        let end = (bytes.get(1) == Some(&b'{'))
            .then(|| bytes[2..].iter().take(8).position(|&b| b == b'}'))
            .flatten()
            .filter(|&end| bytes[2..2 + end].is_ascii());
        let Some(end) = end else {
            return self.literal();
        };
        self.skip(2);
        for _ in 0..end {
            self.literal();
        }
        self.skip(1);
    }

    /// A newspaper's note that the text goes on elsewhere: （下转第三版）, （上接A02版）.
    fn turned_page(&mut self) {
        let inner = &self.rest[self.rest.chars().next().map_or(0, char::len_utf8)..];
        let noted = ["下转", "上接", "紧接"]
            .iter()
            .any(|word| inner.starts_with(word));
        let end = inner.chars().take(10).position(|c| matches!(c, '）' | ')'));
        match end {
            Some(end) if noted && inner.chars().nth(end - 1) == Some('版') => self.skip(end + 2),
            _ => self.literal(),
        }
    }

    /// The line of a site that collects texts, dropped into the middle of one: 公众号“…”整理编辑.
    fn watermark(&mut self) {
        let start = self.rest;
        let name = start.strip_prefix("微信").unwrap_or(start);
        let after = ["公众号“", "公号“", "公众号\"", "公号\""]
            .iter()
            .find_map(|opening| name.strip_prefix(opening))
            .and_then(|text| {
                let end = text
                    .char_indices()
                    .take(24)
                    .find(|(_, c)| matches!(c, '”' | '"'))?;
                Some(&text[end.0 + end.1.len_utf8()..])
            });
        let Some(mut after) = after else {
            return self.literal();
        };
        let quoted = after.len();
        while let Some(rest) = ["整理", "编辑", "原创", "首发", "收集", "汇编"]
            .iter()
            .find_map(|verb| after.strip_prefix(verb))
        {
            after = rest;
        }
        if after.len() == quoted {
            return self.literal();
        }
        let count = start[..start.len() - after.len()].chars().count();
        self.skip(count);
    }
}

/// The form in which the reader reads `c`; `None` for what is not to be seen.
pub(super) fn half_width(c: char) -> Option<char> {
    Some(match c {
        '\u{4e00}'..='\u{9fff}' => c,
        ' ' | '\t' | '\u{a0}' | '\u{3000}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => {
            ' '
        }
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{ad}'
        | '\u{fe0f}'
        | '\u{e000}'..='\u{f8ff}' => return None,
        c if c.is_control() => return None,
        '０'..='９'
        | 'Ａ'..='Ｚ'
        | 'ａ'..='ｚ'
        | '％'
        | '．'
        | '＋'
        | '／'
        | '＂'
        | '＝'
        | '＆'
        | '＃'
        | '＄' => char::from_u32(c as u32 - 0xfee0)?,
        '﹪' | '٪' => '%',
        '−' | '‑' | '﹣' => '-',
        '―' | '─' | '━' => '—',
        '﹐' => '，',
        '﹑' => '、',
        '﹔' => '；',
        '﹕' => '：',
        '﹙' => '（',
        '﹚' => '）',
        '｡' => '。',
        c => c,
    })
}
