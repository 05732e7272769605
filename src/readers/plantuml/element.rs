//! Elements: a keyword or a shape, a name, and what is said beside it.
//!
//! PlantUML language reference 1.2025, "Deployment Diagram", "Declaring element" and "Nestable elements":
//! element := keyword? (name | name `as` name) (stereotype | tag | color | link)* (`{` `}`?)?

use super::syntax::Element;

/// Keywords of component and deployment diagrams.
pub(super) const KEYWORDS: [&str; 38] = [
    "action",
    "actor",
    "actor/",
    "agent",
    "artifact",
    "boundary",
    "card",
    "circle",
    "cloud",
    "collections",
    "component",
    "container",
    "control",
    "database",
    "entity",
    "file",
    "folder",
    "frame",
    "hexagon",
    "interface",
    "label",
    "node",
    "package",
    "person",
    "port",
    "portin",
    "portout",
    "process",
    "queue",
    "rectangle",
    "stack",
    "storage",
    "usecase",
    "usecase/",
    "group",
    "system",
    "archimate",
    "diamond",
];

/// The element that a line declares; `None` when it declares none.
pub(super) fn element(line: &str) -> Option<Element> {
    let first =
        line.split(|c: char| c.is_whitespace() || c == '"' || c == '[' || c == '<' || c == '{').next()?;
    let lower = first.to_ascii_lowercase();
    let keyword = KEYWORDS.iter().find(|keyword| **keyword == lower).copied();
    let rest = match keyword {
        Some(_) => line[first.len()..].trim_start(),
        None => line,
    };
    if keyword.is_some() && super::arrow::arrow(rest).is_some() && !rest.starts_with(['(', '#', '<']) {
        return None;
    }
    let mut parts = Parts { element: Element::default(), first: None, second: None, after_as: false };
    parts.element.keyword = keyword.unwrap_or_default().trim_end_matches('/').to_owned();
    if keyword == Some("archimate") {
        // `archimate #Business "name" as a <<process>>`: the color names the layer.
        parts.element.keyword = "archimate".to_owned();
    }
    parts.read(rest, keyword.is_some())?;
    parts.finish()
}

/// A name as it is written.
struct Written {
    text: String,
    /// Written with quotes, brackets or parentheses.
    formed: bool,
}

struct Parts {
    element: Element,
    first: Option<Written>,
    second: Option<Written>,
    after_as: bool,
}

impl Parts {
    fn read(&mut self, text: &str, keyword: bool) -> Option<()> {
        let mut rest = text.trim_start();
        while let Some(character) = rest.chars().next() {
            rest = if let Some((word, after)) = stereotype(rest) {
                self.element.stereotypes.push(word);
                after
            } else if rest.starts_with("[[") {
                let (address, after) = link(rest)?;
                self.element.link = address;
                after
            } else if character == '{' {
                self.element.opens = true;
                match rest[1..].trim() {
                    "" => {}
                    "}" => self.element.closes = true,
                    _ => return None,
                }
                ""
            } else if character == '#' {
                let end = rest.find(|c: char| c.is_whitespace() || c == '{').unwrap_or(rest.len());
                if self.element.keyword == "archimate" && self.first.is_none() {
                    let layer = rest[1..end].split(['/', '|', '\\', '-']).next().unwrap_or_default();
                    self.element.layer = Some(layer.to_owned()).filter(|layer| !layer.is_empty());
                }
                &rest[end..]
            } else if let Some((name, after)) = self.formed(rest, keyword) {
                self.name(Written { text: name, formed: true })?;
                after
            } else {
                self.word(rest)?
            };
            rest = rest.trim_start();
        }
        Some(())
    }

    /// A name in quotes, brackets, parentheses or colons. Without a keyword the form says what it is.
    fn formed<'t>(&mut self, rest: &'t str, keyword: bool) -> Option<(String, &'t str)> {
        if let Some((name, after)) = quoted(rest) {
            return Some((name.to_owned(), after));
        }
        if let Some(after) = rest.strip_prefix("()").filter(|_| !keyword && self.first.is_none()) {
            self.element.keyword = "interface".to_owned();
            let after = after.trim_start();
            if let Some((name, after)) = quoted(after) {
                return Some((name.to_owned(), after));
            }
            let end = after.find(char::is_whitespace).unwrap_or(after.len());
            return (end > 0).then(|| (after[..end].to_owned(), &after[end..]));
        }
        for (open, close, shape) in [('[', ']', "component"), ('(', ')', "usecase"), (':', ':', "actor")] {
            let Some(inside) = rest.strip_prefix(open) else { continue };
            let end = match close {
                // A bracketed name may hold brackets of its own.
                ']' => closing_bracket(inside)?,
                _ => inside.find(close)?,
            };
            if self.element.keyword.is_empty() {
                self.element.keyword = shape.to_owned();
            }
            let after = &inside[end + 1..];
            let after = after.strip_prefix('/').unwrap_or(after);
            return Some((inside[..end].trim().trim_matches('"').to_owned(), after));
        }
        None
    }

    fn word<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let end = rest.find(|c: char| c.is_whitespace() || c == '{' || c == '"').unwrap_or(rest.len());
        let end = rest[..end].find("<<").unwrap_or(end);
        let (word, after) = rest.split_at(end);
        if word.is_empty() {
            return None;
        }
        if word.eq_ignore_ascii_case("as") && self.first.is_some() && !self.after_as {
            self.after_as = true;
        } else if word == "order" && self.first.is_some() {
            let after = after.trim_start();
            let end = after.find(char::is_whitespace).unwrap_or(after.len());
            return Some(&after[end..]);
        } else if let Some(tag) = word
            .strip_prefix('$')
            .filter(|_| self.first.is_some() && !(self.after_as && self.second.is_none()))
        {
            self.element.tags.push(tag.to_owned());
        } else {
            self.name(Written { text: word.to_owned(), formed: false })?;
        }
        Some(after)
    }

    fn name(&mut self, written: Written) -> Option<()> {
        match (&mut self.first, self.after_as, &mut self.second) {
            (None, _, _) => self.first = Some(written),
            (Some(_), true, None) => self.second = Some(written),
            // Words of a name that should have been quoted.
            (Some(first), false, _)
                if !first.formed && !written.formed && self.element.stereotypes.is_empty() =>
            {
                first.text.push(' ');
                first.text.push_str(&written.text);
            }
            _ => return None,
        }
        Some(())
    }

    fn finish(mut self) -> Option<Element> {
        if self.element.keyword.is_empty() {
            return None;
        }
        let opens = self.element.opens;
        let Some(first) = self.first else {
            // `node {` is a group without a name.
            return opens.then_some(self.element);
        };
        let (name, alias) = match self.second {
            None if self.after_as => return None,
            None => (first.text, None),
            // `a as "Name"` and `"Name" as a`.
            Some(second) if second.formed && !first.formed => (second.text, Some(first.text)),
            Some(second) => (first.text, Some(second.text)),
        };
        self.element.name = name;
        self.element.alias = alias;
        Some(self.element)
    }
}

