//! `[mail]` as it is written for the relays that are there.

use std::time::Duration;

use med_digest::config::{Config, TransportChoice};
use med_digest::diagnostic::Language;
use med_digest::mail::transport::{Rate, Security, SmtpSettings};
use med_digest::store::UnknownPolicy;

use crate::installation::Installation;

fn read(mail: &str) -> Result<Config, String> {
    let installation = Installation::of(&[("kode.txt", "hemmeligt\n")]);
    let rest = "[inbox]\nfolder = \"ind\"\n[[schedule]]\nid = \"otte\"\ncron = \"0 8 * * *\"\n\
                [[audience]]\nid = \"ansatte\"\nlabel = \"ansatte\"\nunknown = \"hold\"\n";
    installation.write("config.toml", &format!("{rest}[mail]\nfrom = \"med@example.dk\"\n{mail}"));
    let mut problems = Vec::new();
    let config = Config::load(&installation.path("config.toml"), &mut problems);
    config.ok_or_else(|| problems.iter().map(|problem| problem.to_terminal(Language::English)).collect())
}

fn relay(smtp: &str) -> SmtpSettings {
    let config = read(&format!("transport = \"smtp\"\n[mail.smtp]\n{smtp}")).unwrap();
    match config.mail.transport {
        TransportChoice::Smtp(settings) => settings,
        TransportChoice::Folder(_) => panic!("a folder"),
    }
}

fn rate(letters: u32, seconds: u64) -> Rate {
    Rate { letters, within: Duration::from_secs(seconds) }
}

#[test]
fn a_microsoft_365_tenant_needs_no_more_than_user_and_password() {
    let settings = relay("preset = \"microsoft365\"\nuser = \"med@example.dk\"\npassword_file = \"kode.txt\"\n");
    assert_eq!(
        (settings.host.as_str(), settings.port, settings.security),
        ("smtp.office365.com", 587, Security::StartTls)
    );
    assert_eq!((settings.connections, settings.rates), (3, vec![rate(30, 60)]));
    assert_eq!(settings.credentials, Some(("med@example.dk".to_owned(), "hemmeligt".to_owned())));
    let without = read("transport = \"smtp\"\n[mail.smtp]\npreset = \"microsoft365\"\n").unwrap_err();
    assert!(without.contains("user"), "{without}");
}

#[test]
fn the_relay_inside_and_a_provider_need_their_names_and_all_can_be_set_otherwise() {
    let inside = relay("preset = \"inside\"\nhost = \"relay.example.dk\"\n");
    assert_eq!((inside.port, inside.security, inside.credentials), (25, Security::StartTls, None));
    let signed = "user = \"u\"\npassword_file = \"kode.txt\"\n";
    let provider = relay(&format!("preset = \"provider\"\nhost = \"smtp.example.dk\"\n{signed}"));
    assert_eq!((provider.port, provider.security), (465, Security::Implicit));
    let other = relay(&format!(
        "preset = \"provider\"\nhost = \"smtp.example.dk\"\ntls = \"starttls\"\nconnections = 7\nper_second = 3\n\
         per_minute = 90\n{signed}"
    ));
    assert_eq!((other.port, other.connections), (587, 7));
    assert_eq!(other.rates, [rate(3, 1), rate(90, 60)]);
    let nameless = read("transport = \"smtp\"\n[mail.smtp]\npreset = \"inside\"\n").unwrap_err();
    assert!(nameless.contains("host"), "{nameless}");
    let unknown =
        read("transport = \"smtp\"\n[mail.smtp]\npreset = \"microsoft\"\nhost = \"x.example.dk\"\n").unwrap_err();
    assert!(unknown.contains("microsoft365"), "{unknown}");
}

#[test]
fn what_nobody_knows_about_goes_once_more_unless_it_is_said_otherwise() {
    let usual = read("").unwrap().mail;
    assert_eq!((usual.unknown.usual, usual.crash_bound), (UnknownPolicy::ResendOnce, None));
    assert_eq!(usual.unknown.of(&med_digest::digest::AudienceId("ansatte".to_owned())), UnknownPolicy::Hold);
    let said = read("unknown = \"assume_sent\"\ncrash_bound = 64\nlease_seconds = 5\n").unwrap().mail;
    assert_eq!((said.unknown.usual, said.crash_bound), (UnknownPolicy::AssumeSent, Some(64)));
    assert_eq!(said.lease.as_secs(), 5);
}
