//! Calls of macros: where a call ends, and what stands between its parentheses.

/// A call of a macro.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Call {
    /// Name of the macro, with its `$`.
    pub(super) name: String,
    /// Arguments in written order.
    pub(super) arguments: Vec<Argument>,
    /// A name that follows the call: `as x`.
    pub(super) alias: Option<String>,
    /// A `{` follows.
    pub(super) opens: bool,
    /// A `}` follows too.
    pub(super) closes: bool,
    /// Tags that follow the call, without their `$`.
    pub(super) tags: Vec<String>,
    /// The address of `[[...]]` that follows the call.
    pub(super) link: Option<String>,
    /// What follows the call and is not understood.
    pub(super) tail: Option<String>,
}

/// An argument of a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Argument {
    /// The name of `$name=value`, without `$`.
    pub(super) name: Option<String>,
    /// The value, without quotes.
    pub(super) value: String,
    /// It was written in quotes.
    pub(super) quoted: bool,
}

/// Arguments of a call by name or position.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arguments<'c>(pub(super) &'c Call);

impl<'c> Arguments<'c> {
    /// The argument of this name, else the one at this position among those without a name; never empty.
    pub(super) fn get(&self, name: &str, position: usize) -> Option<&'c str> {
        let named = self.0.arguments.iter().find(|argument| argument.name.as_deref() == Some(name));
        let found = named
            .or_else(|| self.0.arguments.iter().filter(|argument| argument.name.is_none()).nth(position))?;
        Some(found.value.trim()).filter(|value| !value.is_empty())
    }

    /// The argument of this name.
    pub(super) fn named(&self, name: &str) -> Option<&'c str> {
        self.get(name, usize::MAX)
    }
}

/// The byte of the parenthesis that closes the one at `open`; `None` when there is none.
pub(super) fn closing(text: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate().skip(open) {
        match byte {
            b'"' => quoted = !quoted,
            b'(' if !quoted => depth += 1,
            b')' if !quoted => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    // A quote that is missing must not hide the end of the call.
    if quoted { text[open..].rfind(')').map(|at| open + at) } else { None }
}

/// The pieces between commas that stand outside quotes, parentheses, brackets and braces.
pub(super) fn split(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut depth = 0_usize;
    let mut quote: Option<char> = None;
    let mut start = 0;
    let mut begins = true;
    for (at, character) in text.char_indices() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some('"'),
            // An apostrophe opens a string only where an argument or a value begins.
            (None, '\'') if begins && text[at + 1..].contains('\'') => quote = Some('\''),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                pieces.push(text[start..at].trim());
                start = at + 1;
                begins = true;
                continue;
            }
            (None, _) => {}
        }
        begins = begins && character.is_whitespace() || character == '=';
    }
    let last = text[start..].trim();
    if !last.is_empty() || !pieces.is_empty() {
        pieces.push(last);
    }
    pieces
}

/// The arguments of a text between parentheses, quotes removed.
pub(super) fn arguments(text: &str) -> Vec<Argument> {
    split(text)
        .into_iter()
        .map(|piece| {
            let (name, written) = named(piece).map_or((None, piece), |(name, value)| (Some(name), value));
            let value = unquoted(written);
            Argument {
                name: name.map(str::to_owned),
                value: value.to_owned(),
                quoted: value.len() < written.len(),
            }
        })
        .collect()
}

/// `$name = value`: the name without `$`, and the value as written.
pub(super) fn named(piece: &str) -> Option<(&str, &str)> {
    let rest = piece.strip_prefix('$')?;
    let (name, value) = rest.split_once('=')?;
    let name = name.trim();
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (plain && !value.starts_with('=')).then(|| (name, value.trim()))
}

/// The same text without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    for quote in ['"', '\''] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            return inner;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_quotes_and_brackets_do_not_divide() {
        assert_eq!(split(r#"a, "b, c", $d="e,f", g(h, i)"#), ["a", r#""b, c""#, r#"$d="e,f""#, "g(h, i)"]);
        assert_eq!(split("it's, x's"), ["it's", "x's"]);
        assert_eq!(split("'a, b', c"), ["'a, b'", "c"]);
        assert_eq!(split(""), Vec::<&str>::new());
        assert_eq!(split("a,,b"), ["a", "", "b"]);
    }

    #[test]
    fn calls_end_where_they_end() {
        assert_eq!(closing("f(a, \")\", g(b)) x", 1), Some(14));
        assert_eq!(closing("f(a", 1), None);
        assert_eq!(closing("f(a\")", 1), Some(4));
    }
}
