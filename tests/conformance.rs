//! What any store must do for the outbox, asked of the trait alone. A further store adds one line at the end of this file and one
//! [`Place`]; nothing here knows of SQL.
//!
//! The last claim is a model: random events against a reference of the state machine that fits on a page, with two holders on
//! one state, of which now one, now the other loses its lease.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use med_digest::digest::AudienceId;
use med_digest::store::{
    Advanced, CommitteeId, ContentHash, EditionId, EditionState, LetterEvent, LetterId, LetterRow, LetterState,
    NewEdition, Plan, Planned, PlannedLetter, RecipientKind, Retention, SqliteStore, Step, Store, StoreError,
    UnknownPolicies, UnknownPolicy,
};
use proptest::prelude::*;

/// Somewhere a state lies, which several stores can open.
pub trait Place {
    fn new() -> Self;
    /// Another holder on the same state.
    fn open(&self) -> Box<dyn Store>;
    /// All leases are over.
    fn end_leases(&self);
}

/// SQLite in a folder.
pub struct SqlitePlace(tempfile::TempDir);

impl Place for SqlitePlace {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn open(&self) -> Box<dyn Store> {
        Box::new(SqliteStore::open_shared(&self.0.path().join("digest.sqlite"), now()).unwrap())
    }

    fn end_leases(&self) {
        let database = rusqlite::Connection::open(self.0.path().join("digest.sqlite")).unwrap();
        database.execute("UPDATE holders SET lease_until = 0", []).unwrap();
    }
}

const BODY: &[u8] = b"the text\r\n";

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn edition(store: &mut dyn Store, audience: &str) -> EditionId {
    let new = NewEdition {
        kind: med_digest::store::EditionKind::Letter,
        about: None,
        committee: CommitteeId("hovedudvalg".to_owned()),
        audience: AudienceId(audience.to_owned()),
        meeting_date: NaiveDate::from_ymd_opt(2027, 3, 4).unwrap(),
        source: ContentHash::of(b"minutes"),
        subject: "Nyt".to_owned(),
        reason: "new".to_owned(),
    };
    let id = store.edition_for(&new, now()).unwrap().id;
    store.release(id, now(), "test", now()).unwrap();
    id
}

fn letter(name: &str, audience: &str) -> PlannedLetter {
    PlannedLetter {
        address: format!("{name}@example.dk"),
        name: None,
        kind: RecipientKind::Person,
        message_id: format!("{name}.{audience}@example.dk"),
        plan: Plan::Send { head: format!("To: {name}\r\n\r\n").into_bytes(), due: now() },
    }
}

fn plan(store: &mut dyn Store, id: EditionId, audience: &str, names: &[&str]) -> Result<Planned, StoreError> {
    store.plan(id, BODY, &mut names.iter().map(|name| Ok(letter(name, audience))), now())
}

fn three(store: &mut dyn Store) -> EditionId {
    let id = edition(store, "ansatte");
    assert_eq!(plan(store, id, "ansatte", &["a", "b", "c"]).unwrap().waiting, 3);
    id
}

fn step(letter: LetterId, event: LetterEvent) -> Step {
    Step { letter, event, note: None }
}

fn states(store: &mut dyn Store, id: EditionId) -> Vec<LetterState> {
    let balance = store.balance(id).unwrap();
    assert!(balance.holds(), "{balance}");
    store.letters(id).unwrap().iter().map(|row| row.state).collect()
}

fn a_plan_is_stored_whole_or_not_at_all<P: Place>() {
    let place = P::new();
    let mut store = place.open();
    let id = edition(&mut *store, "ansatte");
    let letters = [Ok(letter("a", "x")), Err(StoreError::Withdrawn)];
    let refused = store.plan(id, BODY, &mut letters.into_iter(), now());
    assert!(matches!(refused, Err(StoreError::Withdrawn)));
    assert_eq!((states(&mut *store, id), store.edition(id).unwrap().state), (vec![], EditionState::Released));
    // The same person in other capitals is one recipient.
    assert_eq!(plan(&mut *store, id, "x", &["a", "b", "A"]).unwrap().waiting, 2);
    assert!(plan(&mut *store, id, "x", &["d"]).unwrap().already);
    assert_eq!(states(&mut *store, id), [LetterState::Waiting; 2]);
}

