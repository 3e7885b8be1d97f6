use zhenzhi::query::{Catalog, Lang, keywords};

const MANUALS: [&str; 2] = [
    include_str!("../../../../../docs/language.md"),
    include_str!("../../../../../docs/language.zh.md"),
];

/// So many examples are given.
const MOST: usize = 3;

/// What the manual has on a word of the language: the words that mean the same, the chapter, and questions with it.
pub(super) fn word(word: &str, lang: Lang) -> Option<String> {
    let asked = word.to_lowercase();
    let found = keywords()
        .iter()
        .find(|keyword| keyword.word.to_lowercase() == asked)?;
    let same = |lang: Lang| {
        let words = keywords()
            .iter()
            .filter(|other| other.token == found.token && other.lang == lang);
        words.map(|other| other.word).collect::<Vec<_>>().join(", ")
    };
    let mut text = format!("{}  /  {}", same(Lang::En), same(Lang::Zh));
    let mut chapter = "";
    let words: Vec<&str> = keywords()
        .iter()
        .filter(|other| other.token == found.token && other.lang == lang)
        .map(|other| other.word)
        .collect();
    let mut examples = examples(&words, lang);
    // What is easiest to learn from first: a plain question with the very word, and a short one.
    examples.sort_by_key(|(_, question, _)| {
        (
            is_about_questions(question),
            !has_word(question, found.word),
            question.chars().count(),
        )
    });
    for (title, question, reading) in examples.into_iter().take(MOST) {
        if title != chapter {
            text += &match lang {
                Lang::En => format!("\n  in the manual under “{title}”:"),
                Lang::Zh => format!("\n  见手册“{title}”："),
            };
            chapter = title;
        }
        text += &format!("\n    {question}\n      {reading}");
    }
    Some(text)
}

/// Whether it saves or explains a question, rather than asking it.
fn is_about_questions(question: &str) -> bool {
    const TOKENS: [&str; 2] = ["define", "explain"];
    let begins = |word: &str| question.to_lowercase().starts_with(&word.to_lowercase());
    keywords()
        .iter()
        .any(|keyword| TOKENS.contains(&keyword.token) && begins(keyword.word))
}

/// The questions of the manual that have one of these words: chapter, question, what it comes to.
fn examples(words: &[&str], lang: Lang) -> Vec<(&'static str, &'static str, &'static str)> {
    let manual = MANUALS[usize::from(lang == Lang::Zh)];
    let mut found = Vec::new();
    let (mut title, mut question, mut asks) = ("", "", false);
    for line in manual.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            title = heading;
        } else if line.starts_with("```") {
            asks = line == "```ask";
        } else if asks && line.starts_with('→') {
            // What is refused is no example.
            let has_one = words.iter().any(|word| has_word(question, word));
            if has_one && !line.starts_with("→ Q") {
                found.push((title, question, line));
            }
        } else {
            question = line;
        }
    }
    found
}

/// Whether a question has a word: between other letters a Latin one is another.
fn has_word(question: &str, word: &str) -> bool {
    let question = question.to_lowercase();
    question
        .match_indices(&word.to_lowercase())
        .any(|(at, found)| {
            let is_letter = |c: char| c.is_ascii_alphanumeric();
            !word.starts_with(is_letter)
                || !(question[..at].ends_with(is_letter)
                    || question[at + found.len()..].starts_with(is_letter))
        })
}

/// What an indicator is.
pub(super) fn indicator(name: &str, catalog: &Catalog, lang: Lang) -> Option<String> {
    let asked = name.to_lowercase();
    let is_called = |names: &[String]| names.iter().any(|name| name.to_lowercase() == asked);
    let usual = catalog
        .indicators()
        .iter()
        .find(|indicator| indicator.name_zh == asked || indicator.name_en.to_lowercase() == asked);
    let found = usual.or_else(|| {
        let mut all = catalog.indicators().iter();
        all.find(|indicator| is_called(&indicator.names_zh) || is_called(&indicator.names_en))
    })?;
    let places = catalog.places_reporting(&found.id);
    let names: Vec<&str> = found
        .names_zh
        .iter()
        .chain(&found.names_en)
        .map(String::as_str)
        .filter(|name| *name != found.name_zh && *name != found.name_en)
        .collect();
    Some(match lang {
        Lang::En => format!(
            "{} / {}  an indicator in {}; {} of this store give it\n  {}\n  also called {}",
            found.name_en,
            found.name_zh,
            found.unit,
            crate::output::counted(places as usize, "place"),
            found.definition,
            names.join(", "),
        ),
        Lang::Zh => format!(
            "{} / {}  指标，单位{}；本库{places}个地方有\n  {}\n  又称：{}",
            found.name_zh,
            found.name_en,
            found.unit,
            found.definition,
            names.join("、"),
        ),
    })
}
