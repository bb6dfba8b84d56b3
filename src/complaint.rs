//! One sentence for a person whose input cannot be used.

use std::fmt;

/// Names the field and says what it takes. Never a panic, never an error code.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Complaint {
    /// Path into the Spec, such as `problem.signal.sparsity`, or a file's name. Empty for the whole.
    pub field: String,
    /// What is wrong and what would be right; reads on after the field's name.
    pub message: String,
}

/// What a field of a Spec is called in a sentence when it is a text of unknown length.
const QUOTE_LIMIT: usize = 40;

impl Complaint {
    /// A complaint about `field`.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self { field: field.into(), message: message.into() }
    }

    /// The same complaint seen from one level further up: `rows` within `problem` is `problem.rows`.
    #[must_use]
    pub fn within(mut self, parent: &str) -> Self {
        self.field = match (parent.is_empty(), self.field.is_empty()) {
            (true, _) => self.field,
            (false, true) => parent.to_owned(),
            (false, false) if self.field.starts_with('[') => format!("{parent}{}", self.field),
            (false, false) => format!("{parent}.{}", self.field),
        };
        self
    }

    /// A stranger's text, quoted and cut short for use in a sentence.
    pub fn quote(text: &str) -> String {
        let mut short: String = text.chars().take(QUOTE_LIMIT).collect();
        if short.len() < text.len() {
            short.push('…');
        }
        format!("{short:?}")
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() { f.write_str(&self.message) } else { write!(f, "{}: {}", self.field, self.message) }
    }
}

impl std::error::Error for Complaint {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_grows_from_within() {
        let path = |field: &str, parent: &str| Complaint::new(field, "takes less").within(parent).field;
        assert_eq!(path("rows", "problem"), "problem.rows");
        assert_eq!(path("[2]", "spikes"), "spikes[2]");
        assert_eq!(path("", "problem"), "problem");
        assert_eq!(path("rows", ""), "rows");
    }

    #[test]
    fn a_complaint_reads_as_a_sentence() {
        assert_eq!(Complaint::new("seed", "takes less").to_string(), "seed: takes less");
        assert_eq!(Complaint::new("", "the Spec is empty").to_string(), "the Spec is empty");
    }

    #[test]
    fn quotes_are_short_and_on_one_line() {
        assert_eq!(Complaint::quote("a\nb"), "\"a\\nb\"");
        assert_eq!(Complaint::quote(&"é".repeat(41)), format!("\"{}…\"", "é".repeat(40)));
        assert_eq!(Complaint::quote(&"é".repeat(40)), format!("\"{}\"", "é".repeat(40)));
    }
}
