//! The outbox over a real database: nothing lost, nothing twice, the balance always right.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeMap;
use std::path::Path;

use chrono::{DateTime, Duration, NaiveDate, Utc};
use proptest::prelude::*;

use super::plan::NOT_ALLOWED;
use super::*;
use crate::digest::AudienceId;
use crate::mail::transport::{Delivery, MemoryTransport, Step, Transport};
use crate::mail::{Address, Environment, Gate, Mailbox, Sender};
use crate::render::Letter;
use crate::store::{
    CommitteeId, ContentHash, Edition, EditionState, LetterEvent, LetterState, NewEdition, SqliteStore, Store,
};

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn open(folder: &Path) -> SqliteStore {
    SqliteStore::open_exclusive(&folder.join("digest.db"), start()).unwrap().with_lease(std::time::Duration::ZERO)
}

fn recipients(count: usize) -> Vec<Mailbox> {
    (0..count).map(|index| Mailbox::parse(&format!("Nr. {index} <p{index}@example.dk>")).unwrap()).collect()
}

fn sender() -> Sender {
    Sender { from: Mailbox::parse("MED <med@example.dk>").unwrap(), reply_to: None, list_id: None }
}

fn letter() -> Letter {
    Letter { subject: "Nyt".to_owned(), html: "<p>Hej</p>".to_owned(), text: "Hej\n".to_owned() }
}

fn production() -> Gate {
    Gate { environment: Environment::Production, ..Gate::default() }
}

fn released(store: &mut dyn Store, source: &str) -> Edition {
    let new = NewEdition {
        kind: crate::store::EditionKind::Letter,
        about: None,
        committee: CommitteeId("hovedudvalg".to_owned()),
        audience: AudienceId("medarbejdere".to_owned()),
        meeting_date: NaiveDate::from_ymd_opt(2027, 3, 4).unwrap(),
        source: ContentHash::of(source.as_bytes()),
        subject: "Nyt".to_owned(),
        reason: "new".to_owned(),
    };
    let edition = store.edition_for(&new, start()).unwrap();
    store.release(edition.id, start(), "test", start()).unwrap();
    store.edition(edition.id).unwrap()
}

fn planned(store: &mut dyn Store, count: usize, gate: &Gate) -> EditionId {
    let edition = released(store, "minutes");
    super::plan(store, &edition, &letter(), &sender(), &recipients(count), gate, start()).unwrap();
    edition.id
}

async fn run(store: &mut dyn Store, transport: &mut Transport, at: DateTime<Utc>) -> Summary {
    let from = Address::parse("med@example.dk").unwrap();
    let (gate, policy) = (production(), Policy::default());
    let pass = Pass { from: &from, gate: &gate, policy: &policy, now: &|| at, stop: &|| false };
    deliver_due(store, transport, pass).await.unwrap()
}

fn memory(script: Vec<(Step, Delivery)>) -> Transport {
    Transport::Memory(MemoryTransport { script: script.into(), ..MemoryTransport::default() })
}

fn taken(transport: &Transport) -> Vec<String> {
    match transport {
        Transport::Memory(memory) => memory.taken.iter().map(|each| each.to.as_str().to_owned()).collect(),
        _ => Vec::new(),
    }
}

fn said(text: &str) -> String {
    text.to_owned()
}

#[tokio::test]
async fn every_recipient_gets_one_letter_and_the_edition_is_complete() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let id = planned(&mut store, 5, &production());
    let mut transport = memory(vec![]);
    let summary = run(&mut store, &mut transport, start()).await;
    assert_eq!((summary.sent, summary.completed), (5, vec![id]));
    assert_eq!(run(&mut store, &mut transport, start()).await, Summary::default());
    assert_eq!(taken(&transport).len(), 5);
    assert_eq!(store.edition(id).unwrap().state, EditionState::Complete);
    assert_eq!(store.balance(id).unwrap().to_string(), "planned 5 = sent 5");
}

#[tokio::test]
async fn on_trial_only_the_allow_list_gets_mail_and_the_others_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let mut gate = Gate::default();
    gate.allow.add("p1@example.dk").unwrap();
    let id = planned(&mut store, 3, &gate);
    let mut transport = memory(vec![]);
    run(&mut store, &mut transport, start()).await;
    assert_eq!(taken(&transport), ["p1@example.dk"]);
    assert_eq!(store.balance(id).unwrap().to_string(), "planned 3 = sent 1 + suppressed 2");
    let row = store.letters(id).unwrap().remove(0);
    assert_eq!(row.last_reply.as_deref(), Some(NOT_ALLOWED));
    assert_eq!(store.letter_bytes(row.id).unwrap(), None);
}

