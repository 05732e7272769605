//! Ids that come from names and paths, never from counters.

use std::fmt;
use std::sync::Arc;

use super::element::Technology;
use super::relation::Protocol;

macro_rules! id {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The id that is written so.
            pub fn new(text: impl AsRef<str>) -> Self {
                Self(Arc::from(text.as_ref()))
            }

            /// The written form.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, formatter)
            }
        }
    };
}

id! {
    /// Slug path of an element: `data-domain/messagebox-sql`.
    ElementId
}
id! {
    /// `from>to:protocol-family:label-slug`, exact duplicates with `~2` in source order.
    RelationId
}
id! {
    /// Slug of a view's title or file name.
    ViewId
}

/// The slug of a name: lower case, letters and digits of any script, all else one hyphen;
/// `unnamed` when nothing is left.
pub fn slug(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "unnamed".to_owned() } else { slug.to_owned() }
}

/// A slug of at most 64 characters, cut between words, for a part of an id.
pub fn short_slug(name: &str) -> String {
    const LONGEST: usize = 64;
    let slug = slug(name);
    let Some((end, _)) = slug.char_indices().nth(LONGEST) else { return slug };
    let cut = slug[..end].rfind('-').filter(|at| *at > 0).unwrap_or(end);
    slug[..cut].to_owned()
}

/// The id of a relation that has no explicit one: its ends, then the slug of what the author
/// wrote as its technology or protocols, then the slug of its label, each where there is one:
/// `web>db`, `web>db:sql`, `web>db:jdbc:reads-orders`.
pub fn relation_id(from: &ElementId, to: &ElementId, technologies: &[&str], label: Option<&str>) -> String {
    let mut id = format!("{from}>{to}");
    if !technologies.is_empty() {
        id.push(':');
        id.push_str(&short_slug(&technologies.join(" ")));
    }
    if let Some(label) = label {
        id.push(':');
        id.push_str(&short_slug(label));
    }
    id
}

/// The words of a relation's id between its ends and its label: its technologies as written, else
/// its protocols as written.
pub fn technology_words<'a>(technologies: &'a [Technology], protocols: &'a [Protocol]) -> Vec<&'a str> {
    if !technologies.is_empty() {
        return technologies.iter().map(|technology| technology.written.as_str()).collect();
    }
    let written =
        |protocol: &'a Protocol| (!protocol.written.is_empty()).then_some(protocol.written.as_str());
    protocols.iter().filter_map(written).collect()
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs_keep_letters_and_fold_the_rest() {
        assert_eq!(slug("Data Domain (SQL)"), "data-domain-sql");
        assert_eq!(slug("Müller & Söhne"), "müller-söhne");
        assert_eq!(slug("«»"), "unnamed");
    }
}
