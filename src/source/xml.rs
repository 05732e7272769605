//! XML with places.
//!
//! In: the text of one document, or of one element that stands in a longer source. Out: its elements, each with the
//! span of the source that it covers, or one error in our words with its place. Attributes and text come decoded.
//!
//! Architecture invariant: nothing outside of the text is read. External entities are not followed, and what a
//! document declares can neither grow without bound nor nest; `xml_bounds` looks before the parser does.

use std::ops::Range;

use roxmltree::{Document, Error, Node, ParsingOptions};

use super::span::{FileId, Span};
use super::xml_bounds;

/// Elements, attributes' owners and pieces of text that one document may hold.
const NODES: u32 = 1_000_000;

/// A parsed document.
#[derive(Debug)]
pub struct Xml<'t> {
    document: Document<'t>,
    place: Base,
}

/// Where the document stands in its source.
#[derive(Clone, Copy, Debug)]
struct Base {
    file: FileId,
    offset: usize,
}

impl Base {
    fn span(self, range: Range<usize>) -> Span {
        Span::new(self.file, self.offset + range.start, self.offset + range.end)
    }
}

/// An element of a document.
#[derive(Clone, Copy, Debug)]
pub struct XmlNode<'a> {
    node: Node<'a, 'a>,
    place: Base,
}

/// Text that is not XML, or XML that is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct XmlError {
    /// What was seen and what was expected.
    pub message: String,
    /// Where.
    pub span: Span,
    /// What to write instead, when we know.
    pub help: Option<&'static str>,
}

impl<'t> Xml<'t> {
    /// Parses the document that is `text`, which begins at byte `offset` of the source `file`.
    ///
    /// # Errors
    /// When the text is not well-formed, or exceeds a bound.
    pub fn parse(file: FileId, text: &'t str, offset: usize) -> Result<Self, XmlError> {
        let place = Base { file, offset };
        xml_bounds::check(text).map_err(|(message, range)| XmlError {
            message,
            span: place.span(range),
            help: None,
        })?;
        let options = ParsingOptions { allow_dtd: true, nodes_limit: NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|error| {
            let at = offset_of(text, &error);
            let end = text[at..].chars().next().map_or(at, |next| at + next.len_utf8());
            let (message, help) = told(&error);
            XmlError { message, span: place.span(at..end), help }
        })?;
        Ok(Self { document, place })
    }

    /// The outermost element.
    pub fn root(&self) -> XmlNode<'_> {
        XmlNode { node: self.document.root_element(), place: self.place }
    }
}

impl<'a> XmlNode<'a> {
    /// The name of the element, without prefix.
    pub fn name(self) -> &'a str {
        self.node.tag_name().name()
    }

    /// The value of an attribute.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        self.node.attribute(name)
    }

    /// All attributes, in written order.
    pub fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.node.attributes().map(|attribute| (attribute.name(), attribute.value()))
    }

    /// The elements in it, in written order.
    pub fn children(self) -> impl Iterator<Item = XmlNode<'a>> {
        let place = self.place;
        self.node.children().filter(Node::is_element).map(move |node| XmlNode { node, place })
    }

    /// The first element in it of a name.
    pub fn child(self, name: &str) -> Option<XmlNode<'a>> {
        self.children().find(|child| child.name() == name)
    }

    /// The text that stands directly in it.
    pub fn text(self) -> String {
        self.node.children().filter(Node::is_text).filter_map(|node| node.text()).collect()
    }

    /// The whole element.
    pub fn span(self) -> Span {
        self.place.span(self.node.range())
    }
}

/// One past the end of the tag that a text begins with; quoted values may hold `>`. `None` when it does not end.
pub fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(byte),
            (None, b'>') => return Some(at + 1),
            (None, _) => {}
        }
    }
    None
}

/// The byte that an error is about. The parser gives lines and characters.
fn offset_of(text: &str, error: &Error) -> usize {
    match error {
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => return last(text),
        Error::NoRootNode | Error::DtdDetected | Error::NodesLimitReached => return 0,
        _ => {}
    }
    let place = error.pos();
    let line: usize =
        text.split_inclusive('\n').take(place.row.saturating_sub(1) as usize).map(str::len).sum();
    let before = text[line..].chars().take(place.col.saturating_sub(1) as usize).map(char::len_utf8);
    (line + before.sum::<usize>()).min(last(text))
}

/// Where the last character starts.
fn last(text: &str) -> usize {
    text.char_indices().next_back().map_or(0, |(at, _)| at)
}

