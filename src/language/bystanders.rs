//! Whom a sentence names without showing that they act in office: neither saying, presenting or taking on something nor
//! bearing an office they were elected to.
//!
//! No list holds what may be private about a human being, but what somebody is named for in minutes is a small and closed
//! matter: "Bo Lund spurgte", "spurgte Bo Lund", "underskrevet af Bo Lund", "Bo Lunds forslag". So it is asked the other
//! way round: whoever is the subject of no such verb in their own clause is a bystander, whatever else the sentence says.
//! The verbs, offices and nouns are data (`saying`, `acting` and `acting_with` in `rules/sprog/navne.toml`).

mod agent;
mod held;
mod office;
mod sentence;
mod speech;

pub(super) use self::sentence::Sentence;
use crate::text::Span;
use crate::text::words::Word;

/// Words of saying and doing in office; `*` before or behind stands for any letters.
#[derive(Clone, Debug, Default)]
pub(super) struct Acting {
    /// Verbs of saying, thinking and presenting: what stands behind them is the matter and not the speaker.
    pub saying: Vec<String>,
    /// Verbs of doing something in office, and offices.
    pub doing: Vec<String>,
    /// What somebody has, takes or is at: it shows that they act behind a verb like "har" and "tager" only.
    pub held: Vec<String>,
    /// What ends like a verb of saying ("informerede") and is none.
    pub not: Vec<String>,
    /// Titles of those who lead: "*chef".
    pub offices: Vec<String>,
}

/// Words from a person to what they do, and the other way.
const REACH: usize = 12;
const REACH_BACK: usize = 5;
/// Words to what somebody does, beyond which only an office counts: "Ny TR i Løn er fra maj Bo Lund".
const REACH_BACK_TO_VERB: usize = 3;
/// Words from a name in the genitive to what is theirs.
const OWN_REACH: usize = 3;

/// Words that open another clause.
fn opens_clause(form: &str) -> bool {
    matches!(
        form,
        "at" | "hvis"
            | "når"
            | "mens"
            | "hvor"
            | "fordi"
            | "da"
            | "så"
            | "men"
            | "og"
            | "idet"
            | "eftersom"
            | "hvorefter"
            | "end"
            | "der"
            | "som"
    )
}

/// Words behind which a person is what is spoken of.
fn leads_to_matter(form: &str) -> bool {
    matches!(
        form,
        "om" | "at"
            | "for"
            | "mellem"
            | "over"
            | "mod"
            | "omkring"
            | "uden"
            | "hvor"
            | "når"
            | "og"
            | "der"
            | "som"
            | "vedrørende"
    )
}

/// Words that lead from what was done to who did it: "underskrevet af", "forslag fra", "suppleant for".
fn leads_to_agent(form: &str) -> bool {
    matches!(form, "af" | "fra" | "for" | "mellem")
}

/// Prepositions that a noun stands behind.
fn governs_noun(form: &str) -> bool {
    matches!(form, "efter" | "under" | "uden" | "fra" | "ved" | "i" | "af" | "til" | "mod" | "trods")
}

/// Words for those who are named along with somebody: "og resten af gruppen", "og de øvrige".
fn is_others(form: &str) -> bool {
    matches!(form, "resten" | "de" | "øvrige" | "andre" | "hele" | "flere" | "ledelsen" | "medarbejdersiden")
}

/// Words of a title between "og" and whom it joins.
const TITLE: usize = 3;
/// Bytes between two who are named together.
const JOIN_REACH: usize = 24;
/// Endings of verbs of foreign origin, nearly all of which tell what somebody says or does in a meeting.
const SPEAKING: &[&str] = &["erede", "erer", "ere"];

/// Whether a word is on a list, whole or by the part that `*` leaves.
fn is_listed(list: &[String], word: &str) -> bool {
    list.iter().any(|known| match (known.strip_prefix('*'), known.strip_suffix('*')) {
        (Some(end), _) => word.ends_with(end),
        (_, Some(start)) => word.starts_with(start),
        _ => word == known,
    })
}

/// Which words count for somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sought {
    /// Verbs of saying.
    Saying,
    /// All that shows somebody in office.
    Acting,
}

impl Acting {
    /// "som suppleant", "som nyt medlem".
    fn is_office(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let adjective = ["ny", "nyt", "fast", "ordinært", "valgt", "midlertidig"];
        let at = if adjective.iter().any(|form| sentence.is_form(at, form)) { at + 1 } else { at };
        self.has_at(sentence, at, Sought::Acting)
    }

