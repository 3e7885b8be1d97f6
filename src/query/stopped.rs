//! The message for where the grammar stops: what may stand there, and what makes a question of it.

use super::catalog::Catalog;
use super::diagnostic::{Diagnostic, Fix};
use super::lex::{Placed, Token};
use super::parse::Stop;
use super::understand::{REPAIRABLE, is_understood, said_back};
use super::{Lang, follow, keyword};
use crate::fact::Span;

/// What is said of a question that the grammar does not read to its end.
pub(super) fn fault(
    stop: &Stop,
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
) -> Diagnostic {
    match stop {
        Stop::Deep(span) => Diagnostic::new(
            "Q0110",
            *span,
            "brackets are nested too deeply here",
            "此处括号嵌套过深",
        ),
        Stop::End => {
            let end = tokens.last().map_or(0, |last| last.span.end);
            let only_place = tokens.iter().all(|placed| {
                matches!(
                    placed.token,
                    Token::Place(_) | Token::De | Token::The | Token::And
                )
            });
            let before_de = tokens.len().checked_sub(2).map(|at| &tokens[at].token);
            let behind_condition = tokens.last().is_some_and(|last| last.token == Token::De)
                && before_de.is_some_and(Token::ends_condition);
            let fixes = if only_place {
                of_place(tokens, lang)
            } else if behind_condition {
                ["镇", "区县", "市", "省", "地方"]
                    .map(str::to_owned)
                    .to_vec()
            } else if let Some(fixes) = of_each(question, tokens, catalog, lang) {
                fixes
            } else {
                follow::following(tokens, catalog, lang)
            };
            Diagnostic::new(
                "Q0109",
                Span::new(end, end),
                "the question ends too early; it may go on with",
                "问句不完整，后面可以写",
            )
            .with_fixes(
                fixes
                    .into_iter()
                    .map(|text| put_in(&text, end, question, lang)),
            )
        }
        Stop::At(span) => {
            let before: Vec<Placed> = tokens
                .iter()
                .take_while(|placed| placed.span.end <= span.start)
                .cloned()
                .collect();
            // A word that nobody wrote stands for the one behind it.
            let span = &tokens
                .iter()
                .find(|placed| span.is_empty() && placed.span.start >= span.start)
                .map_or(*span, |placed| placed.span);
            let found: String = question.chars().skip(span.start).take(span.len()).collect();
            let mut en = format!("“{found}” may not stand here");
            let mut zh = format!("“{found}”不能放在这里");
            let repairs = repairs(*span, question, tokens, catalog, lang);
            if repairs.is_empty() {
                let may: Vec<String> = follow::following(&before, catalog, lang);
                if !may.is_empty() {
                    en = format!("{en}; what may: “{}”", may.join("”, “"));
                    zh = format!("{zh}；可以放的有：“{}”", may.join("”、“"));
                }
            }
            Diagnostic::new("Q0101", *span, en, zh).with_fixes(repairs)
        }
    }
}

/// What may be asked of a place that stands alone.
fn of_place(tokens: &[Placed], lang: Lang) -> Vec<String> {
    let is_de = tokens.iter().any(|placed| placed.token == Token::De);
    let heads: [&str; 5] = match lang {
        Lang::En => [
            "'s figures",
            "'s targets",
            "'s tasks",
            "'s problems",
            "'s reports",
        ],
        Lang::Zh => ["的指标", "的各项目标", "的任务", "的问题", "的报告"],
    };
    let cut = |head: &str| match lang {
        Lang::Zh if is_de => head.trim_start_matches('的').to_owned(),
        _ => head.to_owned(),
    };
    heads.into_iter().map(cut).collect()
}

/// What may be asked of 各镇, where nothing else is said of them.
fn of_each(
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
) -> Option<Vec<String>> {
    let [.., each, rows] = tokens else {
        return None;
    };
    let is_each = each.token == Token::Each
        && matches!(rows.token, Token::Rows(rows) if rows.are_places())
        && tokens.len() <= REPAIRABLE;
    let figures = follow::likely_figures(catalog, lang, 3);
    let figures = figures.iter().map(|figure| match lang {
        Lang::En => format!("'s {figure}"),
        Lang::Zh => format!("的{figure}"),
    });
    let end = rows.span.end;
    let fits = |text: &String| {
        let whole = Fix::new(text.clone(), Span::new(end, end)).applied(question);
        is_understood(&whole, catalog, lang)
    };
    let fixes: Vec<String> = figures
        .filter(|_| is_each)
        .chain(is_each.then(|| of_place(&[], lang)).into_iter().flatten())
        .filter(fits)
        .take(5)
        .collect();
    (!fixes.is_empty()).then_some(fixes)
}