#[tokio::test]
async fn a_gate_closed_after_planning_still_stops_letters() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    planned(&mut store, 2, &production());
    let mut transport = memory(vec![]);
    let from = Address::parse("med@example.dk").unwrap();
    let (gate, policy) = (Gate::default(), Policy::default());
    let pass = Pass { from: &from, gate: &gate, policy: &policy, now: &start, stop: &|| false };
    let summary = deliver_due(&mut store, &mut transport, pass).await.unwrap();
    assert_eq!(summary.suppressed, 2);
    assert!(taken(&transport).is_empty());
}

#[tokio::test]
async fn a_refused_recipient_does_not_keep_the_others_from_theirs() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let id = planned(&mut store, 3, &production());
    let mut transport =
        memory(vec![(Step::Prepare, Delivery::RejectedRecipient { reply: said("550 5.1.1 no such user") })]);
    let summary = run(&mut store, &mut transport, start()).await;
    assert_eq!((summary.rejected, summary.sent, summary.stopped), (1, 2, None));
    assert_eq!(store.edition(id).unwrap().state, EditionState::Complete);
}

#[tokio::test]
async fn a_relay_that_knows_nobody_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let id = planned(&mut store, 50, &production());
    let refusal = || (Step::Prepare, Delivery::RejectedRecipient { reply: said("550 5.1.1 no such user") });
    let mut script: Vec<(Step, Delivery)> = (0..19).map(|_| refusal()).collect();
    script.push((Step::HandOver, Delivery::Accepted { reply: said("250 ok") }));
    script.extend((0..30).map(|_| refusal()));
    let mut transport = memory(script);
    let summary = run(&mut store, &mut transport, start()).await;
    assert_eq!((summary.sent, summary.rejected, summary.held), (1, 38, vec![id]), "one accepted begins the count anew");
    assert_eq!(store.balance(id).unwrap().to_string(), "planned 50 = waiting 11 + sent 1 + rejected 38");
    let reason = store.edition(id).unwrap().reason.unwrap();
    assert!(reason.contains("20 modtagere i træk blev afvist") && reason.contains("no such user"), "{reason}");
}

#[tokio::test]
async fn a_fault_of_ours_stops_the_pass_and_burns_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let id = planned(&mut store, 3, &production());
    let mut transport = memory(vec![(Step::Prepare, Delivery::RejectedSystem { reply: said("530 5.7.0 sign in") })]);
    let summary = run(&mut store, &mut transport, start()).await;
    assert_eq!((summary.postponed, summary.stopped.as_deref()), (1, Some("530 5.7.0 sign in")));
    assert_eq!(store.balance(id).unwrap().to_string(), "planned 3 = waiting 3");
    let edition = store.edition(id).unwrap();
    assert_eq!((summary.held, edition.state), (vec![id], EditionState::Held));
    assert!(edition.reason.unwrap().contains("530 5.7.0 sign in"), "the person who lets it go reads why");
    assert_eq!(run(&mut store, &mut transport, start() + Duration::days(1)).await, Summary::default());
    store.release(id, start(), "anna", start()).unwrap();
    assert_eq!(run(&mut store, &mut transport, start()).await.sent, 3);
}

#[tokio::test]
async fn a_letter_waits_longer_each_time_and_is_given_up_after_two_days() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let id = planned(&mut store, 1, &production());
    let mut at = start();
    let mut pauses = Vec::new();
    loop {
        let mut transport = memory(vec![(Step::HandOver, Delivery::Temporary { reply: said("451 later") })]);
        let summary = run(&mut store, &mut transport, at).await;
        if summary.expired == 1 {
            break;
        }
        assert_eq!(summary.postponed, 1);
        let next = store.next_due().unwrap().unwrap();
        pauses.push((next - at).num_minutes());
        assert_eq!(run(&mut store, &mut transport, next - Duration::seconds(1)).await, Summary::default());
        at = next;
    }
    assert_eq!(pauses[..6], [5, 10, 20, 40, 60, 60]);
    assert!(at - start() >= Duration::hours(48) && at - start() <= Duration::hours(49));
    assert_eq!(store.balance(id).unwrap().to_string(), "planned 1 = expired 1");
}

