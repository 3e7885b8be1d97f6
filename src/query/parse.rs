//! From tokens to the tree; the only place that knows the generated parser and its errors.

use lalrpop_util::{ParseError, lalrpop_mod};

use super::ast::Statement;
use super::lex::{Placed, Token};
use crate::fact::Span;

lalrpop_mod!(
    #[allow(
        clippy::all,
        clippy::pedantic,
        unreachable_pub,
        missing_docs,
        unused,
        reason = "generated from grammar/query.lalrpop"
    )]
    grammar,
    "/query.rs"
);

/// Brackets within brackets beyond this are refused, so that no depth of stack depends on a question.
const DEEPEST: usize = 32;

/// Where the parser stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Stop {
    /// At this token.
    At(Span),
    /// The tokens ended too early.
    End,
    /// Brackets are nested too deeply at this one.
    Deep(Span),
}

/// Parses filtered tokens.
pub(super) fn parse(tokens: &[Placed]) -> Result<Statement, Stop> {
    let mut depth = 0_usize;
    for placed in tokens {
        match placed.token {
            Token::Open => depth += 1,
            Token::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Err(Stop::Deep(placed.span));
        }
    }
    let stream = tokens
        .iter()
        .map(|placed| Ok((placed.span.start, placed.token.clone(), placed.span.end)));
    grammar::StatementParser::new()
        .parse(stream)
        .map_err(|error| match error {
            ParseError::UnrecognizedToken {
                token: (start, _, end),
                ..
            }
            | ParseError::ExtraToken {
                token: (start, _, end),
            } => Stop::At(Span::new(start, end)),
            ParseError::InvalidToken { location } => Stop::At(Span::new(location, location)),
            ParseError::UnrecognizedEof { .. } | ParseError::User { .. } => Stop::End,
        })
}
