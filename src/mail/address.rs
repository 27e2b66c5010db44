//! A checked mail address, and a name beside it.
//!
//! Only what every relay takes without extensions is let through: ASCII before the @, a domain with a dot, æøå in the
//! domain turned into punycode here, because lettre would ask the relay for SMTPUTF8 instead. Shown in logs and problems
//! an address is masked; the real one has to be asked for by name.

use std::fmt;

use crate::diagnostic::{Message, Problem};
use crate::mail::messages;
use crate::store::{RecipientKind, mask};

/// A mail address that can be sent to.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

/// What is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    /// Nothing there.
    #[error("the address is missing")]
    Missing,
    /// No @.
    #[error("there is no @")]
    NoAt,
    /// More than one @.
    #[error("there is more than one @")]
    SeveralAt,
    /// A blank inside.
    #[error("there is a blank inside")]
    Blank,
    /// Ends in a dot, comma or semicolon.
    #[error("it ends in a punctuation mark")]
    TrailingMark,
    /// Letters such as æøå before the @.
    #[error("only English letters can stand before the @")]
    ForeignLetters,
    /// The domain has no dot.
    #[error("the part after the @ has no dot")]
    NoDot,
    /// Anything else.
    #[error("it is not a mail address")]
    Malformed,
}

impl AddressFault {
    /// As a problem of an edited file, to be placed by the caller.
    #[must_use]
    pub fn problem(self) -> Problem {
        let message: &'static Message = match self {
            Self::Missing => &messages::ADDRESS_MISSING,
            Self::NoAt => &messages::ADDRESS_NO_AT,
            Self::SeveralAt => &messages::ADDRESS_SEVERAL,
            Self::Blank => &messages::ADDRESS_BLANK,
            Self::TrailingMark => &messages::ADDRESS_TRAILING,
            Self::ForeignLetters => &messages::ADDRESS_LETTERS,
            Self::NoDot => &messages::ADDRESS_NO_DOT,
            Self::Malformed => &messages::ADDRESS_MALFORMED,
        };
        Problem::new(message)
    }
}

impl Address {
    /// Checks an address; blanks around it and a leading `mailto:` are forgiven.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let text = trim(text);
        let text = text
            .get(.."mailto:".len())
            .filter(|start| start.eq_ignore_ascii_case("mailto:"))
            .and_then(|start| text.get(start.len()..))
            .unwrap_or(text);
        if text.is_empty() {
            return Err(AddressFault::Missing);
        }
        let Some((local, domain)) = text.rsplit_once('@') else { return Err(AddressFault::NoAt) };
        if local.contains('@') {
            return Err(AddressFault::SeveralAt);
        }
        if text.chars().any(char::is_whitespace) {
            return Err(AddressFault::Blank);
        }
        if text.ends_with(['.', ',', ';']) {
            return Err(AddressFault::TrailingMark);
        }
        if local.chars().any(|character| !character.is_ascii() && character.is_alphabetic()) {
            return Err(AddressFault::ForeignLetters);
        }
        if !local.chars().all(|character| character.is_ascii_graphic() && character != '"') {
            return Err(AddressFault::Malformed);
        }
        let domain = idna::domain_to_ascii(domain).map_err(|_| AddressFault::Malformed)?;
        if !domain.contains('.') {
            return Err(if domain.is_empty() { AddressFault::Malformed } else { AddressFault::NoDot });
        }
        let whole = format!("{local}@{domain}");
        match whole.parse::<lettre::Address>() {
            Ok(_) => Ok(Self(whole)),
            Err(_) => Err(AddressFault::Malformed),
        }
    }

    /// The address itself: for envelopes and headers only.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the @, in lower case and ASCII.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// The same for two spellings of one mailbox. Strictly the part before the @ could mean two mailboxes by its capitals;
    /// no mail system in use does that, and two letters to one person are worse.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&mask(&self.0))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Address({self})")
    }
}

/// Without blanks and the invisible marks that copying from mail programs and Excel leaves at the ends.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|character: char| {
        character.is_whitespace() || matches!(character, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
    })
}