    /// The same for a word or for it and the next one: "ser frem". A particle behind may turn the word into another one:
    /// "takker for", but "takker af", "siger sin stilling op".
    fn has_at(&self, sentence: &Sentence<'_>, at: usize, sought: Sought) -> bool {
        let Some(word) = sentence.all.get(at) else { return false };
        let word = word.folded.as_str();
        let next = sentence.all.get(at + 1).map_or("", |next| next.folded.as_str());
        let several = |list: &[String]| {
            list.iter().any(|known| {
                let mut parts = known.split(' ');
                match (parts.next(), parts.next(), parts.next()) {
                    (Some(verb), Some("…"), Some(particle)) => verb == word && sentence.ends_on(particle, at),
                    (Some(verb), Some(particle), None) => verb == word && particle == next,
                    _ => false,
                }
            })
        };
        let listed = |list: &[String]| is_listed(list, word) || several(list);
        if listed(&self.not) {
            return false;
        }
        // "fik ordet": the noun looks like what was done to somebody.
        if sought == Sought::Acting && listed(&self.held) && sentence.is_held(at) {
            return true;
        }
        if sentence.is_undergone(at, sought == Sought::Saying) {
            return false;
        }
        let foreign = || word.chars().count() > 7 && SPEAKING.iter().any(|ending| word.ends_with(ending));
        listed(&self.saying) || (sought == Sought::Acting && (foreign() || listed(&self.doing)))
    }

    /// Those of `asked` who do not act.
    pub(super) fn bystanders(&self, sentence: &Sentence<'_>, asked: &[Span]) -> Vec<Span> {
        let idle = |person: &&Span| {
            !self.acts(sentence, **person)
                && !self.is_introduced(sentence, **person)
                && !self.is_labelled(sentence, **person)
                && !self.does_office(sentence, **person)
                && self.speaks(sentence, **person).is_empty()
        };
        asked.iter().filter(idle).copied().collect()
    }

    /// The words that show those of `asked` speaking: their verb, and the person too where the verb stands in front.
    pub(super) fn speech(&self, sentence: &Sentence<'_>, asked: &[Span]) -> Vec<Span> {
        asked.iter().flat_map(|person| self.speaks(sentence, *person)).collect()
    }

    /// Those of `asked`, without names, who are to be found by where they work and do not act: "lederen på Solhøj gnubler".
    pub(super) fn idle(&self, sentence: &Sentence<'_>, asked: &[Span]) -> Vec<Span> {
        let mut idle = self.bystanders(sentence, asked);
        idle.retain(|person| sentence.is_placed(*person));
        idle
    }

    /// Whether a verb of acting goes on with what the same person does: "kommer fra Komponent og underviser".
    fn goes_on(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        let form = sentence.form(at);
        let finite = ["er", "ede", "te"].iter().any(|ending| form.ends_with(ending));
        finite && form.chars().count() > 3 && self.has_at(sentence, at, Sought::Acting)
    }

    /// Whether the name tells who an office belongs to: "Stedfortræder for direktøren på dette møde var chef Bo Lund".
    fn is_predicate(&self, sentence: &Sentence<'_>, at: usize, steps: usize) -> bool {
        let titled = (1..=steps).all(|ahead| sentence.is_title(at + ahead));
        let copula = matches!(sentence.form(at), "er" | "var" | "bliver" | "blev");
        let office =
            |at: usize| sentence.is_title(at) && (sentence.takes_seat(at) || self.has_at(sentence, at, Sought::Acting));
        copula && steps < 2 && titled && (office(0) || (office(1) && sentence.form(0).starts_with("ny")))
    }

    fn acts(&self, sentence: &Sentence<'_>, person: Span) -> bool {
        self.verb_of(sentence, person, Sought::Acting).is_some()
    }

