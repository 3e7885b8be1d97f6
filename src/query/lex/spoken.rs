//! How people ask aloud, in the words of the grammar: 谁的税收最多, 哪一年增速最低, 2021年比2020年下降.
//!
//! As in `idiom`, which runs behind it, a rule stands here only where there is one thing that the words can mean; what
//! is left over is refused by the grammar. Spoken questions are short, so that longer ones are left as they are.

use super::asked::{asked_places, asked_whether, asked_years, english_order};
use super::turn::turned;
use super::{Placed, Token, idiom::insert};
use crate::query::ast::{Aggregate, Comparison, Property, Rows};

/// Beyond this many tokens a question was written with the grammar at hand.
const MOST: usize = 120;

/// Puts what is said aloud into the words of the grammar.
pub(super) fn written(tokens: &mut Vec<Placed>) {
    if tokens.len() > MOST {
        return;
    }
    asked_whether(tokens);
    turned(tokens);
    asked_years(tokens);
    asked_places(tokens);
    than(tokens);
    english_order(tokens);
    let mut at = 0;
    while at < tokens.len() {
        replace(tokens, at);
        at += 1;
    }
    headless(tokens);
}

pub(super) fn token(tokens: &[Placed], at: usize) -> Option<&Token> {
    tokens.get(at).map(|placed| &placed.token)
}

pub(super) fn holds(tokens: &[Placed], wanted: impl Fn(&Token) -> bool) -> bool {
    tokens.iter().any(|placed| wanted(&placed.token))
}

/// Whether a question is over where this token stands.
pub(super) const fn ends(token: Option<&Token>) -> bool {
    matches!(
        token,
        None | Some(Token::Sep | Token::End | Token::Comma | Token::In | Token::From)
    )
}

const fn asks_how_many(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::HowMany | Token::AskCount))
}

/// 比: with the year before, with another year, another place, another figure.
fn than(tokens: &mut Vec<Placed>) {
    let Some(at) = tokens.iter().position(|placed| placed.token == Token::Than) else {
        return;
    };
    let mut figure = at;
    while figure > 0 && matches!(tokens[figure - 1].token, Token::Property(_)) {
        figure -= 1;
    }
    if figure == 0 || !tokens[figure - 1].token.is_figure() {
        return;
    }
    figure -= 1;
    match token(tokens, at + 1) {
        Some(Token::Property(Property::LastYear)) => {
            tokens.drain(at..=at + 1);
            if let Some(placed) = tokens.get_mut(at) {
                match placed.token {
                    Token::Highest => placed.token = Token::Rose,
                    Token::Lowest => placed.token = Token::Fell,
                    _ => {}
                }
            }
        }
        Some(Token::Year(_)) => than_year(tokens, figure, at),
        Some(Token::Place(_)) => than_place(tokens, figure, at),
        Some(_) => than_figure(tokens, at),
        None => {}
    }
}

/// More or less, where a token says which way.
const fn way(token: Option<&Token>) -> Option<Comparison> {
    match token {
        Some(Token::Rose | Token::Highest | Token::Property(Property::Growth)) => {
            Some(Comparison::Gt)
        }
        Some(Token::Fell | Token::Lowest) => Some(Comparison::Lt),
        _ => None,
    }
}

/// 2021年GDP比2020年低的市: a condition; 2021年GDP比2020年增加多少: a change.
fn than_year(tokens: &mut Vec<Placed>, figure: usize, at: usize) {
    let own = figure
        .checked_sub(1 + usize::from(figure > 0 && tokens[figure - 1].token == Token::De))
        .filter(|year| matches!(tokens[*year].token, Token::Year(_)));
    let (Some(own), Some(comparison)) = (own, way(token(tokens, at + 2))) else {
        return;
    };
    let named: Vec<Placed> = tokens[figure..at].to_vec();
    if token(tokens, at + 3) == Some(&Token::De) {
        tokens[at].token = Token::Compare(comparison);
        tokens.splice(at + 2..at + 3, named);
    } else if ends(token(tokens, at + 3)) || asks_how_many(token(tokens, at + 3)) {
        let first = tokens[at + 1].clone();
        let end = at + 3 + usize::from(asks_how_many(token(tokens, at + 3)));
        let last = tokens[own].clone();
        tokens.drain(own..end);
        let mut put = own;
        tokens.insert(put, first);
        insert(tokens, put + 1, Token::To);
        tokens.insert(put + 2, last);
        insert(tokens, put + 3, Token::De);
        put += 4;
        for placed in named {
            tokens.insert(put, placed);
            put += 1;
        }
        insert(tokens, put, Token::Property(Property::Change));
    }
}