/// What is said of an error, and what to do about it.
fn told(error: &Error) -> (String, Option<&'static str>) {
    let message = match error {
        Error::UnexpectedCloseTag(expected, found, _) => {
            format!("`</{found}>` does not close what is open, expected `</{expected}>`")
        }
        Error::UnclosedRootNode | Error::UnexpectedEndOfStream => {
            return ("the text ends before its elements are closed".into(), Some("is the file whole?"));
        }
        Error::NoRootNode => "there is no element, expected `<`".into(),
        Error::UnknownEntityReference(name, _) => {
            let help = "write the character itself, or its number as `&#160;`";
            return (
                format!(
                    "`&{name};` is not declared, expected one of `&amp;`, `&lt;`, `&gt;`, `&quot;`, `&apos;`"
                ),
                Some(help),
            );
        }
        Error::MalformedEntityReference(_) => {
            return ("`&` begins no reference".into(), Some("write `&amp;`"));
        }
        Error::EntityReferenceLoop(_) => "entities refer to each other".into(),
        Error::InvalidAttributeValue(_) => {
            return ("`<` stands in the value of an attribute".into(), Some("write `&lt;`"));
        }
        Error::DuplicatedAttribute(name, _) => format!("the attribute `{name}` is given twice"),
        Error::UnknownNamespace(prefix, _) => format!("the prefix `{prefix}:` is not declared"),
        Error::NodesLimitReached => format!("there are more than {NODES} elements and texts"),
        Error::NonXmlChar(character, _) => {
            format!("the character U+{:04X} is not allowed in XML", u32::from(*character))
        }
        Error::InvalidChar(expected, found, _) => {
            format!("`{}` where `{}` is expected", shown(*found), shown(*expected))
        }
        Error::InvalidChar2(expected, found, _) => {
            format!("`{}` where {expected} is expected", shown(*found))
        }
        Error::InvalidString(expected, _) => format!("expected `{expected}`"),
        Error::InvalidName(_) => "a name of an element or attribute is expected".into(),
        Error::InvalidComment(_) => "`--` stands in a comment".into(),
        Error::UnexpectedDeclaration(_) => {
            "`<?xml` stands inside of the text, expected only at its start".into()
        }
        other => format!("this is not well-formed XML ({other})"),
    };
    (message, None)
}

fn shown(byte: u8) -> char {
    if byte.is_ascii_graphic() || byte == b' ' { char::from(byte) } else { '\u{FFFD}' }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let error = Xml::parse(FileId(0), text, 0).expect_err("it is not XML");
        assert!(text.get(error.span.start as usize..error.span.end as usize).is_some(), "{error:?}");
        format!("{}: {}", error.span.start, error.message)
    }

    #[test]
    fn elements_have_places_in_the_longer_source() {
        let source = "before <a x='1 &amp; 2'>é<b/>tail</a>";
        let xml = Xml::parse(FileId(3), &source[7..], 7).unwrap();
        let root = xml.root();
        assert_eq!((root.name(), root.attribute("x"), root.text()), ("a", Some("1 & 2"), "étail".into()));
        let b = root.child("b").unwrap().span();
        assert_eq!((b.file, &source[b.start as usize..b.end as usize]), (FileId(3), "<b/>"));
    }

    #[test]
    fn errors_name_the_place() {
        assert_eq!(error("<a>\n<b></c></a>"), "7: `</c>` does not close what is open, expected `</b>`");
        assert_eq!(error("<a x='é&nbsp;'/>").split(':').next(), Some("8"));
        assert_eq!(error("<a>"), "2: the text ends before its elements are closed");
        assert_eq!(error("<a x='1' x='2'/>"), "9: the attribute `x` is given twice");
        assert!(error("").contains("there is no element"));
    }

    #[test]
    fn declared_entities_are_bounded() {
        let small = "<!DOCTYPE a [<!ENTITY me \"Ada\">]><a>&me;</a>";
        assert_eq!(Xml::parse(FileId(0), small, 0).unwrap().root().text(), "Ada");
        let nested = "<!DOCTYPE a [<!ENTITY x \"ha\"><!ENTITY y \"&x;&x;\">]><a>&y;</a>";
        assert!(error(nested).contains("refers to another"), "{}", error(nested));
        let big = format!("<!DOCTYPE a [<!ENTITY x \"{}\">]><a>{}</a>", "h".repeat(900), "&x;".repeat(2000));
        assert!(error(&big).contains("entities"), "{}", error(&big));
        let outside = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>";
        assert!(error(outside).contains("outside"), "{}", error(outside));
        assert!(
            Xml::parse(FileId(0), "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"x.dtd\"><svg/>", 0)
                .is_ok()
        );
    }

    #[test]
    fn depth_and_attributes_are_bounded() {
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(error(&deep).contains("nested"), "{}", error(&deep));
        let wide: String = (0..100_000).map(|at| format!(" a{at}=''")).collect();
        assert!(error(&format!("<a{wide}/>")).contains("attributes"));
        let spaces: String = (0..5_000).map(|at| format!("<a xmlns:a{at}='x'/>")).collect();
        assert!(error(&format!("<r>{spaces}</r>")).contains("namespaces"));
    }
}
