//! The messages for runs that mean nothing: signs, names that are like others, places that the store has not.

use std::fmt::Write as _;

use super::catalog::Catalog;
use super::diagnostic::{Diagnostic, Fix};
use super::heard::{self, Heard};
use super::lex::{Placed, Token};
use super::understand::{REPAIRABLE, is_understood};
use super::word_list::{begins_with, word_list};
use super::{Lang, kept, lang, suggest};
use crate::fact::Span;

/// The runs that mean nothing, each as it would be said to be unknown.
pub(super) fn words(tokens: &[Placed], question: &str, catalog: &Catalog) -> Vec<String> {
    let chars: Vec<char> = question.chars().collect();
    let unknown = tokens.iter().enumerate().filter(|(_, placed)| {
        matches!(&placed.token, Token::Word(word) if word.chars().any(char::is_alphanumeric))
    });
    // A place with what stands beside it is mistyped, and no word of a text.
    let places = || {
        let placed = tokens.iter();
        placed.filter(|placed| matches!(placed.token, Token::Place(_)))
    };
    unknown
        .map(|(at, _)| run(tokens, at, &chars, catalog))
        .filter(|run| {
            !places().any(|place| run.start < place.span.end && place.span.start < run.end)
        })
        .map(|span| chars[span.start..span.end].iter().collect())
        .collect()
}

