//! Nodes as bytes: texts that are built in are parsed when the program is built, not when it starts.
//!
//! In: a node, or the bytes that it was packed into. Out: the other. Places are not packed: no table
//! of sources knows the built-in texts. The build script shares this file.

use super::node::{Key, Node, Value};
use super::span::{FileId, Span};

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INTEGER: u8 = 3;
const FLOAT: u8 = 4;
const TEXT: u8 = 5;
const LIST: u8 = 6;
const MAP: u8 = 7;

/// The bytes of a node.
pub fn pack(node: &Node) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(node, &mut bytes);
    bytes
}

/// The node of such bytes, every place being the start of `file`; `None` when they are cut or no node.
pub fn unpack(file: FileId, bytes: &[u8]) -> Option<Node> {
    let mut rest = bytes;
    let node = take(&mut rest, Span::new(file, 0, 0))?;
    rest.is_empty().then_some(node)
}

fn put(node: &Node, bytes: &mut Vec<u8>) {
    match &node.value {
        Value::Null => bytes.push(NULL),
        Value::Bool(false) => bytes.push(FALSE),
        Value::Bool(true) => bytes.push(TRUE),
        Value::Integer(number) => {
            bytes.push(INTEGER);
            bytes.extend(number.to_le_bytes());
        }
        Value::Float(number) => {
            bytes.push(FLOAT);
            bytes.extend(number.to_le_bytes());
        }
        Value::Text(text) => {
            bytes.push(TEXT);
            put_text(text, bytes);
        }
        Value::List(items) => {
            bytes.push(LIST);
            put_length(items.len(), bytes);
            items.iter().for_each(|item| put(item, bytes));
        }
        Value::Map(entries) => {
            bytes.push(MAP);
            put_length(entries.len(), bytes);
            for (key, value) in entries {
                put_text(&key.name, bytes);
                put(value, bytes);
            }
        }
    }
}

fn put_text(text: &str, bytes: &mut Vec<u8>) {
    put_length(text.len(), bytes);
    bytes.extend(text.as_bytes());
}

fn put_length(length: usize, bytes: &mut Vec<u8>) {
    bytes.extend(u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
}

fn take(rest: &mut &[u8], span: Span) -> Option<Node> {
    let value = match take_bytes::<1>(rest)?[0] {
        NULL => Value::Null,
        FALSE => Value::Bool(false),
        TRUE => Value::Bool(true),
        INTEGER => Value::Integer(i64::from_le_bytes(take_bytes(rest)?)),
        FLOAT => Value::Float(f64::from_le_bytes(take_bytes(rest)?)),
        TEXT => Value::Text(take_text(rest)?),
        LIST => {
            let length = take_length(rest)?;
            Value::List((0..length).map(|_| take(rest, span)).collect::<Option<_>>()?)
        }
        MAP => {
            let length = take_length(rest)?;
            let entry = |_| Some((Key { name: take_text(rest)?, span }, take(rest, span)?));
            Value::Map((0..length).map(entry).collect::<Option<_>>()?)
        }
        _ => return None,
    };
    Some(Node { value, span })
}

fn take_text(rest: &mut &[u8]) -> Option<String> {
    let length = take_length(rest)?;
    let (text, after) = rest.split_at_checked(length)?;
    *rest = after;
    std::str::from_utf8(text).ok().map(str::to_owned)
}

fn take_length(rest: &mut &[u8]) -> Option<usize> {
    usize::try_from(u32::from_le_bytes(take_bytes(rest)?)).ok()
}

fn take_bytes<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (bytes, after) = rest.split_first_chunk::<N>()?;
    *rest = after;
    Some(*bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back() {
        let text = "a: [1, -2.5, true, false, ~, yes]\nb: {c: é, d: {}}\ne: |\n  two\n  lines\n";
        let node = Node::parse(FileId(0), text).unwrap();
        let bytes = pack(&node);
        let again = unpack(FileId(7), &bytes).unwrap();
        assert_eq!(pack(&again), bytes);
        assert_eq!(again.get("e").unwrap().as_str(), Some("two\nlines\n"));
        assert_eq!(again.get("b").unwrap().get("c").unwrap().span, Span::new(FileId(7), 0, 0));
        for end in 0..bytes.len() {
            assert_eq!(unpack(FileId(0), &bytes[..end]), None, "cut at {end}");
        }
    }
}
