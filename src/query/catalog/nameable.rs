use super::latin::{beginnings, first_sound};
use super::names::half_width;

/// Which names of places may stand in a statement: told by the first two characters of a name and by their pinyin, so
/// that a store of forty thousand places need not be learnt to understand a question about one.
///
/// It says yes too often, but never no to a name that the statement has in any form: whole, without the word for its
/// kind, in Latin letters.
#[derive(Debug)]
pub struct Nameable {
    /// The texts, folded, without blanks and hyphens.
    text: String,
    /// The beginnings, in Latin letters, of the places found so far: others of the same may not be taken for them.
    found: Vec<String>,
}

impl Nameable {
    /// What these texts may name.
    pub fn new<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut text = String::new();
        for part in texts {
            let chars = part.chars().map(half_width);
            let chars = chars.filter(|c| !c.is_whitespace() && *c != '-');
            text.extend(chars.flat_map(char::to_lowercase));
            text.push('\n');
        }
        Self {
            text,
            found: Vec::new(),
        }
    }

    /// Whether the texts may have this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        let mut chars = name.chars().map(half_width);
        let (Some(first), Some(second)) = (chars.next(), chars.next()) else {
            return true;
        };
        if !super::super::lang::is_han(first) || !super::super::lang::is_han(second) {
            return true;
        }
        let start = first.len_utf8() + second.len_utf8();
        // Names are of Han characters mostly, which half width leaves as they are.
        let start = name.get(..start).unwrap_or(name);
        self.text.contains(start) || self.has_latin(name)
    }

    fn has_latin(&self, name: &str) -> bool {
        self.text.contains(|c: char| c.is_ascii_alphabetic())
            && beginnings(name)
                .iter()
                .any(|latin| self.text.contains(latin.as_str()))
    }

    /// Takes a name as found: [`Nameable::is_like_found`] is true of all that may have the same Latin name.
    pub fn find(&mut self, name: &str) {
        for latin in beginnings(name) {
            if !self.found.contains(&latin) {
                self.found.push(latin);
            }
        }
    }

    /// Whether a name in Latin letters may be that of one that was found.
    #[must_use]
    pub fn is_like_found(&self, name: &str) -> bool {
        // Most are not, by their first character alone.
        let may_be = |first: &str| {
            let mut found = self.found.iter();
            found.any(|other| other.starts_with(first) || first.starts_with(other.as_str()))
        };
        first_sound(name).is_none_or(may_be)
            && beginnings(name).iter().any(|latin| {
                let mut found = self.found.iter();
                found.any(|other| {
                    other.starts_with(latin.as_str()) || latin.starts_with(other.as_str())
                })
            })
    }
}

#[cfg(test)]
mod tests {
    use super::Nameable;

    #[test]
    fn a_name_is_found_in_each_form() {
        for (text, name) in [
            ("杨柳青镇2023年的税收", "杨柳青镇"),
            ("杨柳青的税收", "杨柳青镇"),
            ("tax of Yang-liu qing", "杨柳青镇"),
            ("towns in Shaanxi", "陕西省"),
            ("towns in inner mongolia", "内蒙古自治区"),
            ("ＡＢ镇的税收", "ab镇"),
        ] {
            assert!(Nameable::new([text]).has(name), "{text}");
        }
        assert!(!Nameable::new(["税收超过30亿元的镇, towns with tax"]).has("杨柳青镇"));
    }

    #[test]
    fn what_sounds_alike_is_like_what_was_found() {
        let mut names = Nameable::new([]);
        names.find("西安镇");
        assert!(names.is_like_found("先河镇") && names.is_like_found("西岸镇"));
        assert!(!names.is_like_found("北仓镇"));
    }
}
