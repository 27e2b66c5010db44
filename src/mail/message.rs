//! A letter becomes the bytes that are sent, the same bytes for the same input.
//!
//! They are frozen in the outbox once and sent as they are at every try: a mail system that drops a repeated message knows
//! it by Message-ID and date. So identifier and date are given, and the boundary, which lettre draws at random, is derived
//! from the content: the same for all recipients, who share the text and have only the head to themselves ([`Template`]).

use std::time::SystemTime;

use chrono::{DateTime, TimeZone, Utc};
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox as LettreMailbox, MultiPart, SinglePart};

use super::address::{Address, Mailbox};
use crate::render::Letter;
use crate::store::{ContentHash, EditionKey};

/// Why no message could be made. Parts are checked before, so this means a mistake of the program, not of a user.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// An address that was checked is refused after all.
    #[error("the address {0} is refused")]
    Address(Address),
    /// The message does not hold together.
    #[error("the message cannot be made: {0}")]
    Build(#[from] lettre::error::Error),
}

/// The identifier of a message, without angle brackets.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(String);

impl MessageId {
    /// The one message of this edition to this address: a plan made twice gives the same. The address goes in by a hash, so
    /// the identifier, which ends up in logs of relays, does not name anybody.
    #[must_use]
    pub fn of_letter(edition: &EditionKey, to: &Address, domain: &str) -> Self {
        let hash = ContentHash::of(format!("{edition}\n{}", to.key()).as_bytes());
        Self(format!("{}@{domain}", hash.0.get(..32).unwrap_or_default()))
    }

    /// Of a message that nobody gets, so that a preview is the same on every run.
    #[must_use]
    pub fn preview(subject: &str, to: &Address) -> Self {
        let hash = ContentHash::of(format!("preview\n{subject}").as_bytes());
        Self(format!("{}@{}", hash.0.get(..32).unwrap_or_default(), to.domain()))
    }

    /// As it stands between the brackets.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The name of a mailing list in its mails, by which readers file them: `medarbejdere.hovedudvalg.kommune.dk`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListId(String);

impl ListId {
    /// Of the mails of one committee to one audience; other characters than letters, digits and hyphens become hyphens.
    #[must_use]
    pub fn new(committee: &str, audience: &str, domain: &str) -> Self {
        let label = |text: &str| -> String {
            text.to_lowercase()
                .chars()
                .map(|character| match character {
                    'æ' => "ae".to_owned(),
                    'ø' => "oe".to_owned(),
                    'å' => "aa".to_owned(),
                    character if character.is_ascii_alphanumeric() => character.to_string(),
                    _ => "-".to_owned(),
                })
                .collect()
        };
        Self(format!("{}.{}.{domain}", label(audience), label(committee)))
    }
}

/// Who a letter comes from; the same for all recipients of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// From, and the envelope's sender.
    pub from: Mailbox,
    /// Where answers go, if not there.
    pub reply_to: Option<Mailbox>,
    /// The list the letter belongs to.
    pub list_id: Option<ListId>,
}

macro_rules! text_header {
    ($type:ident, $name:literal) => {
        #[derive(Clone)]
        struct $type(String);

        impl Header for $type {
            fn name() -> HeaderName {
                HeaderName::new_from_ascii_str($name)
            }

            fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
                Ok(Self(text.to_owned()))
            }

            fn display(&self) -> HeaderValue {
                HeaderValue::new(Self::name(), self.0.clone())
            }
        }
    };
}
text_header!(AutoSubmitted, "Auto-Submitted");
text_header!(ListIdHeader, "List-Id");
text_header!(ContentLanguage, "Content-Language");

fn mailbox(from: &Mailbox) -> Result<LettreMailbox, MessageError> {
    let address = from.address();
    let checked = address.as_str().parse().map_err(|_| MessageError::Address(address.clone()))?;
    Ok(LettreMailbox::new(from.name().map(str::to_owned), checked))
}

/// A letter made ready for many recipients: the text they share, frozen once, and all that goes into each one's own head.
///
/// A hundred thousand letters of one edition differ in a name, an address and an identifier. Kept apart, the state holds the
/// text once and the heads beside it; joined, they are the very bytes that building each letter by itself would give.
pub struct Template {
    body: Vec<u8>,
    builder: lettre::message::MessageBuilder,
    boundary: String,
}