/// 甲镇的税收比乙镇高多少: both beside each other.
fn than_place(tokens: &mut Vec<Placed>, figure: usize, at: usize) {
    let other = tokens[at + 1].clone();
    let mut end = at + 2;
    // 比乙镇的税收高.
    while token(tokens, end).is_some_and(|next| *next == Token::De || next.is_figure()) {
        end += 1;
    }
    if way(token(tokens, end)).is_none() {
        return;
    }
    end += 1;
    if asks_how_many(token(tokens, end)) {
        end += 1;
    }
    if !ends(token(tokens, end)) {
        return;
    }
    let Some(place) = (0..figure).find(|before| matches!(tokens[*before].token, Token::Place(_)))
    else {
        return;
    };
    tokens.drain(at..end);
    insert(tokens, place + 1, Token::And);
    tokens.insert(place + 2, other);
    let is_de = token(tokens, figure + 1) == Some(&Token::De);
    if !is_de {
        insert(tokens, figure + 2, Token::De);
    }
    insert(tokens, place, Token::ComparePlaces);
}

/// 财政收入比税收高的镇, 税收比平均高的镇.
fn than_figure(tokens: &mut Vec<Placed>, at: usize) {
    let way_at =
        (at + 2..tokens.len().min(at + 6)).find(|place| way(token(tokens, *place)).is_some());
    let Some((place, comparison)) =
        way_at.and_then(|place| Some((place, way(token(tokens, place))?)))
    else {
        return;
    };
    if token(tokens, place + 1) == Some(&Token::De) {
        tokens.remove(place);
        tokens[at].token = Token::Compare(comparison);
    }
}

