//! The ways in which parts of a PDF are packed, read piece by piece: for counting what a part unpacks to without having
//! it all in memory, and for telling whether it is whole. The library does neither, it takes what it gets.

use std::io::{BufRead, BufReader, Error, Read, Result};

use flate2::bufread::{DeflateDecoder, ZlibDecoder};
use flate2::{Decompress, FlushDecompress, Status};

/// A way of packing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Flate,
    Lzw,
    /// With codes that grow one entry later.
    LateLzw,
    Runs,
    /// Five letters for four bytes.
    Letters,
    /// Two letters for one byte.
    Figures,
}

impl Packing {
    /// The other way of counting codes, where there are two.
    pub fn late(&self) -> Self {
        if *self == Self::Lzw { Self::LateLzw } else { *self }
    }

    /// By its name in the file, long or short.
    pub fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"FlateDecode" | b"Fl" => Self::Flate,
            b"LZWDecode" | b"LZW" => Self::Lzw,
            b"RunLengthDecode" | b"RL" => Self::Runs,
            b"ASCII85Decode" | b"A85" => Self::Letters,
            b"ASCIIHexDecode" | b"AHx" => Self::Figures,
            _ => return None,
        })
    }
}

/// A packed part as it is once unpacked, the outermost packing first.
pub(super) fn reader<'a>(packed: &'a [u8], packings: &[Packing]) -> Box<dyn BufRead + 'a> {
    packings.iter().fold(Box::new(packed) as Box<dyn BufRead + 'a>, |mut from, packing| match packing {
        Packing::Flate => {
            let start = from.fill_buf().unwrap_or_default();
            if start.first_chunk().is_some_and(|first| is_zlib(*first)) {
                Box::new(BufReader::new(ZlibDecoder::new(from)))
            } else {
                Box::new(BufReader::new(DeflateDecoder::new(from)))
            }
        }
        Packing::Lzw => Box::new(BufReader::new(Steps::new(Lzw::new(from, 1)))),
        Packing::LateLzw => Box::new(BufReader::new(Steps::new(Lzw::new(from, 0)))),
        Packing::Runs => Box::new(BufReader::new(Steps::new(Runs(from)))),
        Packing::Letters => Box::new(BufReader::new(Steps::new(Letters(from)))),
        Packing::Figures => Box::new(BufReader::new(Steps::new(Figures(from)))),
    })
}

pub(super) fn is_zlib([method, flags]: [u8; 2]) -> bool {
    method & 0x0f == 8 && (u16::from(method) << 8 | u16::from(flags)).is_multiple_of(31)
}

/// What a deflated part unpacks to, at most `limit` bytes; `None` where it is more, is cut off, or its sum is not right.
pub(super) fn inflated(packed: &[u8], limit: usize) -> Option<Vec<u8>> {
    let whole = inflate(packed, true, limit);
    // A part whose length is a few bytes short lacks some of its sum and nothing else.
    let cut = || inflate(packed.get(2..)?, false, limit).filter(|(_, rest)| *rest < 4);
    whole.or_else(cut).map(|(out, _)| out)
}

/// The bytes, and how many were left over.
fn inflate(packed: &[u8], zlib: bool, limit: usize) -> Option<(Vec<u8>, usize)> {
    let mut state = Decompress::new(zlib);
    let mut out = Vec::with_capacity((packed.len() * 4).clamp(1 << 10, 1 << 20));
    loop {
        let taken = usize::try_from(state.total_in()).ok()?;
        let before = out.len();
        let status = state.decompress_vec(packed.get(taken..)?, &mut out, FlushDecompress::None).ok()?;
        let now = usize::try_from(state.total_in()).ok()?;
        match status {
            Status::StreamEnd => return Some((out, packed.len() - now)),
            _ if out.len() >= limit || out.len() == before && now == taken && out.len() < out.capacity() => {
                return None;
            }
            _ => out.reserve(out.len().max(1 << 10)),
        }
    }
}

/// Bytes that are got ready at a time, more or less.
const PIECE: usize = 4_096;

/// Adds some bytes at a time; none at the end.
trait Step {
    fn step(&mut self, out: &mut Vec<u8>) -> Result<()>;
}

struct Steps<S> {
    from: S,
    ready: Vec<u8>,
    given: usize,
    /// How it ended, once it did.
    end: Option<Result<()>>,
}

impl<S> Steps<S> {
    fn new(from: S) -> Self {
        Self { from, ready: Vec::new(), given: 0, end: None }
    }
}

impl<S: Step> Read for Steps<S> {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.given == self.ready.len() {
            self.ready.clear();
            self.given = 0;
            while self.ready.len() < PIECE && self.end.is_none() {
                let before = self.ready.len();
                let step = self.from.step(&mut self.ready);
                if step.is_err() || self.ready.len() == before {
                    self.end = Some(step);
                }
            }
        }
        if self.ready.is_empty() {
            return self.end.take().unwrap_or(Ok(())).map(|()| 0);
        }
        let read = self.ready.get(self.given..).unwrap_or_default().read(buffer)?;
        self.given += read;
        Ok(read)
    }
}

fn byte(from: &mut impl BufRead) -> Result<Option<u8>> {
    let byte = from.fill_buf()?.first().copied();
    from.consume(usize::from(byte.is_some()));
    Ok(byte)
}

struct Runs<R>(R);

impl<R: BufRead> Step for Runs<R> {
    fn step(&mut self, out: &mut Vec<u8>) -> Result<()> {
        match byte(&mut self.0)? {
            None | Some(128) => {}
            Some(length @ 0..=127) => {
                self.0.by_ref().take(u64::from(length) + 1).read_to_end(out)?;
            }
            Some(length) => {
                let repeated = byte(&mut self.0)?.ok_or_else(|| Error::other("cut off"))?;
                out.resize(out.len() + 257 - usize::from(length), repeated);
            }
        }
        Ok(())
    }
}