fn bytes_are_head_and_body_joined_and_named_by_their_hash<P: Place>() {
    let place = P::new();
    let mut store = place.open();
    let id = three(&mut *store);
    for claimed in place.open().claim_due(9, now()).unwrap() {
        let joined = [&claimed.head[..], &claimed.body].concat();
        let row = store.letters(id).unwrap().into_iter().find(|row| row.id == claimed.id).unwrap();
        assert_eq!(row.sha256, Some(ContentHash::of(&joined)));
        assert_eq!(claimed.sha256, row.sha256);
        assert_eq!(store.letter_bytes(claimed.id).unwrap(), Some(joined));
    }
}

fn letters_are_taken_up_once_and_oldest_first<P: Place>() {
    let place = P::new();
    let (mut one, mut two) = (place.open(), place.open());
    three(&mut *one);
    assert!(one.claim_due(9, now() - Duration::seconds(1)).unwrap().is_empty(), "not due yet");
    assert_eq!(one.claim_due(2, now()).unwrap().len(), 2);
    assert_eq!(two.claim_due(9, now()).unwrap().len(), 1);
    assert!(two.claim_due(9, now()).unwrap().is_empty());
}

fn a_claim_ends_with_its_lease_and_not_before<P: Place>() {
    let place = P::new();
    let (mut one, mut two) = (place.open(), place.open());
    let id = three(&mut *one);
    let claimed = one.claim_due(2, now()).unwrap();
    one.settle(claimed[0].id, LetterEvent::ReachDot, None, now()).unwrap();
    let recovered = two.recover(now()).unwrap();
    assert_eq!((recovered.waiting, recovered.unknown, recovered.leased), (0, 0, 2));
    assert!(recovered.lease_left.is_some());
    place.end_leases();
    one.renew().unwrap();
    assert_eq!(two.recover(now()).unwrap().leased, 2, "renewed");
    place.end_leases();
    let recovered = two.recover(now()).unwrap();
    assert_eq!((recovered.waiting, recovered.unknown, recovered.leased), (1, 1, 0));
    assert_eq!(states(&mut *one, id), [LetterState::Unknown, LetterState::Waiting, LetterState::Waiting]);
    // What was taken away cannot be handed over any more; an answer to what was handed over still counts.
    let steps = [step(claimed[1].id, LetterEvent::ReachDot), step(claimed[0].id, LetterEvent::Accept)];
    let outcome = one.advance(&steps, now()).unwrap();
    assert_eq!(outcome, [Advanced::Kept(LetterState::Waiting), Advanced::To(LetterState::Sent)]);
}

fn ones_own_claims_end_when_one_begins_anew<P: Place>() {
    let place = P::new();
    let mut store = place.open();
    let id = three(&mut *store);
    let claimed = store.claim_due(2, now()).unwrap();
    store.settle(claimed[0].id, LetterEvent::ReachDot, None, now()).unwrap();
    let recovered = store.recover(now()).unwrap();
    assert_eq!((recovered.waiting, recovered.unknown), (1, 1));
    assert_eq!(states(&mut *store, id)[0], LetterState::Unknown);
}

