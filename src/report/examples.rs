//! The scripts that come with the program, to be run as they are or to start from.

/// A script that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Example {
    /// `one-town`, `one-town.zh`.
    pub name: &'static str,
    /// The whole script.
    pub text: &'static str,
}

static EXAMPLES: [Example; 8] = [
    Example {
        name: "one-town",
        text: include_str!("examples/one-town.md"),
    },
    Example {
        name: "one-town.zh",
        text: include_str!("examples/one-town.zh.md"),
    },
    Example {
        name: "county",
        text: include_str!("examples/county.md"),
    },
    Example {
        name: "county.zh",
        text: include_str!("examples/county.zh.md"),
    },
    Example {
        name: "promises",
        text: include_str!("examples/promises.md"),
    },
    Example {
        name: "promises.zh",
        text: include_str!("examples/promises.zh.md"),
    },
    Example {
        name: "panel",
        text: include_str!("examples/panel.md"),
    },
    Example {
        name: "panel.zh",
        text: include_str!("examples/panel.zh.md"),
    },
];

/// All of them.
#[must_use]
pub fn examples() -> &'static [Example] {
    &EXAMPLES
}

/// The one of a name, with or without `.md`.
pub(super) fn find(name: &str) -> Option<&'static Example> {
    let name = name.strip_suffix(".md").unwrap_or(name);
    EXAMPLES.iter().find(|example| example.name == name)
}