fn closing_bracket(inside: &str) -> Option<usize> {
    let mut depth = 1_usize;
    for (at, byte) in inside.bytes().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
    }
    None
}

/// A text in double quotes at the start, and what follows. Names may hold quotes: one that stands before a letter or
/// another quote, or leaves an odd number of quotes behind it, is part of the name when there is a better one.
pub(super) fn quoted(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('"')?;
    let first = inside.find('"')?;
    let mut left = inside.bytes().filter(|byte| *byte == b'"').count();
    let mut end = first;
    loop {
        left -= 1;
        let after = &inside[end + 1..];
        if left.is_multiple_of(2)
            && (end == 0 || !after.starts_with(|c: char| c == '"' || c.is_alphanumeric()))
        {
            break;
        }
        match after.find('"') {
            Some(next) => end += next + 1,
            None => {
                end = first;
                break;
            }
        }
    }
    Some((&inside[..end], &inside[end + 1..]))
}

/// The address of a `[[address words]]` at the start, and what follows.
pub(super) fn link(text: &str) -> Option<(Option<String>, &str)> {
    let inside = text.strip_prefix("[[")?;
    let end = inside.find("]]")?;
    let address = inside[..end].split(|c: char| c.is_whitespace() || c == '{').next();
    Some((address.filter(|address| !address.is_empty()).map(str::to_owned), &inside[end + 2..]))
}

/// A `<<stereotype>>` at the start, and what follows.
pub(super) fn stereotype(text: &str) -> Option<(String, &str)> {
    let inside = text.strip_prefix("<<")?;
    let end = inside.find(">>")?;
    let word = inside[..end].trim();
    // `<<(C,#ADD1B2) class>>` draws a letter beside the word; `<<$icon>>` draws an icon.
    let word = match word.strip_prefix('(').and_then(|spot| spot.split_once(')')) {
        Some((_, after)) => after.trim(),
        None => word,
    };
    Some((word.to_owned(), &inside[end + 2..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        let Some(element) = element(line) else { return "none".to_owned() };
        let mut text = format!("{} {:?}", element.keyword, element.name);
        if let Some(alias) = &element.alias {
            text.push_str(&format!(" as {alias}"));
        }
        for stereotype in &element.stereotypes {
            text.push_str(&format!(" <<{stereotype}>>"));
        }
        for tag in &element.tags {
            text.push_str(&format!(" ${tag}"));
        }
        text.push_str(if element.closes {
            " {}"
        } else if element.opens {
            " {"
        } else {
            ""
        });
        text
    }

    #[test]
    fn elements_of_every_form_are_read() {
        for (line, expected) in [
            ("component A", "component \"A\""),
            ("component [A b] as a <<c>> #red", "component \"A b\" as a <<c>>"),
            ("node \"A b\" as a {", "node \"A b\" as a {"),
            ("rectangle \"a\" <<b>> as c.d {", "rectangle \"a\" as c.d <<b>> {"),
            ("[A]", "component \"A\""),
            ("() \"A b\" as a", "interface \"A b\" as a"),
            ("(Case)", "usecase \"Case\""),
            (":User: as u", "actor \"User\" as u"),
            ("database db", "database \"db\""),
            ("a as \"b\"", "none"),
            ("queue q as \"Q r\"", "queue \"Q r\" as q"),
            ("cloud {", "cloud \"\" {"),
            ("database Blobstore {}", "database \"Blobstore\" {}"),
            ("node \"A\" $t1 $t2 {", "node \"A\" $t1 $t2 {"),
            ("component \"[**IRS**]\" as IRS", "component \"[**IRS**]\" as IRS"),
            ("package \"P\" as Pr #FFFFFF {", "package \"P\" as Pr {"),
            ("circle #black \"J\" <<junction>> as c2", "circle \"J\" as c2 <<junction>>"),
            ("rectangle \"a\" as b [[http://x tip]]", "rectangle \"a\" as b"),
            ("component Fertiscan <<http://x>> as S", "component \"Fertiscan\" as S <<http://x>>"),
            ("database --> x", "none"),
            ("nodes x", "none"),
            ("rectangle(a, b)", "none"),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }
}