fn steps_are_written_together_and_each_is_answered<P: Place>() {
    let place = P::new();
    let mut store = place.open();
    let id = three(&mut *store);
    let claimed = store.claim_due(3, now()).unwrap();
    let marks: Vec<Step> = claimed.iter().map(|each| step(each.id, LetterEvent::ReachDot)).collect();
    assert_eq!(store.advance(&marks, now()).unwrap(), [Advanced::To(LetterState::AtDot); 3]);
    let outcome = store.advance(&[step(claimed[0].id, LetterEvent::Accept), marks[1].clone()], now()).unwrap();
    assert_eq!(outcome, [Advanced::To(LetterState::Sent), Advanced::Kept(LetterState::AtDot)]);
    // A letter that is not there: nothing of the whole is written.
    let wrong = [step(claimed[1].id, LetterEvent::Accept), step(LetterId(999), LetterEvent::Accept)];
    assert!(matches!(store.advance(&wrong, now()), Err(StoreError::NoLetter(LetterId(999)))));
    assert_eq!(states(&mut *store, id), [LetterState::Sent, LetterState::AtDot, LetterState::AtDot]);
}

fn what_was_tried_lately_is_told_in_order<P: Place>() {
    let place = P::new();
    let mut store = place.open();
    three(&mut *store);
    let claimed = store.claim_due(2, now()).unwrap();
    assert!(store.tried_since(now() - Duration::hours(1)).unwrap().is_empty(), "a claim is no try");
    for (minutes, letter) in [(5, &claimed[1]), (9, &claimed[0])] {
        let at = now() + Duration::minutes(minutes);
        store.advance(&[step(letter.id, LetterEvent::ReachDot)], at).unwrap();
        store.advance(&[step(letter.id, LetterEvent::Accept)], at).unwrap();
    }
    let tried = |store: &mut dyn Store, minutes| store.tried_since(now() + Duration::minutes(minutes)).unwrap();
    assert_eq!(tried(&mut *store, 0), [5, 9].map(|minutes| now() + Duration::minutes(minutes)));
    assert_eq!(tried(&mut *store, 5), [now() + Duration::minutes(9)]);
}

fn what_was_not_begun_goes_back_as_if_it_had_never_been_taken<P: Place>() {
    let place = P::new();
    let mut store = place.open();
    let id = three(&mut *store);
    let claimed = store.claim_due(2, now()).unwrap();
    store.settle(claimed[0].id, LetterEvent::ReachDot, None, now()).unwrap();
    for letter in &claimed {
        store.settle(letter.id, LetterEvent::GiveBack, None, now()).unwrap();
    }
    let rows = store.letters(id).unwrap();
    assert!(rows.iter().all(|row| (row.state, row.attempts) == (LetterState::Waiting, 0)), "{rows:?}");
    let again = store.claim_due(9, now() + Duration::days(3)).unwrap();
    assert!(again.iter().all(|letter| letter.attempt == 1 && letter.first_attempt_at == now() + Duration::days(3)));
}

fn a_persons_hold_counts_up_to_the_mark<P: Place>() {
    let place = P::new();
    let (mut daemon, mut person) = (place.open(), place.open());
    let id = three(&mut *daemon);
    let claimed = daemon.claim_due(3, now()).unwrap();
    daemon.settle(claimed[0].id, LetterEvent::ReachDot, None, now()).unwrap();
    person.hold(id, "a question", "anna", now()).unwrap();
    let outcome = daemon.advance(&[step(claimed[1].id, LetterEvent::ReachDot)], now()).unwrap();
    assert_eq!(outcome, [Advanced::Kept(LetterState::Claimed)]);
    daemon.settle(claimed[0].id, LetterEvent::Accept, None, now()).unwrap();
    person.cancel(id, "wrong minutes", "anna", now()).unwrap();
    for letter in &claimed[1..] {
        daemon.settle(letter.id, LetterEvent::GiveBack, None, now()).unwrap();
    }
    assert_eq!(states(&mut *person, id), [LetterState::Sent, LetterState::Cancelled, LetterState::Cancelled]);
}