    /// "Bo Lund (FTR) har fremlagt", "Bo Lund og Mette Holm spurgte", "Bo Lunds forslag".
    fn verb_of(&self, sentence: &Sentence<'_>, person: Span, sought: Sought) -> Option<Span> {
        let mut from = person.end();
        let mut last = person;
        // "Lederen af Løn, Bo Lund, har fremlagt": the comma behind the name closes an aside.
        let mut aside = sentence.text.get(..person.start()).is_some_and(|before| before.ends_with(", "));
        let mut steps = 0;
        let mut at = sentence.at(from);
        // What the colleagues of "Bo Lunds kolleger" do is not done by Bo Lund.
        let reach = if sentence.is_genitive(person) { OWN_REACH } else { REACH };
        while let Some(word) = sentence.all.get(at) {
            let gap = sentence.between(from, word);
            if gap.contains([';', ':']) || steps > reach {
                return None;
            }
            if let Some(next) =
                sentence.persons.iter().find(|next| next.start() <= word.span.start() && word.span.end() <= next.end())
                && (gap == ", " || gap == " " || gap == "/" || aside)
                && (steps == 0 || (aside && !sentence.opens_relative(last)))
            {
                // "Bo Lund, AMR, har": the office is no other person.
                if sentence.is_role(word) && sought == Sought::Acting {
                    return Some(word.span);
                }
                from = next.end();
                last = *next;
                at = sentence.at(from);
                aside = false;
                continue;
            }
            let form = word.folded.as_str();
            // "Bo Lunds gnubben er": what follows is said of what is theirs.
            if reach == OWN_REACH
                && steps > 0
                && matches!(form, "er" | "var" | "blev" | "bliver" | "udgør" | "udgjorde")
            {
                return None;
            }
            // "Bo Lund fandt man på taget": somebody else is the subject.
            if steps == 0 && ["man", "vi", "jeg"].iter().any(|other| sentence.is_form(at + 1, other)) {
                return None;
            }
            // "Bo Lund (FOA)": whom somebody speaks for is told of those who have a seat.
            let seat = gap == " (" && steps == 0 && word.span.of(sentence.text).chars().all(char::is_uppercase);
            if gap.contains([',', '–']) {
                // An aside stands directly behind the person; any other comma ends what is said of them.
                if steps > 0 && !aside {
                    return None;
                }
                aside = !aside;
            }
            let relative = aside && steps > 0 && !sentence.opens_relative(last);
            let office = sought == Sought::Acting && (seat || (form == "som" && self.is_office(sentence, at + 1)));
            // "ophører efter aftale": a noun behind a preposition is nobody's verb.
            let preposition = at.checked_sub(1).map_or("", |at| sentence.form(at));
            let noun = match sought {
                Sought::Saying => governs_noun(preposition),
                Sought::Acting => matches!(preposition, "uden" | "trods"),
            };
            if office || (!relative && !noun && self.has_at(sentence, at, sought)) {
                return Some(word.span);
            }
            let joins = form == "og" && sentence.starts_person(at + 1);
            if joins {
                aside = false;
                steps = 0;
                from = word.span.end();
                at += 1;
                // Whoever is joined may come with a title.
                while !sentence.in_person(at) && sentence.all.get(at).is_some() && steps < 2 {
                    from = sentence.all.get(at).map_or(from, |word| word.span.end());
                    at += 1;
                    steps += 1;
                }
                if let Some(next) = sentence.person_at(at) {
                    from = next.end();
                    last = next;
                    at = sentence.at(from);
                    steps = 0;
                }
                continue;
            }
            // "Bo Lund og resten af gruppen har": the others are named with them, and no other clause begins.
            if form == "og" && steps == 0 && sentence.all.get(at + 1).is_some_and(|next| is_others(&next.folded)) {
                from = word.span.end();
                at += 1;
                continue;
            }
            // "havde ladet sig registrere": others did it.
            if matches!(form, "lod" | "lader" | "lade" | "ladet") && sentence.is_form(at + 1, "sig") {
                return None;
            }
            // "er det Bo Lund, man ringer til", "er Bo Lund den, man ringer til"
            if steps == 0 && matches!(form, "den" | "dem") && sentence.is_form(at + 1, "man") {
                return (sought == Sought::Acting).then_some(word.span);
            }
            // "vil have skåret ned på møderne": what somebody wants to be done.
            if matches!(form, "vil" | "ville" | "ønsker" | "ønskede") && steps == 0 && sentence.is_wished(at + 1) {
                return Some(word.span);
            }
            // "Bo Lund som sikkerhedsleder fremlægger": in which office is no other clause.
            if form == "som" && steps == 0 && sought == Sought::Acting && sentence.is_title(at + 1) {
                from = sentence.all.get(at + 1).map_or(from, |word| word.span.end());
                at += 2;
                continue;
            }
            // "er i gang med at opdatere listen", "står klar til at svare", "gnubler og underviser"
            let doing = form == "at" && at.checked_sub(1).is_some_and(|at| sentence.is_form(at, "med"))
                || form == "til" && sentence.is_form(at + 1, "at")
                || form == "at" && at.checked_sub(2).is_some_and(|at| matches!(sentence.form(at), "klar" | "parat"))
                || form == "og" && sought == Sought::Acting && self.goes_on(sentence, at + 1);
            if !aside && opens_clause(form) && !doing {
                return None;
            }
            steps += 1;
            from = word.span.end();
            at += 1;
        }
        None
    }

