use zhenzhi::query::Lang;
use zhenzhi::render::visible_in_line;
use zhenzhi::store::{Overview, StoreError};

use super::session::Session;
use super::trial;
use crate::language::in_lang;

/// What the file is, and questions to try, which Tab then puts in.
pub(super) fn banner(session: &Session) -> Result<String, StoreError> {
    let lang = session.lang();
    let overview = session.store.overview()?;
    let trials = trial::questions(&session.store, lang);
    let mut text = format!(
        "zhenzhi 镇志 {} · {}\n{}\n",
        env!("CARGO_PKG_VERSION"),
        session.store.path().display(),
        summary(&overview, lang)
    );
    if !trials.is_empty() {
        text += in_lang(
            lang,
            "\nquestions to try (Tab puts one in):\n",
            "\n可以试着问（按Tab键填入）：\n",
        );
        for trial in &trials {
            text += &format!("  {trial}\n");
        }
    }
    text += in_lang(
        lang,
        "\n.help for help, .quit or Ctrl-D to leave",
        "\n.help查看帮助，.quit或Ctrl-D离开",
    );
    *session.offers.borrow_mut() = trials;
    Ok(text)
}

/// `samples: 5 places, 6 reports on 2018 to 2023, 412 figures, 1 doubt`.
pub(super) fn summary(overview: &Overview, lang: Lang) -> String {
    use crate::output::counted;

    let title = visible_in_line(overview.title.as_deref().unwrap_or_default());
    let years = overview
        .years
        .map_or_else(String::new, |years| match (lang, years) {
            (Lang::En, (first, last)) if first == last => format!(" on {first}"),
            (Lang::En, (first, last)) => format!(" on {first} to {last}"),
            (Lang::Zh, (first, last)) if first == last => format!("（{first}年）"),
            (Lang::Zh, (first, last)) => format!("（{first}至{last}年）"),
        });
    match lang {
        Lang::En => format!(
            "{title}: {}, {}{years}, {}, {}",
            counted(overview.places as usize, "place"),
            counted(overview.reports as usize, "report"),
            counted(overview.figures as usize, "figure"),
            counted(overview.doubts as usize, "doubt"),
        ),
        Lang::Zh => format!(
            "{title}：{}个地方，{}份报告{years}，{}个数字，{}处疑点",
            overview.places, overview.reports, overview.figures, overview.doubts
        ),
    }
}
