//! The word that a misspelt one was meant to be.

/// The nearest of some words: one that begins with the text or holds it, else one that a few slips make of it. `None`
/// where nothing is near, or where the text says too little.
pub fn nearest<'a>(text: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let text = text.trim().to_lowercase();
    if text.chars().count() < 3 || text.chars().count() > 60 {
        return None;
    }
    let words: Vec<&str> = words.into_iter().collect();
    let begins = words.iter().find(|word| word.starts_with(&text));
    let holds = || words.iter().find(|word| text.len() >= 4 && word.contains(&text));
    let slips = |word: &str| slips(&text, word);
    // A slip in every third letter is another word.
    let most = (text.chars().count() / 3).clamp(1, 3);
    let near = || words.iter().filter(|word| slips(word) <= most).min_by_key(|word| slips(word));
    begins.or_else(holds).or_else(near).copied()
}

/// How many letters must be put in, left out, changed or swapped with the next (Damerau and Levenshtein).
fn slips(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_meant() {
        let words = ["kinetic-revolution", "nhs-couch-to-5k", "moen", "nike"];
        let of = |text| nearest(text, words);
        assert_eq!(of("kinetic"), Some("kinetic-revolution"));
        assert_eq!(of("Kinetic-Revoltuion"), Some("kinetic-revolution"));
        assert_eq!(of("couch"), Some("nhs-couch-to-5k"));
        assert_eq!((of("neki"), of("moan"), of("meon")), (None, Some("moen"), Some("moen")));
        assert_eq!((of(""), of("ni"), of("marathon")), (None, None, None));
    }

    #[test]
    fn slips_are_counted() {
        let cases =
            [("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("pase", "pace", 1), ("kitten", "sitting", 3)];
        for (a, b, n) in cases {
            assert_eq!((slips(a, b), slips(b, a)), (n, n), "{a} {b}");
        }
    }
}
