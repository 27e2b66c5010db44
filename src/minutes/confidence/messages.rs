//! Why a reading is doubted, in both languages.

use crate::diagnostic::{Message, Severity};

/// All of them.
pub static ALL: &[&Message] = &[
    &NOT_UNDERSTOOD,
    &NO_ITEMS,
    &NO_DECISIONS,
    &UNKNOWN_KIND,
    &NO_COMMITTEE,
    &NO_DATE,
    &SILENT_ITEMS,
    &NO_OUTCOME,
    &ODD_TITLES,
    &LONG_DECISION,
    &LONG_ITEM,
    &REPEATED_NUMBERS,
    &BACKWARDS,
    &GAPS,
    &OUTSIDE,
    &WARNING,
];

/// A doubt has no hint of its own: what to do is said once, by [`NOT_UNDERSTOOD`].
macro_rules! doubt {
    ($name:ident { code: $code:literal, danish: $danish:literal, english: $english:literal, }) => {
        pub(super) static $name: Message = Message {
            code: $code,
            severity: Severity::Warning,
            danish: $danish,
            danish_hint: "",
            english: $english,
            english_hint: "",
        };
    };
}

/// Too many doubts for any letter.
pub static NOT_UNDERSTOOD: Message = Message {
    code: "not-understood",
    severity: Severity::Warning,
    danish: "Dokumentet kunne ikke læses sikkert nok som et referat.",
    danish_hint: "{reasons} Se læsningen med »digest parse«. Er det et referat, så skriv de overskrifter, der mangler, i \
                  rules/dialekt/referater.toml; ellers tag filen ud af indbakken.",
    english: "The document could not be read as minutes with enough certainty.",
    english_hint: "{reasons} Look at the reading with \"digest parse\". If it is minutes, add the missing headings to \
                   rules/dialekt/referater.toml; else take the file out of the inbox.",
};

doubt! {
    NO_ITEMS {
        code: "no-items",
        danish: "Der blev ikke fundet nogen punkter.",
        english: "No items were found.",
    }
}
doubt! {
    NO_DECISIONS {
        code: "no-decisions",
        danish: "Der blev ikke fundet nogen beslutninger.",
        english: "No decisions were found.",
    }
}
doubt! {
    UNKNOWN_KIND {
        code: "unknown-kind",
        danish: "Intet viser, om det er et referat eller en dagsorden.",
        english: "Nothing shows whether it is minutes or an agenda.",
    }
}
doubt! {
    NO_COMMITTEE {
        code: "no-committee",
        danish: "Udvalget er ikke nævnt i hovedet.",
        english: "The committee is not named in the head.",
    }
}
doubt! {
    NO_DATE {
        code: "no-date",
        danish: "Mødets dato er ikke nævnt i hovedet.",
        english: "The date of the meeting is not in the head.",
    }
}
doubt! {
    SILENT_ITEMS {
        code: "silent-items",
        danish: "{number} af {of} punkter har ingen beslutning.",
        english: "{number} of {of} items have no decision.",
    }
}
doubt! {
    NO_OUTCOME {
        code: "no-outcome",
        danish: "Ingen beslutning siger, hvad der blev af punktet.",
        english: "No decision says what became of its item.",
    }
}
doubt! {
    ODD_TITLES {
        code: "odd-titles",
        danish: "{number} af {of} punkter har en titel, der ligner brødtekst.",
        english: "{number} of {of} items have a title that looks like running text.",
    }
}
doubt! {
    LONG_DECISION {
        code: "long-decision",
        danish: "Beslutningen i punkt {item} er usædvanlig lang.",
        english: "The decision of item {item} is unusually long.",
    }
}
doubt! {
    LONG_ITEM {
        code: "long-item",
        danish: "Punkt {item} er langt og har ingen kendte overskrifter.",
        english: "Item {item} is long and has no known headings.",
    }
}
doubt! {
    REPEATED_NUMBERS {
        code: "numbers-repeat",
        danish: "{number} punkter har et nummer, der er brugt før.",
        english: "{number} items have a number that was used before.",
    }
}
doubt! {
    BACKWARDS {
        code: "numbers-go-back",
        danish: "Punkternes numre går baglæns.",
        english: "The numbers of the items go backwards.",
    }
}
doubt! {
    GAPS {
        code: "numbers-jump",
        danish: "Punkternes numre springer {number} gange.",
        english: "The numbers of the items jump {number} times.",
    }
}
doubt! {
    OUTSIDE {
        code: "outside-items",
        danish: "{percent} % af teksten hører ikke til noget punkt.",
        english: "{percent} % of the text belongs to no item.",
    }
}
doubt! {
    WARNING {
        code: "warning",
        danish: "Læsningen gav advarslen »{code}«.",
        english: "The reading gave the warning \"{code}\".",
    }
}
