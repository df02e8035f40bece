//! A column whose quantiles over many parts of it are asked for, each told by counting.
//!
//! Every value has a slot, and slots have the order of the values. A part's values are counted by slot, and only those of
//! the slot that holds the quantile are put in order: the same value as by sorting the part, in a third of the steps.

use std::ops::Range;

/// How many slots there are; the first is that of missing values.
const SLOTS: usize = 256;

/// A column of values, NaN where one is missing.
#[derive(Debug, Default)]
pub(super) struct Column {
    values: Vec<f64>,
    slots: Vec<u8>,
}

/// Where slots begin, and how many there are to one. Values beyond either end share a slot.
#[derive(Debug, Clone, Copy)]
pub(super) struct Slots {
    pub from: f64,
    pub to_one: f64,
}

impl Column {
    /// A column of values.
    pub fn new(values: Vec<f64>, by: Slots) -> Self {
        let last = (SLOTS - 2) as f64;
        // A missing value is no number, and the slot of that is zero.
        let slot = |value: &f64| (((value - by.from) * by.to_one).clamp(0.0, last) + 1.0) as u8;
        let slots = values.iter().map(slot).collect();
        Self { values, slots }
    }

    /// The values, NaN where one is missing.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// How many of the values in some parts are known and wanted, and the one below which a share of them lies.
    pub fn quantile<const N: usize>(
        &self,
        parts: [Range<usize>; N],
        wanted: impl Fn(usize) -> bool,
        share: f64,
    ) -> (usize, Option<f64>) {
        let mut counts = [0_u32; SLOTS];
        for part in &parts {
            for (i, &slot) in part.clone().zip(&self.slots[part.clone()]) {
                counts[usize::from(slot)] += u32::from(wanted(i));
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
        let mut within = Vec::with_capacity(counts[slot] as usize);
        for part in parts {
            let known = part.clone().zip(&self.slots[part.clone()]).zip(&self.values[part]);
            within.extend(known.filter(|((i, s), _)| usize::from(**s) == slot && wanted(*i)).map(|(_, value)| *value));
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
        fn as_by_sorting(values in vec(prop::option::weighted(0.8, -3.0..9.0_f64), 0..300), share in 0.0..1.0_f64, odd in any::<bool>()) {
            let column = Column::new(
                values.iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
                Slots { from: 0.5, to_one: 40.0 },
            );
            let (first, last) = (values.len() / 3, values.len() / 2);
            let wanted = |i: usize| odd || i.is_multiple_of(2);
            let parts = [0..first, last..values.len()];
            let picked = parts.iter().cloned().flatten().filter(|&i| wanted(i));
            let mut sorted: Vec<f64> = picked.filter_map(|i| values[i]).collect();
            sorted.sort_by(f64::total_cmp);
            let expected = sorted.get((share * sorted.len() as f64) as usize).copied();
            prop_assert_eq!(column.quantile(parts, wanted, share), (sorted.len(), expected));
        }
    }
}
