//! Whom a sentence names without showing that they act in office: neither saying, presenting or taking on something nor
//! bearing an office they were elected to.
//!
//! No list holds what may be private about a human being, but what somebody is named for in minutes is a small and closed
//! matter: "Bo Lund spurgte", "spurgte Bo Lund", "underskrevet af Bo Lund", "Bo Lunds forslag". So it is asked the other
//! way round: whoever is the subject of no such verb in their own clause is a bystander, whatever else the sentence says.
//! The verbs, offices and nouns are data (`saying`, `acting` and `acting_with` in `rules/sprog/navne.toml`).

mod agent;
mod held;
mod introduced;
mod office;
mod sentence;
mod speech;

use self::office::tells_of_a_life;
pub(super) use self::sentence::Sentence;
use crate::text::Span;

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

/// Words from a person to what they do.
const REACH: usize = 12;
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

/// Endings of verbs of foreign origin, nearly all of which tell what somebody says or does in a meeting.
const SPEAKING: &[&str] = &["erede", "erer", "ere"];

/// Whether a word is on a list, whole or by the part that `*` leaves.
pub(super) fn is_listed(list: &[String], word: &str) -> bool {
    list.iter().any(|known| match (known.strip_prefix('*'), known.strip_suffix('*')) {
        (Some(end), _) => word.ends_with(end),
        (_, Some(start)) => word.starts_with(start),
        _ => word == known,
    })
}

/// Whether a word opens something on a list that is several words long: "ser frem", "tager … op".
fn is_frame(list: &[String], sentence: &Sentence<'_>, at: usize) -> bool {
    let (word, next) = (sentence.form(at), sentence.form(at + 1));
    list.iter().any(|known| {
        let mut parts = known.split(' ');
        match (parts.next(), parts.next(), parts.next()) {
            (Some(verb), Some("…"), Some(particle)) => verb == word && sentence.ends_on(particle, at),
            (Some(verb), Some(particle), None) => verb == word && particle == next,
            _ => false,
        }
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

    /// Whether a verb and its particle are known for what is no act: "takkede ja", "siger … op".
    fn is_no_act(&self, sentence: &Sentence<'_>, at: usize) -> bool {
        is_frame(&self.not, sentence, at)
    }

    /// The same for a word or for it and the next one: "ser frem". A particle behind may turn the word into another one:
    /// "takker for", but "takker af", "siger sin stilling op".
    fn has_at(&self, sentence: &Sentence<'_>, at: usize, sought: Sought) -> bool {
        let Some(word) = sentence.all.get(at) else { return false };
        let word = word.folded.as_str();
        let listed = |list: &[String]| is_listed(list, word) || is_frame(list, sentence, at);
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

    /// Whether a verb of acting goes on behind "og" with what the same person does: "kommer fra Komponent og underviser". What
    /// somebody is, has or gets is told for its own sake: "har fået en dreng og delte billeder".
    fn goes_on(&self, sentence: &Sentence<'_>, person: Span, og: usize) -> bool {
        let form = sentence.form(og + 1);
        let finite = ["er", "ede", "te"].iter().any(|ending| form.ends_with(ending)) && form.chars().count() > 3;
        let mut told = (sentence.at(person.end())..og).map(|at| sentence.form(at));
        let state = told.any(|form| {
            matches!(
                form,
                "har" | "havde" | "fik" | "får" | "er" | "var" | "blev" | "bliver" | "fået" | "været" | "blevet"
            )
        });
        let first = sentence.form(sentence.at(person.end()));
        let neutral = matches!(first, "kommer" | "kom" | "går" | "gik" | "vil" | "ville" | "skal" | "skulle" | "kan");
        finite && !state && (neutral || !tells_of_a_life(first)) && self.has_at(sentence, og + 1, Sought::Acting)
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
            // "er Bo Lund den, man ringer til"
            if steps == 0 && matches!(form, "den" | "dem") && sentence.is_form(at + 1, "man") {
                return (sought == Sought::Acting).then_some(word.span);
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
            let before = at.checked_sub(1).map_or("", |at| sentence.form(at));
            let noun = match sought {
                Sought::Saying => governs_noun(before),
                Sought::Acting => matches!(before, "uden" | "trods"),
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
            // "takkede ja til en aftale": the verb itself says that nothing is said or done in office.
            if steps == 0 && self.is_no_act(sentence, at) {
                return None;
            }
            // "vil have skåret ned på møderne": what somebody wants to be done.
            if matches!(form, "vil" | "ville" | "ønsker" | "ønskede") && steps == 0 && sentence.is_wished(at + 1) {
                return Some(word.span);
            }
            // "Bo Lund som sikkerhedsleder fremlægger": in which office is no other clause.
            let modal = matches!(before, "skal" | "vil" | "kan" | "må" | "bør");
            if form == "som" && (steps == 0 || modal) && sought == Sought::Acting && sentence.is_title(at + 1) {
                from = sentence.all.get(at + 1).map_or(from, |word| word.span.end());
                at += 2;
                continue;
            }
            // "er i gang med at opdatere listen", "står klar til at svare", "gnubler og underviser"
            let doing = form == "at" && at.checked_sub(1).is_some_and(|at| sentence.is_form(at, "med"))
                || form == "til" && sentence.is_form(at + 1, "at")
                || form == "at" && at.checked_sub(2).is_some_and(|at| matches!(sentence.form(at), "klar" | "parat"))
                || form == "og" && sought == Sought::Acting && self.goes_on(sentence, last, at);
            if !aside && opens_clause(form) && !doing {
                return None;
            }
            steps += 1;
            from = word.span.end();
            at += 1;
        }
        None
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use crate::language::persons::shown;

    /// The bystanders of a sentence; the modules below try theirs by it too.
    pub(super) fn found(text: &str) -> Vec<&str> {
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
        assert_eq!(found("Bo Lunds gnubben er bekræftet."), ["Bo Lunds"]);
        assert_eq!(found("Bo Lund takkede ja til en aftale."), ["Bo Lund"]);
        assert_eq!(found("Bo Lund har fået en gnubbe og delte den."), ["Bo Lund"]);
        assert_eq!(found("Der var besøg hos Bo Lund, som gnubler."), ["Bo Lund"]);
        assert_eq!(found("Bo Lund vil have været her i ti år."), ["Bo Lund"]);
        assert_eq!(found("Bo Lund vil have nedsat tid."), ["Bo Lund"]);
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
            "Ledere kan skrive til Bo Lund i Løn.",
            "Bo Lund går hjem og orienterer om taget.",
            "Bo Lund skal som leder fremlægge taget.",
            "Stedfortræder for direktøren var chef Bo Lund.",
            "Fra ledelsen sidder Bo Lund.",
            "Er taget utæt, er Bo Lund den, man ringer til.",
            "Bo Lund vil have skåret ned på taget.",
            "Bo Lund fik ordet.",
            "Bo Lund fik bekræftet, at taget er tæt.",
            "AMR skriver planen for hele taget sammen med Bo Lund.",
            "Notatet er underskrevet af Bo Lund og Metals formand, Mette Holm.",
        ] {
            assert_eq!(found(text), [] as [&str; 0], "{text}");
        }
    }
}
