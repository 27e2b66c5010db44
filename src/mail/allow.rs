//! Who may get mail while the installation is on trial.
//!
//! Outside production the default is nobody: a test run with real lists must not reach real people because somebody forgot a
//! setting. So the environment is asked together with the list, in one place, at planning and again before handing over.

use std::fmt;

use super::address::{Address, AddressFault, trim};

/// Whether letters are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Environment {
    /// Everybody on the lists gets mail.
    Production,
    /// Only the allow-list does.
    #[default]
    Trial,
}

/// An entry of the allow-list: a whole address, or `*@domain` for exactly that domain.
#[derive(Clone, PartialEq, Eq)]
enum Pattern {
    Domain(String),
    Address(String),
}

/// The addresses that may get mail on trial.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct AllowList {
    patterns: Vec<Pattern>,
}

impl AllowList {
    /// Adds a pattern.
    ///
    /// # Errors
    /// What is wrong with the address, or with an address of the domain.
    pub fn add(&mut self, pattern: &str) -> Result<(), AddressFault> {
        let pattern = trim(pattern);
        let parsed = match pattern.strip_prefix("*@") {
            Some(domain) => Pattern::Domain(Address::parse(&format!("anybody@{domain}"))?.domain().to_owned()),
            None if pattern.contains('*') => return Err(AddressFault::Malformed),
            None => Pattern::Address(Address::parse(pattern)?.key()),
        };
        self.patterns.push(parsed);
        Ok(())
    }

    /// Whether a pattern covers this address. A subdomain is another domain.
    #[must_use]
    pub fn permits(&self, address: &Address) -> bool {
        self.patterns.iter().any(|pattern| match pattern {
            Pattern::Domain(domain) => address.domain() == domain,
            Pattern::Address(key) => address.key() == *key,
        })
    }

    /// Whether it lets nobody through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }
}

impl fmt::Debug for AllowList {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "AllowList({} patterns)", self.patterns.len())
    }
}

/// Environment and allow-list together: the one place that says whether an address may get mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    /// Whether letters are meant.
    pub environment: Environment,
    /// Asked outside production.
    pub allow: AllowList,
}

impl Gate {
    /// Whether this address may get mail now.
    #[must_use]
    pub fn permits(&self, address: &Address) -> bool {
        self.environment == Environment::Production || self.allow.permits(address)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text).unwrap()
    }

    #[test]
    fn on_trial_nobody_gets_mail_unless_named() {
        assert!(!Gate::default().permits(&address("anna@example.dk")));
        assert!(Gate { environment: Environment::Production, ..Gate::default() }.permits(&address("anna@example.dk")));
    }

    #[test]
    fn a_domain_covers_itself_in_any_capitals_and_no_subdomain() {
        let mut allow = AllowList::default();
        allow.add("*@Example.dk").unwrap();
        allow.add("Per@other.dk").unwrap();
        for (text, permitted) in [
            ("anna@example.DK", true),
            ("per@OTHER.dk", true),
            ("anna@other.dk", false),
            ("anna@sub.example.dk", false),
            ("anna@notexample.dk", false),
        ] {
            assert_eq!(allow.permits(&address(text)), permitted, "{text}");
        }
    }

    #[test]
    fn a_pattern_that_is_neither_is_refused() {
        for pattern in ["*", "*@", "*.dk", "a*@example.dk", "example.dk", "*@*.dk", ""] {
            let mut allow = AllowList::default();
            assert!(allow.add(pattern).is_err() && allow.is_empty(), "{pattern}");
        }
    }
}
