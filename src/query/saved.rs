//! Saved queries and parameters, put in their place: values before the question is parsed, queries after it.

use std::collections::BTreeSet;

use super::ast::{Clause, Head, Query, Statement};
use super::catalog::{Catalog, LAST};
use super::diagnostic::{Diagnostic, Fix};
use super::lex::{self, Placed, Quantity, Token};
use super::parse;
use super::statement::Parameters;
use super::{follow, suggest};
use crate::fact::Span;

/// Saved queries may build on others this deep.
const DEEPEST: usize = 8;

/// Puts values and saved queries into a statement, and keeps what was wrong with that.
pub(super) struct Saved<'a> {
    catalog: &'a Catalog,
    parameters: &'a Parameters,
    /// A definition may leave its parameters open.
    open: bool,
    /// What is put together will be kept.
    keeps: bool,
    used: Vec<String>,
    /// The saved queries that are being put in, outermost first.
    within: Vec<String>,
    faults: Vec<Diagnostic>,
}

impl<'a> Saved<'a> {
    pub(super) fn new(catalog: &'a Catalog, parameters: &'a Parameters, open: bool) -> Self {
        Self {
            catalog,
            parameters,
            open,
            keeps: false,
            used: Vec::new(),
            within: Vec::new(),
            faults: Vec::new(),
        }
    }

    pub(super) fn take_faults(&mut self) -> Vec<Diagnostic> {
        std::mem::take(&mut self.faults)
    }

    /// The parameters that were met, each once.
    pub(super) fn used(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let new = |name: &&String| seen.insert((*name).clone());
        self.used.iter().filter(new).cloned().collect()
    }

    /// The tokens with the value of each parameter in its place.
    pub(super) fn with_values(&mut self, tokens: &[Placed]) -> Vec<Placed> {
        let mut filled: Vec<Placed> = Vec::with_capacity(tokens.len());
        for (at, placed) in tokens.iter().enumerate() {
            let Token::Parameter(name) = &placed.token else {
                filled.push(placed.clone());
                continue;
            };
            self.used.push(name.clone());
            let token = match self.parameters.get(name) {
                Some(value) => self.value(name, value, placed.span),
                None if self.open => Some(open(name, tokens.get(at.wrapping_sub(1)))),
                None => {
                    self.fault(
                        "Q0131",
                        placed.span,
                        format!("${name} has no value; give it one: --set {name}=…"),
                        format!("参数${name}没有值，请给出：--set {name}=……"),
                    );
                    None
                }
            };
            filled.extend(token.map(|token| Placed {
                token,
                span: placed.span,
            }));
        }
        filled
    }

    /// One value is one word of the language: nothing else can be slipped into a question with it.
    fn value(&mut self, name: &str, value: &str, span: Span) -> Option<Token> {
        let (tokens, faults) = lex::lex(value, self.catalog);
        let tokens = follow::join_places(tokens, self.catalog);
        if let ([only], true) = (&tokens[..], faults.is_empty())
            && matches!(
                only.token,
                Token::Quantity(_)
                    | Token::Year(_)
                    | Token::Date(_)
                    | Token::Place(_)
                    | Token::Figure(_)
                    | Token::Text(_)
                    | Token::Quoted(_)
            )
        {
            return Some(only.token.clone());
        }
        self.fault(
            "Q0131",
            span,
            format!(
                "“{value}” cannot stand for ${name}: a quantity, a year, a date, a place, a figure or a quoted text can"
            ),
            format!("“{value}”不能作为${name}的值：可以是数量、年份、日期、地方、指标或引号中的文字"),
        );
        None
    }

    fn fault(&mut self, code: &'static str, span: Span, en: String, zh: String) {
        self.faults.push(Diagnostic::new(code, span, en, zh));
    }

    /// The statement with every saved query in its place.
    pub(super) fn expanded(&mut self, statement: Statement) -> Statement {
        match statement {
            Statement::Ask(query) => Statement::Ask(self.query(query)),
            Statement::Explain(query) => Statement::Explain(self.query(query)),
            Statement::Define(name, start, query) => {
                self.keeps = true;
                if name == LAST {
                    let at = Span::new(start, start);
                    self.fault(
                        "Q0134",
                        at,
                        "“it” always stands for what was asked last: save under another name"
                            .to_owned(),
                        "“it”始终指上一次的提问：请换一个名称保存".to_owned(),
                    );
                }
                self.within.push(name.clone());
                let query = self.query(query);
                self.within.pop();
                Statement::Define(name, start, query)
            }
        }
    }

