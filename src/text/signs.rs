//! What the bytes of a text tell before anybody reads it: whether it has a digit, a tab, a sign of Markdown.
//!
//! Most lines have nothing that any of a dozen steps would look for, and one walk over their bytes tells so.

/// The signs that each byte is, as bits.
#[derive(Debug)]
pub struct Signs([u8; 256]);

impl Signs {
    /// From bytes, first and last of a range, and the sign that all of them are.
    #[must_use]
    #[allow(clippy::indexing_slicing, reason = "runs while compiling, where a wrong place stops the build")]
    pub const fn new(ranges: &[(u8, u8, u8)]) -> Self {
        let mut signs = [0; 256];
        let mut at = 0;
        while at < ranges.len() {
            let (first, last, sign) = ranges[at];
            let mut byte = first as usize;
            while byte <= last as usize {
                signs[byte] |= sign;
                byte += 1;
            }
            at += 1;
        }
        Self(signs)
    }

    /// The signs of a byte.
    #[inline]
    #[must_use]
    pub fn of(&self, byte: u8) -> u8 {
        self.0.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// All signs of a text.
    #[inline]
    #[must_use]
    pub fn of_text(&self, text: &str) -> u8 {
        text.bytes().fold(0, |found, byte| found | self.of(byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_signs_of_its_bytes() {
        let signs = Signs::new(&[(b'0', b'9', 1), (b':', b':', 2), (0xC2, u8::MAX, 4)]);
        assert_eq!(signs.of_text("Punkt 4: æ"), 7);
        assert_eq!(signs.of_text("Punkt"), 0);
        assert_eq!((signs.of(b'/'), signs.of(b'0'), signs.of(b'9'), signs.of(u8::MAX)), (0, 1, 1, 4));
    }
}
