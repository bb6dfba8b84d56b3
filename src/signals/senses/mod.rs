//! Senses of words, with definitions and examples of use: a small text collection with judgements. README.md beside the files
//! says whose it is and how it was made.

pub mod stems;

/// Numbers in the vector of a stem.
pub const DIMENSIONS: usize = 32;

/// Most documents of the collection.
pub const MOST_DOCUMENTS: usize = 2000;

/// A sense of one or more words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// The words that have it, between commas.
    pub words: &'static str,
    /// What it is.
    pub definition: &'static str,
    /// The words in use, between tabs.
    examples: &'static str,
}

impl Sense {
    /// Examples of use, one at least.
    pub fn examples(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.examples.split('\t')
    }
}

/// The 2,000 senses, those with the most frequent words first.
///
/// # Panics
/// When the file does not hold what it should, which a test excludes.
pub fn senses() -> Vec<Sense> {
    let sense = |line: &'static str| {
        let mut parts = line.splitn(3, '\t');
        let mut next = || parts.next().expect("a line has words, a definition and examples");
        Sense { words: next(), definition: next(), examples: next() }
    };
    include_str!("senses.txt").lines().map(sense).collect()
}

/// The stems that have vectors, in alphabetical order.
pub fn vocabulary() -> Vec<&'static str> {
    include_str!("stems.txt").lines().collect()
}

/// The vectors of stems, row by row, each of unit length or zero.
pub fn vectors() -> Vec<f64> {
    let mut numbers: Vec<f64> =
        include_bytes!("vectors.i8").iter().map(|&byte| f64::from(byte.cast_signed()) / 127.0).collect();
    for row in numbers.chunks_exact_mut(DIMENSIONS) {
        let length = row.iter().map(|x| x * x).sum::<f64>().sqrt();
        if length > 0.0 {
            row.iter_mut().for_each(|x| *x /= length);
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_collection_is_whole() {
        let senses = senses();
        assert_eq!(senses.len(), MOST_DOCUMENTS);
        assert_eq!(senses.iter().map(|sense| sense.examples().count()).sum::<usize>(), 2837);
        assert!(senses.iter().all(|s| !s.words.is_empty() && s.definition.len() > 10));
        assert_eq!(vectors().len(), vocabulary().len() * DIMENSIONS);
    }

    /// The script that chose the vocabulary has the same stems as this crate.
    #[test]
    fn stems_are_those_of_the_script() {
        let mut occurs: BTreeMap<String, usize> = BTreeMap::new();
        for line in include_str!("senses.txt").lines() {
            stems::stems(line).into_iter().for_each(|stem| *occurs.entry(stem).or_default() += 1);
        }
        let twice: Vec<String> = occurs.into_iter().filter(|(_, count)| *count >= 2).map(|(stem, _)| stem).collect();
        assert_eq!(twice, vocabulary());
    }
}
