use super::{Placed, Token, idiom};
use crate::fact::Span;
use crate::query::ast::{Aggregate, Comparison, Property, Rows};

/// What one token of look-ahead settles, so that the grammar stays LR(1).
///
/// - A comma parts steps before a step word, joins two of a kind, and is otherwise a plain comma.
/// - 的 between a figure and its property, and articles, are dropped.
/// - A year right before a figure belongs to the figure, unless it stands in a list, a range or behind `in`.
/// - 增长 before 的镇 is the verb; 目标 without a figure before it is what a row is.
/// - `growth of tax` becomes `tax growth`.
/// - 在 before a quantity is part of 在…以上; after `which HEAD` a condition follows without a word.
pub(in crate::query) fn filter(tokens: Vec<Placed>) -> Vec<Placed> {
    let mut kept: Vec<Placed> = Vec::with_capacity(tokens.len());
    let mut head_seen = false;
    let mut about = false;
    let tokens = properties_last(idiom::settled(tokens));
    let mut rest = tokens.into_iter().peekable();
    while let Some(Placed { token, span }) = rest.next() {
        let next = rest.peek().map(|placed| &placed.token);
        let before = kept.last().map(|placed| &placed.token);
        let earlier = kept.len().checked_sub(2).map(|at| &kept[at].token);
        let token = match token {
            Token::Sep if before.is_none() || next.is_none() || next == Some(&Token::Sep) => {
                continue;
            }
            Token::End if next.is_none() => continue,
            Token::Are
                if matches!(before, Some(Token::Rows(_)))
                    && asks(earlier)
                    && next == Some(&Token::In) =>
            {
                continue;
            }
            // 镇有多少个 asks as 镇有多少 does.
            Token::HowMany if matches!(next, None | Some(Token::Sep | Token::End)) => {
                Token::AskCount
            }
            Token::De
                if !about
                    && before.is_some_and(|b| b.is_figure() || matches!(b, Token::Property(_)))
                    && matches!(next, Some(Token::Property(_) | Token::Deadline)) =>
            {
                continue;
            }
            Token::De if before.is_some_and(|b| matches!(b, Token::Rows(_))) && asks(earlier) => {
                Token::Have
            }
            Token::In if matches!(next, Some(Token::Quantity(_))) => continue,
            // 定义@name为….
            Token::Compare(Comparison::Eq)
                if matches!(before, Some(Token::Saved(_))) && earlier == Some(&Token::Define) =>
            {
                Token::As
            }
            // 镇，税收超过3亿元: right behind the head a figure begins a condition.
            Token::Comma
                if matches!(before, Some(Token::Rows(_) | Token::Saved(_)))
                    && !matches!(
                        earlier,
                        Some(Token::Each | Token::By | Token::And | Token::Enum)
                    )
                    && next.is_some_and(|n| n.is_figure() || matches!(n, Token::Year(_))) =>
            {
                Token::With
            }
            // 税收超过3亿元，固定资产投资超过5亿元的镇; GDP超过1万亿元、增速高于6%的城市.
            Token::Comma | Token::Enum
                if !head_seen
                    && before.is_some_and(Token::ends_condition)
                    && next.is_some_and(|next| {
                        next.is_figure()
                            || matches!(
                                next,
                                Token::Property(_) | Token::Not | Token::Mention | Token::Open
                            )
                    }) =>
            {
                Token::And
            }
            Token::Comma => comma(before, next, head_seen),
            Token::Year(year)
                if next.is_some_and(Token::is_figure) && !year_stands_alone(before, earlier) =>
            {
                Token::FigureYear(year)
            }
            Token::Property(Property::Growth) if rises(next) && !is_compared(&kept) => Token::Rose,
            Token::Property(Property::Target) if !target_of_figure(before) => {
                Token::Rows(Rows::Targets)
            }
            Token::Aggregate(Aggregate::Average) if matches!(before, Some(Token::Compare(_))) => {
                Token::Aggregate(Aggregate::Average)
            }
            Token::Aggregate(kind)
                if before.is_some_and(|b| b.is_figure() || matches!(b, Token::Property(_)))
                    && !next.is_some_and(|n| {
                        n.is_figure() || matches!(n, Token::FigureYear(_) | Token::Year(_))
                    }) =>
            {
                Token::AggregateAfter(kind)
            }
            other => other,
        };
        // 关于税收的增速超过10%的指标: the growth is the row's, not the tax's.
        about = match token {
            Token::About | Token::Except => true,
            Token::Enum | Token::Comma => about,
            ref other => about && other.is_figure(),
        };
        // `sentences mentioning "A" or mentioning "B"`: a condition like any other.
        let begins_condition = head_seen
            && matches!(
                token,
                Token::Mention | Token::Missing | Token::About | Token::Trait(_) | Token::Stating
            )
            && !matches!(
                before,
                Some(
                    Token::With
                        | Token::Have
                        | Token::And
                        | Token::Or
                        | Token::Not
                        | Token::Open
                        | Token::De
                        | Token::Streak(_)
                )
            );
        // `tax mentioning "A" and not mentioning "B"`: more than one word is a condition too.
        let of_figure = token == Token::Mention
            && before.is_some_and(|b| b.is_figure() || matches!(b, Token::Property(_)));
        // `tasks of A in 2024 due before 2024-07-01`.
        let due = head_seen
            && token == Token::Deadline
            && matches!(
                before,
                Some(Token::Year(_) | Token::Place(_) | Token::Text(_))
            )
            && matches!(next, Some(Token::Before | Token::After));
        // `reports not mentioning "A"`, `tasks due before 2024-07-01`, `reports given after 2024-01-15`.
        let begins_condition = begins_condition
            || of_figure
            || due
            || matches!(before, Some(Token::Rows(_)))
                && match token {
                    Token::Not => matches!(next, Some(Token::Mention | Token::Trait(_))),
                    Token::Deadline | Token::Field(_) => {
                        matches!(next, Some(Token::Before | Token::After))
                    }
                    _ => false,
                };
        if begins_condition {
            let at = Span::new(span.start, span.start);
            kept.push(Placed {
                token: Token::With,
                span: at,
            });
        }
        let before = kept.last().map(|placed| &placed.token);
        head_seen |= matches!(token, Token::Saved(_));
        head_seen |=
            matches!(token, Token::Rows(_)) && !matches!(before, Some(Token::Each | Token::By));
        let condition_follows = matches!(token, Token::Rows(_))
            && asks(before)
            && next.is_some_and(|next| {
                next.is_figure()
                    || matches!(
                        next,
                        Token::Year(_)
                            | Token::Open
                            | Token::Not
                            | Token::Falling
                            | Token::Rising
                            | Token::Streak(_)
                            | Token::Verdict(_)
                    )
            });
        let end = span.end;
        kept.push(Placed { token, span });
        if condition_follows {
            kept.push(Placed {
                token: Token::Have,
                span: Span::new(end, end),
            });
        }
    }
    kept
}

