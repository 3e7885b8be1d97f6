/// What the tokenizer of the schema makes of a character that stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// A token: the character, in lower case.
    Token(char),
    /// Nothing; it parts tokens.
    Blank,
    /// Nobody looked; FTS5 has to be asked.
    Unfamiliar,
}

/// Stretches of characters that give themselves as tokens, the commonest first. What is in none of them costs only time:
/// the passage in which it stands goes to FTS5.
const FAMILIAR: [(char, char); 30] = [
    ('\u{4e00}', '\u{9fa5}'), // Chinese characters
    ('\u{3001}', '\u{302d}'), // punctuation of Chinese
    ('\u{ff01}', '\u{ff20}'), // wide punctuation and digits
    ('\u{2010}', '\u{2027}'), // dashes and quotation marks
    ('\u{ff3b}', '\u{ff9f}'), // wide brackets and small letters
    ('\u{2030}', '\u{205e}'), // ‰, ′, ※
    ('\u{00a1}', '\u{00ac}'), // §, ¥
    ('\u{00ae}', '\u{00b4}'), // °, ±, ²
    ('\u{00b6}', '\u{00bf}'), // ·
    ('\u{00d7}', '\u{00d7}'), // ×
    ('\u{00df}', '\u{00ff}'), // é, ü, ÷
    ('\u{20a0}', '\u{20b9}'), // €
    ('\u{2103}', '\u{2117}'), // ℃, №
    ('\u{2170}', '\u{2182}'), // ⅰ
    ('\u{2190}', '\u{23e8}'), // arrows and signs of mathematics
    ('\u{2460}', '\u{24b5}'), // numbers in circles and brackets
    ('\u{24d0}', '\u{26ff}'), // letters in circles, lines, shapes and signs
    ('\u{2776}', '\u{2793}'), // more numbers in circles
    ('\u{3041}', '\u{3096}'), // Hiragana
    ('\u{309b}', '\u{30ff}'), // Katakana
    ('\u{3105}', '\u{312d}'), // Bopomofo
    ('\u{3220}', '\u{32fe}'), // numbers in brackets and circles
    ('\u{3300}', '\u{4db5}'), // ㎡, ㎏, and seldom Chinese characters
    ('\u{4dc0}', '\u{4dff}'), // hexagrams
    ('\u{e000}', '\u{f8ff}'), // for private use
    ('\u{f900}', '\u{fa6d}'), // Chinese characters written twice
    ('\u{fe30}', '\u{fe52}'), // punctuation of columns
    ('\u{fe54}', '\u{fe66}'), // small punctuation
    ('\u{fe68}', '\u{fe6b}'), // the rest of it
    ('\u{ffe0}', '\u{ffe6}'), // ￥
];

pub(super) fn sign(c: char) -> Sign {
    let is_familiar = |c| {
        FAMILIAR
            .iter()
            .any(|&(first, last)| (first..=last).contains(&c))
    };
    // Capitals that stand so many places before their small letters.
    let before_small =
        |places: u32| char::from_u32(u32::from(c) + places).map_or(Sign::Unfamiliar, Sign::Token);
    match c {
        '!'..='~' => Sign::Token(c.to_ascii_lowercase()),
        c if is_familiar(c) => Sign::Token(c),
        'Ａ'..='Ｚ' | 'Α'..='Ρ' | 'Σ'..='Ω' | 'А'..='Я' => before_small(32),
        'Ⅰ'..='Ⅿ' => before_small(16),
        'Ⓐ'..='Ⓩ' => before_small(26),
        'α'..='ρ' | 'σ'..='ω' | 'а'..='я' => Sign::Token(c),
        c if c.is_whitespace() => Sign::Blank,
        _ => Sign::Unfamiliar,
    }
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::super::tokens;
    use super::*;
    use crate::store::SCHEMA;

    #[test]
    fn every_familiar_character_gives_what_sqlite_gives() -> rusqlite::Result<()> {
        let conn = Connection::open_in_memory()?;
        conn.execute_batch(SCHEMA)?;
        conn.execute_batch("CREATE VIRTUAL TABLE found USING fts5vocab (passages_fts, instance)")?;
        let tx = conn.unchecked_transaction()?;
        let familiar: Vec<char> = ('\0'..char::MAX)
            .filter(|&c| sign(c) != Sign::Unfamiliar)
            .collect();
        assert!(familiar.len() > 21_000);
        for &c in &familiar {
            tx.execute(
                "INSERT INTO passages_fts (rowid, text) VALUES (?1, ?2)",
                (u32::from(c), tokens(&c.to_string())),
            )?;
        }
        tx.commit()?;
        let mut token = conn.prepare("SELECT doc, term FROM found")?;
        let given: std::collections::HashMap<u32, String> = token
            .query_map((), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for c in familiar {
            let ours = match sign(c) {
                Sign::Token(token) => Some(token.to_string()),
                _ => None,
            };
            assert_eq!(ours.as_ref(), given.get(&u32::from(c)), "{c:?}");
        }
        Ok(())
    }
}
