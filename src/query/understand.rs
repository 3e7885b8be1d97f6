//! From a question to its plan, or to the messages for what stops on the way.

use super::again::Again;
use super::ast::Statement;
use super::catalog::Catalog;
use super::diagnostic::{Diagnostic, Fix};
use super::lex::{self, Placed, Token};
use super::parse;
use super::plan::Plan;
use super::saved::Saved;
use super::statement::{Definition, LANGUAGE_VERSION, Parameters};
use super::{Lang, again, beyond, compose, follow, nearest, resolve, say, stopped, unknown};
use crate::fact::Span;

/// Beyond this many tokens, repairs are not tried out: each try costs as much as the question.
pub(super) const REPAIRABLE: usize = 60;

/// What a statement comes to.
pub(super) enum Meaning {
    /// With what the question leaves open.
    Plan(Box<Plan>, Vec<resolve::Assumed>),
    Define(Definition),
}

/// The meaning of a statement, or everything independent that is wrong with it.
pub(super) fn understand(
    question: &str,
    catalog: &Catalog,
    parameters: &Parameters,
    lang: Lang,
) -> Result<Meaning, Vec<Diagnostic>> {
    let fits = |whole: &str| is_understood(whole, catalog, lang);
    let misfit = match again::again(question, catalog, fits) {
        Some(Again::Whole(whole)) => return understand_whole(&whole, catalog, parameters, lang),
        Some(Again::Misfit(fault)) => Some(fault),
        None => None,
    };
    understand_whole(question, catalog, parameters, lang).map_err(|faults| {
        let fault = misfit
            .or_else(|| again::without_last(question, catalog))
            .or_else(|| again::no_part(question, catalog));
        fault.map_or(faults, |fault| vec![fault])
    })
}