/// One message for each run that means nothing. Signs are said to be signs, names are suggested for the rest.
pub(super) fn faults(
    tokens: &[Placed],
    question: &str,
    catalog: &Catalog,
    lang: Lang,
) -> Vec<Diagnostic> {
    /// A text of nothing but unknown words is said to be so a few times, not a thousand.
    const MOST: usize = 8;
    /// So many names are offered.
    const NAMES: usize = 3;
    let chars: Vec<char> = question.chars().collect();
    let mut said = 0;
    tokens
        .iter()
        .enumerate()
        .filter_map(|(at, placed)| match &placed.token {
            Token::Word(word) => Some((at, placed.span, word)),
            _ => None,
        })
        .take(MOST)
        .filter_map(|(at, span, word)| {
            if span.start < said {
                return None;
            }
            if !word.chars().any(char::is_alphanumeric) {
                return Some(
                    Diagnostic::new(
                        "Q0113",
                        span,
                        format!("“{word}” has no meaning here"),
                        format!("“{word}”在这里没有意义"),
                    )
                    .with_fixes([Fix::new("", span)]),
                );
            }
            let span = run(tokens, at, &chars, catalog);
            said = span.end;
            let word: String = chars[span.start..span.end].iter().collect();
            let fault = suggest::unknown(&word, span, catalog, lang);
            // Words of a text stand in quotation marks, words of a label in 「」.
            let before = at.checked_sub(1).map(|at| &tokens[at].token);
            let of_text = matches!(
                before,
                Some(Token::Mention | Token::About | Token::Frequency | Token::Of)
            ) || tokens
                .get(at + 1)
                .is_some_and(|next| next.token == Token::Frequency);
            let quoted = Fix::new(format!("“{word}”"), span);
            let own = Fix::new(format!("「{word}」"), span);
            let of_text = of_text
                && tokens.len() <= REPAIRABLE
                && is_understood(&quoted.applied(question), catalog, lang);
            let own_fits =
                tokens.len() <= REPAIRABLE && is_understood(&own.applied(question), catalog, lang);
            let mut fixes = fault.fixes.clone();
            // 不要 is no slip for 主要: what is like a word that denies does not.
            if kept::is_denial(&tokens[at]) {
                fixes.clear();
            }
            let fault = match unknown_place(tokens, at, span, &chars) {
                Some(span) => {
                    let word: String = chars[span.start..span.end].iter().collect();
                    // A place was meant: only places help.
                    fixes.retain(|fix| fix.span == span && fix.note_zh.ends_with("份报告"));
                    if fixes.is_empty() {
                        fixes = suggest::places(&word, span, catalog, lang);
                    }
                    Diagnostic::new(
                        "Q0102",
                        span,
                        format!("the store has no place “{word}”"),
                        format!("库中没有叫“{word}”的地方"),
                    )
                }
                None => fault,
            };
            let fits = |offer: &str| is_understood(offer, catalog, lang);
            let heard = catalog.heard(&word).filter(|_| tokens.len() <= REPAIRABLE);
            let fault = match heard {
                Some(heard) => said_of(fault, heard),
                None if fixes.is_empty() => in_chinese(fault, &word),
                None => fault,
            };
            if tokens.len() <= REPAIRABLE {
                // What makes sense in the question is likelier meant than what is only like the word.
                fixes.sort_by_key(|fix| !is_understood(&fix.applied(question), catalog, lang));
            }
            // 民生 in 民生任务: tasks that speak of it.
            let records = tokens.get(at + 1).filter(|next| {
                matches!(next.token, Token::Rows(rows) if !rows.are_places())
                    && next.span.start == span.end
            });
            let spoken = records
                .map(|_| Fix::new(format!("提到“{word}”的"), span))
                .filter(|fix| is_understood(&fix.applied(question), catalog, lang));
            if let Some(spoken) = spoken {
                fixes.insert(0, spoken);
            }
            if of_text {
                fixes.retain(|fix| is_understood(&fix.applied(question), catalog, lang));
                fixes.insert(0, quoted);
            }
            // What the store really has comes before what only looks like the word.
            let found = heard.map_or(Vec::new(), |heard| {
                heard::offers(heard, span, question, tokens, catalog, lang, &fits)
            });
            if !found.is_empty() {
                fixes.retain(|fix| fits(&fix.applied(question)));
            }
            fixes.truncate(NAMES);
            if heard.is_none() && own_fits && !word.is_ascii() && !kept::is_denial(&tokens[at]) {
                fixes.push(own);
            }
            // But where they have a part of it only, a name that is one character away was meant.
            let is_part = heard.is_some_and(|heard| heard.word != heard.asked);
            let is_slip = |fix: &Fix| is_part && is_slip(&word, &fix.text);
            let (slips, fixes): (Vec<Fix>, Vec<Fix>) = fixes.into_iter().partition(is_slip);
            let fixes: Vec<Fix> = slips.into_iter().chain(found).chain(fixes).collect();
            let fault = Diagnostic {
                fixes: Vec::new(),
                ..fault
            };
            Some(fault.with_fixes(fixes))
        })
        .collect()
}

/// Whether a word is a longer name but for one character.
fn is_slip(word: &str, name: &str) -> bool {
    word.chars().count() > 3 && suggest::distance(word, name) == 1
}

/// That an English word is not found in reports, where no name is like it.
fn in_chinese(mut fault: Diagnostic, word: &str) -> Diagnostic {
    if word.is_ascii() {
        fault.message_en += "; words of reports are looked for in Chinese, in quotation marks";
        fault.message_zh += "；报告里的词要用中文查找，写在引号里";
    }
    fault
}

/// What is wrong, and whether reports have the word.
fn said_of(mut fault: Diagnostic, heard: &Heard) -> Diagnostic {
    let found = heard.word.as_str();
    if found.is_empty() {
        fault.message_en += ", and no report here has it";
        fault.message_zh += "，库中的报告里也没有";
    } else if found == heard.asked {
        fault.message_en += " as a name, but reports have the word";
        fault.message_zh += "这个名称，报告里有这个词";
    } else {
        let _ = write!(fault.message_en, ", but reports have “{found}”");
        let _ = write!(fault.message_zh, "，报告里有“{found}”");
    }
    fault
}