/// Applies the rule whose tokens begin here.
#[expect(clippy::match_same_arms, reason = "an arm is a rule, with its example")]
fn replace(tokens: &mut Vec<Placed>, at: usize) {
    let before = at.checked_sub(1).and_then(|at| token(tokens, at));
    let (next, third) = (token(tokens, at + 1), token(tokens, at + 2));
    let fourth = token(tokens, at + 3);
    match (&tokens[at].token, next) {
        // 杨柳青镇税收多少, 各镇税收合计有多少: the value is asked for.
        (Token::HowMany | Token::AskCount, None | Some(Token::Sep | Token::End | Token::Comma))
            if is_of_figure(&tokens[..at]) =>
        {
            tokens[at].token = Token::AskValue;
        }
        // 各镇税收占全部税收的比重.
        (Token::Divide, Some(next)) if before == Some(next) && next.is_figure() => {
            let total = usize::from(third == Some(&Token::OfTotal));
            tokens.drain(at..=at + total);
            tokens[at].token = Token::Share;
            insert(tokens, at, Token::Sep);
        }
        // 杨柳青镇有多少税收.
        (Token::HowMany | Token::AskCount, Some(next)) if next.is_figure() => {
            tokens.remove(at);
        }
        // 各镇税收比上年增加多少.
        (Token::Rose | Token::Fell, Some(Token::HowMany | Token::AskCount))
            if ends(third) && before.is_some_and(Token::is_figure) =>
        {
            tokens[at].token = Token::Property(Property::Growth);
            tokens.remove(at + 1);
        }
        // GDP从2010年到2020年增长了多少.
        (Token::Property(Property::Growth) | Token::Rose | Token::Fell, _)
            if matches!(before, Some(Token::Year(_)))
                && at > 3
                && tokens[at - 2].token == Token::To
                && ends(
                    tokens
                        .get(at + 1 + usize::from(asks_how_many(next)))
                        .map(|placed| &placed.token),
                ) =>
        {
            let figure = tokens[..at]
                .iter()
                .rposition(|placed| placed.token.is_figure());
            if let Some(figure) = figure {
                if asks_how_many(next) {
                    tokens.remove(at + 1);
                }
                let mut property = tokens.remove(at);
                property.token = Token::Property(Property::Change);
                tokens.insert(figure + 1, property);
            }
        }
        // `mentioning "A" but not "B"`.
        (Token::Not, Some(Token::Text(_))) if matches!(before, Some(Token::And | Token::Or)) => {
            insert(tokens, at + 1, Token::Mention);
        }
        // 哪些省的报告提到了“X”: what a place mentions, its report does.
        (Token::Rows(rows), Some(Token::De))
            if rows.are_places()
                && before == Some(&Token::Which)
                && third == Some(&Token::Rows(Rows::Reports))
                && matches!(fourth, Some(Token::Mention | Token::Not | Token::Missing)) =>
        {
            tokens.drain(at + 1..at + 3);
        }
        // 各镇，按税收排序.
        (Token::Each, Some(Token::Rows(rows)))
            if at == 0
                && rows.are_places()
                && matches!(
                    (third, fourth),
                    (Some(Token::By), _) | (Some(Token::Sep | Token::Comma), Some(Token::By))
                ) =>
        {
            tokens.remove(at);
        }
        // 一共有多少份报告.
        (Token::Aggregate(Aggregate::Total), Some(Token::HowMany | Token::AskCount))
            if matches!(third, Some(Token::Rows(_))) =>
        {
            tokens.remove(at);
        }
        // GDP平均增速.
        (Token::Aggregate(_), Some(Token::Property(_)))
            if before.is_some_and(Token::is_figure) && !third.is_some_and(Token::is_figure) =>
        {
            tokens.swap(at, at + 1);
        }
        // GDP增速的平均值.
        (Token::De, Some(Token::Aggregate(_)))
            if before.is_some_and(Token::ends_expr)
                && !third
                    .is_some_and(|third| third.ends_expr() || matches!(third, Token::Year(_))) =>
        {
            tokens.remove(at);
        }
        // 各省报告的平均字数, 报告的标题; `average length of reports`, `speaker of each report`.
        (Token::Rows(rows), Some(Token::De))
            if !rows.are_places()
                && matches!(
                    (third, fourth),
                    (Some(Token::Aggregate(_)), Some(Token::Field(_)))
                ) =>
        {
            tokens[at + 1].token = Token::Sep;
        }
        (Token::Rows(rows), Some(Token::De))
            if !rows.are_places() && matches!(third, Some(Token::Field(_))) && ends(fourth) =>
        {
            tokens[at + 1].token = Token::Show;
        }
        (Token::Aggregate(_), Some(Token::Field(_)))
            if third == Some(&Token::Of)
                && matches!(fourth, Some(Token::Rows(rows)) if !rows.are_places()) =>
        {
            tokens[at + 2].token = Token::Sep;
            tokens[at..at + 4].rotate_right(2);
            tokens[at..at + 2].swap(0, 1);
        }
        (Token::Field(_), Some(Token::Of)) if at == 0 || before == Some(&Token::What) => {
            let each = usize::from(matches!(third, Some(Token::Each | Token::All)));
            if matches!(token(tokens, at + 2 + each), Some(Token::Rows(rows)) if !rows.are_places())
            {
                tokens[at + 1].token = Token::Show;
                let field = tokens.remove(at);
                let show = tokens.remove(at);
                if each == 1 {
                    tokens.remove(at);
                }
                tokens.insert(at + 1, show);
                tokens.insert(at + 2, field);
            }
        }
        // 含有“碳达峰”的句子.
        (Token::Contains, Some(Token::Text(_))) if !before.is_some_and(Token::ends_expr) => {
            tokens[at].token = Token::Mention;
        }
        // 没有提到“养老”的报告, 没写“养老”的报告.
        (Token::Missing, Some(Token::Mention)) => tokens[at].token = Token::Not,
        (Token::Missing, Some(Token::Text(_))) => {
            tokens[at].token = Token::Not;
            insert(tokens, at + 1, Token::Mention);
        }
        // 没有工作安排部分的报告, `reports without a plan part`.
        (Token::Missing, Some(Token::Trait(found))) if found.of_parts().is_some() => {
            tokens[at + 1].token = Token::Trait(found.of_parts().unwrap_or(*found));
            tokens[at].token = Token::Not;
        }
        // 税收大于10亿元，并且增速大于30%; 税收超过10亿元的镇有哪些，按税收排序.
        (Token::Comma, Some(Token::And | Token::Or))
        | (Token::AskValue, Some(Token::Comma | Token::Sep)) => {
            tokens.remove(at);
        }
        // `per capita income is more than 50,000 yuan`.
        (
            Token::Are,
            Some(
                Token::Compare(_)
                | Token::Between
                | Token::Highest
                | Token::Lowest
                | Token::Falling
                | Token::Rising,
            ),
        ) => {
            tokens.remove(at);
        }
        // 各省最长的报告 is one of each, which lengths do not tell: refused.
        (Token::Each, Some(Token::Rows(rows)))
            if rows.are_places()
                && holds(tokens, |token| {
                    matches!(token, Token::Longest | Token::Shortest)
                }) =>
        {
            tokens[at].token = Token::Other;
        }
        // `how many reports before 2010 are in the store`.
        (Token::Are, None | Some(Token::End)) if at > 1 => {
            tokens.remove(at);
        }
        // 哪些是天津的镇.
        (Token::Which, Some(Token::Are)) if matches!(third, Some(Token::Place(_))) => {
            tokens.drain(at..=at + 1);
        }
        // 报告人是“李强”的报告.
        (Token::Are, Some(Token::Text(_))) if matches!(before, Some(Token::Field(_))) => {
            tokens[at].token = Token::Compare(Comparison::Eq);
        }
        // 税收不是最高的镇.
        (Token::Not, Some(Token::Highest | Token::Lowest))
            if before.is_some_and(Token::is_figure) =>
        {
            tokens.swap(at - 1, at);
        }
        // 上年GDP, `last year's tax`.
        (Token::Property(Property::LastYear), Some(next))
            if !before.is_some_and(|before| {
                before.is_figure() || matches!(before, Token::Property(_) | Token::Against)
            }) =>
        {
            if next.is_figure() {
                tokens.swap(at, at + 1);
            } else if *next == Token::Possessive && third.is_some_and(Token::is_figure) {
                tokens.remove(at + 1);
                tokens.swap(at, at + 1);
            }
        }
        // 有20份以上报告的市, `cities with more than 20 reports`.
        (Token::Stating | Token::With | Token::Have, Some(Token::Quantity(_)))
            if matches!(
                (third, fourth),
                (Some(Token::Post(_)), Some(Token::Rows(_)))
            ) =>
        {
            counted(tokens, at, 3);
        }
        (Token::Stating | Token::With | Token::Have, Some(Token::Compare(_)))
            if matches!(
                (third, fourth),
                (Some(Token::Quantity(_)), Some(Token::Rows(_)))
            ) =>
        {
            counted(tokens, at, 3);
        }
        // 五份最长的报告.
        (
            Token::Quantity(_),
            Some(Token::Longest | Token::Shortest | Token::Earliest | Token::Newest),
        ) if third == Some(&Token::De) && matches!(fourth, Some(Token::Rows(_))) => {
            let quantity = tokens.remove(at);
            tokens.insert(at + 2, quantity);
        }
        // 宁波、厦门、长沙三市近五年GDP.
        (Token::Quantity(_), Some(Token::Rows(rows)))
            if rows.are_places()
                && matches!(before, Some(Token::Place(_)))
                && is_number_of(tokens, at) =>
        {
            tokens.drain(at..=at + 1);
        }
        // 杨柳青镇税收的原文.
        (Token::De, Some(Token::Rows(Rows::Sentences)))
            if before.is_some_and(|before| {
                before.is_figure() || matches!(before, Token::Property(_))
            }) && ends(third) =>
        {
            tokens.remove(at);
            tokens[at].token = Token::Source;
        }
        // 按税收从高到低列出各镇.
        (Token::What, Some(Token::Each | Token::All)) if at > 0 => {
            tokens.remove(at);
        }
        // `in the reports of Zhejiang`, “X”在各报告中出现多少次.
        (Token::In, Some(Token::Rows(Rows::Reports)))
            if third == Some(&Token::Of)
                && holds(tokens, |token| {
                    matches!(token, Token::Frequency | Token::HowOften)
                }) =>
        {
            tokens.drain(at..=at + 1);
        }
        (Token::In, Some(Token::Each))
            if third == Some(&Token::InReport)
                && holds(tokens, |token| *token == Token::Frequency) =>
        {
            tokens.drain(at..at + 3);
            insert(tokens, 0, Token::EveryYear);
        }
        _ => {}
    }
}