/// The meaning of a statement that goes on from no other.
fn understand_whole(
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
    faults.extend(unknown::faults(&tokens, question, catalog, lang));
    faults.extend(beyond::rank_among_others(&tokens));
    let defines = tokens
        .first()
        .is_some_and(|placed| placed.token == Token::Define);
    let mut saved = Saved::new(catalog, parameters, defines);
    let tokens = saved.with_values(&tokens);
    faults.extend(saved.take_faults());
    let reached = |tokens: &[Placed]| {
        (tokens.len() <= REPAIRABLE)
            .then(|| {
                let read = |offer: &str| said_back(offer, catalog, lang);
                beyond::beyond(question, tokens, catalog, lang, read)
            })
            .flatten()
    };
    if !faults.is_empty() {
        let Some(fault) = reached(&tokens) else {
            return Err(with_nearest(faults, question, &tokens, catalog, lang));
        };
        // What the store has of the words that nobody knows is offered there too.
        let whole = Span::new(0, question.chars().count());
        let fits =
            |fix: &Fix| fix.span == whole && is_understood(&fix.applied(question), catalog, lang);
        let found = faults.into_iter().flat_map(|fault| fault.fixes);
        let found: Vec<Fix> = found.filter(fits).take(2).collect();
        return Err(vec![fault.with_fixes(found)]);
    }
    let filtered = lex::filter(tokens.clone());
    let statement = match parse::parse(&filtered) {
        Ok(statement) => statement,
        Err(stop) => {
            if let Some((plan, assumed)) = composed(&filtered, catalog, lang) {
                return Ok(Meaning::Plan(Box::new(plan), assumed));
            }
            let fault = reached(&tokens)
                .unwrap_or_else(|| stopped::fault(&stop, question, &tokens, catalog, lang));
            return Err(with_nearest(vec![fault], question, &tokens, catalog, lang));
        }
    };
    let statement = saved.expanded(statement);
    let faults = saved.take_faults();
    if !faults.is_empty() {
        return Err(faults);
    }
    let (plan, assumed) = resolve::resolve(&statement, catalog, lang).map_err(|faults| {
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
        _ => Meaning::Plan(Box::new(plan), assumed),
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
    if tokens.len() > REPAIRABLE || faults.len() == 1 && mends(&faults[0].fixes, question, &fits) {
        return faults;
    }
    let read = |offer: &str| said_back(offer, catalog, lang);
    let offers = nearest::nearest(question, tokens, catalog, lang, read);
    if offers.is_empty() {
        return faults;
    }
    // Whole questions are surer than words that are like one that is not known, where these mend nothing.
    let together = mended_together(&faults, question, &fits);
    for (at, fault) in faults.iter_mut().enumerate() {
        let mending = together.get(at);
        let is_name = fault.code == "Q0102";
        let mut others = 0;
        fault.fixes.retain(|fix| {
            let is_mended = fits(&fix.applied(question)) || mending == Some(fix);
            others += usize::from(!is_mended);
            is_mended || !is_name && others == 1
        });
    }
    if let Some(first) = faults.first_mut() {
        first.fixes.truncate(3);
        first.fixes.extend(offers);
        first.fixes.truncate(5);
    }
    faults
}

fn mends(fixes: &[Fix], question: &str, fits: &impl Fn(&str) -> bool) -> bool {
    fixes.iter().any(|fix| fits(&fix.applied(question)))
}

/// The first offer of each of several faults, where all of them together make a question: two words that are mistyped.
fn mended_together(
    faults: &[Diagnostic],
    question: &str,
    fits: &impl Fn(&str) -> bool,
) -> Vec<Fix> {
    let firsts = faults.iter().map(|fault| fault.fixes.first().cloned());
    let Some(fixes) = firsts.collect::<Option<Vec<Fix>>>() else {
        return Vec::new();
    };
    let mut back: Vec<&Fix> = fixes.iter().collect();
    back.sort_by_key(|fix| std::cmp::Reverse(fix.span.start));
    let whole = back
        .iter()
        .fold(question.to_owned(), |whole, fix| fix.applied(&whole));
    if fits(&whole) { fixes } else { Vec::new() }
}

/// Whether a question is understood; repairs are offered only where it is.
pub(super) fn is_understood(question: &str, catalog: &Catalog, lang: Lang) -> bool {
    plan_of(question, catalog, lang).is_some()
}

/// A question said back, as it is offered where it is made of another: `None` where it is not understood.
pub(super) fn said_back(question: &str, catalog: &Catalog, lang: Lang) -> Option<String> {
    let plan = plan_of(question, catalog, lang)?;
    let reading = say::say(&plan, catalog).in_lang(lang).to_owned();
    let is_same = plan_of(&reading, catalog, lang).as_ref() == Some(&plan);
    Some(if is_same {
        reading
    } else {
        question.to_owned()
    })
}

/// The plan of a question whose parts stand in another order than the grammar's, where what it is said back as means the same.
fn composed(
    filtered: &[Placed],
    catalog: &Catalog,
    lang: Lang,
) -> Option<(Plan, Vec<resolve::Assumed>)> {
    if filtered.len() > REPAIRABLE {
        return None;
    }
    let mut ways = compose::composed(filtered, lang).into_iter();
    ways.find_map(|tokens| as_written(&tokens, catalog, lang))
}

/// The plan of tokens that nobody wrote so, where its reading has the same plan.
fn as_written(
    tokens: &[Placed],
    catalog: &Catalog,
    lang: Lang,
) -> Option<(Plan, Vec<resolve::Assumed>)> {
    let statement = parse::parse(tokens).ok()?;
    if !matches!(statement, Statement::Ask(_)) {
        return None;
    }
    let (plan, assumed) = resolve::resolve(&statement, catalog, lang).ok()?;
    let reading = say::say(&plan, catalog).in_lang(lang).to_owned();
    let (tokens, faults) = lex::lex(&reading, catalog);
    let tokens = lex::filter(follow::join_places(tokens, catalog));
    let again = parse::parse(&tokens).ok().filter(|_| faults.is_empty())?;
    let (again, _) = resolve::resolve(&again, catalog, lang).ok()?;
    (again == plan).then_some((plan, assumed))
}

fn plan_of(question: &str, catalog: &Catalog, lang: Lang) -> Option<Plan> {
    let (tokens, faults) = lex::lex(question, catalog);
    let tokens = follow::join_places(tokens, catalog);
    let parameters = Parameters::new();
    let mut saved = Saved::new(catalog, &parameters, true);
    let tokens = saved.with_values(&tokens);
    if !faults.is_empty() {
        return None;
    }
    let filtered = lex::filter(tokens);
    let Ok(statement) = parse::parse(&filtered) else {
        return composed(&filtered, catalog, lang).map(|(plan, _)| plan);
    };
    let statement = saved.expanded(statement);
    let is_known = saved.take_faults().is_empty();
    let (plan, _) = resolve::resolve(&statement, catalog, lang).ok()?;
    Some(plan).filter(|_| is_known)
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