/// An address with the name to show beside it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mailbox {
    name: Option<String>,
    address: Address,
    kind: RecipientKind,
}

impl Mailbox {
    /// Control characters in the name become blanks, since lettre panics on them; a name of nothing else is none.
    #[must_use]
    pub fn new(name: Option<&str>, address: Address) -> Self {
        let clean = |text: &str| {
            let printable: String =
                text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
            trim(&printable).split_whitespace().collect::<Vec<_>>().join(" ")
        };
        Self { name: name.map(clean).filter(|name| !name.is_empty()), address, kind: RecipientKind::Person }
    }

    /// The same as one person or as a distribution list.
    #[must_use]
    pub fn of_kind(mut self, kind: RecipientKind) -> Self {
        self.kind = kind;
        self
    }

    /// Reads `Name <address>` or a bare address.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn parse(text: &str) -> Result<Self, AddressFault> {
        let text = trim(text);
        match text.strip_suffix('>').and_then(|rest| rest.rsplit_once('<')) {
            Some((name, address)) => {
                let name = trim(name);
                let bare = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(name);
                Ok(Self::new(Some(bare), Address::parse(address)?))
            }
            None => Ok(Self::new(None, Address::parse(text)?)),
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Who is behind it.
    #[must_use]
    pub fn kind(&self) -> RecipientKind {
        self.kind
    }
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Mailbox({})", self.address)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_masked_wherever_it_is_shown() {
        let address = Address::parse("anna.holm@example.dk").unwrap();
        let mailbox = Mailbox::new(Some("Anna Holm"), address.clone());
        for shown in [format!("{address}"), format!("{address:?}"), format!("{mailbox:?}")] {
            assert!(shown.contains("a***@example.dk") && !shown.contains("olm"), "{shown}");
        }
        assert_eq!(address.as_str(), "anna.holm@example.dk");
    }

    #[test]
    fn a_domain_with_danish_letters_becomes_punycode() {
        assert_eq!(Address::parse("anna@Æblø.dk").unwrap().as_str(), "anna@xn--bl-0ia8e.dk");
    }

    #[test]
    fn each_fault_has_its_own_name() {
        let cases = [
            ("", AddressFault::Missing),
            ("anna.example.dk", AddressFault::NoAt),
            ("anna@holm@example.dk", AddressFault::SeveralAt),
            ("anna@example.dk; per@example.dk", AddressFault::SeveralAt),
            ("anna holm@example.dk", AddressFault::Blank),
            ("anna@example.dk.", AddressFault::TrailingMark),
            ("anna@example.dk,", AddressFault::TrailingMark),
            ("søren@example.dk", AddressFault::ForeignLetters),
            ("anna@kommunen", AddressFault::NoDot),
            ("@example.dk", AddressFault::Malformed),
            ("anna@", AddressFault::Malformed),
            ("a..b@example.dk", AddressFault::Malformed),
            ("<anna@example.dk>", AddressFault::Malformed),
            ("anna@exa_mple!.dk", AddressFault::Malformed),
            ("an\u{0}na@example.dk", AddressFault::Malformed),
        ];
        for (text, fault) in cases {
            assert_eq!(Address::parse(text), Err(fault), "{text:?}");
        }
    }

    #[test]
    fn what_copying_leaves_around_an_address_is_forgiven() {
        for text in [" anna@example.dk ", "mailto:anna@example.dk", "\u{feff}anna@example.dk\u{200b}\u{a0}"] {
            assert_eq!(Address::parse(text).unwrap().as_str(), "anna@example.dk");
        }
    }

    #[test]
    fn name_and_address_are_told_apart() {
        let mailbox = Mailbox::parse("\"Holm, Anna\" <anna@example.dk>").unwrap();
        assert_eq!(mailbox.name(), Some("Holm, Anna"));
        assert_eq!(Mailbox::parse("anna@example.dk").unwrap().name(), None);
        assert_eq!(Mailbox::new(Some(" \r\n "), mailbox.address().clone()).name(), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "\\PC{0,40}") {
            if let Ok(address) = Address::parse(&text) {
                proptest::prop_assert!(address.as_str().is_ascii());
            }
        }
    }
}
