//! Invented minutes marked by somebody who had never seen the program: what the shipped rules make of them.
//!
//! `tests/data/labelled/README.md` tells how the marks came about. The rules were mended with these minutes in view, so this
//! holds what was reached and says nothing about minutes that nobody has seen.

use crate::support::{json, root};

/// Minutes, audience, least nDCG, mass and precision, most junk among the picks.
const REACHED: &[(&str, &str, f64, f64, f64, u64)] = &[
    ("dev1", "medarbejdere", 0.89, 0.60, 0.70, 3),
    ("dev1", "tillidsvalgte", 0.96, 0.73, 0.90, 2),
    ("dev2", "medarbejdere", 0.91, 0.74, 0.85, 2),
    ("dev2", "tillidsvalgte", 0.91, 0.74, 0.85, 2),
    ("dev3", "medarbejdere", 0.93, 0.65, 0.80, 1),
    ("dev3", "tillidsvalgte", 0.88, 0.60, 0.85, 2),
];

#[test]
fn the_letters_of_the_marked_minutes_are_as_good_as_they_were() {
    for (name, audience, ndcg, mass, precision, junk) in REACHED {
        let labels = root().join(format!("tests/data/labelled/{name}.jsonl")).display().to_string();
        let rows = json(&["eval", "--format", "json", &labels]);
        let row = rows.iter().find(|row| row["audience"] == *audience).expect("a row for the audience");
        let figure = |key: &str| row[key].as_f64().unwrap();
        println!(
            "{name} {audience}: nDCG {:.3}, mass {:.3}, must {:.3}, precision {:.3}, junk {}",
            figure("nDCG"),
            figure("mass"),
            figure("must"),
            figure("precision"),
            row["junk"]
        );
        assert!(figure("nDCG") >= *ndcg && figure("mass") >= *mass && figure("precision") >= *precision, "{row}");
        assert!(row["junk"].as_u64() <= Some(*junk) && row["private"] == 0, "{row}");
    }
}
