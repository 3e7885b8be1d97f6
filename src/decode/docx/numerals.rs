//! Numbers as Word's automatic numbering writes them.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const STEMS: [char; 10] = ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸'];
const BRANCHES: [char; 12] = [
    '子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥',
];

/// A number in a format of `w:numFmt`; one that is not known is written in Arabic digits, and marks of lists not at all.
pub(super) fn written(number: u32, format: &str) -> String {
    let from = |first: char, most: u32| {
        let c = (1..=most)
            .contains(&number)
            .then(|| char::from_u32(first as u32 + number - 1))
            .flatten();
        c.map_or_else(|| number.to_string(), |c| c.to_string())
    };
    let one_of = |signs: &[char]| {
        let sign = number.checked_sub(1).and_then(|at| signs.get(at as usize));
        sign.map_or_else(|| number.to_string(), char::to_string)
    };
    match format {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "koreanCounting" => counted(number, &DIGITS, ['十', '百', '千']),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            let text = counted(number, &FORMAL, ['拾', '佰', '仟']);
            if text.starts_with('拾') {
                format!("壹{text}")
            } else {
                text
            }
        }
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => number
            .to_string()
            .bytes()
            .map(|digit| DIGITS[usize::from(digit - b'0')])
            .collect(),
        "decimalFullWidth" | "decimalFullWidth2" => number
            .to_string()
            .bytes()
            .filter_map(|digit| char::from_u32(0xff10 + u32::from(digit - b'0')))
            .collect(),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => from('①', 20),
        "decimalEnclosedParen" => from('⑴', 20),
        "decimalEnclosedFullstop" => from('⒈', 20),
        "ideographEnclosedCircle" => from('㊀', 10),
        "ideographTraditional" => one_of(&STEMS),
        "ideographZodiac" => one_of(&BRANCHES),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperLetter" => letters(number),
        "lowerLetter" => letters(number).to_lowercase(),
        _ => number.to_string(),
    }
}

/// 十, 二十一, 一百零五.
fn counted(number: u32, digits: &[char; 10], units: [char; 3]) -> String {
    if number == 0 || number > 9999 {
        return number.to_string();
    }
    let mut text = String::new();
    let mut skipped = false;
    for (place, unit) in [
        (1000, Some(units[2])),
        (100, Some(units[1])),
        (10, Some(units[0])),
        (1, None),
    ] {
        let digit = number / place % 10;
        if digit == 0 {
            skipped = !text.is_empty();
            continue;
        }
        if skipped {
            text.push('零');
            skipped = false;
        }
        // 十一, not 一十一.
        if !(place == 10 && digit == 1 && text.is_empty()) {
            text.push(digits[digit as usize]);
        }
        text.extend(unit);
    }
    text
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

/// A, …, Z, AA, BB, as Word counts.
fn letters(number: u32) -> String {
    if !(1..=26 * 30).contains(&number) {
        return number.to_string();
    }
    let letter = (b'A' + ((number - 1) % 26) as u8) as char;
    letter.to_string().repeat(((number - 1) / 26 + 1) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_each_format() {
        for (number, format, want) in [
            (1, "chineseCounting", "一"),
            (10, "chineseCountingThousand", "十"),
            (11, "japaneseCounting", "十一"),
            (20, "chineseCounting", "二十"),
            (21, "chineseCountingThousand", "二十一"),
            (105, "chineseCountingThousand", "一百零五"),
            (110, "chineseCountingThousand", "一百一十"),
            (2005, "chineseCountingThousand", "二千零五"),
            (12, "chineseLegalSimplified", "壹拾贰"),
            (20, "ideographDigital", "二〇"),
            (3, "ideographTraditional", "丙"),
            (3, "decimalEnclosedCircleChinese", "③"),
            (21, "decimalEnclosedCircle", "21"),
            (12, "decimalFullWidth", "１２"),
            (14, "upperRoman", "XIV"),
            (28, "lowerLetter", "bb"),
            (7, "decimalZero", "07"),
            (7, "somethingNew", "7"),
            (7, "bullet", ""),
        ] {
            assert_eq!(written(number, format), want, "{number} {format}");
        }
    }
}