impl Template {
    /// Of a letter that goes from this sender with this date.
    ///
    /// # Errors
    /// [`MessageError`], which checked parts do not bring about.
    pub fn new(letter: &Letter, sender: &Sender, date: DateTime<Utc>) -> Result<Self, MessageError> {
        let content = [letter.subject.as_str(), &letter.text, &letter.html].join("\0");
        // An equals sign followed by an underscore occurs in no quoted-printable or base64 text.
        let boundary = format!("=_{}", ContentHash::of(content.as_bytes()).0.get(..40).unwrap_or_default());
        let subject = letter.subject.split(|character: char| character.is_control() || character.is_whitespace());
        let subject: Vec<&str> = subject.filter(|word| !word.is_empty()).collect();
        let mut builder = lettre::Message::builder()
            .date(header_date(date))
            .from(mailbox(&sender.from)?)
            .subject(subject.join(" "))
            // Keeps out-of-office replies away (RFC 3834).
            .header(AutoSubmitted("auto-generated".to_owned()))
            .header(ContentLanguage("da".to_owned()));
        if let Some(reply_to) = &sender.reply_to {
            builder = builder.reply_to(mailbox(reply_to)?);
        }
        if let Some(list_id) = &sender.list_id {
            builder = builder.header(ListIdHeader(format!("<{}>", list_id.0)));
        }
        let part = |kind: ContentType, body: &str| SinglePart::builder().header(kind).body(body.to_owned());
        let whole = MultiPart::alternative()
            .boundary(boundary.clone())
            // The last part is the one a mail program prefers.
            .singlepart(part(ContentType::TEXT_PLAIN, &letter.text))
            .singlepart(part(ContentType::TEXT_HTML, &letter.html))
            .formatted();
        let body = whole.get(end_of_head(&whole)..).unwrap_or_default().to_vec();
        Ok(Self { body, builder, boundary })
    }

    /// What all recipients get, from the first byte after the empty line that ends the head.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// The head of one recipient's letter with the empty line that ends it.
    ///
    /// # Errors
    /// [`MessageError`], which checked parts do not bring about.
    pub fn head(&self, to: &Mailbox, id: &MessageId) -> Result<Vec<u8>, MessageError> {
        let builder = self.builder.clone().message_id(Some(format!("<{}>", id.as_str()))).to(mailbox(to)?);
        let nothing = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(String::new());
        let parts = MultiPart::alternative().boundary(self.boundary.clone()).singlepart(nothing);
        let mut bytes = builder.multipart(parts)?.formatted();
        bytes.truncate(end_of_head(&bytes));
        Ok(bytes)
    }
}

/// Where the text of a message begins: behind its first empty line.
fn end_of_head(message: &[u8]) -> usize {
    message.windows(4).position(|window| window == b"\r\n\r\n").map_or(message.len(), |at| at + 4)
}

/// The bytes of one letter to one recipient, with CRLF line ends.
///
/// # Errors
/// [`MessageError`], which checked parts do not bring about.
pub fn build(
    letter: &Letter,
    sender: &Sender,
    to: &Mailbox,
    id: &MessageId,
    date: DateTime<Utc>,
) -> Result<Vec<u8>, MessageError> {
    let template = Template::new(letter, sender, date)?;
    let mut bytes = template.head(to, id)?;
    bytes.extend_from_slice(&template.body);
    Ok(bytes)
}

