//! What somebody has, takes or is at: "har overblikket", "er med i gruppen". Nouns like these stand in any sentence, so they
//! show that somebody acts only where a verb without a meaning of its own leads to them.

use super::sentence::Sentence;

/// Words from the verb to what is held.
const HELD_REACH: usize = 6;

/// Verbs that take their meaning from the noun behind them.
fn is_light(form: &str) -> bool {
    matches!(
        form,
        "har"
            | "havde"
            | "have"
            | "haft"
            | "får"
            | "fik"
            | "få"
            | "fået"
            | "tager"
            | "tog"
            | "tage"
            | "taget"
            | "giver"
            | "gav"
            | "give"
            | "givet"
            | "er"
            | "var"
            | "være"
            | "bliver"
            | "blev"
            | "blive"
            | "holder"
            | "holdt"
            | "holde"
            | "står"
            | "stod"
            | "stå"
            | "sidder"
            | "sad"
            | "lægger"
            | "lagde"
            | "sætter"
            | "satte"
            | "gør"
            | "gjorde"
            | "laver"
            | "lavede"
            | "fører"
            | "førte"
            | "påtager"
            | "påtog"
            | "beholder"
            | "skal"
            | "vil"
            | "mangler"
            | "manglede"
            | "ønsker"
            | "kommer"
            | "kom"
            | "går"
            | "gik"
            | "bruger"
            | "skaber"
            | "yder"
            | "afventer"
            | "overtager"
            | "overtog"
    )
}

/// Words that take back what would be held, or tell another story of it: "har ingen adgang", "kom for sent til mødet".
fn takes_back(form: &str) -> bool {
    matches!(form, "ikke" | "ingen" | "intet" | "aldrig" | "uden" | "næppe" | "mindre" | "for" | "sent" | "længere")
}

impl Sentence<'_> {
    /// Whether a light verb leads to the word here, or whose it is stands in front of it: "Bo Lunds overblik".
    pub(super) fn is_held(&self, at: usize) -> bool {
        for back in 1..=HELD_REACH {
            let Some(index) = at.checked_sub(back) else { return false };
            let Some(word) = self.all.get(index) else { return false };
            let form = word.folded.as_str();
            if takes_back(form) || self.between_words(index).contains([',', ';', ':']) {
                return false;
            }
            if is_light(form) || self.is_whose(index) {
                return true;
            }
        }
        false
    }
}
