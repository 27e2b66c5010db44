//! Text for terminals: wrapped, at most 80 columns, found words marked.

use crate::text::Span;

/// The most columns of a line.
pub(in crate::cli) const COLUMNS: usize = 80;

/// Whether there is colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Style {
    /// Stars around what is marked, as in the examples of rules.
    Plain,
    /// Escape sequences.
    Colour,
}

impl Style {
    /// Colour only on a terminal, and never for those who ask for none (<https://no-color.org>).
    pub(in crate::cli) fn of(terminal: bool, no_colour: bool) -> Self {
        if terminal && !no_colour { Self::Colour } else { Self::Plain }
    }

    fn paint(self, code: &str, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Colour => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
        }
    }

    /// A heading.
    pub(in crate::cli) fn strong(self, text: &str) -> String {
        self.paint("1", text)
    }

    /// What matters less.
    pub(in crate::cli) fn faint(self, text: &str) -> String {
        self.paint("2", text)
    }

    /// Points: green, or red where they take away.
    pub(in crate::cli) fn points(self, value: i32, text: &str) -> String {
        match value.signum() {
            1 => self.paint("32", text),
            -1 => self.paint("31", text),
            _ => text.to_owned(),
        }
    }
}

/// A paragraph with a lead; the lines after the first are as far in as the lead is wide.
pub(in crate::cli) fn hanging(lead: &str, text: &str) -> String {
    let indent = lead.chars().count();
    let mut out = String::new();
    for (number, line) in lines(text, COLUMNS.saturating_sub(indent)).iter().enumerate() {
        let lead = if number == 0 { lead.to_owned() } else { " ".repeat(indent) };
        out.push_str(format!("{lead}{line}").trim_end());
        out.push('\n');
    }
    out
}

/// The lines of a text, no word broken.
pub(in crate::cli) fn lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let length = visible(word);
        if used > 0 && used + 1 + length > width {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(word);
            used += length;
        }
    }
    lines
}

/// The columns that a text takes; escape sequences take none.
pub(in crate::cli) fn visible(text: &str) -> usize {
    let mut escaped = false;
    let mut count = 0;
    for letter in text.chars() {
        match letter {
            '\u{1b}' => escaped = true,
            'm' if escaped => escaped = false,
            _ if escaped => {}
            _ => count += 1,
        }
    }
    count
}

/// The text with these spans marked; those that touch or overlap are marked as one.
pub(in crate::cli) fn marked(text: &str, spans: impl IntoIterator<Item = Span>, style: Style) -> String {
    let mut sorted: Vec<Span> = spans.into_iter().filter(|span| !span.is_empty()).collect();
    sorted.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in sorted {
        match joined.last_mut().filter(|last| span.start() <= last.end()) {
            Some(last) => *last = Span::new(last.start(), last.end().max(span.end())),
            None => joined.push(span),
        }
    }
    let mut out = String::new();
    let mut from = 0;
    for span in joined {
        out.push_str(text.get(from..span.start()).unwrap_or_default());
        out.push_str(&mark(span.of(text), style));
        from = span.end();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// Each word is painted by itself, since a line may end between two.
fn mark(text: &str, style: Style) -> String {
    match style {
        Style::Plain => format!("**{text}**"),
        Style::Colour => text.split(' ').map(|word| style.paint("1;4", word)).collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_takes_no_columns_and_stars_stand_around_whole_stretches() {
        let text = "uden løn i maj";
        let spans = [Span::new(0, 9), Span::new(5, 9), Span::new(12, 15)];
        assert_eq!(marked(text, spans, Style::Plain), "**uden løn** i **maj**");
        assert_eq!(visible(&marked(text, spans, Style::Colour)), text.chars().count());
    }

    #[test]
    fn no_line_is_wider_than_the_screen() {
        let text = "ordene ".repeat(60);
        assert!(hanging("     +3  ", &text).lines().all(|line| line.chars().count() <= COLUMNS));
    }

    #[test]
    fn there_is_no_colour_for_files_or_those_who_want_none() {
        assert_eq!(Style::of(false, false), Style::Plain);
        assert_eq!(Style::of(true, true), Style::Plain);
        assert_eq!(Style::of(true, false), Style::Colour);
    }
}
