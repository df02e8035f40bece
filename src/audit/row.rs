//! The heaviest row of candidates that follow one another, by dynamic programming.

/// The heaviest row of at least `LEAST` candidates, with its weight.
///
/// `own` holds what each candidate weighs, in the order of their ends; `steps` gives for a candidate those that it may
/// follow, with what it adds that it follows them.
pub(super) fn heaviest_row<const LEAST: usize, I: Iterator<Item = (usize, f64)>>(
    own: &[f64],
    steps: impl Fn(usize) -> I,
) -> Option<(f64, Vec<usize>)> {
    // For each candidate the heaviest rows of one, two, and so on up to the least or more candidates that end at it.
    let mut rows: Vec<[Option<Row>; LEAST]> = Vec::with_capacity(own.len());
    for (at, &own) in own.iter().enumerate() {
        let mut here = [None; LEAST];
        here[0] = Some(Row { weight: own, continues: None });
        for (before, step) in steps(at) {
            for (length, row) in rows[before].iter().enumerate() {
                let Some(row) = row else { continue };
                let longer: &mut Option<Row> = &mut here[(length + 1).min(LEAST - 1)];
                let weight = row.weight + step + own;
                if longer.is_none_or(|row| weight > row.weight) {
                    *longer = Some(Row { weight, continues: Some((before, length)) });
                }
            }
        }
        rows.push(here);
    }
    let full = |at: usize| Some((rows[at][LEAST - 1]?.weight, at));
    let (weight, last) = (0..rows.len()).filter_map(full).max_by(|a, b| a.0.total_cmp(&b.0))?;
    let mut row = vec![last];
    let mut here = rows[last][LEAST - 1];
    while let Some((before, length)) = here.and_then(|row| row.continues) {
        row.push(before);
        here = rows[before][length];
    }
    row.reverse();
    Some((weight, row))
}

/// A row of candidates that ends at one of them.
#[derive(Debug, Clone, Copy)]
struct Row {
    weight: f64,
    /// The candidate before it, and which of its rows.
    continues: Option<(usize, usize)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_row_has_the_least_length_and_skips_what_weighs_against_it() {
        let own = [1.0, -0.5, 1.0, 1.0];
        let steps = |at: usize| (0..at).map(|before| (before, 0.1));
        assert_eq!(heaviest_row::<3, _>(&own, steps), Some((3.2, vec![0, 2, 3])));
        assert_eq!(heaviest_row::<4, _>(&own, steps).map(|row| row.1), Some(vec![0, 1, 2, 3]));
        assert_eq!(heaviest_row::<5, _>(&own, steps), None);
    }
}
