//! Lists of recipients, as secretaries keep them.
//!
//! A list is what Excel saves as CSV, or plain addresses one per line. Reading is generous about the form and strict about
//! the addresses: a line that gives no sure address is a problem with its place, never a person silently left out.

use std::collections::BTreeMap;
use std::path::Path;

use super::address::{Address, Mailbox, trim};
use super::csv::{self, Field};
use super::messages;
use crate::diagnostic::{Place, Problem, SourceFile};
use crate::store::RecipientKind;
use crate::tables;
use crate::text::Span;

/// Somebody who gets letters.
pub type Recipient = Mailbox;

/// A list of a hundred thousand people is below this; a wrong file may be far above.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// Reads a list. What cannot be used is told in `problems`; the others are returned in the order of the list.
pub fn read_list(path: &Path, problems: &mut Vec<Problem>) -> Vec<Recipient> {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.len() > MOST_BYTES => {
            let problem =
                Problem::new(&messages::LIST_TOO_LARGE).with("bytes", metadata.len()).with("most", MOST_BYTES);
            problems.push(problem.in_file(path));
            return Vec::new();
        }
        Ok(_) => {}
        Err(error) => {
            problems.push(tables::unreadable(path, &error));
            return Vec::new();
        }
    }
    match std::fs::read(path) {
        Ok(bytes) => read_bytes(path, &bytes, problems),
        Err(error) => {
            problems.push(tables::unreadable(path, &error));
            Vec::new()
        }
    }
}

/// The same for bytes already read.
pub fn read_bytes(path: &Path, bytes: &[u8], problems: &mut Vec<Problem>) -> Vec<Recipient> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        problems.push(Problem::new(&messages::LIST_WORKBOOK).in_file(path));
        return Vec::new();
    }
    let text = match csv::decode(bytes) {
        Ok(text) => text,
        Err(byte) => {
            problems.push(Problem::new(&messages::LIST_NOT_TEXT).with("byte", byte).in_file(path));
            return Vec::new();
        }
    };
    let file = SourceFile::new(path, text);
    let table = csv::read(file.text());
    let place = |span| Place { file: file.clone(), span };
    let before = problems.len();
    problems.extend(table.open_quotes.iter().map(|span| Problem::new(&messages::LIST_OPEN_QUOTE).at(&place(*span))));

    let columns = table.rows.first().and_then(|row| Columns::of_heading(row));
    if let Some(columns) = &columns
        && columns.address.is_none()
        && let Some(field) = table.rows.first().and_then(|row| row.first())
    {
        problems.push(Problem::new(&messages::LIST_NO_ADDRESS_COLUMN).at(&place(field.span)));
        return Vec::new();
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut recipients = Vec::new();
    for row in table.rows.iter().skip(usize::from(columns.is_some())) {
        let (recipient, span) = match read_row(row, columns.as_ref()) {
            Ok(found) => found,
            Err((problem, span)) => {
                problems.push(problem.at(&place(span)));
                continue;
            }
        };
        let (line, _) = file.line_and_column(span.start());
        match seen.get(&recipient.address().key()) {
            Some(first) => {
                problems.push(Problem::new(&messages::ADDRESS_TWICE).with("line", first).at(&place(span)));
            }
            None => {
                seen.insert(recipient.address().key(), line);
                recipients.push(recipient);
            }
        }
    }
    if recipients.is_empty() && problems.len() == before {
        problems.push(Problem::new(&messages::LIST_EMPTY).in_file(path));
    }
    recipients
}

/// Which column holds what, by the heading.
#[derive(Debug, Default)]
struct Columns {
    address: Option<usize>,
    names: Vec<usize>,
    kind: Option<usize>,
}

impl Columns {
    /// None where the first line is no heading: it holds an @, or no word that headings use.
    fn of_heading(row: &[Field]) -> Option<Self> {
        if row.iter().any(|field| field.value.contains('@')) {
            return None;
        }
        let mut columns = Self::default();
        let (mut last_name, mut perhaps) = (None, None);
        for (index, field) in row.iter().enumerate() {
            let word: String = field.value.chars().filter(|letter| letter.is_alphanumeric()).collect();
            match word.to_lowercase().as_str() {
                "email" | "mail" | "emailadresse" | "mailadresse" | "epost" | "epostadresse" | "emailaddress"
                | "mailaddress" => columns.address = columns.address.or(Some(index)),
                // Beside a column of mail addresses it is where people live.
                "adresse" | "address" => perhaps = perhaps.or(Some(index)),
                "navn" | "name" | "fuldenavn" | "fuldtnavn" | "fullname" | "modtager" | "recipient" | "medarbejder"
                | "fornavn" | "fornavne" | "firstname" | "givenname" => columns.names.push(index),
                "efternavn" | "lastname" | "surname" => last_name = Some(index),
                "type" | "art" | "slags" | "kind" => columns.kind = columns.kind.or(Some(index)),
                _ => {}
            }
        }
        columns.names.extend(last_name);
        columns.address = columns.address.or(perhaps);
        (columns.address.is_some() || !columns.names.is_empty()).then_some(columns)
    }
}