struct Letters<R>(R);

impl<R: BufRead> Step for Letters<R> {
    fn step(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let (mut group, mut count) = (0_u32, 0_usize);
        while let Some(letter) = byte(&mut self.0)? {
            match letter {
                b'z' if count == 0 => {
                    out.extend_from_slice(&[0; 4]);
                    return Ok(());
                }
                b'!'..=b'u' => {
                    group = group.wrapping_mul(85).wrapping_add(u32::from(letter - b'!'));
                    count += 1;
                    if count == 5 {
                        out.extend_from_slice(&group.to_be_bytes());
                        return Ok(());
                    }
                }
                b'~' => break,
                _ => {}
            }
        }
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        out.extend(group.to_be_bytes().iter().take(count.saturating_sub(1)));
        Ok(())
    }
}

struct Figures<R>(R);

impl<R: BufRead> Step for Figures<R> {
    fn step(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let mut high: Option<u32> = None;
        while let Some(letter) = byte(&mut self.0)?.filter(|letter| *letter != b'>') {
            let Some(value) = char::from(letter).to_digit(16) else { continue };
            match high {
                None => high = Some(value << 4),
                Some(high) => {
                    out.extend(u8::try_from(high | value));
                    return Ok(());
                }
            }
        }
        out.extend(high.and_then(|high| u8::try_from(high).ok()));
        Ok(())
    }
}

struct Lzw<R> {
    from: R,
    /// How many entries early codes grow.
    early: usize,
    bits: u32,
    bits_held: u32,
    /// Of each entry behind the 258 fixed ones: the entry it goes on from, and its length.
    entries: Vec<(usize, usize)>,
    before: Option<usize>,
}

impl<R: BufRead> Lzw<R> {
    const FIXED: usize = 258;

    fn new(from: R, early: usize) -> Self {
        Self { from, early, bits: 0, bits_held: 0, entries: Vec::new(), before: None }
    }

    fn code(&mut self) -> Result<Option<usize>> {
        let width = match self.entries.len() + Self::FIXED + self.early {
            2048.. => 12,
            1024.. => 11,
            512.. => 10,
            _ => 9,
        };
        while self.bits_held < width {
            let Some(byte) = byte(&mut self.from)? else { return Ok(None) };
            self.bits = self.bits << 8 | u32::from(byte);
            self.bits_held += 8;
        }
        self.bits_held -= width;
        let code = (self.bits >> self.bits_held) as usize;
        self.bits &= (1 << self.bits_held) - 1;
        Ok(Some(code))
    }

    fn length(&self, code: usize) -> usize {
        code.checked_sub(Self::FIXED).and_then(|entry| self.entries.get(entry)).map_or(1, |(_, length)| *length)
    }
}

impl<R: BufRead> Step for Lzw<R> {
    /// Its bytes are not known, only how many: nothing in use is packed within LZW, and zeros are as long.
    fn step(&mut self, out: &mut Vec<u8>) -> Result<()> {
        while let Some(code) = self.code()? {
            if code == 257 {
                break;
            }
            if code == 256 {
                self.entries.clear();
                self.before = None;
                continue;
            }
            if code > self.entries.len() + Self::FIXED {
                return Err(Error::other("no such entry"));
            }
            if let Some(before) = self.before.replace(code).filter(|_| self.entries.len() + Self::FIXED < 4096) {
                self.entries.push((before, self.length(before) + 1));
            }
            out.resize(out.len() + self.length(code), 0);
            break;
        }
        Ok(())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write as _;

    use flate2::{Compression, write::ZlibEncoder};

    use super::*;

    fn read(packed: &[u8], packings: &[Packing]) -> Vec<u8> {
        let mut out = Vec::new();
        reader(packed, packings).read_to_end(&mut out).unwrap();
        out
    }

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn each_packing_is_read_as_what_was_packed() {
        assert_eq!(read(b"87cURD]i,\"Ebo80~>", &[Packing::Letters]), b"Hello World!");
        assert_eq!(read(b"48 65 6C6c 6F>", &[Packing::Figures]), b"Hello");
        assert_eq!(read(&[4, 10, 11, 12, 13, 14, 253, 3, 128, 9], &[Packing::Runs]), [10, 11, 12, 13, 14, 3, 3, 3, 3]);
        assert_eq!(read(&packed(b"Hello"), &[Packing::Flate]), b"Hello");
        let figures: String = packed(b"Hello").iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(read(figures.as_bytes(), &[Packing::Figures, Packing::Flate]), b"Hello");
        // The example of the standard: 45 45 45 45 45 65 45 45 45 66.
        assert_eq!(read(&[0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01], &[Packing::Lzw]).len(), 10);
    }

    #[test]
    fn a_deflated_part_that_was_cut_off_or_changed_is_not_whole() {
        let text = "Udvalget besluttede at udsætte sagen. ".repeat(40);
        let whole = packed(text.as_bytes());
        assert_eq!(inflated(&whole, 1 << 20).unwrap(), text.as_bytes());
        assert_eq!(inflated(&[whole.as_slice(), b"\n"].concat(), 1 << 20).unwrap(), text.as_bytes());
        let (short, cut) = (whole.get(..whole.len() - 2).unwrap(), whole.get(..whole.len() / 2).unwrap());
        assert_eq!(inflated(short, 1 << 20).unwrap(), text.as_bytes());
        let mut changed = whole.clone();
        *changed.get_mut(20).unwrap() ^= 4;
        assert!(inflated(cut, 1 << 20).is_none() && inflated(&changed, 1 << 20).is_none());
        assert!(inflated(&whole, 100).is_none());
    }
}