    /// "spurgte Bo Lund", "underskrevet af Bo Lund", "oplæg ved Bo Lund", "kontakt til Bo Lund".
    fn is_introduced(&self, sentence: &Sentence<'_>, person: Span) -> bool {
        let mut until = person.start();
        let end = sentence.all.iter().position(|word| word.span.start() >= person.start()).unwrap_or_default();
        for (steps, word) in sentence.all.get(..end).unwrap_or_default().iter().rev().enumerate() {
            let gap = Span::new(word.span.end(), until).of(sentence.text);
            let form = word.folded.as_str();
            let before = end.checked_sub(steps + 2);
            let after_som = before.and_then(|at| sentence.all.get(at)).is_some_and(|word| word.folded == "som");
            // "Dansk Metals formand, Bo Lund": a title that the name only explains.
            let explained = gap == ", " && steps == 0 && sentence.is_title(end - 1);
            if steps > REACH_BACK || gap.contains([';', ',', '.', ':', '(']) && gap != ". " && !explained {
                return self.listed(sentence, word, gap)
                    || (gap == ": " && self.has_at(sentence, end - steps - 1, Sought::Acting));
            }
            if (steps == 0 && sentence.is_sent_by(end - 1))
                || self.is_predicate(sentence, end - steps - 1, steps)
                || sentence.is_accompanied(person, steps, form)
            {
                return true;
            }
            // "Ny TR i Løn er Bo Lund", but not "efter ønske fra TR blev Bo Lund …".
            let governed = before.and_then(|at| sentence.all.get(at)).is_some_and(|word| leads_to_agent(&word.folded));
            let title = governed && sentence.is_role(word);
            let near = steps <= REACH_BACK_TO_VERB || sentence.takes_seat(end - steps - 1) || sentence.is_role(word);
            if (near
                && self.has_at(sentence, end - steps - 1, Sought::Acting)
                && !(after_som && steps > 0)
                && !(title && steps > 0))
                || (steps == 0 && matches!(form, "ved" | "v" | "ifølge" | "iflg"))
            {
                return true;
            }
            if form == "og" {
                return steps <= TITLE && self.joined(sentence, word.span.start(), person);
            }
            // "kurset om sorg med psykolog Bo Lund"
            if steps < 2 && form == "med" && sentence.is_event(end - steps - 1) {
                return true;
            }
            if steps == 0
                && matches!(form, "til" | "hos")
                && (sentence.is_addressed(person) || self.is_sent(sentence, person))
            {
                return true;
            }
            if steps == 0 && self.is_replaced(sentence, end - 1, person) {
                return true;
            }
            if leads_to_agent(form) {
                let agent = form == "af" && !sentence.is_genitive(person) && sentence.is_done_by(end - steps - 1);
                return agent || before.is_some_and(|at| self.has_done(sentence, at, form));
            }
            if leads_to_matter(form) {
                return false;
            }
            until = word.span.start();
        }
        false
    }

    /// Whether what stands here, before "af", "fra" or "for", is an act of whoever follows: "forslag fra", "ledes af",
    /// "består nu af".
    fn has_done(&self, sentence: &Sentence<'_>, at: usize, preposition: &str) -> bool {
        let Some(word) = sentence.all.get(at) else { return false };
        let adverb = matches!(word.folded.as_str(), "nu" | "fremover" | "fortsat" | "også");
        let at = if adverb { at.saturating_sub(1) } else { at };
        // "suppleant for Bo Lund", but not "bekymring for Bo Lund".
        if preposition == "for" && !sentence.takes_seat(at) {
            return false;
        }
        self.has_at(sentence, at, Sought::Acting)
    }

    /// Whether somebody takes their seat who is shown to have one: "Mette er ny AMR i stedet for Bo", "er det Mette, der
    /// afløser Bo i valggruppe B".
    fn is_replaced(&self, sentence: &Sentence<'_>, before: usize, person: Span) -> bool {
        let instead =
            sentence.is_form(before, "for") && before.checked_sub(1).is_some_and(|at| sentence.is_form(at, "stedet"));
        let takes = ["afløser", "afløste", "erstatter", "erstattede"].iter().any(|form| sentence.is_form(before, form));
        let in_office = |other: &Span| self.acts(sentence, *other) || self.is_introduced(sentence, *other);
        (instead || takes) && sentence.persons.iter().any(|other| other.end() < person.start() && in_office(other))
    }

