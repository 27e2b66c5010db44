//! "Did you mean": the known word that somebody probably wanted to write.

/// The word of `known` that a typing error of at most a third of the letters away from `given` would explain.
#[must_use]
pub fn nearest<'k>(given: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    let limit = (given.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|word| (edit_distance(given, word), word))
        .filter(|(distance, word)| *distance <= limit && *word != given)
        .min()
        .map(|(_, word)| word)
}

/// Insertions, deletions, replacements and swaps of neighbours that lead from one word to the other.
fn edit_distance(left: &str, right: &str) -> usize {
    let left: Vec<char> = left.to_lowercase().chars().collect();
    let right: Vec<char> = right.to_lowercase().chars().collect();
    let mut rows: Vec<Vec<usize>> = vec![(0..=right.len()).collect()];
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let cell =
                |r: usize, c: usize| rows.get(r).and_then(|cells| cells.get(c)).copied().unwrap_or(usize::MAX / 2);
            let mut best = (cell(i, j) + usize::from(a != b)).min(cell(i, j + 1) + 1);
            best = best.min(row.last().copied().unwrap_or(usize::MAX / 2) + 1);
            if i > 0 && j > 0 && left.get(i - 1) == Some(b) && right.get(j - 1) == Some(a) {
                best = best.min(cell(i - 1, j - 1) + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_its_word_and_another_word_finds_none() {
        let known = ["weight", "where", "unless", "phrases"];
        assert_eq!(nearest("weigth", known), Some("weight"));
        assert_eq!(nearest("Phrases", known), Some("phrases"));
        assert_eq!(nearest("fraser", known), None);
    }
}
