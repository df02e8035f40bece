//! Seals entries under a key that only whoever has the activity can make.

use blake3::Hasher;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};

/// What an entry is found and opened by.
pub struct Key([u8; 32]);

impl Key {
    /// The key that is made of parts.
    ///
    /// An entry is a function of its parts, so that no key ever seals two different texts.
    pub fn of(parts: &[&[u8; 32]]) -> Self {
        let mut hasher = Hasher::new_derive_key("rehabrun cache v2 entry");
        for part in parts {
            hasher.update(*part);
        }
        Self(hasher.finalize().into())
    }

    /// The name of the entry, from which nothing can be told.
    pub fn name(&self) -> String {
        blake3::Hash::from(self.derived("rehabrun cache v2 name")).to_hex().to_string()
    }

    /// Makes bytes unreadable without the key; `None` for more than the cipher takes.
    pub fn seal(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        self.cipher().encrypt(&Nonce::default(), bytes).ok()
    }

    /// Undoes [`Key::seal`]; `None` for what it did not make, or what was damaged since.
    pub fn open(&self, entry: &[u8]) -> Option<Vec<u8>> {
        self.cipher().decrypt(&Nonce::default(), entry).ok()
    }

    /// The nonce may be the same always, as no key seals two texts.
    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&self.derived("rehabrun cache v2 cipher").into())
    }

    fn derived(&self, purpose: &str) -> [u8; 32] {
        blake3::derive_key(purpose, &self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_key_opens_and_only_what_is_whole() {
        let (key, other) = (Key::of(&[&[1; 32], &[2; 32]]), Key::of(&[&[1; 32], &[3; 32]]));
        assert_ne!(key.name(), other.name());
        let text = b"Morning run with Anna".repeat(9);
        let entry = key.seal(&text).expect("a short text");
        assert!(!entry.windows(4).any(|part| part == b"Anna"));
        assert_eq!(key.open(&entry), Some(text));
        assert_eq!(other.open(&entry), None);
        for at in 0..entry.len() {
            let mut damaged = entry.clone();
            damaged[at] ^= 1;
            assert_eq!(key.open(&damaged), None);
            assert_eq!(key.open(&entry[..at]), None);
        }
    }
}
