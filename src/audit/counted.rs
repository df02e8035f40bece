//! A column whose quantiles over many parts of it are asked for, each told by counting.
//!
//! Every value has a slot, and slots have the order of the values. A part's values are counted by slot, and only those of
//! the slot that holds the quantile are put in order: the same value as by sorting the part, in a third of the steps.

use std::ops::Range;

/// How many slots there are; the first is that of missing values.
const SLOTS: usize = 256;

/// A column of values, NaN where one is missing.
#[derive(Debug)]
pub(super) struct Column {
    values: Vec<f64>,
    slots: Vec<u8>,
    /// The lowest and the highest value of each slot.
    spans: Vec<(f64, f64)>,
}

/// Where slots begin, and how many there are to one. Values beyond either end share a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slots {
    pub from: f64,
    pub to_one: f64,
}

/// Only the values where another column is below a limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Below<'a> {
    pub column: &'a [f64],
    pub limit: f64,
}

impl Column {
    /// A column of values.
    pub fn new(values: Vec<f64>, by: Slots) -> Self {
        let last = (SLOTS - 2) as f64;
        let mut spans = vec![(f64::INFINITY, f64::NEG_INFINITY); SLOTS];
        let slot_of = |value: &f64| {
            // A missing value is no number, and the slot of that is zero.
            let slot = (((value - by.from) * by.to_one).clamp(0.0, last) + 1.0) as u8;
            let (low, high) = &mut spans[usize::from(slot)];
            (*low, *high) = (low.min(*value), high.max(*value));
            slot
        };
        let slots = values.iter().map(slot_of).collect();
        Self { values, slots, spans }
    }

    /// The values, NaN where one is missing.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// How many values are known in some parts, and the one below which a share of them lies.
    pub fn quantile<const N: usize>(
        &self,
        parts: [Range<usize>; N],
        only: Option<Below>,
        share: f64,
    ) -> (usize, Option<f64>) {
        let mut counts = [0_u32; SLOTS];
        for part in &parts {
            let slots = &self.slots[part.clone()];
            match only {
                None => slots.iter().for_each(|&slot| counts[usize::from(slot)] += 1),
                Some(Below { column, limit }) => {
                    for (&slot, &other) in slots.iter().zip(&column[part.clone()]) {
                        counts[usize::from(slot)] += u32::from(other < limit);
                    }
                }
            }
        }
        let n: u32 = counts[1..].iter().sum();
        let at = (share * f64::from(n)) as u32;
        if at >= n {
            return (n as usize, None);
        }
        let (mut slot, mut below) = (1, 0);
        while below + counts[slot] <= at {
            below += counts[slot];
            slot += 1;
        }
        let (low, high) = self.spans[slot];
        if low.to_bits() == high.to_bits() {
            return (n as usize, Some(low));
        }
        let mut within = Vec::with_capacity(counts[slot] as usize);
        for i in parts.into_iter().flatten() {
            let is_wanted = only.is_none_or(|Below { column, limit }| column[i] < limit);
            if usize::from(self.slots[i]) == slot && is_wanted {
                within.push(self.values[i]);
            }
        }
        let (_, &mut value, _) = within.select_nth_unstable_by((at - below) as usize, f64::total_cmp);
        (n as usize, Some(value))
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn as_by_sorting(values in vec(prop::option::weighted(0.8, -3.0..9.0_f64), 0..300), share in 0.0..1.0_f64, all in any::<bool>()) {
            let column = Column::new(
                values.iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
                Slots { from: 0.5, to_one: 40.0 },
            );
            let (first, last) = (values.len() / 3, values.len() / 2);
            let other: Vec<f64> = (0..values.len()).map(|i| (i % 3) as f64).collect();
            let only = (!all).then_some(Below { column: &other, limit: 1.5 });
            let parts = [0..first, last..values.len()];
            let picked = parts.iter().cloned().flatten().filter(|&i| all || other[i] < 1.5);
            let mut sorted: Vec<f64> = picked.filter_map(|i| values[i]).collect();
            sorted.sort_by(f64::total_cmp);
            let expected = sorted.get((share * sorted.len() as f64) as usize).copied();
            prop_assert_eq!(column.quantile(parts, only, share), (sorted.len(), expected));
        }
    }
}
