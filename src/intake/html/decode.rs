//! Recognises a web page and turns its bytes into text, by what the page itself says of its encoding.

use std::borrow::Cow;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::intake::{IntakeError, Warning, decode};

/// How far into a file a browser looks for the encoding, and we for what the file is.
const HEAD: usize = 4096;
/// Elements that a page without doctype and `<html>` may begin with.
const BEGINNINGS: &[&str] = &[
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "article",
    "section",
    "main",
    "div",
    "h1",
    "p",
    "table",
];

/// Whether a file is a web page, whole or in part.
pub(in crate::intake) fn is_html(bytes: &[u8]) -> bool {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let text = match head.get(..2) {
        Some(b"\xFF\xFE") => UTF_16LE.decode_with_bom_removal(head).0,
        Some(b"\xFE\xFF") => UTF_16BE.decode_with_bom_removal(head).0,
        _ => String::from_utf8_lossy(head),
    };
    let text = text.trim_start_matches('\u{feff}').to_lowercase();
    let mut rest = text.trim_start();
    // XHTML begins as XML does; what decides is its root.
    let xml = rest.starts_with("<?xml");
    loop {
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ => break,
        };
        let Some((_, after)) = rest.split_once(end) else { return false };
        rest = after.trim_start();
    }
    let begins = |name: &&str| {
        let after = rest.strip_prefix('<').and_then(|rest| rest.strip_prefix(*name));
        after.is_some_and(|after| after.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/')))
    };
    BEGINNINGS.iter().take(if xml { 2 } else { BEGINNINGS.len() }).any(begins)
}

/// The text of a page: by its byte order mark, else by its `<meta>`, else as any text.
pub(super) fn decode_page<'b>(path: &Path, bytes: &'b [u8]) -> Result<(Cow<'b, str>, Option<Warning>), IntakeError> {
    let marked = Encoding::for_bom(bytes).is_some();
    // A page that is valid UTF-8 beyond ASCII is UTF-8, whatever a careless template says.
    let unicode = std::str::from_utf8(bytes).is_ok();
    match declared(bytes).filter(|_| !marked && !unicode) {
        Some(encoding) if encoding != UTF_8 => Ok((encoding.decode_without_bom_handling(bytes).0, None)),
        _ => decode::decode(path, bytes),
    }
}

/// `<meta charset="windows-1252">` or the same in a `content` attribute.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..bytes.len().min(HEAD))?).to_lowercase();
    head.match_indices("charset").find_map(|(at, word)| {
        let value = head.get(at + word.len()..)?.trim_start().strip_prefix('=')?;
        let value = value.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
        let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')))?;
        Encoding::for_label(value.get(..end)?.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_known_by_its_beginning_and_xhtml_by_its_root() {
        for page in [
            "<!DOCTYPE html><p>x",
            "\u{feff} <html>",
            "<!-- gemt --><html lang=da>",
            "<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC \"x\"><html/>",
            "<article><h2>Punkt 1</h2></article>",
        ] {
            assert!(is_html(page.as_bytes()), "{page}");
        }
        for other in ["<?xml version='1.0'?><referat/>", "Punkt 1", "<https://a.example>", "<pligt>", "<!-- x"] {
            assert!(!is_html(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn the_encoding_a_page_declares_is_honoured() {
        let path = Path::new("side.html");
        let page = b"<html><meta charset=\"iso-8859-1\"><p>M\xF8de \x96 l\xF8n";
        assert!(decode_page(path, page).unwrap().0.ends_with("Møde – løn"));
        let wrong = "<html><meta charset=\"windows-1252\"><p>Møde".as_bytes();
        assert!(decode_page(path, wrong).unwrap().0.ends_with("Møde"), "valid UTF-8 is UTF-8");
    }
}
