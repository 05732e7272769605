//! Texts as scalars of YAML.

/// How a text is quoted when it cannot stand plain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quotes {
    /// Double, with JSON's escapes; JSON files stay JSON.
    #[default]
    Double,
    /// Single where no escape is needed, else double.
    Single,
    /// Double, even where the text could stand plain: JSON.
    Always,
}

/// A text as a scalar of YAML that reads as the same text: plain when nothing in it means anything in YAML.
pub fn scalar(text: &str, quotes: Quotes) -> String {
    if quotes != Quotes::Always && is_plain(text) {
        return text.to_owned();
    }
    let printable = text.chars().all(|letter| !letter.is_control() && letter != '\u{FEFF}');
    if quotes == Quotes::Single && printable {
        return format!("'{}'", text.replace('\'', "''"));
    }
    // JSON's escapes are YAML's; what YAML takes for a line end is escaped as well.
    let quoted = serde_json::Value::from(text).to_string();
    ['\u{85}', '\u{2028}', '\u{2029}', '\u{FEFF}', '\u{7F}']
        .into_iter()
        .fold(quoted, |quoted, letter| quoted.replace(letter, &format!("\\u{:04x}", u32::from(letter))))
}

fn is_plain(text: &str) -> bool {
    let date = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let inside = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '/' | '.' | ' ');
    let words = text.starts_with(|first: char| first.is_alphabetic())
        && text.chars().all(inside)
        && !text.ends_with(' ')
        && !text.contains("  ");
    let meant = ["true", "false", "null", "nan", "inf", "infinity"];
    (words && !meant.iter().any(|word| text.eq_ignore_ascii_case(word))) || date
}

#[cfg(test)]
mod tests {
    use super::{Quotes, scalar};

    #[test]
    fn texts_are_quoted_only_where_yaml_needs_it() {
        let cases = [
            ("data-domain/sql", "data-domain/sql", "data-domain/sql"),
            ("a>b:ftp:ftp", "\"a>b:ftp:ftp\"", "'a>b:ftp:ftp'"),
            ("yes", "yes", "yes"),
            ("J. Doe", "J. Doe", "J. Doe"),
            ("2026-03-01", "2026-03-01", "2026-03-01"),
            ("say \"hi\"", "\"say \\\"hi\\\"\"", "'say \"hi\"'"),
            ("it's", "\"it's\"", "'it''s'"),
            ("2019", "\"2019\"", "'2019'"),
            ("Null", "\"Null\"", "'Null'"),
            ("a: b", "\"a: b\"", "'a: b'"),
            ("a #b", "\"a #b\"", "'a #b'"),
            ("", "\"\"", "''"),
            ("a\nb", "\"a\\nb\"", "\"a\\nb\""),
            ("a\u{2028}b", "\"a\\u2028b\"", "'a\u{2028}b'"),
        ];
        for (text, double, single) in cases {
            assert_eq!(scalar(text, Quotes::Double), double);
            if !text.contains('\u{2028}') {
                assert_eq!(scalar(text, Quotes::Single), single);
            }
        }
        assert_eq!(scalar("yes", Quotes::Always), "\"yes\"");
    }
}
