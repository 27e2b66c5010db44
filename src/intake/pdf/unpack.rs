//! Counts what the packed parts of a file unpack to, before anybody unpacks them: a thousandth of a gigabyte is enough for
//! a gigabyte, and the library takes what it gets.
//!
//! All that looks like a packed part is tried, whatever the file calls it; what is encrypted does not look like one and is
//! bounded by the size of the file alone.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

/// Bytes that fonts, pages and tables may unpack to: minutes stay under a hundredth.
pub(super) const LIMIT: u64 = 512 << 20;
/// Pictures, which are never unpacked: only what calls itself one and lies is bounded by this.
const PICTURES: u64 = 4 << 30;

/// Whether a file stays within the limits.
pub(super) fn is_bounded(bytes: &[u8]) -> bool {
    is_within(bytes, LIMIT, PICTURES)
}

fn is_within(bytes: &[u8], mut left: u64, mut left_for_pictures: u64) -> bool {
    let mut rest = bytes;
    let mut last_end = 0;
    let mut at = 0;
    while let Some(found) = find(rest, b"stream") {
        let start = at + found + b"stream".len();
        let header = bytes.get(last_end..at + found).unwrap_or_default();
        let body = bytes.get(start..).unwrap_or_default();
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        let length = find(body, b"endstream").unwrap_or(body.len());
        let picture = find(header, b"/Image").is_some();
        let budget = if picture { &mut left_for_pictures } else { &mut left };
        match budget.checked_sub(unpacked(body.get(..length).unwrap_or_default(), *budget)) {
            Some(less) if less > 0 => *budget = less,
            _ => return false,
        }
        at = bytes.len() - body.len() + length;
        at += b"endstream".len().min(bytes.len() - at);
        last_end = at;
        rest = bytes.get(at..).unwrap_or_default();
    }
    true
}

/// Bytes that a part unpacks to, counted no further than `limit`.
fn unpacked(packed: &[u8], limit: u64) -> u64 {
    let text;
    let packed = match packed.trim_ascii_end().strip_suffix(b"~>") {
        Some(letters) => {
            text = from_letters(letters);
            text.as_slice()
        }
        None => packed,
    };
    let mut first = [0; 2];
    let packed_twice = ZlibDecoder::new(packed).read_exact(&mut first).is_ok() && is_packed(first);
    if is_packed([packed.first().copied().unwrap_or_default(), packed.get(1).copied().unwrap_or_default()]) {
        let once = count(ZlibDecoder::new(packed), limit);
        let twice = if packed_twice { count(ZlibDecoder::new(ZlibDecoder::new(packed)), limit) } else { 0 };
        once.saturating_add(twice)
    } else {
        count(DeflateDecoder::new(packed), limit)
    }
}

fn is_packed([method, flags]: [u8; 2]) -> bool {
    method & 0x0f == 8 && (u16::from(method) << 8 | u16::from(flags)).is_multiple_of(31)
}

/// How many bytes come, also before an error.
fn count(mut reader: impl Read, limit: u64) -> u64 {
    let mut buffer = vec![0; 1 << 16];
    let mut all = 0_u64;
    while let Ok(read @ 1..) = reader.read(&mut buffer) {
        all = all.saturating_add(read as u64);
        if all >= limit {
            break;
        }
    }
    all
}

/// Bytes written as letters, five for four.
fn from_letters(letters: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(letters.len() / 5 * 4 + 4);
    let (mut group, mut count) = (0_u32, 0_usize);
    for letter in letters {
        match letter {
            b'z' if count == 0 => out.extend_from_slice(&[0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(letter - b'!'));
                count += 1;
                if count == 5 {
                    out.extend_from_slice(&group.to_be_bytes());
                    (group, count) = (0, 0);
                }
            }
            _ => {}
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(group.to_be_bytes().iter().take(count - 1));
    }
    out
}

/// The first place of a few bytes.
fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn file(body: &[u8]) -> Vec<u8> {
        [b"1 0 obj\n<< /Length 1 >>\nstream\n".as_slice(), body, b"\nendstream\nendobj\n"].concat()
    }

    #[test]
    fn what_unpacks_to_gigabytes_is_refused_also_when_packed_twice() {
        let zeros = packed(&vec![0; 1 << 20]);
        let within = |bytes: &[u8]| is_within(bytes, 8 << 20, 100 << 20);
        assert!(within(&file(&zeros)));
        assert!(!within(&file(&zeros).repeat(9)));
        let picture = [b"1 0 obj << /Subtype /Image".as_slice(), &file(&zeros)].concat();
        assert!(within(&picture.repeat(9)) && !within(&picture.repeat(101)));
        assert!(!within(&file(&packed(&packed(&vec![0; 9 << 20])))));
        assert!(is_bounded(b"stream") && is_bounded(b"") && is_bounded(b"stream\nendstream stream\r\n"));
    }

    #[test]
    fn bytes_written_as_letters_are_the_bytes() {
        assert_eq!(from_letters(b"87cURD]i,\"Ebo80"), b"Hello World!");
    }
}