/// Dates in mails have four digits for the year and lettre panics outside them; such a date can only be a broken clock.
fn header_date(date: DateTime<Utc>) -> SystemTime {
    let last = Utc.with_ymd_and_hms(9999, 12, 31, 0, 0, 0).single().unwrap_or(DateTime::UNIX_EPOCH);
    date.clamp(DateTime::UNIX_EPOCH, last).into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use chrono::NaiveDate;
    use mail_parser::MessageParser;

    use super::*;
    use crate::digest::AudienceId;
    use crate::store::CommitteeId;

    fn letter() -> Letter {
        Letter {
            subject: "Nyt fra Hovedudvalget: løn, æbler og årshjul – en ret lang emnelinje med æ, ø og å i".to_owned(),
            html: format!("<html><body><p>Kære læser</p><p>{}</p></body></html>\n", "ældre ".repeat(300)),
            text: "Kære læser\n\n.en linje der begynder med punktum\nFra side 3\n".to_owned(),
        }
    }

    fn key() -> EditionKey {
        EditionKey {
            committee: CommitteeId("hovedudvalg".to_owned()),
            audience: AudienceId("medarbejdere".to_owned()),
            meeting_date: NaiveDate::from_ymd_opt(2027, 3, 4).unwrap(),
            revision: 1,
        }
    }

    fn sender() -> Sender {
        Sender {
            from: Mailbox::parse("MED-sekretariatet på rådhuset <med@example.dk>").unwrap(),
            reply_to: Some(Mailbox::parse("svar@example.dk").unwrap()),
            list_id: Some(ListId::new("Hovedudvalg Øst", "medarbejdere", "example.dk")),
        }
    }

    fn built(name: Option<&str>) -> Vec<u8> {
        let to = Mailbox::new(name, Address::parse("soren@example.dk").unwrap());
        let id = MessageId::of_letter(&key(), to.address(), "example.dk");
        build(&letter(), &sender(), &to, &id, DateTime::from_timestamp(1_800_000_000, 0).unwrap()).unwrap()
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        assert_eq!(built(Some("Søren Å")), built(Some("Søren Å")));
    }

    #[test]
    fn another_parser_reads_back_what_was_put_in() {
        let bytes = built(Some("Søren Ærø-Åberg"));
        let message = MessageParser::default().parse(&bytes).unwrap();
        assert_eq!(message.subject().unwrap(), letter().subject);
        let from = message.from().unwrap().first().unwrap();
        assert_eq!(
            (from.name().unwrap(), from.address().unwrap()),
            ("MED-sekretariatet på rådhuset", "med@example.dk")
        );
        let to = message.to().unwrap().first().unwrap();
        assert_eq!((to.name().unwrap(), to.address().unwrap()), ("Søren Ærø-Åberg", "soren@example.dk"));
        assert_eq!(message.body_text(0).unwrap().replace("\r\n", "\n").trim_end(), letter().text.trim_end());
        assert_eq!(message.body_html(0).unwrap().replace("\r\n", "\n").trim_end(), letter().html.trim_end());
        assert_eq!(message.date().unwrap().to_timestamp(), 1_800_000_000);
        assert_eq!(message.message_id().unwrap().len(), "@example.dk".len() + 32);
        assert_eq!(message.header_raw("Auto-Submitted").unwrap().trim(), "auto-generated");
        assert_eq!(message.header_raw("List-Id").unwrap().trim(), "<medarbejdere.hovedudvalg-oest.example.dk>");
        assert_eq!(message.reply_to().unwrap().first().unwrap().address().unwrap(), "svar@example.dk");
    }

    #[test]
    fn the_text_comes_first_and_nothing_is_wider_than_mail_allows() {
        let bytes = built(None);
        let text = std::str::from_utf8(&bytes).unwrap();
        assert!(text.is_ascii());
        assert!(text.find("text/plain").unwrap() < text.find("text/html").unwrap());
        assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
        assert!(text.split("\r\n").all(|line| line.len() <= 998));
        assert!(!text.contains("\nX-"));
    }

    #[test]
    fn a_subject_of_several_lines_cannot_add_a_header() {
        let mut letter = letter();
        letter.subject = "Nyt\r\nBcc: per@example.dk".to_owned();
        let to = Mailbox::parse("anna@example.dk").unwrap();
        let id = MessageId::of_letter(&key(), to.address(), "example.dk");
        let bytes = build(&letter, &sender(), &to, &id, DateTime::UNIX_EPOCH).unwrap();
        let message = MessageParser::default().parse(&bytes).unwrap();
        assert!(message.bcc().is_none());
        assert_eq!(message.subject(), Some("Nyt Bcc: per@example.dk"));
    }

    #[test]
    fn an_identifier_names_nobody_and_is_the_same_in_any_capitals() {
        let one = MessageId::of_letter(&key(), &Address::parse("Anna@example.dk").unwrap(), "example.dk");
        let other = MessageId::of_letter(&key(), &Address::parse("anna@example.dk").unwrap(), "example.dk");
        assert_eq!(one, other);
        assert!(!one.as_str().contains("anna"));
        let next = EditionKey { revision: 2, ..key() };
        assert_ne!(one, MessageId::of_letter(&next, &Address::parse("anna@example.dk").unwrap(), "example.dk"));
    }

    proptest::proptest! {
        #[test]
        fn no_name_subject_or_date_makes_it_panic(
            name in proptest::prelude::any::<String>(), subject in proptest::prelude::any::<String>(),
            seconds in proptest::prelude::any::<i64>(),
        ) {
            let to = Mailbox::new(Some(&name), Address::parse("anna@example.dk").unwrap());
            let id = MessageId::of_letter(&key(), to.address(), "example.dk");
            let letter = Letter { subject, ..letter() };
            let date = DateTime::from_timestamp(seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC);
            let bytes = build(&letter, &sender(), &to, &id, date).unwrap();
            let message = MessageParser::default().parse(&bytes).unwrap();
            proptest::prop_assert_eq!(message.to().unwrap().first().unwrap().address(), Some("anna@example.dk"));
        }
    }
}