/// The recipient of a row and where the address stands, or what is wrong and where.
fn read_row(row: &[Field], columns: Option<&Columns>) -> Result<(Recipient, Span), (Problem, Span)> {
    let value_at = |index: &usize| row.get(*index).map(|field| trim(&field.value)).unwrap_or_default();
    let address_field = match columns {
        Some(columns) => columns.address.and_then(|index| row.get(index)),
        None => {
            let mut with_at = row.iter().filter(|field| field.value.contains('@'));
            let first = with_at.next();
            if let Some(second) = with_at.next() {
                return Err((Problem::new(&messages::ADDRESS_SEVERAL), second.span));
            }
            first
        }
    };
    let Some(field) = address_field.filter(|field| !trim(&field.value).is_empty()) else {
        let message = if columns.is_some() { &messages::ADDRESS_MISSING } else { &messages::ADDRESS_NO_AT };
        // Point at the first field that says anything.
        let said = row.iter().find(|field| !trim(&field.value).is_empty());
        return Err((Problem::new(message), said.map(|field| field.span).unwrap_or_default()));
    };
    let parsed = Mailbox::parse(&field.value).map_err(|fault| (fault.problem(), field.span))?;
    let address: Address = parsed.address().clone();
    let name = match columns {
        Some(columns) => {
            columns.names.iter().map(value_at).filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ")
        }
        None => {
            let before =
                row.iter().map(|other| trim(&other.value)).find(|value| !value.is_empty() && !value.contains('@'));
            match (parsed.name(), before) {
                // `Holm, Anna <anna@…>`, cut at its comma.
                (Some(first), Some(last)) => format!("{first} {last}"),
                (Some(name), None) | (None, Some(name)) => name.to_owned(),
                (None, None) => String::new(),
            }
        }
    };
    let name = if name.is_empty() { parsed.name().unwrap_or_default().to_owned() } else { name };
    let kind =
        columns.and_then(|columns| columns.kind).map_or(RecipientKind::Person, |index| kind_of(value_at(&index)));
    Ok((Mailbox::new(Some(&name), address).of_kind(kind), field.span))
}

