//! Words that a story and an agenda use for the same matter.
//!
//! People say "lukning" and "frokost til jul", the title says "lukkedage" and "julefrokoster"; abbreviations stand for
//! words they share no letter with. Each row has a name and its words. It is a table of the language of Danish workplaces
//! and not of one committee, so it stands here and not among the rules.

/// The rows. A word in capitals is an abbreviation and stands for itself; one that ends in - begins longer words, one that
/// begins with - ends them.
const SAME: &[(&str, &[&str])] = &[
    ("arbejdstilsyn", &["AT", "arbejdstilsyn-", "tilsyn-", "påbud-"]),
    ("tillidsvalgt", &["TR", "FTR", "tillidsrepræsentant-", "tillidsvalgt-", "tillidsfolk", "tillidsmand-"]),
    ("arbejdsmiljøvalgt", &["AMR", "arbejdsmiljørepræsentant-"]),
    ("apv", &["APV", "arbejdspladsvurdering-"]),
    ("samtale", &["MUS", "GRUS", "LUS", "samtale-", "-samtale", "-samtaler", "-samtalen", "snak-"]),
    ("arbejdsmiljø", &["AMO", "arbejdsmiljø-"]),
    ("nettet", &["IT", "it", "nettet", "digital-", "computer-", "cyber-", "software-", "gdpr", "data-", "hacker-", "phishing-"]),
    ("ai", &["AI", "KI", "chatbot-", "chatrobot-", "copilot", "kunstig-", "intelligens", "robot-"]),
    ("lukke", &["lukning-", "-lukning", "lukke-", "lukkes", "lukket", "lukker"]),
    ("åbne", &["åbning-", "åbnings-", "åbne-", "åbent", "åbner"]),
    ("skaffe", &["rekruttering-", "rekrutterings-", "rekruttere-", "tiltrækning-", "tiltrække-", "mangel-", "ansøgere"]),
    ("holde", &["fastholdelse-", "fastholde-", "tilknytning-", "tilknytte-", "blive"]),
    ("trives", &["trivsel-", "trivsels-", "trivslen", "trives", "arbejdsglæde-", "tilfredshed-"]),
    ("måle", &["måling-", "-måling", "-målingen", "målt", "måler", "måles", "undersøgelse-", "-undersøgelse", "-undersøgelsen", "spørgeskema-"]),
    ("syg", &["syg-", "fravær-", "fraværs-", "-fravær", "-fraværet", "nærvær-"]),
    ("vold", &["vold-", "volds-", "trusler", "trussel-"]),
    ("krænke", &["krænk-", "chikane-", "mobning-", "mobbe-", "sexchikane-", "tone-"]),
    ("køre", &["kørsel-", "kørsels-", "køre-", "-kørsel", "befordring-", "transport-", "bil", "bilen", "biler", "bilerne", "elbil-", "taxa"]),
    ("parkere", &["parkering-", "parkerings-", "parkere-", "pladser"]),
    ("cykle", &["cykel-", "cykler-", "elcykel-", "-cykel", "-cykler"]),
    ("penge", &["økonomi-", "økonomisk-", "budget-", "-budget", "regnskab-", "penge", "pengene", "midler", "-midler", "pulje-", "-pulje", "-puljen", "bevilling-"]),
    ("spare", &["spare-", "besparelse-", "-besparelse", "-besparelser", "reduktion-", "-reduktion", "opbremsning-", "bremse-", "nedskæring-", "stram-"]),
    ("løn", &["løn-", "lønnen", "aflønning-", "tillæg-", "-tillæg", "honorar-", "betaling-"]),
    ("ferie", &["ferie-", "-ferie", "-ferien", "fri", "fridag-", "fridage-", "frihed-", "-fridage", "-ferier"]),
    ("jul", &["jul", "julen", "jule-", "december-"]),
    ("spise", &["frokost-", "-frokost", "-frokoster", "mad", "maden", "mad-", "kantine-", "-kantine", "kaffe-", "forplejning-", "frugt-"]),
    ("fest", &["fest", "festen", "fester", "-fest", "-festen", "-frokost", "-frokoster", "arrangement-", "fejring-", "personaledag-"]),
    ("lære", &["uddannelse-", "uddannelses-", "-uddannelse", "-uddannelsen", "kursus-", "-kursus", "kurser", "-kurser", "kompetence-", "efteruddannelse-", "oplæring-", "undervis-", "læring-", "temadag-"]),
    ("elev", &["elev-", "lærling-", "praktik-", "studerende-", "praktikant-"]),
    ("arbejdstid", &["arbejdstid-", "flekstid-", "fleks-", "flex-", "flextid-", "vagtplan-", "vagt-", "-vagt", "-vagter", "mødetid-", "mødetider-", "turnus-"]),
    ("hjemmefra", &["hjemmearbejde-", "hjemmearbejds-", "fjernarbejde-", "distancearbejde-", "hjemmefra", "hjemme-"]),
    ("senior", &["senior-", "ældre", "pension-", "efterløn-"]),
    ("røg", &["ryge-", "rygning-", "røg-", "røgfri", "tobak-", "nikotin-", "cigaret-", "smøg-"]),
    ("rus", &["alkohol-", "rusmiddel-", "misbrug-", "øl", "stoffer"]),
    ("rengøre", &["rengøring-", "rengørings-", "rengøre-", "rent", "rydde-"]),
    ("bygge", &["ombygning-", "bygning-", "byggeri-", "renovering-", "lokale-", "lokaler-", "kontor-", "-kontor", "indretning-", "ombygge-", "nybyggeri-"]),
    ("flytte", &["flytning-", "flytte-", "flytter", "-flytning", "rokade-", "adresse-"]),
    ("inde", &["støj-", "larm-", "akustik-", "indeklima-", "temperatur-", "varme-", "kulde-", "luft-", "lys-", "ventilation-"]),
    ("beredskab", &["sikkerhed-", "sikkerheds-", "-sikkerhed", "beredskab-", "beredskabs-", "brand-", "alarm-", "evakuering-"]),
    ("ulykke", &["ulykke-", "ulykker-", "arbejdsulykke-", "arbejdsskade-", "arbejdsskader-", "-ulykker", "-skader", "nærved-"]),
    ("klima", &["klima-", "grøn-", "bæredygtig-", "energi-", "affald-", "affalds-", "strøm-", "miljø-"]),
    ("ny", &["introduktion-", "introduktions-", "intro-", "onboarding-", "velkomst-", "modtagelse-", "nyansat-", "nyansatte-"]),
    ("afskedige", &["afskedigelse-", "afskedigelses-", "fyring-", "fyret", "fyringer", "opsigelse-", "opsigelses-", "fratrædelse-", "fratrædelses-", "personalereduktion-"]),
    ("lede", &["ledelse-", "ledelses-", "leder-", "ledere-", "-leder", "chef-", "-chef"]),
    ("samle", &["fusion-", "sammenlægning-", "sammenlægge-", "lægges", "organisation-", "organisations-", "organisering-", "omorganisering-", "struktur-", "-struktur", "-strukturen"]),
    ("udbyde", &["udbud-", "udbuds-", "-udbud", "licitation-", "udlicitering-", "leverandør-"]),
    ("regel", &["regel-", "regler-", "-regler", "retningslinje-", "retningslinjer-", "politik-", "-politik", "-politikken", "princip-", "principper-", "kutyme-", "vejledning-"]),
    ("kalender", &["mødekalender-", "mødeplan-", "mødedatoer-", "møder", "årshjul-", "-årshjul", "årsplan-"]),
    ("vælge", &["valg", "valget", "valg-", "valgt-", "-valg", "-valget", "konstituering-"]),
    ("skema", &["skabelon-", "skabeloner-", "blanket-", "skema-", "-skema", "formular-"]),
    ("sund", &["sundhed-", "sundheds-", "motion-", "motions-", "fitness-", "træning-", "vaccination-", "vaccine-", "influenza-", "massage-", "ryg", "løft-", "ergonomi-"]),
    ("pres", &["stress-", "arbejdspres-", "travl-", "belastning-", "belastninger-", "psykisk-", "psykolog-"]),
    ("telefon", &["telefon-", "-telefon", "-telefoner", "mobil-"]),
    ("tøj", &["tøj", "tøjet", "-tøj", "-tøjet", "arbejdstøj-", "beklædning-", "uniform-", "sko", "fodtøj-"]),
    ("gave", &["gave-", "gaver-", "-gave", "-gaver", "gratiale-", "jubilæum-", "jubilæums-"]),
    ("vikar", &["vikar-", "-vikar", "-vikarer", "afløser-"]),
    ("fast", &["fastansæt-", "fast", "faste", "fastansættelse-"]),
    ("papir", &["papir-", "papiret", "papirløs-", "print-", "printer-", "post", "posten", "brevpost-", "e-boks"]),
    ("flag", &["flag-", "flage-", "flagning-", "flager"]),
    ("barn", &["barsel-", "barsels-", "forældre-", "barn-", "børn-", "gravid-", "graviditet-"]),
    ("lighed", &["ligestilling-", "ligeløn-", "mangfoldighed-", "køn-", "diversitet-"]),
    ("klage", &["klage-", "klager-", "whistleblower-", "ombudsmand-"]),
    ("ros", &["pris", "prisen", "-pris", "-prisen", "vinder-", "vandt", "kåring-"]),
    ("dyr", &["priser", "-priser", "pris-", "takst-", "takster-", "gebyr-"]),
    ("vej", &["vej-", "vinter-", "sne-", "glatføre-"]),
];

/// The rows a word belongs to.
pub(super) fn rows(shown: &str, comparable: &str) -> impl Iterator<Item = &'static str> {
    let fits = |known: &str| match (known.strip_suffix('-'), known.strip_prefix('-')) {
        (Some(beginning), _) => comparable.starts_with(beginning),
        (_, Some(end)) => comparable.ends_with(end),
        _ if known.chars().all(char::is_uppercase) => shown.trim_end_matches(['s', '\'', '’']) == known,
        _ => comparable == known,
    };
    SAME.iter()
        .filter(|(_, words)| words.iter().any(|known| fits(known)))
        .map(|(row, _)| *row)
        .collect::<Vec<_>>()
        .into_iter()
}
