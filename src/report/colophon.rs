//! What stands at the end of a page in every form: what has changed, and of what it was made.

use super::Page;
use super::words::word;

impl Page {
    /// What is said at the end of a page of its making: a term, and its lines.
    pub(super) fn made(&self) -> Vec<(&'static str, Vec<String>)> {
        let lang = self.lang;
        let colophon = &self.colophon;
        let mut made = vec![(
            word("store", lang),
            vec![format!("SHA-256 {}", colophon.store)],
        )];
        if let Some(changes) = &self.changes {
            made.push((
                word("older", lang),
                vec![format!("SHA-256 {}", changes.older)],
            ));
        }
        made.push((
            word("script", lang),
            vec![format!("SHA-256 {}", colophon.script)],
        ));
        if !colophon.values.is_empty() {
            let values = colophon
                .values
                .iter()
                .map(|(name, value)| format!("{name} = {value}"));
            made.push((word("values", lang), values.collect()));
        }
        let questions = self.sheet.questions.iter().map(|(question, times)| {
            let question: Vec<&str> = question.split_whitespace().collect();
            let question = question.join(" ");
            match times {
                1 => question,
                _ => format!(
                    "{question} ({})",
                    word("times", lang).replace("%n", &times.to_string())
                ),
            }
        });
        made.push((word("questions", lang), questions.collect()));
        made.push((
            word("program", lang),
            vec![format!("zhenzhi {}", super::VERSION)],
        ));
        made
    }

    /// What has changed, the first hundred; what a number is of, what it was, what it is.
    pub(super) fn change_rows(&self) -> Vec<(String, String, String)> {
        const MOST: usize = 100;
        let Some(changes) = &self.changes else {
            return Vec::new();
        };
        let lang = self.lang;
        let mut rows: Vec<(String, String, String)> = changes
            .list
            .iter()
            .take(MOST)
            .map(|(of, was, is)| {
                (
                    of.clone(),
                    was.clone().unwrap_or_else(|| "—".to_owned()),
                    is.clone().unwrap_or_else(|| word("gone", lang).to_owned()),
                )
            })
            .collect();
        if changes.list.len() > MOST {
            let more = word("other", lang).replace("%n", &(changes.list.len() - MOST).to_string());
            rows.push((more, String::new(), String::new()));
        }
        rows
    }
}