/// Whether a figure, with its properties and what it is added up by, ends here; 目标 alone is what a row is.
fn is_of_figure(before: &[Placed]) -> bool {
    let mut rest = before
        .iter()
        .rev()
        .skip_while(|placed| matches!(placed.token, Token::Property(_) | Token::Aggregate(_)));
    rest.next()
        .is_some_and(|placed| placed.token.is_figure() || matches!(placed.token, Token::Field(_)))
}

/// `with more than 20 reports` becomes `with number of reports more than 20`.
fn counted(tokens: &mut Vec<Placed>, at: usize, rows: usize) {
    let Some(Token::Rows(of)) = token(tokens, at + rows) else {
        return;
    };
    if !super::idiom::is_counted(*of) {
        return;
    }
    let of = *of;
    let mut counted = tokens.remove(at + rows);
    counted.token = Token::CountOf(of);
    tokens.insert(at + 1, counted);
    let is_chinese = tokens[at].token == Token::Stating;
    if is_chinese {
        tokens.remove(at);
    }
}

/// 三市 behind three places.
fn is_number_of(tokens: &[Placed], at: usize) -> bool {
    let places = tokens[..at]
        .iter()
        .rev()
        .take_while(|placed| {
            matches!(
                placed.token,
                Token::Place(_) | Token::And | Token::Enum | Token::Comma
            )
        })
        .filter(|placed| matches!(placed.token, Token::Place(_)))
        .count();
    matches!(&tokens[at].token, Token::Quantity(quantity) if places > 1 && quantity.value == places.into())
}

