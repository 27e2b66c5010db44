//! Whether a document is laid out as those whose reading a person has confirmed.
//!
//! A committee has several confirmed layouts, since its minutes come as PDF one time and as a web page the next, and since
//! no two meetings use all headings. So every form that any of them has is known, and only those essential forms must be
//! there that all of them have. A distance with a threshold was not taken: one unknown heading of a decision is enough to
//! read the recommendation as the decision, however alike the rest is.

use std::collections::BTreeSet;

use super::layout::Layout;

/// Kinds of forms without which the document is another one: how items begin, where decisions stand, what comes first, and
/// the file it was read from.
const ESSENTIAL: &[&str] = &["item:", "decision:", "order:", "format:"];

/// In what a document differs from all confirmed layouts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Departure {
    /// Forms that none of them has.
    pub new: Vec<String>,
    /// Essential forms that all of them have and the document has not.
    pub missing: Vec<String>,
}

impl Layout {
    /// What is unlike the confirmed layouts; none where nothing is. Where none is confirmed, everything is new.
    #[must_use]
    pub fn departure_from(&self, confirmed: &[Self]) -> Option<Departure> {
        let known: BTreeSet<&str> = confirmed.iter().flat_map(Self::forms).collect();
        let own: BTreeSet<&str> = self.forms().collect();
        let owned = |form: &&str| (*form).to_owned();
        let new: Vec<String> = own.difference(&known).map(owned).collect();
        let essential = |form: &&str| ESSENTIAL.iter().any(|kind| form.starts_with(kind));
        let common = |form: &&str| confirmed.iter().all(|layout| layout.forms().any(|other| other == *form));
        let missing: Vec<String> =
            known.difference(&own).copied().filter(essential).filter(common).map(|form| owned(&form)).collect();
        // A reading without any form is none that could be like another.
        let nothing = own.is_empty() || confirmed.is_empty();
        (nothing || !new.is_empty() || !missing.is_empty()).then_some(Departure { new, missing })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn layout(forms: &[&str]) -> Layout {
        let mut layout = Layout::default();
        forms.iter().for_each(|form| layout.note(*form));
        layout
    }

    #[test]
    fn the_same_forms_are_no_departure_and_an_optional_one_may_be_missing() {
        let confirmed = [layout(&["format: pdf", "decision: Beslutning", "section: Økonomi"])];
        assert_eq!(confirmed[0].departure_from(&confirmed), None);
        assert_eq!(layout(&["format: pdf", "decision: Beslutning"]).departure_from(&confirmed), None);
    }

    #[test]
    fn a_new_form_and_a_missing_essential_one_are_departures() {
        let confirmed = [layout(&["format: pdf", "decision: Beslutning"])];
        let other = layout(&["format: pdf", "decision: Vedtagelse"]).departure_from(&confirmed).unwrap();
        assert_eq!(
            (other.new, other.missing),
            (vec!["decision: Vedtagelse".into()], vec!["decision: Beslutning".into()])
        );
        assert!(layout(&["format: docx", "decision: Beslutning"]).departure_from(&confirmed).is_some());
        let more =
            layout(&["format: pdf", "decision: Beslutning", "section: Høring"]).departure_from(&confirmed).unwrap();
        assert_eq!((more.new, more.missing), (vec!["section: Høring".into()], vec![]));
    }

    #[test]
    fn what_only_some_confirmed_layouts_have_may_be_missing() {
        let confirmed =
            [layout(&["format: pdf", "decision: Beslutning"]), layout(&["format: docx", "decision: Beslutning"])];
        assert_eq!(layout(&["format: docx", "decision: Beslutning"]).departure_from(&confirmed), None);
        assert!(layout(&["format: docx"]).departure_from(&confirmed).is_some());
    }

    #[test]
    fn without_any_confirmed_layout_or_any_form_everything_departs() {
        assert!(layout(&["format: pdf"]).departure_from(&[]).is_some());
        assert!(Layout::default().departure_from(&[Layout::default()]).is_some());
        assert!(Layout::default().departure_from(&[]).is_some());
    }
}
