//! What the transport says of each letter agrees with the ledger of the relay's double.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

use super::double::{Act, Double, Fault, TEST_DATA};
use super::*;

fn settings(port: u16, security: Security) -> SmtpSettings {
    SmtpSettings {
        host: "localhost".to_owned(),
        port,
        security,
        credentials: None,
        hello: "med.example.dk".to_owned(),
        authorities: Some(PathBuf::from(format!("{TEST_DATA}authority.pem"))),
        timeouts: Timeouts {
            command: Duration::from_millis(300),
            data: Duration::from_millis(300),
            text: Duration::from_millis(100),
            dot: Duration::from_millis(200),
            ..Timeouts::default()
        },
        connections: 1,
        rates: Vec::new(),
    }
}

fn letter(to: &str) -> Outgoing {
    Outgoing {
        label: "x".to_owned(),
        message_id: "1@example.dk".to_owned(),
        from: Address::parse("med@example.dk").unwrap(),
        to: Address::parse(to).unwrap(),
        bytes: b"Subject: Nyt\r\n\r\nHej\r\n.begynder med punktum\r\n".to_vec(),
    }
}

/// The one connection that these settings allow.
fn line(settings: SmtpSettings) -> SmtpLine {
    SmtpTransport::new(settings).unwrap().lines().remove(0)
}

async fn deliver(transport: &mut SmtpLine, to: &str) -> Delivery {
    match transport.prepare(&letter(to)).await {
        Ok(()) => transport.hand_over(&letter(to)).await,
        Err(delivery) => delivery,
    }
}

/// Delivers to Anna under these faults and then to Per without.
async fn two_letters(faults: &[Fault]) -> (Delivery, Delivery, Double) {
    let double = Double::start(faults, Security::None).await;
    let mut transport = line(settings(double.port, Security::None));
    let first = deliver(&mut transport, "anna@example.dk").await;
    let second = deliver(&mut transport, "per@example.dk").await;
    transport.finish().await;
    (first, second, double)
}

fn is_accepted(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Accepted { .. })
}

#[tokio::test]
async fn letters_share_a_connection_and_arrive_as_they_were_frozen() {
    let (first, second, double) = two_letters(&[]).await;
    assert_eq!(first, Delivery::Accepted { reply: "250 2.0.0 queued as 4711".to_owned() });
    assert!(is_accepted(&second));
    assert_eq!((double.taken().len(), double.connections()), (2, 1));
    assert!(double.commands().ends_with("QUIT"));
    let text = double.ledger.lock().unwrap().taken[0].1.clone();
    let message = MessageParser::default().parse(text.as_bytes()).unwrap();
    assert_eq!(message.body_text(0).unwrap().trim_end(), "Hej\r\n.begynder med punktum");
}

#[tokio::test]
async fn a_refused_recipient_is_reset_and_the_next_one_uses_the_same_connection() {
    let (first, second, double) = two_letters(&[("RCPT", Act::Say("550 5.1.1 <anna@example.dk>: no such user"))]).await;
    assert_eq!(first, Delivery::RejectedRecipient { reply: "550 5.1.1 <a***@example.dk>: no such user".to_owned() });
    assert!(is_accepted(&second));
    assert_eq!((double.taken(), double.connections()), (vec!["per@example.dk".to_owned()], 1));
    assert!(double.commands().contains("RSET\nMAIL"));
}

#[tokio::test]
async fn each_refusal_is_laid_at_the_right_door() {
    type Wanted = fn(&Delivery) -> bool;
    let recipient: Wanted = |delivery| matches!(delivery, Delivery::RejectedRecipient { .. });
    let system: Wanted = |delivery| matches!(delivery, Delivery::RejectedSystem { .. });
    let temporary: Wanted = |delivery| matches!(delivery, Delivery::Temporary { .. });
    let unreachable: Wanted = |delivery| matches!(delivery, Delivery::Unreachable { .. });
    let cases: &[(&'static str, &'static str, Wanted)] = &[
        ("RCPT", "550 mailbox unavailable", recipient),
        ("RCPT", "552 5.2.2 mailbox full", recipient),
        ("RCPT", "550 5.7.1 relaying denied", system),
        ("RCPT", "554 relay access denied", system),
        ("RCPT", "530 5.7.0 sign in first", system),
        ("RCPT", "550 5.1.8 bad sender", system),
        ("RCPT", "550 5.4.1 recipient address rejected: access denied", recipient),
        (".", "550 5.4.1 no route", system),
        ("RCPT", "354 go on", unreachable),
        ("RCPT", "451 4.7.1 greylisted", temporary),
        ("RCPT", "421 4.3.2 going down", unreachable),
        ("MAIL", "550 5.1.0 sender rejected", system),
        ("MAIL", "451 4.3.0 later", unreachable),
        ("DATA", "554 5.5.1 no", system),
        ("DATA", "451 4.3.0 later", temporary),
        ("DATA", "250 what?", unreachable),
        (".", "451 4.3.0 later", temporary),
        (".", "421 4.3.2 going down", temporary),
        (".", "552 message too large", recipient),
        (".", "554 5.7.1 looks like spam", system),
        ("EHLO", "550 not you", system),
        ("connect", "554 no service", system),
        ("connect", "421 busy", unreachable),
    ];
    for (at, reply, wanted) in cases {
        let (first, second, double) = two_letters(&[(at, Act::Say(reply))]).await;
        assert!(wanted(&first), "{at} {reply}: {first:?}");
        assert!(is_accepted(&second), "{at} {reply}: {second:?}");
        assert_eq!(double.taken(), ["per@example.dk"], "{at} {reply}");
    }
}

