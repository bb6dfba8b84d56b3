//! Words of a text, without those that say little, and without endings.

/// Words that say little.
const STOP: [&str; 48] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "by", "for", "from", "had", "has", "have", "he", "her", "his",
    "if", "in", "into", "is", "it", "its", "no", "not", "of", "on", "or", "she", "so", "such", "that", "the", "their",
    "them", "then", "there", "they", "this", "to", "up", "was", "were", "which", "who", "will", "with", "you",
];

/// The stems of a text in their order. Words are runs of the letters a to z; single letters are left out.
pub fn stems(text: &str) -> Vec<String> {
    text.to_ascii_lowercase()
        .split(|letter: char| !letter.is_ascii_lowercase())
        .filter(|word| word.len() > 1 && !STOP.contains(word))
        .map(stem)
        .collect()
}

/// A word without the endings of plurals, participles and adverbs: a crude rule that finds `run` in `running` and errs at times.
fn stem(word: &str) -> String {
    let mut word = word.to_owned();
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if word.len() > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        word.pop();
    }
    let endings = [("ing", 6), ("ed", 5), ("ly", 5)];
    if let Some((ending, _)) = endings.iter().find(|(ending, least)| word.len() >= *least && word.ends_with(ending)) {
        word.truncate(word.len() - ending.len());
        let mut letters = word.bytes().rev();
        let doubled =
            matches!((letters.next(), letters.next()), (Some(a), Some(b)) if a == b && !b"aeiouylsz".contains(&a));
        if word.len() > 3 && doubled {
            word.pop();
        }
    }
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    if word.len() > 2 && word.ends_with('y') {
        word.pop();
        word.push('i');
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_taken_off() {
        let text = "The running dogs of 3 cities, using hopped-up stories: he 'was' falling slowly";
        let wanted = ["run", "dog", "citi", "using", "hop", "stori", "fall", "slow"];
        assert_eq!(stems(text), wanted);
        assert!(stems("").is_empty() && stems("a I 12").is_empty());
    }
}
