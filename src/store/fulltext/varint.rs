/// Appends a number in SQLite's form of variable length: seven bits a byte, the highest first, and eight in a ninth.
#[inline]
pub(super) fn put(number: u64, out: &mut Vec<u8>) {
    if number < 0x80 {
        out.push(number as u8);
    } else {
        put_longer(number, out);
    }
}

fn put_longer(mut number: u64, out: &mut Vec<u8>) {
    let mut bytes = [0_u8; 9];
    let mut at = 9;
    if number >> 56 != 0 {
        at -= 1;
        bytes[at] = number as u8;
        number >>= 8;
        for byte in &mut bytes[..8] {
            *byte = 0x80;
        }
        while at > 0 {
            at -= 1;
            bytes[at] |= (number & 0x7f) as u8;
            number >>= 7;
        }
    } else {
        let mut more = 0;
        while number > 0 {
            at -= 1;
            bytes[at] = (number & 0x7f) as u8 | more;
            more = 0x80;
            number >>= 7;
        }
    }
    out.extend_from_slice(&bytes[at..]);
}

/// The number at the head of the bytes, and how many of them it takes; `None` where they end before it does.
pub(super) fn get(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut number = 0;
    for (at, &byte) in bytes.iter().enumerate().take(8) {
        number = number << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            return Some((number, at + 1));
        }
    }
    bytes.get(8).map(|&byte| (number << 8 | u64::from(byte), 9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_comes_back() {
        let mut bytes = Vec::new();
        for shift in 0..64 {
            for number in [1_u64 << shift, (1 << shift) - 1, u64::MAX >> shift] {
                bytes.clear();
                put(number, &mut bytes);
                assert_eq!(get(&bytes), Some((number, bytes.len())), "{number:x}");
                assert_eq!(get(&bytes[..bytes.len() - 1]), None, "{number:x}");
            }
        }
    }
}