/// What a column says of who is behind an address. Other words than these are about persons, whatever they say.
fn kind_of(value: &str) -> RecipientKind {
    match value.to_lowercase().as_str() {
        "liste" | "fordelingsliste" | "distributionsliste" | "gruppe" | "list" | "distribution list" | "group" => {
            RecipientKind::List
        }
        _ => RecipientKind::Person,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;
    use crate::diagnostic::{Language, Severity};

    fn read(text: &str) -> (Vec<(String, String)>, Vec<Problem>) {
        let mut problems = Vec::new();
        let found = read_bytes(Path::new("liste.csv"), text.as_bytes(), &mut problems);
        let pairs = found
            .iter()
            .map(|each| (each.name().unwrap_or_default().to_owned(), each.address().as_str().to_owned()))
            .collect();
        (pairs, problems)
    }

    fn pair(name: &str, address: &str) -> (String, String) {
        (name.to_owned(), address.to_owned())
    }

    #[test]
    fn one_list_reads_alike_in_every_form_it_comes_in() {
        let wanted = [pair("Anna Holm", "anna@example.dk"), pair("Per Bæk", "per@example.dk")];
        for text in [
            "Navn;E-mail\r\nAnna Holm;anna@example.dk\r\nPer Bæk;per@example.dk\r\n",
            "E-mail,Name\nanna@example.dk,Anna Holm\nper@example.dk,Per Bæk",
            "Adresse;Navn;E-mail\nVej 1;Anna Holm;anna@example.dk\nVej 2;Per Bæk;per@example.dk\n",
            "Afdeling\tEfternavn\tFornavn\tE-mailadresse\nX\tHolm\tAnna\tanna@example.dk\nY\tBæk\tPer\tper@example.dk\n",
            "Anna Holm;anna@example.dk\nPer Bæk;per@example.dk\n",
            "anna@example.dk,Anna Holm\n\"per@example.dk\",\"Per Bæk\"\n",
            "# MED-udvalget\n\nAnna Holm <anna@example.dk>\n  # mere\nPer Bæk <per@example.dk>\n",
            "Holm, Anna <anna@example.dk>\nBæk, Per <per@example.dk>\n",
            "\u{feff}Navn;E-mail;\r\nAnna Holm;anna@example.dk;\r\n;;\r\nPer Bæk;per@example.dk;\r\n",
        ] {
            let (found, problems) = read(text);
            assert_eq!(found, wanted, "{text}");
            assert!(problems.is_empty(), "{text}: {problems:?}");
        }
    }

    #[test]
    fn a_distribution_list_is_told_by_its_column() {
        let mut problems = Vec::new();
        let text = "Navn;E-mail;Type\nAlle;alle@example.dk;Fordelingsliste\nAnna;anna@example.dk;leder\n";
        let found = read_bytes(Path::new("liste.csv"), text.as_bytes(), &mut problems);
        let kinds: Vec<_> = found.iter().map(Mailbox::kind).collect();
        assert_eq!(kinds, [RecipientKind::List, RecipientKind::Person]);
        assert!(problems.is_empty());
    }

    #[test]
    fn plain_addresses_need_no_names() {
        let (found, problems) = read("anna@example.dk\nper@example.dk");
        assert_eq!(found, [pair("", "anna@example.dk"), pair("", "per@example.dk")]);
        assert!(problems.is_empty());
    }

    #[test]
    fn somebody_listed_twice_is_kept_once_with_a_warning() {
        let (found, problems) = read("Anna;anna@example.dk\nPer;per@example.dk\nA. Holm;Anna@Example.DK\n");
        assert_eq!(found.len(), 2);
        assert_eq!(problems.len(), 1);
        assert_eq!((problems[0].code(), problems[0].severity()), ("address-twice", Severity::Warning));
        assert!(problems[0].sentence(Language::Danish).contains("linje 1"));
    }

    #[test]
    fn every_bad_address_is_told_with_its_place_and_the_others_are_kept() {
        let text = "Navn;E-mail\nAnna;anna.example.dk\nPer;per@example.dk\nIda;ida holm@example.dk\nBo;\nEva;eva@example.dk,\n\
                    Søs;søs@example.dk\nTo;to@example.dk tre@example.dk\n";
        let (found, problems) = read(text);
        assert_eq!(found, [pair("Per", "per@example.dk")]);
        let told: Vec<_> = problems.iter().map(|problem| problem.to_terminal(Language::Danish)).collect();
        let codes: Vec<_> = problems.iter().map(Problem::code).collect();
        assert_eq!(
            codes,
            [
                "address-no-at",
                "address-blank",
                "address-missing",
                "address-trailing-mark",
                "address-letters",
                "address-several"
            ]
        );
        assert!(told[0].contains("liste.csv:2:6") && told[0].contains("^^^^^^^^^^^^^^^"), "{}", told[0]);
        assert!(told.iter().all(|text| text.contains("råd: ")));
    }

    #[test]
    fn a_line_without_an_address_is_never_passed_over() {
        let (_, problems) = read("anna@example.dk\nPer Bæk\n");
        assert_eq!(problems[0].code(), "address-no-at");
        let (_, problems) = read("Navn;Telefon\nAnna;12345678\n");
        assert_eq!(problems[0].code(), "list-no-address-column");
        let (_, problems) = read("anna@example.dk;per@example.dk\n");
        assert_eq!(problems[0].code(), "address-several");
    }

    #[test]
    fn files_that_are_no_list_are_told() {
        for (bytes, code) in [
            (&b""[..], "list-empty"),
            (b"# nobody\n", "list-empty"),
            (b"Navn;E-mail\n", "list-empty"),
            (b"PK\x03\x04rest", "list-workbook"),
            (b"\x00\x01\x02", "list-not-text"),
        ] {
            let mut problems = Vec::new();
            assert!(read_bytes(Path::new("liste.csv"), bytes, &mut problems).is_empty());
            assert_eq!(problems.iter().map(Problem::code).collect::<Vec<_>>(), [code]);
        }
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().to_path_buf(), folder.path().join("missing.csv")] {
            let mut problems = Vec::new();
            assert!(read_list(&path, &mut problems).is_empty());
            assert_eq!(problems[0].code(), "unreadable-file");
        }
    }

    #[test]
    fn control_characters_never_reach_a_name() {
        let (found, _) = read("\"Anna\r\nBcc: x\";anna@example.dk\n");
        assert_eq!(found, [pair("Anna Bcc: x", "anna@example.dk")]);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..80)) {
            let mut problems = Vec::new();
            let _ = read_bytes(Path::new("liste.csv"), &bytes, &mut problems);
        }

        #[test]
        fn every_line_is_a_recipient_or_a_problem(lines in proptest::collection::vec("[a-c@. ]{1,9}", 1..8)) {
            let text = lines.join("\n");
            let (found, problems) = read(&text);
            let filled = lines.iter().filter(|line| !line.trim().is_empty()).count();
            proptest::prop_assert_eq!(found.len() + problems.iter().filter(|each| each.code() != "list-empty").count(), filled);
        }
    }
}
