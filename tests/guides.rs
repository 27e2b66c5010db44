//! The guides say what is so: rules shown to secretaries pass the check, and lists in the guides are whole.

use std::fs;
use std::path::Path;

use med_digest::rules::feature::Feature;
use med_digest::store::LetterState;
use tempfile::TempDir;

use crate::support::{digest, root};

fn guide(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// The texts between "```toml" and "```".
fn blocks(guide: &str) -> Vec<&str> {
    guide.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

#[test]
fn every_rule_shown_in_the_guide_passes_the_check() {
    let folder = TempDir::new().unwrap();
    copy(&root().join("rules"), folder.path());
    let shown = blocks(&guide("regler.md")).join("\n");
    assert!(shown.matches("[[rule]]").count() > 8, "the guide shows rules");
    fs::write(folder.path().join("vejledning.toml"), shown).unwrap();
    // The rules of the guide are about what the shipped minutes do not speak of.
    let minutes = TempDir::new().unwrap();
    let (rules, minutes) = (folder.path().display().to_string(), minutes.path().display().to_string());
    let output = digest(&["check", "--rules", &rules, "--minutes", &minutes]);
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.starts_with("0 fejl, 0 advarsler"), "{told}");
}

#[test]
fn the_guide_names_every_feature_and_every_state_of_a_letter() {
    let regler = guide("regler.md");
    for (name, _) in Feature::ALL {
        assert!(regler.contains(&format!("`{name}`")), "{name}");
    }
    let operators = guide("operators.md");
    for state in LetterState::ALL {
        assert!(operators.contains(&format!("`{state}`")), "{state}");
    }
}
