//! A digest becomes a letter: subject, HTML and plain text, by the templates that people edit.

pub mod letter;

pub use letter::Letter;
