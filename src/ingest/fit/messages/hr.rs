//! `hr`: heart beats that a strap stored while the watch could not hear it, as under water.

use super::super::contents::Contents;
use super::super::definition::Message;
use super::super::value::timestamp;

pub const FIELDS: &[u8] = &[0, 6, 9, 10];

/// The first message ties the strap's clock to the watch's; the ones behind it count on in twelve bits.
pub fn read(message: &Message<'_>, contents: &mut Contents) {
    let [fraction, bpm, event_times, packed_times] = message.fields();
    let beats = &mut contents.beats;
    let mut rates = bpm.raw().iter();
    // Some writers fill up a message with words that are marked invalid: they are of no beat, nor have they a rate.
    let is_valid = |ticks: &u32| *ticks != u32::MAX;
    let n_whole = event_times.words().collect::<Vec<_>>().iter().rposition(is_valid).map_or(0, |last| last + 1);
    let whole_times = || event_times.words().take(n_whole);
    if let Some(seconds) = message.seconds
        && let Some(first) = whole_times().find(is_valid)
    {
        let fraction = fraction.scaled(32_768.0).unwrap_or(0.0);
        beats.anchor(timestamp(seconds).plus_seconds(fraction), first);
    }
    for (ticks, bpm) in whole_times().zip(rates.by_ref()).filter(|(ticks, _)| is_valid(ticks)) {
        beats.push(ticks, *bpm);
    }
    for (bits, bpm) in twelve_bits(packed_times.raw()).zip(rates) {
        beats.push_rolled(bits, *bpm);
    }
}

/// Twelve-bit numbers, two in three bytes, the low bits first.
fn twelve_bits(bytes: &[u8]) -> impl Iterator<Item = u16> {
    bytes.as_chunks().0.iter().flat_map(|&[low, middle, high]| {
        [u16::from_le_bytes([low, middle & 0x0F]), u16::from_le_bytes([middle >> 4, 0]) | u16::from(high) << 4]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_bit_numbers_are_unpacked() {
        assert_eq!(twelve_bits(&[0x34, 0xA2, 0xBC, 0x01]).collect::<Vec<_>>(), [0x234, 0xBCA]);
    }
}
