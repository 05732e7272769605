//! Markdown, AsciiDoc and reStructuredText: which passages are diagrams, where they stand, what is said of them.

use std::fmt::Write as _;

use planroom::carriers::{Body, document};
use planroom::source::{FileId, Source, Span};

/// The passages of a document as text: language, first and last line, the words around it, and each line of the
/// diagram with the place that it has in the document.
fn told(name: &str, text: &str) -> String {
    let kind = document(name).expect("the name is that of a document");
    let source = Source::new(name, text);
    let contents = kind.read(text);
    let mut out = format!("title: {}\n", contents.title.as_deref().unwrap_or("-"));
    for passage in &contents.passages {
        let place = |at: usize| source.line_column(u32::try_from(at).unwrap());
        let last = place(passage.range.end.saturating_sub(1)).line;
        let what = if matches!(passage.body, Body::Shown(_)) { "Picture" } else { passage.language.name };
        write!(out, "\n{what} in lines {}-{last}", place(passage.range.start).line).unwrap();
        for (what, said) in
            [("caption", &passage.caption), ("heading", &passage.heading), ("prose", &passage.prose)]
        {
            if let Some(said) = said {
                write!(out, "; {what}: {said}").unwrap();
            }
        }
        out.push_str(if passage.unclosed { "; not closed\n" } else { "\n" });
        match &passage.body {
            Body::File(target) => writeln!(out, "  in {target}").unwrap(),
            Body::Shown(target) => writeln!(out, "  shown as {target}").unwrap(),
            Body::Written { text, lines } => {
                let mut at = 0;
                for line in text.split_inclusive('\n') {
                    let span = lines.place(Span::new(FileId(0), at, at + line.trim_end().len()));
                    let from = source.line_column(span.start);
                    writeln!(out, "  {}:{} {}", from.line, from.column, line.trim_end()).unwrap();
                    at += line.len();
                }
            }
        }
    }
    out
}

macro_rules! cases {
    ($($name:ident: $file:literal, $text:expr;)*) => {
        $(#[test]
        fn $name() {
            insta::assert_snapshot!(told($file, $text));
        })*
    };
}

cases! {
    fences_and_the_words_around_them: "a.md", "\
---
title: front matter
---
# Orders <a id=\"x\"></a>

The shop takes [orders](https://example.org) and *keeps* `them`.
![picture](a.png)

```plantuml
@startuml
[A] -> [B]
@enduml
```

~~~ MERMAID
graph TD
~~~

## Payments

- not prose

Cards go to the bank.

A second paragraph.

**In production**

```{.puml caption=\"The bank\"}
[Bank]
```
";
    words_after_the_fence: "a.md", "\
```plantuml:name
[A]
```
```uml title='B c' width=5
[B]
```
```kroki-c4plantuml
[C]
```
```{plantuml, echo=FALSE}
[D]
```
```rust
[E]
```
```
[F]
```
    ```plantuml
    [G]
    ```
`````puml
```
[H]
```
`````
";
    lists_quotations_and_margins: "a.md", "\
1. First

   ```puml
   @startuml
     [A]

   @enduml
   ```

   - Second
\t  ~~~mermaid
\t  graph LR
\t  a-->b
\t  ~~~

> > ```plantuml
> > [Q]
> > ```
";
    line_ends_of_windows: "a.md", "# T\r\n\r\n```puml\r\n[A]\r\n[B]\r\n```\r\n";
    quoted_markdown_is_no_diagram: "a.md", "\
````markdown
```plantuml
[A]
```
````

<!--
```plantuml
[B]
```
-->
";
    a_fence_that_is_not_closed: "a.md", "```plantuml\n[A]\n\nprose\n";
    blocks_of_asciidoc: "a.adoc", "\
= Guide
:toc:

Intro.

== Sign in

NOTE: see below.

People sign in with *OAuth*, see link:x.html[the page].

.Sign in flow
[plantuml, signin, svg]
----
[A] -> [B]
----

[source,mermaid]
....
graph TD
....

[plantuml#id.role,format=svg,title=\"Short\"]
[C] -> [D]
[D] -> [E]

Older title
-----------

====
[plantuml]
--
[F]
--
====

[source,java]
----
[plantuml]
----
[uml]
----
include::parts/g.puml[]
----

plantuml::parts/h.puml[format=svg]

////
[plantuml]
----
[I]
----
////

```plantuml
[J]
```
";
    directives_of_restructured_text: "a.rst", "\
=====
Guide
=====

Intro ``code``.

Sign in
-------

People sign in.

.. uml::
   :caption: The flow
   :align: center

   [A] -> [B]

     [C]

.. note:: a

   .. uml:: parts/d.puml

.. mermaid::

   graph TD
";
}

/// Long and deep documents take time in proportion to their length.
#[test]
fn hostile_documents_end() {
    let documents = [
        ("a.md", "> ".repeat(50_000)),
        ("a.md", "```plantuml\n".repeat(50_000)),
        ("a.md", format!("{}a", "[".repeat(100_000))),
        ("a.md", "- ```puml\n".repeat(20_000)),
        ("a.md", "```puml\n[A]\n```\n".repeat(20_000)),
        ("a.md", format!("# {}\n", "x".repeat(1_000_000))),
        ("a.adoc", "----\n-----\n".repeat(50_000)),
        ("a.adoc", "[plantuml]\n".repeat(100_000)),
        ("a.adoc", "====\n[plantuml]\n--\n".repeat(30_000)),
        ("a.adoc", "a\n".repeat(200_000)),
        ("a.rst", ".. uml::\n\n  ".repeat(50_000)),
        ("a.rst", (0..2_000).map(|at| format!("{}.. x\n", " ".repeat(at))).collect()),
    ];
    for (name, text) in documents {
        let start = std::time::Instant::now();
        let contents = document(name).unwrap().read(&text);
        assert!(contents.passages.iter().all(|passage| passage.range.end <= text.len()));
        let head: String = text.chars().take(20).collect();
        assert!(start.elapsed().as_secs() < 10, "{name}: {head:?}: {:?}", start.elapsed());
    }
}