#[tokio::test]
async fn a_letter_of_unknown_fate_is_never_sent_again_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let id = planned(&mut store, 1, &production());
    let mut transport = memory(vec![(Step::HandOver, Delivery::Unknown { reason: said("connection lost") })]);
    assert_eq!(run(&mut store, &mut transport, start()).await.unknown, 1);
    let later = start() + Duration::days(30);
    assert_eq!(run(&mut store, &mut transport, later).await, Summary::default());
    assert_eq!(store.edition(id).unwrap().state, EditionState::Planned);

    let row = store.letters(id).unwrap().remove(0);
    let before = store.letter_bytes(row.id).unwrap().unwrap();
    store.resolve(row.id, LetterEvent::ResolveResend, "anna", later).unwrap();
    assert_eq!(run(&mut store, &mut transport, later).await.sent, 1);
    assert!(matches!(&transport, Transport::Memory(memory) if memory.taken[1].bytes == before));
    assert!(store.audit_log().unwrap().iter().any(|entry| entry.who == "anna" && !entry.what.contains("p0@")));
}

#[tokio::test]
async fn planning_twice_adds_nothing_even_with_a_longer_list() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let id = planned(&mut store, 2, &production());
    let edition = store.edition(id).unwrap();
    let again =
        super::plan(&mut store, &edition, &letter(), &sender(), &recipients(9), &production(), start()).unwrap();
    assert!(again.already && again.waiting == 0);
    assert_eq!(store.balance(id).unwrap().to_string(), "planned 2 = waiting 2");
}

#[tokio::test]
async fn a_pass_that_is_stopped_ends_between_two_letters() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let id = planned(&mut store, 5, &production());
    let from = Address::parse("med@example.dk").unwrap();
    let (gate, policy) = (production(), Policy::default());
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let stop = || asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) >= 4;
    let mut transport = memory(vec![]);
    let pass = Pass { from: &from, gate: &gate, policy: &policy, now: &start, stop: &stop };
    deliver_due(&mut store, &mut transport, pass).await.unwrap();
    let balance = store.balance(id).unwrap();
    let (waiting, sent) = (balance.count(LetterState::Waiting), balance.count(LetterState::Sent));
    assert!(waiting + sent == 5 && (1..5).contains(&sent), "{balance}");
    assert!(store.letters(id).unwrap().iter().all(|row| row.attempts == u32::from(row.state == LetterState::Sent)));
}

#[test]
fn a_pass_can_run_on_any_thread_of_the_executor() {
    fn sendable<T: Send>(value: T) -> T {
        value
    }
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let from = Address::parse("med@example.dk").unwrap();
    let (gate, policy) = (production(), Policy::default());
    let mut transport = memory(vec![]);
    let pass = Pass { from: &from, gate: &gate, policy: &policy, now: &start, stop: &|| false };
    drop(sendable(deliver_due(&mut store, &mut transport, pass)));
}

#[test]
fn somebody_on_two_lists_gets_one_letter() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let edition = released(&mut store, "minutes");
    let twice = ["Anna <anna@example.dk>", "A. Holm <Anna@Example.dk>"].map(|text| Mailbox::parse(text).unwrap());
    let done = super::plan(&mut store, &edition, &letter(), &sender(), &twice, &production(), start()).unwrap();
    assert_eq!(done.waiting, 1);
}

#[test]
fn a_held_edition_cannot_be_planned() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = open(folder.path());
    let edition = released(&mut store, "minutes");
    store.hold(edition.id, "not approved", "test", start()).unwrap();
    let refused = super::plan(&mut store, &edition, &letter(), &sender(), &recipients(1), &production(), start());
    assert!(matches!(refused, Err(OutboxError::Store(StoreError::EditionState { .. }))));
    assert!(store.letters(edition.id).unwrap().is_empty());
}

/// What happens next to a daemon.
#[derive(Clone, Debug)]
enum Event {
    Pass(Vec<(u8, u8)>),
    /// The process dies right after the n-th write of a pass.
    Crash(u8),
    Restart,
    Replan,
    Hold,
    Release,
    Resolve(bool),
    Wait(u16),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => proptest::collection::vec((0_u8..2, 0_u8..6), 0..4).prop_map(Event::Pass),
        3 => (0_u8..4).prop_map(Event::Crash),
        1 => Just(Event::Restart),
        1 => Just(Event::Replan),
        1 => Just(Event::Hold),
        1 => Just(Event::Release),
        1 => any::<bool>().prop_map(Event::Resolve),
        2 => (1_u16..3000).prop_map(Event::Wait),
    ]
}