    /// Whether somebody acting in office sends them something: "Mette sender en oversigt over reglerne til Bo".
    fn is_sent(&self, sentence: &Sentence<'_>, person: Span) -> bool {
        let sends = sentence.all.iter().any(|word| word.folded.contains("send") && word.span.end() <= person.start());
        sends && sentence.persons.iter().any(|other| other.end() < person.start() && self.acts(sentence, *other))
    }

    /// Whether somebody stands in a list of names behind a word for what they are named for: "Valgt: Bo Lund (FOA), …".
    fn is_labelled(&self, sentence: &Sentence<'_>, person: Span) -> bool {
        let Some((label, names)) = sentence.text.split_once(": ") else { return false };
        let start = sentence.text.len() - names.len();
        let mut depth = 0;
        let only_names = names.split(' ').all(|word| {
            let inside = depth > 0 || word.starts_with('(');
            depth += word.matches('(').count();
            depth -= word.matches(')').count().min(depth);
            inside || word.starts_with(char::is_uppercase) || matches!(word, "og" | "samt")
        });
        let labels = || (0..sentence.at(label.len())).any(|at| self.has_at(sentence, at, Sought::Acting));
        person.start() >= start && only_names && labels()
    }

    /// Whether somebody stands before a comma who is introduced: "deltog Bo Lund, Mette Holm og …".
    fn listed(&self, sentence: &Sentence<'_>, word: &Word, gap: &str) -> bool {
        let other = sentence.persons.iter().find(|other| other.end() == word.span.end());
        gap == ", " && other.is_some_and(|other| self.is_introduced(sentence, *other))
    }

    /// Whether whoever stands before an "og" is introduced: "underskrevet af Bo Lund for FOA og Mette Holm".
    fn joined(&self, sentence: &Sentence<'_>, until: usize, person: Span) -> bool {
        let before = sentence.persons.iter().filter(|other| other.end() <= until && **other != person);
        let nearest = before.max_by_key(|other| other.end());
        let near = |other: &Span| until.saturating_sub(other.end()) < JOIN_REACH;
        nearest.is_some_and(|other| near(other) && self.is_introduced(sentence, *other))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use crate::language::persons::shown;

    fn found(text: &str) -> Vec<&str> {
        shown(text, |people| people.bystanders)
    }

    #[test]
    fn whoever_does_nothing_in_office_is_a_bystander() {
        assert_eq!(found("Bo Lund gnubler igen; Mette Holm orienterede."), ["Bo Lund"]);
        assert_eq!(found("Chefen fortalte, at Bo Lund gnubler."), ["Bo Lund"]);
        assert_eq!(found("Bo Lund gnubler i stedet for Mette Holm."), ["Bo Lund", "Mette Holm"]);
        assert_eq!(found("Derfor gnubler Bo Lund de næste to møder."), ["Bo Lund"]);
        assert_eq!(found("Der er nyt om Bo Lunds gnubben."), ["Bo Lunds"]);
        assert_eq!(found("Henvendelser om taget førte til Bo Lunds gnubben."), ["Bo Lunds"]);
    }

    #[test]
    fn whoever_speaks_or_takes_on_something_is_none() {
        for text in [
            "Bo Lund spurgte til taget.",
            "Derfor spurgte Bo Lund til taget.",
            "Bo Lund og Mette Holm orienterede om taget.",
            "Bo Lund (FTR) vil undersøge taget.",
            "Notatet er underskrevet af Bo Lund.",
            "Bo Lunds forslag handler om taget.",
            "Oplæg ved Bo Lund.",
            "Det er fortsat Bo Lund og Mette Holm, der orienterer.",
            "Bo Lund indtræder som suppleant i stedet for Mette Holm.",
            "For valggruppe B er det Bo Lund, der afløser Mette Holm.",
            "Bo Lund, der er FTR for 3F, gnubler for medlemmernes sag.",
            "Det er Bo Lund, man kan spørge om taget.",
            "Bo Lund og resten af gruppen har orienteret om taget.",
            "Henvendelser om taget går fremover til Bo Lund i Løn.",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }
}