fn the_policy_decides_once_and_is_counted<P: Place>() {
    let place = P::new();
    let mut store = place.open();
    let id = three(&mut *store);
    let lose = |store: &mut dyn Store, at| {
        let letter = store.claim_due(1, at).unwrap().remove(0);
        store.settle(letter.id, LetterEvent::ReachDot, None, at).unwrap();
        store.settle(letter.id, LetterEvent::LoseTrack, None, at).unwrap();
        letter.id
    };
    let lost = lose(&mut *store, now());
    let of_audience = vec![(AudienceId("ansatte".to_owned()), UnknownPolicy::ResendOnce)];
    let resend = UnknownPolicies { of_audience, ..UnknownPolicies::default() };
    assert_eq!(store.decide_unknown(&resend, now() + Duration::minutes(14)).unwrap().resent, 0, "it rests");
    let later = now() + Duration::minutes(15);
    assert_eq!(store.decide_unknown(&UnknownPolicies::default(), later).unwrap().resent, 0, "hold");
    assert_eq!(store.decide_unknown(&resend, later).unwrap().resent, 1);
    assert_eq!(store.balance(id).unwrap().resent, 1);
    store.claim_due(2, now()).unwrap();
    assert_eq!(lose(&mut *store, later), lost);
    assert_eq!(store.decide_unknown(&resend, later + Duration::days(1)).unwrap().resent, 0, "once only");
    let assume = UnknownPolicies { usual: UnknownPolicy::AssumeSent, ..UnknownPolicies::default() };
    assert_eq!(store.decide_unknown(&assume, later + Duration::days(1)).unwrap().assumed, 1);
    assert_eq!(store.audit_log().unwrap().iter().filter(|entry| entry.what.contains("resolve")).count(), 2);
    assert!(store.balance(id).unwrap().to_string().contains("1 sent again"));
}

fn an_edition_is_complete_only_when_nothing_is_open<P: Place>() {
    let place = P::new();
    let mut store = place.open();
    let id = three(&mut *store);
    let claimed = store.claim_due(3, now()).unwrap();
    for (letter, end) in claimed.iter().zip([LetterEvent::Accept, LetterEvent::Refuse, LetterEvent::LoseTrack]) {
        store.settle(letter.id, LetterEvent::ReachDot, None, now()).unwrap();
        assert!(store.close_settled(now()).unwrap().is_empty());
        store.settle(letter.id, end, None, now()).unwrap();
    }
    assert!(store.close_settled(now()).unwrap().is_empty(), "one is of unknown fate");
    store.resolve(claimed[2].id, LetterEvent::ResolveSent, "anna", now()).unwrap();
    assert_eq!(store.close_settled(now()).unwrap(), [id]);
    let gone =
        store.purge(Retention { bytes: Duration::days(1), status: Duration::days(2) }, now() + Duration::days(2));
    assert_eq!(gone.unwrap().letters, 3);
    assert_eq!(store.balance(id).unwrap().to_string(), "planned 3 = sent 2 + rejected 1");
}

/// A letter of the reference.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Reference {
    state: LetterState,
    holder: Option<usize>,
    unknowns: u32,
    resends: u32,
}

#[derive(Clone, Copy, Debug)]
enum Event {
    Claim(usize, usize),
    Advance(usize, usize, LetterEvent),
    /// The leases are over, and this one begins anew.
    Recover(usize),
    /// This one begins anew, the other lives.
    Restart(usize),
    Hold,
    Release,
    Cancel,
    Resolve(usize, bool),
    Policy(UnknownPolicy),
}