fn answer((step, kind): (u8, u8)) -> (Step, Delivery) {
    let reply = said("scripted");
    let step = if step == 0 { Step::Prepare } else { Step::HandOver };
    let delivery = match (kind, step) {
        (0, Step::HandOver) => Delivery::Accepted { reply },
        (1, Step::HandOver) => Delivery::Unknown { reason: reply },
        (2, _) => Delivery::RejectedRecipient { reply },
        (3, _) => Delivery::RejectedSystem { reply },
        (4, _) => Delivery::Unreachable { reason: reply },
        _ => Delivery::Temporary { reply },
    };
    (step, delivery)
}

/// The steps of a pass by hand, up to the one after which the process dies; who was handed a letter on the way.
fn crash_after(store: &mut dyn Store, writes: u8, at: DateTime<Utc>) -> Option<String> {
    let claimed = store.claim_due(1, at).unwrap().pop()?;
    if writes == 0 {
        return None;
    }
    store.settle(claimed.id, LetterEvent::ReachDot, None, at).unwrap();
    if writes == 1 {
        return None;
    }
    // Handed over, and dead before it could be written down; or just in time.
    if writes == 3 {
        store.settle(claimed.id, LetterEvent::Accept, None, at).unwrap();
    }
    Some(claimed.address)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_nothing_is_lost_and_nothing_goes_twice_unless_a_person_says_so(
        events in proptest::collection::vec(event(), 1..24),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut store = open(folder.path());
        let id = planned(&mut store, 4, &production());
        let mut at = start();
        let mut handed: BTreeMap<String, usize> = BTreeMap::new();
        let mut resent: BTreeMap<String, usize> = BTreeMap::new();
        for event in events {
            match event {
                Event::Pass(script) => {
                    let mut transport = memory(script.into_iter().map(answer).collect());
                    runtime.block_on(run(&mut store, &mut transport, at));
                    for address in taken(&transport) {
                        *handed.entry(address).or_default() += 1;
                    }
                }
                Event::Crash(writes) => {
                    if let Some(address) = crash_after(&mut store, writes, at) {
                        *handed.entry(address).or_default() += 1;
                    }
                    drop(store);
                    store = open(folder.path());
                    store.recover(at).unwrap();
                }
                Event::Restart => {
                    drop(store);
                    store = open(folder.path());
                    let recovered = store.recover(at).unwrap();
                    prop_assert_eq!((recovered.waiting, recovered.unknown), (0, 0));
                }
                Event::Replan => {
                    let edition = store.edition(id).unwrap();
                    let _ = super::plan(&mut store, &edition, &letter(), &sender(), &recipients(9), &production(), at);
                }
                Event::Hold => {
                    let _ = store.hold(id, "wait", "test", at);
                }
                Event::Release => {
                    let _ = store.release(id, at, "test", at);
                }
                Event::Resolve(resend) => {
                    let unknown = |row: &crate::store::LetterRow| row.state == LetterState::Unknown;
                    if let Some(row) = store.letters(id).unwrap().into_iter().find(unknown) {
                        let event = if resend { LetterEvent::ResolveResend } else { LetterEvent::ResolveSent };
                        store.resolve(row.id, event, "test", at).unwrap();
                        *resent.entry(row.address).or_default() += usize::from(resend);
                    }
                }
                Event::Wait(minutes) => at += Duration::minutes(minutes.into()),
            }
            let balance = store.balance(id).unwrap();
            prop_assert!(balance.holds() && balance.planned == 4, "{}", balance);
            for row in store.letters(id).unwrap() {
                let copies = handed.get(&row.address).copied().unwrap_or(0);
                let allowed = 1 + resent.get(&row.address).copied().unwrap_or(0);
                prop_assert!(copies <= allowed, "{row:?} went {copies} times");
                if row.state == LetterState::Waiting {
                    prop_assert!(copies < allowed, "{row:?} waits though it was handed over");
                }
            }
            let complete = store.edition(id).unwrap().state == EditionState::Complete;
            prop_assert!(!complete || balance.is_settled());
        }
    }
}
