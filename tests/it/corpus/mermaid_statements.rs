//! Counts the statements of a Mermaid text without the reader.
//!
//! A statement is a line that is not empty, no comment and not only the end of something; in flowcharts a semicolon ends one
//! too. Front matter and a directive count once each. Text in quotes and data in `@{}` go on below, and so does a line that
//! ends with a link or an ampersand.

/// Statements of a text.
pub(crate) fn count(text: &str) -> usize {
    let mut counted = 0;
    let mut lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|line| {
        let line = line.trim_start_matches('\u{feff}').trim();
        !line.is_empty() && (!line.starts_with("%%") || line.starts_with("%%{"))
    });
    let Some(first) = first else { return 0 };
    lines.drain(..first);
    if lines[0].trim() == "---"
        && let Some(end) = lines.iter().skip(1).position(|line| line.trim() == "---")
    {
        counted += 1;
        lines.drain(..end + 2);
    }
    let mut text = lines.join("\n");
    while let Some(start) = text.find("%%{") {
        let length = text[start..].find("}%%").map_or(text.len() - start, |end| end + 3);
        text.replace_range(start..start + length, "");
        counted += 1;
    }
    let lines = text.lines();
    let body: Vec<&str> = lines
        .into_iter()
        .filter(|line| !line.trim().starts_with("%%") || line.trim().starts_with("%%{"))
        .collect();
    let head = body
        .iter()
        .find(|line| !line.trim().is_empty() && !line.trim().starts_with("%%"))
        .map_or("", |line| line.trim());
    let chart = head.starts_with("graph") || head.starts_with("flowchart");
    let mut before = String::new();
    for piece in pieces(&body.join("\n"), chart) {
        let piece = piece.trim();
        if piece.is_empty()
            || piece.starts_with("%%") && !piece.starts_with("%%{")
            || ["end", "}", "{"].contains(&piece)
        {
            continue;
        }
        let piece = piece.split(" %%").next().unwrap_or_default().trim();
        let joined =
            chart && ["-->", "---", "==>", "-.->", "-.-", "&"].iter().any(|end| before.ends_with(end));
        counted += usize::from(!joined);
        piece.clone_into(&mut before);
    }
    counted
}

/// The text at its ends of lines, and at semicolons, outside quotes and brackets.
fn pieces(text: &str, semicolons: bool) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let (mut quoted, mut depth, mut data) = (false, 0_usize, false);
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        // Words in brackets may go on below when no other mark stands before the one that closes them.
        let goes_on = || {
            let next = text[at..].find(['[', ']', '(', ')', '{', '}', '|', '"']);
            next.is_some_and(|next| text[at + next..].starts_with([']', ')', '}']))
        };
        match character {
            '"' => quoted = !quoted,
            '{' if !quoted && before == '@' => data = true,
            '}' if !quoted && data => data = false,
            '[' | '(' | '{' if !quoted => depth += 1,
            ']' | ')' | '}' if !quoted => depth = depth.saturating_sub(1),
            '\n' if !(quoted || data || semicolons && depth > 0 && goes_on())
                && !(depth > 0 && before == ',') =>
            {
                pieces.push(String::new());
                depth = 0;
            }
            ';' if semicolons && !quoted && !data && depth == 0 => pieces.push(String::new()),
            _ => {}
        }
        if let Some(last) = pieces.last_mut() {
            last.push(if character == ';' || character == '\n' { ' ' } else { character });
        }
        if character != ' ' || before == '@' {
            before = character;
        }
    }
    pieces
}

#[test]
fn counts_lines_semicolons_and_blocks() {
    let text = "---\ntitle: x\n---\n%%{init: {}}%%\ngraph TD; a[\"b; c\nd\"] --> b; c & d -->\n e\n%% no\nsubgraph s\n end\nf@{\n shape: cyl\n}\n";
    assert_eq!(count(text), 7);
    assert_eq!(count("C4Context\nBoundary(a, \"b\") {\nPerson(c, \"d; e\")\n}\n"), 3);
}