fn event() -> impl Strategy<Value = Event> {
    let at = now();
    let kind = proptest::sample::select(vec![
        LetterEvent::ReachDot,
        LetterEvent::ReachDot,
        LetterEvent::Accept,
        LetterEvent::Refuse,
        LetterEvent::Retry(at),
        LetterEvent::Expire,
        LetterEvent::LoseTrack,
        LetterEvent::GiveBack,
        LetterEvent::Bounce,
    ]);
    let policy =
        proptest::sample::select(vec![UnknownPolicy::Hold, UnknownPolicy::ResendOnce, UnknownPolicy::AssumeSent]);
    prop_oneof![
        4 => (0_usize..2, 1_usize..4).prop_map(|(who, most)| Event::Claim(who, most)),
        12 => (0_usize..2, 0_usize..5, kind).prop_map(|(who, letter, event)| Event::Advance(who, letter, event)),
        1 => (0_usize..2).prop_map(Event::Recover),
        1 => (0_usize..2).prop_map(Event::Restart),
        1 => Just(Event::Hold),
        2 => Just(Event::Release),
        1 => Just(Event::Cancel),
        1 => (0_usize..5, any::<bool>()).prop_map(|(letter, again)| Event::Resolve(letter, again)),
        1 => policy.prop_map(Event::Policy),
    ]
}

/// The reference: what an event does to one letter, said once more and apart from the code.
fn apply(letter: &mut Reference, who: usize, event: LetterEvent, edition: EditionState) {
    use LetterState as State;
    let ours = letter.holder == Some(who);
    let waits = if edition == EditionState::Cancelled { State::Cancelled } else { State::Waiting };
    let next = match (letter.state, event) {
        (State::Claimed, LetterEvent::ReachDot) if ours && edition == EditionState::Planned => State::AtDot,
        (State::AtDot | State::Unknown, LetterEvent::Accept) if ours => State::Sent,
        (State::Claimed | State::AtDot, LetterEvent::Refuse) if ours => State::Rejected,
        (State::Claimed | State::AtDot, LetterEvent::Retry(_) | LetterEvent::GiveBack) if ours => waits,
        (State::Claimed | State::AtDot, LetterEvent::Expire) if ours => State::Expired,
        (State::Waiting, LetterEvent::Expire) => State::Expired,
        (State::AtDot, LetterEvent::LoseTrack) if ours => State::Unknown,
        (State::Sent, LetterEvent::Bounce) => State::Bounced,
        (State::Claimed, LetterEvent::Interrupted) => waits,
        (State::AtDot, LetterEvent::Interrupted) => State::Unknown,
        (State::Unknown, LetterEvent::ResolveResend) => waits,
        (State::Unknown, LetterEvent::ResolveSent) => State::Sent,
        _ => return,
    };
    letter.state = next;
    letter.unknowns += u32::from(next == State::Unknown);
    letter.resends += u32::from(event == LetterEvent::ResolveResend);
    if !matches!(next, State::Claimed | State::AtDot | State::Unknown) {
        letter.holder = None;
    }
}