/// Where something stands that can only be meant as a place: 无名镇, `tax of Nowhere`.
fn unknown_place(tokens: &[Placed], at: usize, span: Span, chars: &[char]) -> Option<Span> {
    let next = tokens.get(at + 1);
    if lang::is_han(chars[span.start]) {
        let next = next.filter(|next| {
            next.span.start == tokens[at].span.end
                && matches!(next.token, Token::Rows(rows) if rows.are_places())
        })?;
        let begins = at == 0 || !lang::is_han(chars[tokens[at].span.start - 1]);
        return begins.then(|| tokens[at].span.join(next.span));
    }
    let before = &tokens[at.checked_sub(1)?].token;
    let capital = chars[span.start].is_ascii_uppercase();
    (capital && matches!(before, Token::Of | Token::In | Token::ComparePlaces)).then_some(span)
}

/// The whole of an unknown run: 固 before 投资 is not a word of its own, nor is 市 before 场主体.
fn run(tokens: &[Placed], at: usize, chars: &[char], catalog: &Catalog) -> Span {
    let span = tokens[at].span;
    let text = |span: Span| chars[span.start..span.end].iter().collect::<String>();
    if !lang::is_han(chars[span.start]) {
        // budget revnue: neither is a word by itself.
        let next = tokens.get(at + 1);
        let next = next.filter(|next| matches!(next.token, Token::Word(_)));
        let joined = next.map_or(span, |next| span.join(next.span));
        let is_liker =
            suggest::likeness(&text(joined), catalog) > suggest::likeness(&text(span), catalog);
        return if is_liker { joined } else { span };
    }
    let span = bare(span, chars);
    let before = at
        .checked_sub(1)
        .map(|at| &tokens[at])
        .filter(|before| before.span.end == span.start && lang::is_han(chars[before.span.start]));
    // 各镇: the kind that is asked about, and no part of a name.
    let asked = at
        .checked_sub(2)
        .is_some_and(|at| matches!(tokens[at].token, Token::Each | Token::Which | Token::All));
    if let Some(before) = before
        .filter(|before| !asked && matches!(before.token, Token::Rows(_)) && before.span.len() == 1)
    {
        return before.span.join(span);
    }
    let is_name = |placed: &&Placed| match placed.token {
        Token::Figure(_) | Token::Place(_) => true,
        Token::Rows(_) => placed.span.len() == 1,
        _ => false,
    };
    let after = tokens
        .get(at + 1)
        .filter(|after| after.span.start == span.end);
    // 北仓镇多: the name of a place is over where it ends.
    let ends = |before: &&Placed| is_name(before) && !matches!(before.token, Token::Place(_));
    // 不要精武镇: what is denied is no part of the name.
    let denies = kept::is_denial(&tokens[at]);
    let wider = [
        before.filter(ends),
        after.filter(|after| !denies && is_name(after)),
    ];
    let mut best = (span, suggest::likeness(&text(span), catalog));
    for other in wider.into_iter().flatten() {
        let joined = span.join(other.span);
        let likeness = suggest::likeness(&text(joined), catalog);
        if likeness > best.1 {
            best = (joined, likeness);
        }
    }
    best.0
}

/// 垃圾分类 in 怎么做好垃圾分类: an unknown run without the words at its ends that say nothing of their own, where more
/// is left than one character.
fn bare(span: Span, chars: &[char]) -> Span {
    const LIST: &str = "says nothing of its own";
    let Span { mut start, mut end } = span;
    while let Some((_, length)) = begins_with(LIST, &chars[start..end]) {
        start += length;
    }
    let ends = |run: &[char]| {
        let mut words = word_list(LIST).iter().map(|word| word.chars());
        words.find_map(|word| {
            let length = word.clone().count();
            let is_last = length <= run.len() && word.eq(run[run.len() - length..].iter().copied());
            is_last.then_some(length)
        })
    };
    while let Some(length) = ends(&chars[start..end]) {
        end -= length;
    }
    if end - start > 1 {
        Span::new(start, end)
    } else {
        span
    }
}
