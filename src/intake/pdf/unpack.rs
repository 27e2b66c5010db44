//! Counts what the packed parts of a file unpack to, before anybody unpacks them: a thousandth of a gigabyte is enough for
//! a gigabyte, and the library takes what it gets.
//!
//! Nothing that the file says of itself is believed, for the library finds parts by other ways than this one: whatever
//! begins like a part is one, and it ends where the largest of its ends is. Fonts and tables of objects stay in memory
//! once they are unpacked, so large parts have a limit together. What is encrypted cannot be counted here and is bounded
//! by the size of the file alone, unless it is a page's: those are counted when they are drawn.

use std::collections::BTreeMap;

use memchr::memmem;

use super::packings::{Packing, is_zlib, reader};

/// Bytes that all parts may unpack to; those of minutes stay under a hundredth.
const LIMIT: u64 = 2 << 30;
/// Bytes of one part, and of all large ones, which may be kept.
const ONE: u64 = 64 << 20;
const LARGE: u64 = 256 << 10;
const ALL_LARGE: u64 = 256 << 20;
/// Pictures, which are never unpacked: only what calls itself one and lies is bounded by this.
const PICTURES: u64 = 4 << 30;
/// How many bytes one byte can become.
const RATIO: u64 = 1_032;

/// What may still be unpacked.
#[derive(Clone, Copy)]
struct Left {
    all: u64,
    large: u64,
    pictures: u64,
    one: u64,
}

/// Why a file is not unpacked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Excess {
    /// It unpacks to too much.
    Unpacks,
    /// A large part is damaged, so that nobody can say what it unpacks to.
    Damaged,
}

/// Whether a file stays within the limits.
pub(super) fn check(bytes: &[u8]) -> Result<(), Excess> {
    check_within(bytes, Left { all: LIMIT, large: ALL_LARGE, pictures: PICTURES, one: ONE })
}

fn check_within(bytes: &[u8], mut left: Left) -> Result<(), Excess> {
    let encrypted = memmem::find(bytes, b"/Encrypt").is_some();
    let lengths = Lengths::of(bytes);
    let words: Vec<usize> = memmem::find_iter(bytes, b"stream").collect();
    let is_end = |at: usize| bytes.get(..at).unwrap_or_default().ends_with(b"end");
    let mut next_end = bytes.len();
    let mut parts: Vec<(usize, usize, usize)> = Vec::new();
    for (index, at) in words.iter().copied().enumerate().rev() {
        if is_end(at) {
            next_end = at - b"end".len();
        } else {
            let before = index.checked_sub(1).and_then(|index| words.get(index)).copied().unwrap_or_default();
            parts.push((before, at, next_end));
        }
    }
    for (before, at, end) in parts.into_iter().rev() {
        let header = bytes.get(before..at).unwrap_or_default();
        let body = bytes.get(at + b"stream".len()..).unwrap_or_default();
        let body = body.strip_prefix(b"\r").unwrap_or(body);
        let body = body.strip_prefix(b"\n").unwrap_or(body);
        let to_end = (end + body.len()).saturating_sub(bytes.len());
        let body = body.get(..lengths.said(header, to_end).max(to_end)).unwrap_or(body);
        Part { header, body, damage_counts: !encrypted }.spend(&mut left)?;
    }
    Ok(())
}

/// Numbers that are objects of their own, as the lengths of parts may be: the largest of each name.
struct Lengths(BTreeMap<usize, usize>);

impl Lengths {
    fn of(bytes: &[u8]) -> Self {
        let mut found: BTreeMap<usize, usize> = BTreeMap::new();
        for at in memmem::find_iter(bytes, b"obj") {
            let Some((length, rest)) = number(bytes.get(at + 3..).unwrap_or_default()) else { continue };
            if !rest.trim_ascii_start().starts_with(b"endobj") {
                continue;
            }
            let before = bytes.get(at.saturating_sub(40)..at).unwrap_or_default().trim_ascii_end();
            let digits = |text: &[u8]| text.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
            let name = before.get(..before.len() - digits(before)).unwrap_or_default().trim_ascii_end();
            let name = name.get(name.len() - digits(name)..).unwrap_or_default();
            if let Some((name, _)) = number(name) {
                let known = found.entry(name).or_default();
                *known = length.max(*known);
            }
        }
        Self(found)
    }

