use std::fmt::{self, Write};

use std::fs::File;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

use super::{Store, StoreError};

/// The identity of a document: the SHA-256 of its bytes, as 64 lower-case hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// The fingerprint of a file's bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::of_digest(&Sha256::digest(bytes))
    }

    fn of_digest(digest: &[u8]) -> Self {
        let mut hex = String::with_capacity(64);
        for byte in digest {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        Self(hex)
    }

    pub(super) fn from_stored(hex: String) -> Self {
        Self(hex)
    }

    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Store {
    /// The SHA-256 of the store's file as it lies on the disk; `sha256sum` gives the same.
    pub fn fingerprint(&self) -> Result<Fingerprint, StoreError> {
        let read = || -> io::Result<Fingerprint> {
            let mut file = File::open(&self.path)?;
            let mut digest = Sha256::new();
            let mut part = vec![0; 1 << 18];
            loop {
                let count = file.read(&mut part)?;
                if count == 0 {
                    return Ok(Fingerprint::of_digest(&digest.finalize()));
                }
                digest.update(&part[..count]);
            }
        };
        read().map_err(|error| StoreError::Disk {
            path: self.path.clone(),
            reason: error.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Fingerprint;

    #[test]
    fn agrees_with_sha256sum() {
        assert_eq!(
            Fingerprint::of(b"abc").as_str(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
