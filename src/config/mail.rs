//! `[mail]` and `[mail.smtp]`: how letters go out, what becomes of those that nobody knows about, how long they are kept.

use std::path::PathBuf;
use std::time::Duration;

use super::read::{Base, number};
use super::{Mail, TransportChoice, form, messages};
use crate::diagnostic::Problem;
use crate::mail::transport::{Preset, Rate, Security, SmtpSettings, SmtpTransport, Timeouts};
use crate::mail::{AllowList, Mailbox};
use crate::store::{LEASE, UnknownPolicies, UnknownPolicy};
use crate::tables::{Located, Reader, Table};

/// Whether letters go through a relay.
pub(super) static TRANSPORTS: [(&str, bool); 2] = [("folder", false), ("smtp", true)];
/// How the way to the relay is protected.
pub(super) static SECURITIES: [(&str, Security); 3] =
    [("starttls", Security::StartTls), ("implicit", Security::Implicit), ("none", Security::None)];

/// What becomes of letters of unknown fate.
pub(super) static UNKNOWN: [(&str, UnknownPolicy); 3] = [
    ("resend_once", UnknownPolicy::ResendOnce),
    ("hold", UnknownPolicy::Hold),
    ("assume_sent", UnknownPolicy::AssumeSent),
];
/// Kinds of relays.
pub(super) static PRESETS: [(&str, &Preset); Preset::ALL.len()] = {
    let [microsoft365, inside, provider] = Preset::ALL;
    [(microsoft365.name, microsoft365), (inside.name, inside), (provider.name, provider)]
};

/// Stands in for a `[mail]` with errors: an address that nobody can have, a folder that is none.
pub(super) fn unusable() -> Option<(Mail, AllowList)> {
    let from = Mailbox::parse("nobody@nowhere.invalid").ok()?;
    let mail = Mail {
        from,
        reply_to: None,
        transport: TransportChoice::Folder(PathBuf::new()),
        crash_bound: None,
        lease: LEASE,
        unknown: UnknownPolicies::default(),
    };
    Some((mail, AllowList::default()))
}

/// `[mail]`; none where something in it is wrong.
pub(super) fn mail(table: &Table, base: &Base<'_>, problems: &mut Vec<Problem>) -> Option<(Mail, AllowList)> {
    let mut reader = Reader::of(&form::MAIL, table, problems);
    let from = reader.required_string("from").and_then(|from| mailbox(from, reader.problems));
    let reply_to = reader.string("reply_to").and_then(|reply_to| mailbox(reply_to, reader.problems));
    let mut allow = AllowList::default();
    for pattern in reader.strings("allow") {
        if let Err(fault) = allow.add(&pattern.value) {
            reader.problems.push(fault.problem().at(&pattern.place));
        }
    }
    let folder = reader.string("folder").map_or("udbakke", |folder| folder.value.as_str());
    let folder = base.path(folder);
    let smtp = reader.table_of("smtp").and_then(|table| smtp(table, base, reader.problems));
    let transport = match reader.choice("transport", &TRANSPORTS) {
        Some(true) => {
            reader.require("smtp");
            smtp.map(TransportChoice::Smtp)
        }
        _ => Some(TransportChoice::Folder(folder)),
    };
    // A letter that a crash left of unknown fate goes once more: its second copy has the same Message-ID, which most mail
    // systems drop, and a letter that never came is worse than one that came twice and is counted.
    let usual = reader.choice("unknown", &UNKNOWN).unwrap_or(UnknownPolicy::ResendOnce);
    let unknown = UnknownPolicies { usual, ..UnknownPolicies::default() };
    let crash_bound = number(&mut reader, "crash_bound").and_then(|bound| usize::try_from(bound).ok());
    let lease = number(&mut reader, "lease_seconds").map_or(LEASE, Duration::from_secs);
    reader.finish();
    Some((Mail { from: from?, reply_to, transport: transport?, crash_bound, lease, unknown }, allow))
}

pub(super) fn mailbox(located: &Located<String>, problems: &mut Vec<Problem>) -> Option<Mailbox> {
    match Mailbox::parse(&located.value) {
        Ok(mailbox) => Some(mailbox),
        Err(fault) => {
            problems.push(fault.problem().at(&located.place));
            None
        }
    }
}

fn smtp(table: &Table, base: &Base<'_>, problems: &mut Vec<Problem>) -> Option<SmtpSettings> {
    let mut reader = Reader::of(&form::SMTP, table, problems);
    let preset = reader.choice("preset", &PRESETS);
    let host = match preset.and_then(|preset| preset.host) {
        Some(_) => reader.string("host").cloned(),
        None => reader.required_string("host").cloned(),
    };
    let chosen = reader.choice("tls", &SECURITIES);
    let security = chosen.or(preset.map(|preset| preset.security)).unwrap_or_default();
    let standard = match (chosen, preset) {
        (None, Some(preset)) => preset.port,
        _ => security.usual_port(),
    };
    let port = number(&mut reader, "port").and_then(|port| u16::try_from(port).ok()).unwrap_or(standard);
    let user = reader.string("user").map(|user| user.value.clone());
    let password =
        reader.string("password_file").and_then(|file| match std::fs::read_to_string(base.path(&file.value)) {
            Ok(password) => Some(password.trim_end().to_owned()),
            Err(error) => {
                reader.problems.push(Problem::new(&messages::PASSWORD).with("error", error).at(&file.place));
                None
            }
        });
    if preset.is_some_and(|preset| preset.signs_in) {
        reader.require("user");
    }
    if user.is_some() {
        reader.require("password_file");
    }
    let count = |reader: &mut Reader<'_, '_>, key| number(reader, key).and_then(|count| u32::try_from(count).ok());
    let connections = count(&mut reader, "connections").and_then(|count| usize::try_from(count).ok());
    let connections = connections.or(preset.map(|preset| preset.connections)).unwrap_or(1);
    let mut rates: Vec<Rate> = preset.map(|preset| preset.rates.to_vec()).unwrap_or_default();
    for (key, seconds) in [("per_second", 1), ("per_minute", 60)] {
        let within = Duration::from_secs(seconds);
        if let Some(letters) = count(&mut reader, key) {
            rates.retain(|rate| rate.within != within);
            rates.push(Rate { letters, within });
        }
    }
    let hello = reader.string("hello").map_or_else(|| "localhost".to_owned(), |hello| hello.value.clone());
    let authorities = reader.string("authorities").map(|file| base.path(&file.value));
    reader.finish();
    let place = host.as_ref().map(|host| host.place.clone());
    let host = host.map(|host| host.value).or_else(|| preset.and_then(|preset| preset.host).map(str::to_owned))?;
    let credentials = user.zip(password);
    let settings = SmtpSettings {
        host,
        port,
        security,
        credentials,
        hello,
        authorities,
        timeouts: Timeouts::default(),
        connections,
        rates,
    };
    match SmtpTransport::new(settings.clone()) {
        Ok(_) => Some(settings),
        Err(error) => {
            problems.push(match place {
                Some(place) => error.problem().at(&place),
                None => error.problem(),
            });
            None
        }
    }
}