#[tokio::test]
async fn a_connection_lost_before_the_text_is_surely_not_sent() {
    for at in ["connect", "EHLO", "MAIL", "RCPT", "DATA"] {
        let (first, second, double) = two_letters(&[(at, Act::HangUp)]).await;
        assert!(matches!(first, Delivery::Unreachable { .. }), "{at}: {first:?}");
        assert!(is_accepted(&second), "{at}: {second:?}");
        assert_eq!(double.taken(), ["per@example.dk"]);
    }
    for at in ["MAIL", "RCPT", "DATA"] {
        let (first, _, double) = two_letters(&[(at, Act::Silence)]).await;
        assert!(matches!(first, Delivery::Unreachable { .. }), "{at}: {first:?}");
        assert_eq!(double.taken(), ["per@example.dk"]);
    }
}

#[tokio::test]
async fn a_connection_lost_after_the_text_leaves_the_fate_open_whatever_became_of_it() {
    for (act, was_taken) in [
        (Act::HangUp, false),
        (Act::TakeAndHangUp(""), true),
        (Act::TakeAndHangUp("25"), true),
        (Act::TakeAndHangUp("250 no line end"), true),
        (Act::TakeAndHangUp("nonsense\r\n"), true),
        (Act::Silence, true),
    ] {
        let (first, second, double) = two_letters(&[(".", act.clone())]).await;
        assert!(matches!(first, Delivery::Unknown { .. }), "{act:?}: {first:?}");
        assert!(is_accepted(&second), "{act:?}: {second:?}");
        assert_eq!(double.taken().contains(&"anna@example.dk".to_owned()), was_taken);
    }
}

#[tokio::test]
async fn a_kept_connection_that_has_gone_stale_is_renewed_once() {
    let double = Double::start(&[], Security::None).await;
    let mut transport = line(settings(double.port, Security::None));
    assert!(is_accepted(&deliver(&mut transport, "anna@example.dk").await));
    double.ledger.lock().unwrap().faults.push(("MAIL", Act::HangUp));
    assert!(is_accepted(&deliver(&mut transport, "per@example.dk").await));
    assert_eq!((double.taken().len(), double.connections()), (2, 2));
}

#[tokio::test]
async fn nobody_listening_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let mut transport = line(settings(port, Security::None));
    assert!(matches!(deliver(&mut transport, "anna@example.dk").await, Delivery::Unreachable { .. }));
}

#[tokio::test]
async fn tls_carries_letters_and_passwords_both_ways_of_starting_it() {
    for security in [Security::StartTls, Security::Implicit] {
        let double = Double::start(&[], security).await;
        let mut settings = settings(double.port, security);
        settings.credentials = Some(("user".to_owned(), "password".to_owned()));
        let mut transport = line(settings);
        let delivery = deliver(&mut transport, "anna@example.dk").await;
        assert!(is_accepted(&delivery), "{security:?}: {delivery:?}");
        let commands = double.commands();
        assert!(commands.contains("AUTH PLAIN") && !commands.contains("plain AUTH"), "{commands}");
    }
}

#[tokio::test]
async fn an_unknown_authority_or_a_missing_starttls_means_no_letter_and_no_password() {
    let double = Double::start(&[], Security::Implicit).await;
    let mut distrusting = settings(double.port, Security::Implicit);
    distrusting.authorities = None;
    let mut transport = line(distrusting);
    assert!(matches!(deliver(&mut transport, "anna@example.dk").await, Delivery::Unreachable { .. }));

    let plain = Double::start(&[], Security::None).await;
    let mut settings = settings(plain.port, Security::StartTls);
    settings.credentials = Some(("user".to_owned(), "password".to_owned()));
    let mut transport = line(settings);
    let delivery = deliver(&mut transport, "anna@example.dk").await;
    assert!(matches!(&delivery, Delivery::Unreachable { reason } if reason.contains("STARTTLS")), "{delivery:?}");
    assert_eq!(plain.commands(), "EHLO med.example.dk");
}

#[tokio::test]
async fn a_refused_password_is_our_fault_not_the_recipients() {
    let double = Double::start(&[("AUTH", Act::Say("535 5.7.8 wrong password"))], Security::Implicit).await;
    let mut settings = settings(double.port, Security::Implicit);
    settings.credentials = Some(("user".to_owned(), "password".to_owned()));
    let mut transport = line(settings);
    let delivery = deliver(&mut transport, "anna@example.dk").await;
    assert!(matches!(delivery, Delivery::RejectedSystem { .. }), "{delivery:?}");
    assert!(double.taken().is_empty());
}

