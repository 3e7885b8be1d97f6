//! From a question to its plan, and the messages for what stops on the way before names are resolved.

use super::ast::Statement;
use super::catalog::Catalog;
use super::diagnostic::{Diagnostic, Fix};
use super::lex::{self, Placed, Token};
use super::parse::{self, Stop};
use super::plan::Plan;
use super::saved::Saved;
use super::statement::{Definition, LANGUAGE_VERSION, Parameters};
use super::{Lang, beyond, follow, keyword, lang, nearest, resolve, suggest};
use crate::fact::Span;

/// Beyond this many tokens, repairs are not tried out: each try costs as much as the question.
const REPAIRABLE: usize = 60;

/// What a statement comes to.
pub(super) enum Meaning {
    Plan(Box<Plan>),
    Define(Definition),
}

/// The meaning of a statement, or everything independent that is wrong with it.
pub(super) fn understand(
    question: &str,
    catalog: &Catalog,
    parameters: &Parameters,
    lang: Lang,
) -> Result<Meaning, Vec<Diagnostic>> {
    let (tokens, mut faults) = lex::lex(question, catalog);
    let tokens = follow::join_places(tokens, catalog);
    if tokens.is_empty() && faults.is_empty() {
        return Err(vec![nothing(catalog, lang)]);
    }
    faults.extend(unknown(&tokens, question, catalog, lang));
    let defines = tokens
        .first()
        .is_some_and(|placed| placed.token == Token::Define);
    let mut saved = Saved::new(catalog, parameters, defines);
    let tokens = saved.with_values(&tokens);
    faults.extend(saved.take_faults());
    let reached = |tokens: &[Placed]| {
        (tokens.len() <= REPAIRABLE)
            .then(|| {
                let fits = |offer: &str| is_understood(offer, catalog, lang);
                beyond::beyond(question, tokens, catalog, lang, fits)
            })
            .flatten()
    };
    if !faults.is_empty() {
        return Err(reached(&tokens).map_or_else(
            || with_nearest(faults, question, &tokens, catalog, lang),
            |fault| vec![fault],
        ));
    }
    let statement = match parse::parse(&lex::filter(tokens.clone())) {
        Ok(statement) => statement,
        Err(stop) => {
            let fault = reached(&tokens)
                .unwrap_or_else(|| stopped(&stop, question, &tokens, catalog, lang));
            return Err(with_nearest(vec![fault], question, &tokens, catalog, lang));
        }
    };
    let statement = saved.expanded(statement);
    let faults = saved.take_faults();
    if !faults.is_empty() {
        return Err(faults);
    }
    let plan = resolve::resolve(&statement, catalog, lang).map_err(|faults| {
        // What has an offer of its own is better than what its words have in common with other questions.
        let offers = faults.iter().any(|fault| !fault.fixes.is_empty());
        let beyond = (!offers).then(|| reached(&tokens)).flatten();
        let mut faults = beyond.map_or(faults, |fault| vec![fault]);
        // What stands for the whole question was offered without knowing how long it is.
        let length = question.chars().count();
        for fix in faults.iter_mut().flat_map(|fault| &mut fault.fixes) {
            fix.span.end = fix.span.end.min(length);
        }
        with_nearest(faults, question, &tokens, catalog, lang)
    })?;
    Ok(match statement {
        Statement::Define(name, start, _) => {
            let text: String = question.chars().skip(start).collect();
            Meaning::Define(Definition {
                name,
                text: text.split_whitespace().collect::<Vec<_>>().join(" "),
                lang,
                parameters: saved.used(),
                language_version: LANGUAGE_VERSION,
            })
        }
        _ => Meaning::Plan(Box::new(plan)),
    })
}

/// The faults, the first with whole questions as offers where none of its own makes a question of this one.
fn with_nearest(
    mut faults: Vec<Diagnostic>,
    question: &str,
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
) -> Vec<Diagnostic> {
    let fits = |offer: &str| is_understood(offer, catalog, lang);
    let mends = |fault: &Diagnostic| {
        let mut fixes = fault.fixes.iter();
        fixes.any(|fix| fits(&fix.applied(question)))
    };
    if tokens.len() > REPAIRABLE || faults.len() == 1 && mends(&faults[0]) {
        return faults;
    }
    let offers = nearest::nearest(question, tokens, lang, fits);
    if !offers.is_empty() {
        // Whole questions are surer than words that are like one that is not known, where these mend nothing.
        for fault in &mut faults {
            let mut others = 0;
            fault.fixes.retain(|fix| {
                let is_mended = fits(&fix.applied(question));
                others += usize::from(!is_mended);
                is_mended || others == 1
            });
        }
    }
    if let Some(first) = faults.first_mut() {
        first.fixes.truncate(2);
        first.fixes.extend(offers);
    }
    faults
}

/// Whether a question is understood; repairs are offered only where it is.
fn is_understood(question: &str, catalog: &Catalog, lang: Lang) -> bool {
    let (tokens, faults) = lex::lex(question, catalog);
    let tokens = follow::join_places(tokens, catalog);
    let parameters = Parameters::new();
    let mut saved = Saved::new(catalog, &parameters, true);
    let tokens = saved.with_values(&tokens);
    faults.is_empty()
        && parse::parse(&lex::filter(tokens)).is_ok_and(|statement| {
            let statement = saved.expanded(statement);
            saved.take_faults().is_empty() && resolve::resolve(&statement, catalog, lang).is_ok()
        })
}

fn nothing(catalog: &Catalog, lang: Lang) -> Diagnostic {
    let at = Span::new(0, 0);
    let figures = follow::likely_figures(catalog, lang, 2);
    let examples = figures.iter().flat_map(|figure| match lang {
        Lang::En => [
            format!("towns with the highest {figure}"),
            format!("total {figure} by county"),
        ],
        Lang::Zh => [format!("{figure}最高的镇"), format!("合计{figure}，按区县")],
    });
    Diagnostic::new("Q0116", at, "the question is empty", "问句是空的")
        .with_fixes(examples.map(|text| Fix::new(text, at)))
}

/// One message for each run that means nothing. Signs are said to be signs, names are suggested for the rest.
fn unknown(tokens: &[Placed], question: &str, catalog: &Catalog, lang: Lang) -> Vec<Diagnostic> {
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
            let fits =
                tokens.len() <= REPAIRABLE && is_understood(&own.applied(question), catalog, lang);
            let mut fixes = fault.fixes.clone();
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
            fixes.truncate(NAMES);
            fixes.extend(Some(own).filter(|_| fits));
            let fault = Diagnostic {
                fixes: Vec::new(),
                ..fault
            };
            Some(fault.with_fixes(fixes))
        })
        .collect()
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
    let wider = [before.filter(is_name), after.filter(is_name)];
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

fn stopped(
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
                    en = format!("{en}; what may: {}", may.join(", "));
                    zh = format!("{zh}；可以放的有：{}", may.join("，"));
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
    if is_understood(&left_out.applied(question), catalog, lang) {
        let at = if same_as_before { 0 } else { fixes.len() };
        fixes.insert(at, left_out);
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