    /// The length that a part says it has; endless where that is not to be found or said twice.
    fn said(&self, header: &[u8], otherwise: usize) -> usize {
        let mut said = memmem::find_iter(header, b"/Length").filter_map(|at| {
            let rest = header.get(at + b"/Length".len()..).unwrap_or_default();
            let (length, rest) = if rest.first()?.is_ascii_alphanumeric() { None? } else { number(rest)? };
            let elsewhere = number(rest).is_some_and(|(_, rest)| rest.trim_ascii_start().starts_with(b"R"));
            Some(if elsewhere { self.0.get(&length).copied().unwrap_or(usize::MAX) } else { length })
        });
        match (said.next(), said.next()) {
            (None, _) => otherwise,
            (Some(length), None) => length,
            _ => usize::MAX,
        }
    }
}

/// The number that a text begins with, and what follows.
fn number(text: &[u8]) -> Option<(usize, &[u8])> {
    let text = text.trim_ascii_start();
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (number, rest) = text.split_at_checked(digits)?;
    Some((std::str::from_utf8(number).ok()?.parse().ok()?, rest))
}

/// What may be a part of the file, packed or not.
struct Part<'a> {
    header: &'a [u8],
    body: &'a [u8],
    damage_counts: bool,
}

impl Part<'_> {
    fn spend(&self, left: &mut Left) -> Result<(), Excess> {
        let picture = memmem::find(self.header, b"/Image").is_some();
        let budget = if picture { &mut left.pictures } else { &mut left.all };
        let limit = if picture { *budget } else { left.one };
        let object = memmem::rfind(self.header, b"obj").and_then(|at| self.header.get(at..)).unwrap_or(self.header);
        let mut chains = vec![packings(object), packings(self.header)];
        chains.dedup();
        chains.retain(|chain| !chain.is_empty());
        let named = !chains.is_empty();
        let hidden = self.header.contains(&b'#') || memmem::find(self.header, b"/Filter").is_some() && !named;
        if hidden {
            chains.extend([Packing::Lzw, Packing::Runs, Packing::Letters].map(|packing| vec![packing]));
        }
        if !named && self.body.first_chunk().is_some_and(|first| is_zlib(*first)) {
            chains.push(vec![Packing::Flate]);
        }
        let late = |chain: &Vec<Packing>| chain.iter().map(Packing::late).collect::<Vec<_>>();
        let lates: Vec<Vec<Packing>> = chains.iter().filter(|chain| chain.contains(&Packing::Lzw)).map(late).collect();
        chains.extend(lates);
        let (mut bytes, mut whole) = (0, !named);
        for chain in &chains {
            // What LZW packs cannot be told, and nobody packs more than three times.
            if chain.len() > 3 || chain.iter().rev().skip(1).any(|packing| *packing == Packing::Lzw) {
                return Err(Excess::Unpacks);
            }
            for depth in 1..=chain.len() {
                let (unpacked, end) = count(self.body, chain.get(..depth).unwrap_or_default(), limit);
                bytes = unpacked.max(bytes);
                whole |= end && depth == chain.len();
            }
        }
        if bytes >= limit {
            return Err(Excess::Unpacks);
        }
        let flate = chains.iter().flatten().any(|packing| *packing == Packing::Flate);
        if !whole && flate && !picture && self.damage_counts {
            // The library goes on behind a fault in a way of its own.
            let worst = (self.body.len() as u64).saturating_mul(RATIO);
            if worst > 2 * left.one {
                return Err(Excess::Damaged);
            }
            bytes = bytes.max(worst);
        }
        let spent = bytes.saturating_add(if whole { 0 } else { self.body.len() as u64 });
        *budget = budget.checked_sub(spent).ok_or(Excess::Unpacks)?;
        if bytes > LARGE && !picture {
            left.large = left.large.checked_sub(bytes).ok_or(Excess::Unpacks)?;
        }
        Ok(())
    }
}

/// All names of packings, in order.
fn packings(header: &[u8]) -> Vec<Packing> {
    let name = |text: &&[u8]| text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let names = header.split(|byte| *byte == b'/').skip(1).map(|text| text.get(..name(&text)).unwrap_or_default());
    names.filter_map(Packing::named).collect()
}

