//! The settings of the daemon's work: what is wrong with them is told, and none of it is used.

use med_digest::config::Config;
use med_digest::diagnostic::Problem;

fn codes(more: &str, staff: &str, schedule: &str) -> Vec<&'static str> {
    let installation = crate::small::installation(more, staff, "");
    if !schedule.is_empty() {
        installation.edit("config.toml", "cron = \"0 8 * * *\"", schedule);
    }
    let mut problems: Vec<Problem> = Vec::new();
    let config = Config::load(&installation.path("config.toml"), &mut problems);
    assert_eq!(config.is_none(), !problems.is_empty());
    problems.iter().map(Problem::code).collect()
}

#[test]
fn what_is_wrong_with_calendar_hours_order_and_schedules_is_told() {
    let cases: [(&str, &str, &str, &[&str]); 13] = [
        ("", "", "", &[]),
        ("[calendar]\nclosed = [\"24-12\"]", "", "", &["bad-day"]),
        ("[calendar]\nhalf = [\"2027-02-29\"]", "", "", &["bad-day"]),
        ("[calendar]\nday_ends = \"07:00\"", "", "", &["ends-before-it-begins"]),
        ("[sending]\nfrom = \"8\"\nuntil = \"17:00\"", "", "", &["bad-time"]),
        ("[sending]\nfrom = \"18:00\"\nuntil = \"17:00\"", "", "", &["ends-before-it-begins"]),
        ("[sending]\nfrom = \"08:00\"", "", "", &["missing-key"]),
        ("", "after = \"ledere\"", "", &["unknown-name"]),
        ("", "after = \"medarbejdere\"", "", &["waits-for-itself"]),
        ("", "after_working_hours = 2", "", &["missing-key"]),
        ("", "", "cron = \"0 8 * * *\"\nworking_days_after = 2", &["schedule-kind"]),
        ("", "", "working_days_after = 2\nat = \"morgen\"", &["bad-time"]),
        ("[approval]\nto = [\"ingen\"]", "", "", &["address-no-at"]),
    ];
    for (more, staff, schedule, wanted) in cases {
        assert_eq!(codes(more, staff, schedule), wanted, "{more}{staff}{schedule}");
    }
}
