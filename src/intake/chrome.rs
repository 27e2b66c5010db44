//! What committee systems print around the text on their pages: buttons and links that survive copying and converting.
//!
//! A line goes only when all of it is one of these; they are no words that minutes have on a line of their own.

/// Lower case, without marks at the end. Seen in the pages of some twenty publishers.
const LINES: &[&str] = &[
    "til toppen",
    "tilbage til toppen",
    "til top",
    "gå til toppen",
    "udskriv",
    "udskriv siden",
    "udskriv punkt",
    "print",
    "show video",
    "vis video",
    "se video",
    "fold dette punkt ind",
    "fold dette punkt ud",
    "fold alle ud",
    "fold alle ind",
    "fold ud",
    "fold ind",
    "kopier link til punktet",
    "kopiér link til punktet",
    "kopier link",
    "del punkt",
    "del på facebook",
    "vis mere",
    "vis mindre",
    "læs mere",
    "åbn alle",
    "luk alle",
    "hent pdf",
    "hent som pdf",
    "download pdf",
    "spring til indhold",
    "spring til hovedindhold",
    "gå til hovedindhold",
    "accepter alle cookies",
    "accepter cookies",
    "expand_more",
    "expand_less",
    "keyboard_arrow_down",
    "keyboard_arrow_up",
];
const LONGEST: usize = 32;

/// Whether a line is nothing but a button or link of the page.
pub(super) fn is_chrome(line: &str) -> bool {
    if line.len() > LONGEST {
        return false;
    }
    let bare =
        line.trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | '»' | '«' | '>' | '↑' | '▲' | '^' | '-'));
    // Cheap before the comparison: nearly every line of minutes falls here.
    let first = bare.chars().next().map(|first| first.to_lowercase().next());
    LINES.iter().any(|known| {
        known.len() == bare.len()
            && known.chars().next() == first.flatten()
            && known.to_lowercase() == bare.to_lowercase()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_go_and_lines_of_minutes_stay() {
        assert!(is_chrome("Til toppen") && is_chrome("↑ Tilbage til toppen") && is_chrome("FOLD DETTE PUNKT IND"));
        for line in ["Udskrivning", "Lukket punkt", "Udskriv af arkivet", "Åben", "Print og scan"] {
            assert!(!is_chrome(line), "{line}");
        }
    }
}
