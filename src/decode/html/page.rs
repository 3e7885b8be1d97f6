//! Tags → a flat row of openings, texts and closings.
//!
//! Not all of what browsers do to mend a page: enough that an element that nobody closes ends where the next of its kind
//! begins, and that a stray closing tag closes nothing outside its cell.

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

/// Elements deeper than this are taken as if they stood at this depth; no page that people write is so deep.
const DEEPEST: usize = 200;

/// What an element does to the lines of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// It stands in a line.
    Inline,
    /// It has lines of its own, a paragraph or a heading.
    Paragraph,
    /// As a paragraph; it holds others.
    Block,
    /// A row of a table.
    Row,
    /// A cell of one.
    Cell,
    /// A link.
    Link,
    /// What it has is not shown, or is no text.
    Hidden,
    /// What surrounds a text on each page of a site.
    Around,
}

/// An element, and what of the row it has.
#[derive(Debug, Clone)]
pub(super) struct Element {
    pub(super) name: Box<str>,
    pub(super) role: Role,
    /// The words of its class and id, and its role, in small letters.
    pub(super) words: String,
    pub(super) parent: usize,
    /// Its opening and its closing in the row.
    pub(super) from: usize,
    pub(super) to: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event {
    Open(usize),
    Close(usize),
    Text(String),
    Break,
}

/// A page.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) events: Vec<Event>,
    /// The first holds all others.
    pub(super) elements: Vec<Element>,
    /// What `<title>` says.
    pub(super) title: String,
    /// What the site says that the text's title is.
    pub(super) stated_title: String,
}

struct Builder {
    page: Page,
    open: Vec<usize>,
    /// How many elements were opened beyond the deepest.
    beyond: usize,
}