#[test]
fn without_tls_only_this_machine_gets_letters_and_nobody_gets_passwords() {
    let plain = |host: &str| SmtpSettings { host: host.to_owned(), ..settings(25, Security::None) };
    for host in ["localhost", "127.0.0.1", "::1", "[::1]"] {
        assert!(SmtpTransport::new(plain(host)).is_ok(), "{host}");
    }
    for host in ["mail.example.dk", "10.0.0.1", "localhost.example.dk"] {
        assert!(matches!(SmtpTransport::new(plain(host)), Err(SmtpError::TlsRequired(_))), "{host}");
    }
    let with_password =
        SmtpSettings { credentials: Some(("user".to_owned(), "password".to_owned())), ..plain("localhost") };
    assert!(matches!(SmtpTransport::new(with_password), Err(SmtpError::CredentialsWithoutTls)));
}

/// Says which machine it talks to, whatever is true.
#[derive(Debug)]
struct Elsewhere(tokio::net::TcpStream);

impl lettre::transport::smtp::client::AsyncTokioStream for Elsewhere {
    fn peer_addr(&self) -> std::io::Result<std::net::SocketAddr> {
        Ok(([192, 0, 2, 1], 25).into())
    }
}

impl AsyncRead for Elsewhere {
    fn poll_read(
        self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
        buffer: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::pin::Pin::new(&mut self.get_mut().0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Elsewhere {
    fn poll_write(
        self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
        bytes: &[u8],
    ) -> std::task::Poll<std::io::Result<usize>> {
        std::pin::Pin::new(&mut self.get_mut().0).poll_write(context, bytes)
    }

    fn poll_flush(
        self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::pin::Pin::new(&mut self.get_mut().0).poll_flush(context)
    }

    fn poll_shutdown(
        self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::pin::Pin::new(&mut self.get_mut().0).poll_shutdown(context)
    }
}

#[derive(Debug)]
struct DialElsewhere;

impl Dial for DialElsewhere {
    fn dial<'a>(
        &'a self,
        host: &'a str,
        port: u16,
    ) -> std::pin::Pin<Box<dyn Future<Output = std::io::Result<super::super::Stream>> + Send + 'a>> {
        Box::pin(async move {
            let stream = tokio::net::TcpStream::connect((host, port)).await?;
            Ok(Box::new(Elsewhere(stream)) as super::super::Stream)
        })
    }
}

#[tokio::test]
async fn a_local_name_that_means_another_machine_by_now_gets_nothing_in_the_clear() {
    let double = Double::start(&[], Security::None).await;
    let elsewhere = SmtpTransport::over(settings(double.port, Security::None), Box::new(DialElsewhere)).unwrap();
    let mut line = elsewhere.lines().remove(0);
    let delivery = deliver(&mut line, "anna@example.dk").await;
    assert!(matches!(&delivery, Delivery::RejectedSystem { reply } if reply.contains("TLS")), "{delivery:?}");
    assert_eq!(double.commands(), "");
}

/// Agrees to STARTTLS and then to no more than TLS 1.1.
async fn outdated_relay() -> (u16, Arc<Mutex<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(String::new()));
    let ears = Arc::clone(&heard);
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        stream.write_all(b"220 old\r\n").await.unwrap();
        let mut lines = BufReader::new(&mut stream);
        for reply in ["250-old\r\n250 STARTTLS\r\n", "220 go ahead\r\n"] {
            lines.read_line(&mut String::new()).await.unwrap();
            lines.write_all(reply.as_bytes()).await.unwrap();
        }
        let mut hello = [0_u8; 4096];
        tokio::io::AsyncReadExt::read(&mut lines, &mut hello).await.unwrap();
        let mut answer = vec![0x16, 3, 2, 0, 42, 2, 0, 0, 38, 3, 2];
        answer.extend([7_u8; 32]);
        answer.extend([0, 0, 0x2f, 0]);
        lines.write_all(&answer).await.unwrap();
        let mut rest = Vec::new();
        let _ = tokio::io::AsyncReadExt::read_to_end(&mut lines, &mut rest).await;
        ears.lock().unwrap().push_str(&String::from_utf8_lossy(&rest));
    });
    (port, heard)
}

#[tokio::test]
async fn a_relay_that_knows_only_tls_1_1_gets_no_letter_and_no_password() {
    let (port, heard) = outdated_relay().await;
    let mut settings = settings(port, Security::StartTls);
    settings.credentials = Some(("user".to_owned(), "password".to_owned()));
    let mut line = line(settings);
    let delivery = deliver(&mut line, "anna@example.dk").await;
    assert!(matches!(&delivery, Delivery::Unreachable { .. }), "{delivery:?}");
    drop(line);
    tokio::time::sleep(Duration::from_millis(50)).await;
    let heard = heard.lock().unwrap().clone();
    assert!(!heard.contains("MAIL") && !heard.contains("AUTH") && !heard.contains("EHLO"), "{heard:?}");
}