fn model<P: Place>(events: &[Event]) {
    let place = P::new();
    let mut stores = [place.open(), place.open()];
    let id = edition(&mut *stores[0], "ansatte");
    plan(&mut *stores[0], id, "ansatte", &["a", "b", "c", "d", "e"]).unwrap();
    let ids: Vec<LetterId> = stores[0].letters(id).unwrap().iter().map(|row| row.id).collect();
    let fresh = Reference { state: LetterState::Waiting, holder: None, unknowns: 0, resends: 0 };
    let mut letters = vec![fresh; ids.len()];
    for event in events {
        let state = stores[0].edition(id).unwrap().state;
        match *event {
            Event::Claim(who, most) => {
                let claimed = stores[who].claim_due(most, now()).unwrap();
                let waiting = letters.iter().filter(|letter| letter.state == LetterState::Waiting).count();
                let wanted = if state == EditionState::Planned { waiting.min(most) } else { 0 };
                assert_eq!(claimed.len(), wanted);
                for letter in claimed {
                    let index = ids.iter().position(|id| *id == letter.id).unwrap();
                    assert_eq!(letters[index].state, LetterState::Waiting);
                    letters[index] = Reference { state: LetterState::Claimed, holder: Some(who), ..letters[index] };
                }
            }
            Event::Advance(who, letter, event) => {
                stores[who].advance(&[step(ids[letter], event)], now()).unwrap();
                apply(&mut letters[letter], who, event, state);
            }
            Event::Recover(who) => {
                place.end_leases();
                stores[who].recover(now()).unwrap();
                letters.iter_mut().for_each(|letter| apply(letter, who, LetterEvent::Interrupted, state));
            }
            Event::Restart(who) => {
                stores[who].recover(now()).unwrap();
                for letter in letters.iter_mut().filter(|letter| letter.holder == Some(who)) {
                    apply(letter, who, LetterEvent::Interrupted, state);
                }
                // The other has given no sign of life yet where it has nothing; where it has, its lease runs.
            }
            Event::Hold => drop(stores[0].hold(id, "wait", "anna", now())),
            Event::Release => drop(stores[0].release(id, now(), "anna", now())),
            Event::Cancel => {
                if stores[0].cancel(id, "no", "anna", now()).is_ok() {
                    let waiting = letters.iter_mut().filter(|letter| letter.state == LetterState::Waiting);
                    waiting.for_each(|letter| letter.state = LetterState::Cancelled);
                }
            }
            Event::Resolve(letter, again) => {
                let event = if again { LetterEvent::ResolveResend } else { LetterEvent::ResolveSent };
                let done = stores[1].resolve(ids[letter], event, "anna", now());
                assert_eq!(done.is_ok(), letters[letter].state == LetterState::Unknown);
                apply(&mut letters[letter], usize::MAX, event, state);
            }
            Event::Policy(usual) => {
                let after = Duration::zero();
                stores[0].decide_unknown(&UnknownPolicies { usual, of_audience: vec![], after }, now()).unwrap();
                let unknown = letters.iter_mut().filter(|letter| letter.state == LetterState::Unknown);
                for letter in unknown.filter(|_| state == EditionState::Planned) {
                    match usual {
                        UnknownPolicy::ResendOnce if letter.unknowns == 1 => {
                            apply(letter, usize::MAX, LetterEvent::ResolveResend, state);
                        }
                        UnknownPolicy::AssumeSent => apply(letter, usize::MAX, LetterEvent::ResolveSent, state),
                        UnknownPolicy::ResendOnce | UnknownPolicy::Hold => {}
                    }
                }
            }
        }
        let rows: Vec<LetterRow> = stores[1].letters(id).unwrap();
        let found: Vec<_> = rows.iter().map(|row| (row.state, row.resends)).collect();
        let wanted: Vec<_> = letters.iter().map(|letter| (letter.state, letter.resends)).collect();
        assert_eq!(found, wanted, "after {event:?} of {events:?}");
        assert!(stores[1].balance(id).unwrap().holds());
    }
}

/// Every claim of this file about one kind of place.
macro_rules! conforms {
    ($name:ident, $place:ty: $($claim:ident,)*) => {
        mod $name {
            use super::*;

            $(#[test]
            fn $claim() {
                super::$claim::<$place>();
            })*

            proptest! {
                #![proptest_config(ProptestConfig { cases: if crate::faults::is_full() { 512 } else { 48 }, ..ProptestConfig::default() })]

                #[test]
                fn the_store_does_what_the_reference_says(events in proptest::collection::vec(event(), 1..40)) {
                    model::<$place>(&events);
                }
            }
        }
    };
    ($name:ident, $place:ty) => {
        conforms! { $name, $place:
            a_plan_is_stored_whole_or_not_at_all,
            bytes_are_head_and_body_joined_and_named_by_their_hash,
            letters_are_taken_up_once_and_oldest_first,
            a_claim_ends_with_its_lease_and_not_before,
            ones_own_claims_end_when_one_begins_anew,
            steps_are_written_together_and_each_is_answered,
            what_was_tried_lately_is_told_in_order,
            what_was_not_begun_goes_back_as_if_it_had_never_been_taken,
            a_persons_hold_counts_up_to_the_mark,
            the_policy_decides_once_and_is_counted,
            an_edition_is_complete_only_when_nothing_is_open,
        }
    };
}

conforms!(sqlite, SqlitePlace);