/// Words put in before the place or what stands there left out, where that makes a question of it.
fn repairs(
    span: Span,
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
) -> Vec<Fix> {
    const MOST_WORDS: usize = 3;
    if tokens.len() > REPAIRABLE {
        return Vec::new();
    }
    let chars: Vec<char> = question.chars().collect();
    let words = keyword::keywords()
        .iter()
        .filter(|keyword| keyword.canonical && keyword.lang == lang)
        .filter(|keyword| {
            matches!(
                keyword.token,
                "with" | "of" | "in" | "by" | "and" | "de" | "show" | "each" | "close"
            ) || keyword.token.starts_with("compare:")
        })
        .map(|keyword| put_in(keyword.word, span.start, question, lang));
    let left_out = {
        let blank = chars.get(span.end) == Some(&' ');
        Fix::new("", Span::new(span.start, span.end + usize::from(blank)))
    };
    // What is left is hardly a sentence: it is said as it is understood.
    let without = |left_out: Fix| {
        let word: String = chars[span.start..span.end].iter().collect();
        let said = said_back(&left_out.applied(question), catalog, lang)?;
        Some(Fix::new(said, Span::new(0, chars.len())).without(&[word]))
    };
    // 新建幼儿园的任务: tasks that speak of it.
    let spoken = tokens.windows(2).find_map(|two| match two {
        [figure, rows]
            if rows.span == span
                && figure.token.is_figure()
                && lang == Lang::Zh
                && matches!(rows.token, Token::Rows(rows) if !rows.are_places()) =>
        {
            let word: String = chars[figure.span.start..figure.span.end].iter().collect();
            Some(Fix::new(format!("提到“{word}”的"), figure.span))
        }
        _ => None,
    });
    let spoken = spoken.or_else(|| {
        tokens.windows(3).find_map(|three| match three {
            [figure, de, rows]
                if de.span == span
                    && figure.token.is_figure()
                    && matches!(rows.token, Token::Rows(rows) if !rows.are_places()) =>
            {
                let word: String = chars[figure.span.start..figure.span.end].iter().collect();
                Some(Fix::new(format!("提到“{word}”"), figure.span))
            }
            _ => None,
        })
    });
    let spoken = spoken.filter(|fix| is_understood(&fix.applied(question), catalog, lang));
    let same_as_before = tokens
        .windows(2)
        .any(|pair| pair[1].span == span && pair[0].token == pair[1].token);
    // 2022元: the year was meant.
    let year = tokens.iter().rfind(|placed| placed.span.end <= span.end);
    let year = year.into_iter().chain(
        tokens
            .iter()
            .rev()
            .find(|placed| placed.span.end <= span.start),
    );
    let year = year.into_iter().find_map(|placed| match &placed.token {
        Token::Quantity(quantity) => {
            let digits: String = quantity
                .text
                .chars()
                .take_while(char::is_ascii_digit)
                .collect();
            let year = digits
                .parse::<i32>()
                .ok()
                .filter(|year| (1949..=2100).contains(year))?;
            let text = if lang == Lang::Zh {
                format!("{year}年")
            } else {
                year.to_string()
            };
            Some(Fix::new(text, placed.span))
        }
        _ => None,
    });
    let year = year.filter(|fix| is_understood(&fix.applied(question), catalog, lang));
    let mut fixes: Vec<Fix> = words
        .filter(|fix| is_understood(&fix.applied(question), catalog, lang))
        .take(MOST_WORDS)
        .collect();
    // What says something is not left out: a negation, a fall, what is compared.
    let says_nothing = tokens
        .iter()
        .filter(|placed| placed.span == span)
        .all(|placed| placed.token.may_be_left_out());
    if same_as_before && is_understood(&left_out.applied(question), catalog, lang) {
        fixes.insert(0, left_out);
    } else if says_nothing && let Some(without) = without(left_out) {
        fixes.push(without);
    }
    spoken.into_iter().chain(year).chain(fixes).collect()
}

/// What to put in; Latin words want a blank on either side.
fn put_in(text: &str, at: usize, question: &str, lang: Lang) -> Fix {
    let before = at.checked_sub(1).and_then(|at| question.chars().nth(at));
    let blank_before = lang == Lang::En && before.is_some_and(|c| c != ' ');
    let blank_after = lang == Lang::En && question.chars().nth(at).is_some_and(|c| c != ' ');
    let (left, right) = (
        if blank_before { " " } else { "" },
        if blank_after { " " } else { "" },
    );
    Fix::new(format!("{left}{text}{right}"), Span::new(at, at))
}
