//! Where on a page its text is, and where only what each page of the site has.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::lines::{Line, lines};
use super::page::{Page, Role};

/// A line with fewer signs is no sentence.
const SENTENCE: usize = 20;
/// A line with more is none that tells of the page.
const FURNITURE: usize = 80;
/// Between the title of a page and its text stand so many lines at most.
const MASTHEAD: usize = 12;
/// The bar of a browser names so many things at most: the text, and where on which site it stands.
const TITLE_PARTS: usize = 16;

/// Words of `around.tsv`.
struct Words {
    classes: Vec<&'static str>,
    lines: Vec<&'static str>,
    sites: Vec<&'static str>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let of = |kind: &str| {
        let lines = include_str!("around.tsv").lines();
        lines
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(key, word)| (key == kind).then_some(word))
            .collect()
    };
    Words {
        classes: of("class"),
        lines: of("line"),
        sites: of("site"),
    }
});

/// The text of the page: its title and masthead, and the lines of the element that has nearly all its sentences.
pub(super) fn report(page: &Page) -> String {
    let all = lines(page);
    let prose = prose(page, all.iter());
    let around = around(page, &prose);
    let is_own = |line: &&Line| line.linked * 2 < line.signs && !around[line.element];
    let body = body(page, &prose, &self::prose(page, all.iter().filter(is_own)));
    let (from, to) = (page.elements[body].from, page.elements[body].to);
    let before = all.partition_point(|line| line.at < from);
    let after = all.partition_point(|line| line.at < to);
    let inside: Vec<&Line> = all[before..after].iter().filter(is_own).collect();
    let inside = trimmed(&inside);

    let mut text = String::new();
    let mut add = |line: &str| {
        text.push_str(line);
        text.push('\n');
    };
    if let Some(title) = title(page, &all[..after]) {
        let bare = squeezed(&title);
        let stands = |line: &&Line| squeezed(&line.text).contains(&bare);
        let place = all[..before]
            .iter()
            .rposition(|line| squeezed(&line.text) == bare);
        if !inside
            .iter()
            .take(MASTHEAD)
            .copied()
            .any(|line| stands(&line))
        {
            add(&title);
        }
        if let Some(place) = place
            && before - place <= MASTHEAD * 2
        {
            let between = all[place + 1..before].iter().filter(is_own);
            let between: Vec<&Line> = between.filter(|line| !is_furniture(line)).collect();
            if between.len() <= MASTHEAD {
                for line in between {
                    add(&line.text);
                }
            }
        }
    }
    for line in inside {
        add(&line.text);
    }
    text
}

/// How many signs of sentences each element has.
fn prose<'a>(page: &Page, lines: impl Iterator<Item = &'a Line>) -> Vec<usize> {
    let mut prose = vec![0; page.elements.len()];
    for line in lines {
        let own = line.signs - line.linked;
        if own < SENTENCE || !line.text.contains(['。', '，', '；', '、']) {
            continue;
        }
        let mut element = line.element;
        loop {
            prose[element] += own;
            if element == 0 {
                break;
            }
            element = page.elements[element].parent;
        }
    }
    prose
}

/// The deepest element with at least four fifths of all sentences, or what is around it as long as there are more beside it
/// that are the text's own.
fn body(page: &Page, prose: &[usize], own: &[usize]) -> usize {
    let whole = prose[0];
    let holds = |number: &usize| {
        let role = page.elements[*number].role;
        matches!(role, Role::Block | Role::Cell | Role::Row) && prose[*number] * 5 >= whole * 4
    };
    // Those with so much lie in each other, so that the last to begin is the deepest.
    let deepest = (0..prose.len()).rfind(holds).filter(|_| whole > 0);
    let mut body = deepest.unwrap_or(0);
    while own[page.elements[body].parent] > own[body] {
        body = page.elements[body].parent;
    }
    body
}

/// The elements, with those in them, that hold what surrounds a text: those that say so, and have hardly a sentence.
fn around(page: &Page, prose: &[usize]) -> Vec<bool> {
    let mut around: Vec<bool> = Vec::with_capacity(prose.len());
    for (number, element) in page.elements.iter().enumerate() {
        let says_so = || {
            let words = &element.words;
            element.role == Role::Around || WORDS.classes.iter().any(|class| words.contains(class))
        };
        let is_around =
            number > 0 && (around[element.parent] || (prose[number] * 10 <= prose[0] && says_so()));
        around.push(is_around);
    }
    around
}

/// Without the lines at both ends that tell of the page.
fn trimmed<'a>(lines: &[&'a Line]) -> Vec<&'a Line> {
    let is_end = |at: usize| at < MASTHEAD || at + MASTHEAD >= lines.len();
    let kept = lines
        .iter()
        .enumerate()
        .filter(|(at, line)| !(is_end(*at) && is_furniture(line)));
    kept.map(|(_, line)| *line).collect()
}

fn is_furniture(line: &Line) -> bool {
    line.signs <= FURNITURE && !line.text.contains('。') && {
        let text = line.text.replace(':', "：");
        WORDS.lines.iter().any(|word| text.contains(word))
    }
}

/// The title of the text: what the page says that it is, its heading, or what is named in the browser's bar, without the
/// name of the site.
fn title(page: &Page, lines: &[Line]) -> Option<String> {
    if !page.stated_title.is_empty() {
        return Some(page.stated_title.clone());
    }
    let is_heading = |line: &&Line| {
        let mut element = line.element;
        while element != 0 && page.elements[element].role != Role::Block {
            if &*page.elements[element].name == "h1" {
                return line.linked == 0 && line.signs >= 4;
            }
            element = page.elements[element].parent;
        }
        false
    };
    if let Some(heading) = lines.iter().rfind(is_heading) {
        return Some(heading.text.trim().to_owned());
    }
    let parts: Vec<&str> = page
        .title
        .split(['_', '|', '｜', '-', '–', '—'])
        .map(str::trim)
        .filter(|part| !part.is_empty() && !WORDS.sites.iter().any(|site| part.ends_with(site)))
        .take(TITLE_PARTS)
        .collect();
    let squeezed_lines: HashSet<String> = lines.iter().map(|line| squeezed(&line.text)).collect();
    let stands = |part: &&&str| squeezed_lines.contains(&squeezed(part));
    let longest = || parts.iter().max_by_key(|part| part.chars().count());
    let part = parts.iter().find(stands).or_else(longest)?;
    Some((*part).to_owned())
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