impl Page {
    pub(super) fn read(source: &str) -> Self {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut builder = Builder {
            page: Self::default(),
            open: Vec::new(),
            beyond: 0,
        };
        builder.push(Element {
            name: "".into(),
            role: Role::Block,
            words: String::new(),
            parent: 0,
            from: 0,
            to: 0,
        });
        for Ok(token) in Tokenizer::new_with_emitter(source, emitter) {
            match token {
                Token::StartTag(tag) => builder.start(&tag),
                Token::EndTag(tag) => builder.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => builder.text(&text),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        while !builder.open.is_empty() {
            builder.close();
        }
        builder.page
    }
}

impl Builder {
    fn push(&mut self, element: Element) {
        let number = self.page.elements.len();
        self.page.events.push(Event::Open(number));
        self.page.elements.push(element);
        self.open.push(number);
    }

    fn close(&mut self) {
        if let Some(number) = self.open.pop() {
            self.page.elements[number].to = self.page.events.len();
            self.page.events.push(Event::Close(number));
        }
    }

    fn text(&mut self, bytes: &[u8]) {
        let text = String::from_utf8_lossy(bytes);
        let Some(&within) = self.open.last() else {
            return;
        };
        if &*self.page.elements[within].name == "title" {
            if self.page.title.is_empty() {
                self.page.title = text.split_whitespace().collect::<Vec<_>>().join(" ");
            }
        } else {
            self.page.events.push(Event::Text(text.into_owned()));
        }
    }

    fn start(&mut self, tag: &StartTag<()>) {
        let name = String::from_utf8_lossy(&tag.name);
        match &*name {
            "br" | "hr" => return self.page.events.push(Event::Break),
            "meta" => return self.meta(tag),
            "img" | "input" | "link" | "col" | "wbr" | "base" | "area" | "embed" | "source"
            | "param" | "track" => {
                return;
            }
            _ => {}
        }
        self.close_before(&name);
        if self.open.len() > DEEPEST {
            self.beyond += 1;
            return;
        }
        let attribute = |key: &str| {
            let value = tag.attributes.get(key.as_bytes());
            value.map(|value| String::from_utf8_lossy(value).to_ascii_lowercase())
        };
        let style: String = attribute("style")
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let is_hidden = tag.attributes.contains_key(&b"hidden"[..])
            || ["display:none", "visibility:hidden", "mso-hide:all"]
                .iter()
                .any(|hidden| style.contains(hidden));
        let words = ["class", "id", "role"].map(|key| attribute(key).unwrap_or_default());
        let parent = self.open.last().copied().unwrap_or(0);
        let from = self.page.events.len();
        self.push(Element {
            role: match role(&name) {
                _ if is_hidden => Role::Hidden,
                // A mark that links lead to leads nowhere itself.
                Role::Link if !tag.attributes.contains_key(&b"href"[..]) => Role::Inline,
                role => role,
            },
            name: name.into(),
            words: words.join(" "),
            parent,
            from,
            to: from,
        });
        // In XHTML an element may be empty; in HTML the sign means nothing, but where such elements hold nothing anyway.
        if tag.self_closing
            && matches!(
                self.page.elements[from_last(&self.open)].role,
                Role::Hidden | Role::Inline
            )
        {
            self.close();
        }
    }

    /// Closes what nobody closes and what ends where `name` begins.
    fn close_before(&mut self, name: &str) {
        let (ends, within): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "td" | "th" => (&["td", "th"], &["tr", "table"]),
            "tr" => (&["tr"], &["table"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot"], &["table"]),
            "option" => (&["option"], &["select"]),
            "a" => (&["a"], &["p", "td", "th", "li", "div", "table"]),
            "body" => (&["head"], &[]),
            _ if matches!(role(name), Role::Paragraph | Role::Block | Role::Around) => {
                (&["p"], &["td", "th", "li", "div", "table"])
            }
            _ => return,
        };
        let found = self.open.iter().rposition(|&number| {
            let open = &*self.page.elements[number].name;
            ends.contains(&open) || within.contains(&open)
        });
        if let Some(at) = found
            && ends.contains(&&*self.page.elements[self.open[at]].name)
        {
            self.close_to(at);
        }
    }

    fn close_to(&mut self, length: usize) {
        while self.open.len() > length {
            self.close();
        }
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "br" | "p")
            && !self
                .open
                .iter()
                .any(|&n| &*self.page.elements[n].name == name)
        {
            return self.page.events.push(Event::Break);
        }
        // Which of those beyond the deepest it closes is not known; the last is as good as any.
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        let is_of_table = matches!(
            name,
            "td" | "th" | "tr" | "table" | "tbody" | "html" | "body"
        );
        for at in (1..self.open.len()).rev() {
            let open = &*self.page.elements[self.open[at]].name;
            if open == name {
                return self.close_to(at);
            }
            if matches!(open, "td" | "th" | "table") && !is_of_table {
                return;
            }
        }
    }

    fn meta(&mut self, tag: &StartTag<()>) {
        let value = |key: &[u8]| {
            tag.attributes
                .get(key)
                .map(|value| String::from_utf8_lossy(value))
        };
        let (Some(name), Some(content)) = (value(b"name"), value(b"content")) else {
            return;
        };
        if name.eq_ignore_ascii_case("articletitle") && self.page.stated_title.is_empty() {
            self.page.stated_title = content.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }
}

fn from_last(open: &[usize]) -> usize {
    open.last().copied().unwrap_or(0)
}

fn role(name: &str) -> Role {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "pre" | "dt" | "figcaption" | "caption" => {
            Role::Paragraph
        }
        "html" | "body" | "div" | "section" | "article" | "main" | "center" | "ul" | "ol"
        | "li" | "dl" | "dd" | "table" | "tbody" | "thead" | "tfoot" | "blockquote" | "figure"
        | "fieldset" | "form" | "header" | "details" | "summary" | "address" | "hgroup" => {
            Role::Block
        }
        "tr" => Role::Row,
        "td" | "th" => Role::Cell,
        "a" => Role::Link,
        "script" | "style" | "noscript" | "template" | "iframe" | "object" | "svg" | "math"
        | "select" | "textarea" | "button" | "head" | "noframes" | "audio" | "video" | "canvas"
        | "map" | "xml" | "datalist" | "del" => Role::Hidden,
        "nav" | "footer" | "aside" | "menu" | "dialog" => Role::Around,
        _ => Role::Inline,
    }
}
