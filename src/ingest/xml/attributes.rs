//! Takes attributes apart.

use std::borrow::Cow;

use memchr::memchr;

use super::text;

/// The attributes of a start tag, each as its name without prefix and its value, in the order of the file.
///
/// Values without quotes and names without values are taken as they stand.
pub fn attributes(raw: &[u8]) -> impl Iterator<Item = (&[u8], Cow<'_, [u8]>)> {
    let mut rest = raw;
    std::iter::from_fn(move || {
        rest = rest.trim_ascii_start();
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|b| b.is_ascii_whitespace() || *b == b'=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let local = memchr::memrchr(b':', name).map_or(name, |colon| &name[colon + 1..]);
        let value;
        (value, rest) = match after.trim_ascii_start().strip_prefix(b"=") {
            Some(assigned) => split_value(assigned.trim_ascii_start()),
            None => (&b""[..], after),
        };
        Some((local, text::resolve(value)))
    })
}

/// The value at the front, without its quotes, and what follows it.
fn split_value(assigned: &[u8]) -> (&[u8], &[u8]) {
    if let Some((&quote @ (b'"' | b'\''), quoted)) = assigned.split_first() {
        let end = memchr(quote, quoted).unwrap_or(quoted.len());
        return (&quoted[..end], quoted.get(end + 1..).unwrap_or_default());
    }
    let end = assigned.iter().position(u8::is_ascii_whitespace).unwrap_or(assigned.len());
    assigned.split_at(end)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::*;

    fn check(raw: &str, expected: &Expect) {
        let list: Vec<_> = attributes(raw.as_bytes())
            .map(|(name, value)| format!("{}={}", text::string(name), text::string(&value)))
            .collect();
        expected.assert_eq(&list.join("|"));
    }

    #[test]
    fn quoted_unquoted_and_lone() {
        check(r#" lat="1" x:lon = '2' "#, &expect!["lat=1|lon=2"]);
        check("\tlat=1\nlon=2", &expect!["lat=1|lon=2"]);
        check(r#"creator="a &amp; b" flag a="1"b="2""#, &expect!["creator=a & b|flag=|a=1|b=2"]);
        check(r#"= lat="1"#, &expect!["=lat=\"1"]);
    }
}
