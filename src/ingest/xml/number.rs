//! Numbers as exporters write them.

/// Powers of ten that a double holds exactly.
const EXACT_POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// The finite number that the text holds, with blanks around it or a comma for its point, or `None`.
#[inline]
pub fn number(text: &[u8]) -> Option<f64> {
    plain(text).or_else(|| unusual(text))
}

/// The usual shape, `-12.345`: digits that fit a double exactly, over an exact power of ten, give the nearest double.
#[inline]
fn plain(text: &[u8]) -> Option<f64> {
    let (negative, digits) = match text.split_first()? {
        (b'-', digits) => (true, digits),
        _ => (false, text),
    };
    if digits.len() > 19 {
        return None;
    }
    let (mut mantissa, mut point) = (0_u64, None);
    for (at, &byte) in digits.iter().enumerate() {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            mantissa = mantissa * 10 + u64::from(digit);
        } else if byte == b'.' && point.is_none() {
            point = Some(at);
        } else {
            return None;
        }
    }
    let decimals = point.map_or(0, |at| digits.len() - at - 1);
    if mantissa > 1 << 53 || digits.len() == usize::from(point.is_some()) {
        return None;
    }
    let value = mantissa as f64 / EXACT_POWERS[decimals];
    Some(if negative { -value } else { value })
}

/// Any other shape.
fn unusual(text: &[u8]) -> Option<f64> {
    let text = std::str::from_utf8(text).ok()?.trim();
    let value: f64 = match text.split_once(',') {
        Some((whole, decimals)) => format!("{whole}.{decimals}").parse().ok()?,
        None => text.parse().ok()?,
    };
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shapes() {
        let check = |text: &str, expected| assert_eq!(number(text.as_bytes()), expected, "{text}");
        check("12", Some(12.0));
        check("-0.5", Some(-0.5));
        check(".5", Some(0.5));
        check("5.", Some(5.0));
        check("+5", Some(5.0));
        check(" 1.5\n", Some(1.5));
        check("1,5", Some(1.5));
        check("1e3", Some(1000.0));
        check("40.75396447442472", Some(40.753_964_474_424_72));
        check("-105.258653154596690000", Some(-105.258_653_154_596_69));
        for bad in ["", "-", ".", "n/a", "NaN", "inf", "1.2.3", "1,2,3", "1 2", "1e999", "é"] {
            check(bad, None);
        }
    }

    proptest! {
        #[test]
        fn the_short_way_equals_the_standard_one(text in "-?[0-9]{0,12}\\.?[0-9]{0,12}") {
            let expected = text.parse::<f64>().ok();
            prop_assert_eq!(number(text.as_bytes()), expected);
        }
    }
}