/// 税收超过10亿元的有哪些: places, where it is figures that hold of them.
fn headless(tokens: &mut Vec<Placed>) {
    let is_head = |token: &Token| {
        matches!(
            token,
            Token::Rows(_)
                | Token::Saved(_)
                | Token::Frequency
                | Token::ComparePlaces
                | Token::Define
        )
    };
    if !holds(tokens, Token::is_figure) && !holds(tokens, |token| matches!(token, Token::Surnamed))
        || holds(tokens, is_head)
    {
        return;
    }
    let mut at = tokens.len();
    while at > 0
        && matches!(
            tokens[at - 1].token,
            Token::End | Token::AskValue | Token::AskCount | Token::HowMany
        )
    {
        at -= 1;
    }
    let holds_of = |token: &Token| {
        token.ends_condition()
            || matches!(
                token,
                Token::Text(_) | Token::Property(Property::Growth) | Token::Verdict(_)
            )
    };
    // Without a word that asks, 税收超过3亿元的 is the beginning of a question.
    let asked = tokens[at..].iter().any(|placed| placed.token != Token::End);
    if asked && at > 1 && tokens[at - 1].token == Token::De && holds_of(&tokens[at - 2].token) {
        insert(tokens, at, Token::Rows(Rows::Places));
    }
}
