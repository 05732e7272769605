//! Diagrams in dialects of Markdown and in nested reStructuredText: where they stand, line by line.

use planroom::carriers::{Body, document};
use planroom::source::{FileId, Source, Span};

/// The lines of the diagrams of a document, each with its line in the document.
fn diagrams(name: &str, text: &str) -> Vec<String> {
    let source = Source::new(name, text);
    let contents = document(name).expect("a document").read(text);
    let mut out = Vec::new();
    for passage in &contents.passages {
        let Body::Written { text, lines } = &passage.body else { continue };
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            if !line.trim().is_empty() {
                let span = lines.place(Span::new(FileId(0), at, at + line.trim_end().len()));
                out.push(format!("{} {}", source.line_column(span.start).line, line.trim()));
            }
            at += line.len();
        }
    }
    out
}

#[test]
fn markdown_has_many_forms_for_a_diagram() {
    let head = "# Shop\n\n";
    let cases = [
        "::: mermaid\ngraph TD\na --> b\n:::\n",
        "{{< mermaid align=\"left\" >}}\ngraph TD\na --> b\n{{< /mermaid >}}\n",
        "{% mermaid %}\ngraph TD\na --> b\n{% endmermaid %}\n",
        "<div class=\"mermaid\">\ngraph TD\na --&gt; b\n</div>\n",
        "<center><pre class='mermaid big'>\ngraph TD\na --> b\n</pre></center>\n",
        "<pre lang=\"mermaid\"><code>\ngraph TD\na --&gt; b\n</code></pre>\n",
        "<Mermaid chart={`\ngraph TD\na --> b`} />\n",
        "<Mermaid>\ngraph TD\na --> b\n</Mermaid>\n",
        "```js mermaid\ngraph TD\na --> b\n```\n",
        "```{eval-rst}\n.. mermaid::\n   graph TD\n   a --> b\n```\n",
    ];
    for case in cases {
        let text = format!("{head}{case}\nAnd more.\n");
        let found = diagrams("a.md", &text);
        let first = found.first().and_then(|line| line.split(' ').next()?.parse().ok()).unwrap_or(0);
        let line = |text: &str| 1 + text[..text.find("graph TD").unwrap()].matches('\n').count();
        assert_eq!(first, line(&text), "{case}");
        let told: Vec<&str> = found.iter().filter_map(|line| Some(line.split_once(' ')?.1)).collect();
        assert_eq!(told, ["graph TD", "a --> b"], "{case}");
    }
}

#[test]
fn what_is_moved_to_the_right_is_read_with_its_places() {
    let text = "=== \"One\"\n\n    ```mermaid\n    graph TD\n    a\n\n    b\n    ```\n\n=== \"Two\"\n\n    !!! note\n        \
                Words.\n\n        ```mermaid\n        graph LR\n        ```\n\nAfter.\n";
    assert_eq!(diagrams("a.md", text), ["4 graph TD", "5 a", "7 b", "16 graph LR"]);
}

#[test]
fn a_fence_in_lines_of_html_is_read_and_what_follows_too() {
    let text = "<details>\n<summary>x</summary>\n```mermaid\ngraph TD\n\na --> b\n```\n</details>\n\n\
                ```mermaid\ngraph LR\n```\n";
    assert_eq!(diagrams("a.md", text), ["4 graph TD", "6 a --> b", "11 graph LR"]);
}

#[test]
fn myst_options_are_no_part_of_the_diagram() {
    let text = "```{mermaid}\n:caption: Orders\n:align: center\n\ngraph TD\n```\n";
    assert_eq!(diagrams("a.md", text), ["5 graph TD"]);
    let contents = document("a.md").unwrap().read(text);
    assert_eq!(contents.passages[0].caption.as_deref(), Some("Orders"));
}

#[test]
fn directives_hold_others() {
    let text = "Shop\n====\n\n.. only:: html\n\n   .. mermaid::\n\n      graph TD\n\n.. code-block:: mermaid\n\n   graph LR\n\n\
                .. raw:: html\n\n   <pre class=\"mermaid\">\n   graph BT\n   </pre>\n";
    assert_eq!(diagrams("a.rst", text), ["8 graph TD", "12 graph LR", "17 graph BT"]);
}

#[test]
fn quoted_text_is_no_diagram_and_what_looks_like_one_is_counted() {
    let text = "````md\n::: mermaid\ngraph TD\n:::\n````\n\n```html\n<div class=\"mermaid\">\ngraph TD\n</div>\n```\n\n\
                <!--\n<div class=\"mermaid\">\ngraph TD\n</div>\n-->\n\n```\ngraph TD\n```\n\n```text\n@startuml\n```\n\n\
                Write `<div class=\"mermaid\">` or\n::: mermaid\ngraph TD\n";
    let contents = document("a.md").unwrap().read(text);
    assert!(!contents.quotes(), "{contents:?}");
    let counts: Vec<(usize, &str)> =
        contents.unread().iter().map(|(count, language, _)| (*count, language.name)).collect();
    assert_eq!(counts, [(2, "Mermaid"), (1, "PlantUML")]);
    let text = "Shop\n====\n\n.. code-block:: rst\n\n   .. mermaid::\n\n      graph TD\n\nLike this::\n\n  graph TD\n";
    let contents = document("a.rst").unwrap().read(text);
    assert_eq!((contents.quotes(), contents.unread().len()), (false, 1));
}

#[test]
fn marks_without_an_end_are_read_in_one_pass() {
    for mark in [
        "::: mermaid\n",
        "{{< mermaid >}}\n",
        "<div class=\"mermaid\">\n",
        "=== \"x\"\n",
        "<Mermaid chart={`\n",
        "<details>\n```mermaid\n",
    ] {
        let contents = document("a.md").unwrap().read(&mark.repeat(20_000));
        assert!(contents.unread().len() < 2);
    }
    let deep = (0..500).map(|at| format!("{}!!! note\n", " ".repeat(4 * at))).collect::<String>();
    assert!(!document("a.md").unwrap().read(&deep).quotes());
}
