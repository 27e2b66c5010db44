//! The built-in features: what `feature = "…"` and `@…` may name besides lists and rules.
//!
//! What a feature finds is decided in `language`, one file per matter, or by a word list in `rules/sprog/`; here stands
//! only which names exist and what each needs.

/// A built-in feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// A date, a week, a quarter.
    Date,
    /// A word for a deadline, or a date that a word makes one.
    Deadline,
    /// Money.
    Amount,
    /// A share.
    Percentage,
    /// Any other number.
    Number,
    /// A negation.
    Negation,
    /// A question.
    Question,
    /// Words in quotation marks.
    Quotation,
    /// The number of words.
    Length,
    /// The place in the item, from 1.
    Position,
    /// The first sentence of its item.
    FirstInItem,
    /// The last sentence of its item.
    LastInItem,
    /// The employee side is named.
    EmployeeSide,
    /// The management side is named.
    ManagementSide,
    /// A committee or another body opens the sentence.
    ActorBody,
    /// Local committees are asked for something.
    RequestToBody,
    /// A verb of deciding.
    DecisionVerb,
    /// Passive voice.
    Passive,
    /// A sentence of a list item.
    ListItem,
    /// A table row.
    Row,
    /// A sentence that announces what follows.
    LeadIn,
    /// It stands under a sub-heading.
    SubheadingAbove,
    /// The formal outcome is worded.
    Outcome,
    /// It leans on the sentence before.
    Leans,
    /// It begins with a small letter.
    StartsLower,
    /// A person's name.
    Person,
    /// The name of a participant who sits for the employees.
    EmployeeMember,
    /// The name of a person who is not among the participants.
    Outsider,
    /// A capitalised word that no list knows and that may be a name.
    PerhapsPerson,
    /// One person without a name.
    OnePerson,
    /// The same, unless they sit in the meeting.
    OtherPerson,
    /// A pronoun for one person who is not known to sit in the meeting.
    StrangePronoun,
    /// A pronoun for one person who sits in the meeting.
    SeatedPronoun,
    /// Two to four persons without names.
    FewPersons,
    /// A person by name of whom the sentence does not show that they act in office.
    Bystander,
    /// The same for one without a name.
    IdlePerson,
    /// Where a person speaks: their verb, and the person where the verb stands in front.
    Speech,
    /// Something that was done to one person, or became of them.
    Befallen,
    /// How many words it shares with a story of the same meeting.
    StoryMatch,
    /// How many points the sentence before has: the most it has for any audience.
    PointsBefore,
}

impl Feature {
    /// All of them, with their names in rule files.
    pub const ALL: [(&'static str, Feature); 40] = [
        ("date", Self::Date),
        ("deadline", Self::Deadline),
        ("amount", Self::Amount),
        ("percentage", Self::Percentage),
        ("number", Self::Number),
        ("negation", Self::Negation),
        ("question", Self::Question),
        ("quotation", Self::Quotation),
        ("length", Self::Length),
        ("position", Self::Position),
        ("first-in-item", Self::FirstInItem),
        ("last-in-item", Self::LastInItem),
        ("employee-side", Self::EmployeeSide),
        ("management-side", Self::ManagementSide),
        ("actor-body", Self::ActorBody),
        ("request-to-body", Self::RequestToBody),
        ("decision-verb", Self::DecisionVerb),
        ("passive", Self::Passive),
        ("list-item", Self::ListItem),
        ("row", Self::Row),
        ("lead-in", Self::LeadIn),
        ("subheading-above", Self::SubheadingAbove),
        ("outcome", Self::Outcome),
        ("leans", Self::Leans),
        ("starts-lower", Self::StartsLower),
        ("person", Self::Person),
        ("employee-member", Self::EmployeeMember),
        ("outsider", Self::Outsider),
        ("perhaps-person", Self::PerhapsPerson),
        ("one-person", Self::OnePerson),
        ("other-person", Self::OtherPerson),
        ("strange-pronoun", Self::StrangePronoun),
        ("seated-pronoun", Self::SeatedPronoun),
        ("few-persons", Self::FewPersons),
        ("bystander", Self::Bystander),
        ("idle-person", Self::IdlePerson),
        ("speech", Self::Speech),
        ("befallen", Self::Befallen),
        ("story-match", Self::StoryMatch),
        ("points-before", Self::PointsBefore),
    ];

    /// The feature of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, feature)| *feature)
    }

    /// Its name in rule files.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, feature)| *feature == self).map_or("", |(name, _)| *name)
    }

    /// Whether it points at words of the sentence; the others only say yes or no, or count.
    #[must_use]
    pub fn has_words(self) -> bool {
        !self.counts()
            && !matches!(
                self,
                Self::FirstInItem
                    | Self::LastInItem
                    | Self::ListItem
                    | Self::Row
                    | Self::LeadIn
                    | Self::SubheadingAbove
                    | Self::Leans
                    | Self::StartsLower
                    | Self::Question
            )
    }

    /// Whether it counts something that `at_least` and `at_most` bound.
    #[must_use]
    pub fn counts(self) -> bool {
        matches!(self, Self::Length | Self::Position | Self::StoryMatch | Self::PointsBefore)
    }
}
