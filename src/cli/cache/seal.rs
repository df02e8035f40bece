//! Seals entries under a key that only whoever has the activity can make.

use blake3::Hasher;

/// Bytes in front of an entry that tell whether it is whole.
const TAG: usize = 16;

/// What an entry is found and opened by.
pub struct Key([u8; 32]);

impl Key {
    /// The key that is made of parts.
    ///
    /// An entry is a function of its parts, so that no key ever seals two different texts.
    pub fn of(parts: &[&[u8; 32]]) -> Self {
        let mut hasher = Hasher::new_derive_key("rehabrun cache v1 entry");
        for part in parts {
            hasher.update(*part);
        }
        Self(hasher.finalize().into())
    }

    /// The name of the entry, from which nothing can be told.
    pub fn name(&self) -> String {
        blake3::Hash::from(self.derived("rehabrun cache v1 name")).to_hex().to_string()
    }

    /// Makes bytes unreadable without the key.
    pub fn seal(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        self.crypt(&mut bytes);
        let mut entry = self.tag(&bytes).to_vec();
        entry.append(&mut bytes);
        entry
    }

    /// Undoes [`Key::seal`]; `None` for what it did not make, or what was damaged since.
    pub fn open(&self, mut entry: Vec<u8>) -> Option<Vec<u8>> {
        let mut bytes = entry.split_off(entry.len().min(TAG));
        if entry != self.tag(&bytes) {
            return None;
        }
        self.crypt(&mut bytes);
        Some(bytes)
    }

    /// Mixes bytes with a stream that is as long as they are; twice is not at all.
    fn crypt(&self, bytes: &mut [u8]) {
        let mut stream = vec![0; bytes.len()];
        Hasher::new_keyed(&self.derived("rehabrun cache v1 stream")).finalize_xof().fill(&mut stream);
        for (byte, mask) in bytes.iter_mut().zip(stream) {
            *byte ^= mask;
        }
    }

    fn tag(&self, bytes: &[u8]) -> [u8; TAG] {
        let hash = blake3::keyed_hash(&self.derived("rehabrun cache v1 tag"), bytes);
        *hash.as_bytes().first_chunk().expect("a hash is longer than a tag")
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
        let entry = key.seal(text.clone());
        assert!(!entry.windows(4).any(|part| part == b"Anna"));
        assert_eq!(key.open(entry.clone()), Some(text));
        assert_eq!(other.open(entry.clone()), None);
        for at in 0..entry.len() {
            let mut damaged = entry.clone();
            damaged[at] ^= 1;
            assert_eq!(key.open(damaged), None);
            assert_eq!(key.open(entry[..at].to_vec()), None);
        }
    }
}