    /// What the saved query does comes first, then what is asked of it.
    fn query(&mut self, query: Query) -> Query {
        let Head::Saved(name, span) = &query.head else {
            return query;
        };
        let Some(inner) = self.looked_up(name, *span) else {
            return query;
        };
        let mut clauses: Vec<Clause> = inner.clauses;
        clauses.extend(query.clauses);
        Query {
            head: inner.head,
            clauses,
        }
    }

    fn looked_up(&mut self, name: &str, span: Span) -> Option<Query> {
        if name == LAST && self.is_missing(span) {
            return None;
        }
        if self.within.iter().any(|outer| outer == name) || self.within.len() >= DEEPEST {
            self.fault(
                "Q0132",
                span,
                format!("@{name} builds on itself, or on too many others"),
                format!("@{name}引用了自身，或引用层数过多"),
            );
            return None;
        }
        let Some(text) = self.catalog.saved().get(name) else {
            self.unknown(name, span);
            return None;
        };
        // Whatever is wrong inside is shown where the query was named.
        let there = |tokens: Vec<Placed>| -> Vec<Placed> {
            let tokens = tokens.into_iter();
            tokens.map(|placed| Placed { span, ..placed }).collect()
        };
        let (tokens, faults) = lex::lex(text, self.catalog);
        let tokens = there(follow::join_places(tokens, self.catalog));
        let unknown = tokens
            .iter()
            .any(|placed| matches!(placed.token, Token::Word(_)));
        let tokens = self.with_values(&tokens);
        let parsed = (faults.is_empty() && !unknown)
            .then(|| parse::parse(&lex::filter(tokens)).ok())
            .flatten();
        let Some(Statement::Ask(inner) | Statement::Explain(inner)) = parsed else {
            if self.faults.is_empty() {
                self.fault(
                    "Q0130",
                    span,
                    format!("@{name} no longer means anything here: {text}"),
                    format!("@{name}在此库中已无法理解：{text}"),
                );
            }
            return None;
        };
        self.within.push(name.to_owned());
        let inner = self.query(inner);
        self.within.pop();
        Some(inner)
    }

    /// What was asked last is not there, or not to be leaned on by what is kept for longer.
    fn is_missing(&mut self, span: Span) -> bool {
        let last = self.catalog.saved().get(LAST);
        let fault = |en: &str, zh: &str| Diagnostic::new("Q0134", span, en, zh);
        let fault = match last {
            None => fault(
                "there is no last answer for “it” to stand for: ask a question first",
                "还没有上一个答案，“上表”无所指：请先提问",
            ),
            Some(last) if self.keeps => fault(
                "“it” will mean something else later: write out what is to be saved",
                "“上表”以后所指会变：保存时请写出问句",
            )
            .with_fixes([Fix::new(last.clone(), span)]),
            Some(_) => return false,
        };
        self.faults.push(fault);
        true
    }

    fn unknown(&mut self, name: &str, span: Span) {
        let mut near: Vec<(usize, &String)> = self
            .catalog
            .saved()
            .keys()
            .filter(|known| *known != LAST)
            .map(|known| (suggest::distance(name, known), known))
            .filter(|(distance, known)| *distance <= known.len().max(name.len()) / 2)
            .collect();
        near.sort();
        let fixes = near
            .into_iter()
            .take(3)
            .map(|(_, known)| Fix::new(format!("@{known}"), span));
        let fault = Diagnostic::new(
            "Q0130",
            span,
            format!("there is no saved query @{name}; `define @{name} as …` makes one"),
            format!("没有已存查询@{name}；可用“定义@{name}为……”建立"),
        )
        .with_fixes(fixes);
        self.faults.push(fault);
    }
}

/// What an open parameter is taken for while its definition is checked: what stands before it decides.
fn open(name: &str, before: Option<&Placed>) -> Token {
    match before.map(|placed| &placed.token) {
        Some(Token::In | Token::From) => Token::Year(2000),
        Some(
            Token::Mention | Token::Starts | Token::Contains | Token::Surnamed | Token::Frequency,
        ) => Token::Text(format!("${name}")),
        _ => Token::Quantity(Quantity::open(name)),
    }
}

impl Quantity {
    /// A quantity that fits whatever it is compared with.
    fn open(name: &str) -> Self {
        Self {
            value: rust_decimal::Decimal::ONE,
            unit: None,
            text: format!("${name}"),
        }
    }

    /// Whether it stands for a parameter that has no value yet.
    pub(super) fn is_open(&self) -> bool {
        self.text.starts_with('$')
    }
}