/// `growth of tax` is `tax growth`: the grammar knows properties only behind their figure.
fn properties_last(mut tokens: Vec<Placed>) -> Vec<Placed> {
    let mut at = 0;
    while at + 2 < tokens.len() {
        let bare = at == 0
            || !(tokens[at - 1].token.is_figure()
                || matches!(tokens[at - 1].token, Token::Property(_)));
        if bare
            && matches!(tokens[at].token, Token::Property(_))
            && (tokens[at + 1].token == Token::Of
                || tokens[at].token == Token::Property(Property::Change)
                    && tokens[at + 1].token == Token::In)
            && tokens[at + 2].token.is_figure()
        {
            let span = tokens[at].span.join(tokens[at + 2].span);
            tokens.swap(at, at + 2);
            tokens.remove(at + 1);
            tokens[at].span = span;
            tokens[at + 1].span = span;
        }
        at += 1;
    }
    tokens
}

const fn asks(token: Option<&Token>) -> bool {
    matches!(token, Some(Token::Which | Token::HowMany))
}

fn comma(before: Option<&Token>, next: Option<&Token>, head_seen: bool) -> Token {
    match (before, next) {
        (_, Some(next)) if next.starts_step() => Token::Sep,
        (_, Some(Token::Aggregate(_) | Token::Highest | Token::Lowest)) if head_seen => Token::Sep,
        (Some(Token::Year(_)), Some(Token::Year(_)))
        | (Some(Token::Place(_)), Some(Token::Place(_)))
        | (Some(Token::Text(_)), Some(Token::Text(_))) => Token::Enum,
        _ => Token::Comma,
    }
}

/// `in 2023 tax`, `2022年到2023年税收` and `2019年和2020年税收` name the year of the question, not of the figure.
fn year_stands_alone(before: Option<&Token>, earlier: Option<&Token>) -> bool {
    match before {
        Some(
            Token::In
            | Token::From
            | Token::To
            | Token::BeforeYear
            | Token::AfterYear
            | Token::Since,
        ) => true,
        Some(Token::And | Token::Enum | Token::Comma) => matches!(earlier, Some(Token::Year(_))),
        _ => false,
    }
}

/// 税收增长的镇: the tax rose. `税收增长的目标` would have dropped the 的 for the property behind it.
const fn rises(next: Option<&Token>) -> bool {
    matches!(next, Some(Token::De))
}

/// 农村居民收入增速高于城镇居民收入增速的市: the second growth is what the first is compared with. 缺少税收增速的镇,
/// 缺少税收目标增速的镇: it is what is not there.
fn is_compared(kept: &[Placed]) -> bool {
    let is_property = |token: &&Token| matches!(token, Token::Property(_));
    let tokens = kept.iter().rev().map(|placed| &placed.token);
    let mut behind = tokens.skip_while(is_property);
    let of_figure = behind.next().is_some_and(Token::is_figure);
    let before = behind.find(|token| !matches!(token, Token::FigureYear(_) | Token::De));
    of_figure
        && matches!(
            before,
            Some(Token::Compare(_) | Token::Stating | Token::Missing)
        )
}

fn target_of_figure(before: Option<&Token>) -> bool {
    before.is_some_and(|b| {
        b.is_figure()
            || matches!(
                b,
                Token::Property(_)
                    | Token::Compare(_)
                    | Token::Of
                    | Token::And
                    | Token::Divide
                    | Token::Minus
                    | Token::Plus
            )
    })
}
