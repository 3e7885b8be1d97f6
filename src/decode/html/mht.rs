//! A page saved in one file (`.mht`): parts of a mail, of which the first page is taken.

use super::super::DecodeError;

/// The bytes of the page.
pub(in super::super) fn page(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let (head, rest) = head(bytes);
    let boundary = parameter(&head, "boundary");
    if let Some(boundary) = boundary {
        let mark = format!("--{boundary}");
        for part in parts(rest, mark.as_bytes()) {
            let (head, body) = self::head(part);
            if head.to_ascii_lowercase().contains("text/html") {
                return Ok(decoded(&head, body));
            }
        }
    } else if head.to_ascii_lowercase().contains("text/html") {
        return Ok(decoded(&head, rest));
    }
    Err(DecodeError::EmptyPage)
}

/// The lines of a text with the places where they begin and end.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    bytes
        .split_inclusive(|&byte| byte == b'\n')
        .map(move |line| {
            let start = at;
            at += line.len();
            (start, at)
        })
}

/// The lines before the first empty one, and what comes behind it.
fn head(bytes: &[u8]) -> (String, &[u8]) {
    let empty =
        |&(at, end): &(usize, usize)| at > 0 && bytes[at..end].iter().all(u8::is_ascii_whitespace);
    match lines(bytes).find(empty) {
        Some((at, end)) => (
            String::from_utf8_lossy(&bytes[..at]).into_owned(),
            &bytes[end..],
        ),
        None => (String::new(), bytes),
    }
}

fn parameter(head: &str, name: &str) -> Option<String> {
    let small = head.to_ascii_lowercase();
    let at = small.find(&format!("{name}="))? + name.len() + 1;
    let value = &head[at..];
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split([';', '\r', '\n', ' ']).next(),
    };
    value.filter(|value| !value.is_empty()).map(str::to_owned)
}

/// What stands between the lines that begin with the mark.
fn parts<'a>(bytes: &'a [u8], mark: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
    let starts: Vec<(usize, usize)> = lines(bytes)
        .filter(|&(at, end)| bytes[at..end].starts_with(mark))
        .collect();
    let ends: Vec<usize> = starts
        .iter()
        .skip(1)
        .map(|(at, _)| *at)
        .chain([bytes.len()])
        .collect();
    starts
        .into_iter()
        .zip(ends)
        .map(|((_, from), to)| &bytes[from..to])
}

fn decoded(head: &str, body: &[u8]) -> Vec<u8> {
    let head = head.to_ascii_lowercase();
    if head.contains("quoted-printable") {
        printable(body)
    } else if head.contains("base64") {
        base64(body)
    } else {
        body.to_vec()
    }
}

/// Quoted-printable: `=E4` is a byte, `=` at the end of a line joins it with the next.
fn printable(body: &[u8]) -> Vec<u8> {
    let digit = |at: usize| body.get(at).and_then(|byte| (*byte as char).to_digit(16));
    let mut bytes = Vec::with_capacity(body.len());
    let mut at = 0;
    while let Some(&byte) = body.get(at) {
        at += 1;
        if byte != b'=' {
            bytes.push(byte);
        } else if let (Some(high), Some(low)) = (digit(at), digit(at + 1)) {
            bytes.push((high * 16 + low) as u8);
            at += 2;
        } else {
            at += body[at..].iter().take_while(|byte| **byte == b'\r').count();
            at += usize::from(body.get(at) == Some(&b'\n'));
        }
    }
    bytes
}

fn base64(body: &[u8]) -> Vec<u8> {
    let value = |byte: u8| match byte {
        b'A'..=b'Z' => Some(byte - b'A'),
        b'a'..=b'z' => Some(byte - b'a' + 26),
        b'0'..=b'9' => Some(byte - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let (mut bits, mut held) = (0_u32, 0);
    let mut bytes = Vec::with_capacity(body.len() / 4 * 3);
    for value in body.iter().filter_map(|&byte| value(byte)) {
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_among_pictures() {
        let mail = "From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--x--\"\r\n\r\n\
                    ----x--\r\nContent-Type: image/gif\r\n\r\nGIF\r\n\
                    ----x--\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
                    <p>=E9=95=\r\n=87=3D</p>\r\n----x----\r\n";
        let page = page(mail.as_bytes()).unwrap();
        assert_eq!(String::from_utf8(page).unwrap().trim(), "<p>镇=</p>");
        assert_eq!(base64("6ZWH\r\n5b+X".as_bytes()), "镇志".as_bytes());
    }
}