/// How many bytes come, no further than `limit`, and whether the end was reached without a fault.
fn count(packed: &[u8], chain: &[Packing], limit: u64) -> (u64, bool) {
    let mut reader = reader(packed, chain);
    let mut all = 0_u64;
    loop {
        match reader.fill_buf() {
            Ok([]) => return (all, true),
            Ok(some) => {
                let read = some.len();
                all = all.saturating_add(read as u64);
                reader.consume(read);
            }
            Err(_) => return (all, false),
        }
        if all >= limit {
            return (all, true);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    const SMALL: Left = Left { all: 8 << 20, large: 8 << 20, pictures: 100 << 20, one: 4 << 20 };

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn file(filters: &str, length: &str, body: &[u8]) -> Vec<u8> {
        let head = format!("1 0 obj\n<< /Length {length} /Filter {filters} >>\nstream\n");
        [head.as_bytes(), body, b"\nendstream\nendobj\n"].concat()
    }

    fn flate(body: &[u8]) -> Vec<u8> {
        file("/FlateDecode", &body.len().to_string(), body)
    }

    #[test]
    fn what_unpacks_to_gigabytes_is_refused() {
        let zeros = packed(&vec![0; 1 << 20]);
        let within = |bytes: &[u8]| check_within(bytes, SMALL).is_ok();
        assert!(within(&flate(&zeros)));
        assert!(!within(&flate(&zeros).repeat(9)));
        assert!(!within(&flate(&packed(&vec![0; 5 << 20]))));
        let picture = [b"1 0 obj << /Subtype /Image".as_slice(), &flate(&zeros)].concat();
        assert!(within(&picture.repeat(9)) && !within(&picture.repeat(101)));
        assert!(within(b"stream") && within(b"") && within(b"stream\nendstream stream\r\n"));
    }

    #[test]
    fn however_it_is_packed() {
        let within = |filters: &str, body: &[u8]| check_within(&file(filters, "9 0 R", body), SMALL).is_ok();
        let twice = packed(&packed(&vec![0; 9 << 20]));
        assert!(!within("[/FlateDecode /FlateDecode]", &twice) && !within("[ /Fl/Fl ]", &twice));
        // The inner part ends soon, the outer one is read all the same.
        let behind = packed(&[packed(b"Hej"), vec![0; 9 << 20]].concat());
        assert!(!within("[/FlateDecode /FlateDecode]", &behind));
        let runs = [129, 0].repeat(1 << 17);
        assert!(!within("/RunLengthDecode", &runs) && !within("/RL", &runs) && !within("8 0 R", &runs));
        assert!(!within("/ASCII85Decode", &b"z".repeat(2 << 20)));
        // Codes of an ever longer entry, twelve bits each once the table is full.
        let mut codes: Vec<(u16, u8)> = vec![(256, 9), (0, 9)];
        let width = |code: u16| 9 + u8::from(code >= 511) + u8::from(code >= 1023) + u8::from(code >= 2047);
        codes.extend((258..=4094).map(|code| (code, width(code))));
        codes.extend([(4094, 12); 1_000]);
        let (mut lzw, mut held, mut bits) = (Vec::new(), 0_u32, 0_u32);
        for (code, width) in codes {
            held = held << width | u32::from(code);
            bits += u32::from(width);
            while bits >= 8 {
                bits -= 8;
                lzw.push(u8::try_from(held >> bits & 0xff).unwrap());
            }
            held &= (1 << bits) - 1;
        }
        assert!(count(&lzw, &[Packing::Lzw], u64::MAX).0 > 10 << 20);
        assert!(!within("/LZWDecode", &lzw) && !within("/LZ#57Decode", &lzw));
    }

    #[test]
    fn a_part_ends_where_it_says_and_not_at_the_word() {
        let within = |length: &str, more: &[u8]| {
            let mut encoder = ZlibEncoder::new(Vec::new(), Compression::none());
            encoder.write_all(b"\nendstream\n").unwrap();
            encoder.flush().unwrap();
            let mut body = encoder.finish().unwrap();
            body.truncate(body.len() - 9);
            body.extend(packed(&vec![0; 9 << 20]).get(2..).unwrap());
            check_within(&[&file("/FlateDecode", length, &body), more].concat(), SMALL).is_ok()
        };
        assert!(!within("9000000", b"") && !within("7 0 R", b"7 0 obj 9000000 endobj") && !within("7 0 R", b""));
    }

    #[test]
    fn a_large_part_that_is_damaged_is_not_trusted() {
        let mut body = packed(&(0..200_000_u32).flat_map(u32::to_le_bytes).collect::<Vec<_>>());
        let middle = body.len() / 2;
        *body.get_mut(middle).unwrap() ^= 0xff;
        body.get_mut(middle..).unwrap().fill(0xff);
        assert_eq!(check_within(&flate(&body), SMALL), Err(Excess::Damaged));
        let encrypted = [flate(&body).as_slice(), b"trailer << /Encrypt 4 0 R >>"].concat();
        assert_eq!(check_within(&encrypted, SMALL), Ok(()));
    }
}
