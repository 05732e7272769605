//! Includes: local files through `Files`, libraries by name, addresses never.

use std::ops::Range;
use std::rc::Rc;

use super::{Frame, Here, Machine, OutLine};
use crate::diagnostic::Diagnostic;
use crate::readers::plantuml::account::Fate;
use crate::readers::plantuml::known_line::{self, KnownLine};
use crate::readers::plantuml::library;
use crate::readers::plantuml::script::Script;
use crate::readers::reader::Refusal;

/// Most includes of one kind that are told, each by its name.
const MOST_TOLD: usize = 20;

impl Machine<'_, '_> {
    /// Carries out `!include` and its kin.
    pub(super) fn include(&mut self, here: &Here<'_>, word: &str, line: &str, out: &mut Vec<OutLine>) {
        let written = match known_line::classify(line) {
            Some(KnownLine::Include { target }) => target,
            _ => line[word.len() + 1..].trim().trim_matches('"').to_owned(),
        };
        let target = self.substitute(&written, here.frame.depth);
        let target = target.trim().trim_matches('"').replace('\\', "/");
        let (path, part) = match target.rsplit_once('!') {
            Some((path, part)) if !part.contains('/') => (path, Some(part)),
            // A part of this file.
            _ if word == "includesub" => (here.own_name(), Some(target.as_str())),
            _ => (target.as_str(), None),
        };
        let fate = if path.is_empty() {
            self.tell_no_target(here, word);
            Fate::Unknown
        } else if self.expanded.libraries.recognize(&written, path) {
            Fate::Understood
        } else if path.starts_with('<') || word == "import" {
            self.tell_library(here, path);
            Fate::Visual
        } else {
            self.follow(here, word, path, part, out)
        };
        self.mark(here.owner, fate);
    }

    /// Whether a definition stands in for a macro of an icon library: then the library's convention counts, and
    /// not the drawing commands of a local copy.
    pub(super) fn is_library_name(&self, name: &str) -> bool {
        self.stack.len() > 1 && self.stack.last().is_some_and(|path| library::stem(path) == name)
    }

    fn tell_library(&mut self, here: &Here<'_>, path: &str) {
        if self.tells("library", path) {
            self.shared.diagnostics.push(Diagnostic::note(
                "plantuml/library-not-read",
                format!("the library {path} is not read; its macros are understood by their form"),
                here.place.span,
            ));
        }
    }

    /// Whether a name is told: the first time, as one of not too many.
    fn tells(&mut self, kind: &str, name: &str) -> bool {
        let told = &mut self.shared.told;
        let start = format!("{kind} ");
        let of_kind = told.range(start.clone()..).take_while(|known| known.starts_with(&start));
        of_kind.take(MOST_TOLD).count() < MOST_TOLD && told.insert(format!("{start}{name}"))
    }

    fn tell_no_target(&mut self, here: &Here<'_>, word: &str) {
        if self.shared.told.insert(format!("no target {word}")) {
            self.shared.diagnostics.push(
                Diagnostic::warning(
                    "plantuml/include-not-read",
                    format!("!{word} names nothing, expected the path of a file"),
                    here.place.span,
                )
                .help(format!("write !{word} folder/file.puml, seen from this file")),
            );
        }
    }

    fn tell_not_fetched(&mut self, here: &Here<'_>, path: &str, why: &str) {
        if self.tells("remote", path) {
            self.shared.diagnostics.push(
                Diagnostic::note(
                    "plantuml/include-not-fetched",
                    format!("{path} is not fetched, and {why}"),
                    here.place.span,
                )
                .help("put a copy beside the diagram when it defines elements"),
            );
        }
    }

    fn tell_no_part(&mut self, here: &Here<'_>, path: &str, part: &str) {
        if self.shared.told.insert(format!("part {path}!{part}")) {
            self.shared.diagnostics.push(
                Diagnostic::warning(
                    "plantuml/include-part",
                    format!("{path} has no part named {part}"),
                    here.place.span,
                )
                .help(
                    "a part is the name or the number of a diagram, or stands between !startsub and !endsub",
                ),
            );
        }
    }

    fn follow(
        &mut self,
        here: &Here<'_>,
        word: &str,
        path: &str,
        part: Option<&str>,
        out: &mut Vec<OutLine>,
    ) -> Fate {
        let remote = path.contains("://");
        let local = if remote { path.rsplit('/').next().unwrap_or(path) } else { path };
        let own = word == "includesub" && path == here.own_name();
        // A file is no copy of what an address of the same name holds when it is at work itself.
        let at_work = |machine: &Self, script: usize| {
            let text = machine.shared.account.script(script);
            remote && text.is_some_and(|text| machine.stack.contains(&text.path))
        };
        let script = match if own { Ok(here.script) } else { self.load(here, local) } {
            Ok(script) if at_work(self, script) => {
                self.tell_not_fetched(here, path, "the file of that name is this diagram itself");
                return Fate::Visual;
            }
            Ok(script) => script,
            Err(_) if remote => {
                self.tell_not_fetched(here, path, "no file of that name lies beside the diagram");
                return Fate::Visual;
            }
            Err(refusal) => {
                if self.shared.told.insert(format!("missing {path}")) {
                    self.shared.diagnostics.push(Diagnostic::warning(
                        "plantuml/include-not-read",
                        format!("the include {path} is not read: {refusal}"),
                        here.place.span,
                    ));
                }
                return Fate::Visual;
            }
        };
        let Some(text) = self.shared.account.script(script) else { return Fate::Visual };
        let is_sub = word == "includesub";
        if self.stack.contains(&text.path) && !is_sub {
            if self.shared.told.insert(format!("circle {}", text.path)) {
                self.shared.diagnostics.push(Diagnostic::warning(
                    "plantuml/include-circle",
                    format!("{} includes itself, directly or through others", text.path),
                    here.place.span,
                ));
            }
            return Fate::Visual;
        }
        let once = word != "include_many" && !is_sub;
        if once && !self.memory.included.insert(format!("{} {}", text.path, part.unwrap_or_default())) {
            return Fate::Understood;
        }
        let depth = here.frame.depth + 1;
        if !self.deeper(depth) || !self.budget.take(text.lines.len()) {
            return Fate::Visual;
        }
        let (sheet, sub) = match wanted(&text, part, is_sub) {
            Some(found) => found,
            None => {
                if let Some(part) = part {
                    self.tell_no_part(here, path, part);
                }
                let Some(sheet) = text.sheets.first().cloned().filter(|_| !is_sub) else {
                    return Fate::Visual;
                };
                (sheet, None)
            }
        };
        self.expanded.read.insert((script, sheet.start, sheet.end));
        if remote && self.shared.told.insert(format!("copy {path}")) {
            self.shared.diagnostics.push(Diagnostic::note(
                "plantuml/local-copy",
                format!("{} is read in place of {path}", text.path),
                here.place.span,
            ));
        }
        self.stack.push(text.path.clone());
        let call = here.frame.call.unwrap_or(here.place.span);
        let frame = Frame { call: Some(call), owner: here.frame.owner, depth };
        for range in ranges(&text, sheet, sub) {
            self.run(script, range, frame, out);
        }
        self.stack.pop();
        Fate::Understood
    }

    /// The script of an included file.
    fn load(&mut self, here: &Here<'_>, target: &str) -> Result<usize, Refusal> {
        let from = self.stack.last().cloned().unwrap_or_else(|| here.text.path.clone());
        let source = self.shared.files.include(&from, target)?;
        if let Some(known) = self.shared.scripts.get(&source.path) {
            return Ok(*known);
        }
        let file = self.shared.sources.add(source.clone());
        let script = Rc::new(Script::new(file, &source.path, &source.text, true));
        let at = self.shared.account.add(&script);
        self.shared.scripts.insert(source.path, at);
        Ok(at)
    }
}

impl Here<'_> {
    /// The name of the file at work, without its folders.
    fn own_name(&self) -> &str {
        self.text.path.rsplit('/').next().unwrap_or(&self.text.path)
    }
}

/// The diagram of a file that an include means, by name or by number, and the name of its sub-part; without a part, the
/// first diagram.
fn wanted<'p>(
    script: &Script,
    part: Option<&'p str>,
    is_sub: bool,
) -> Option<(Range<usize>, Option<&'p str>)> {
    let Some(part) = part else { return Some((script.sheets.first()?.clone(), None)) };
    let named = |sheet: &&Range<usize>| {
        let line = script.lines.get(sheet.start).map_or("", |line| line.text.as_str());
        matches!(known_line::classify(line), Some(KnownLine::Start { name: Some(name), .. }) if name == part)
    };
    let number = part.parse().ok().and_then(|at: usize| script.sheets.get(at));
    if let Some(sheet) = number.or_else(|| script.sheets.iter().find(named)).filter(|_| !is_sub) {
        return Some((sheet.clone(), None));
    }
    // `!include file!PART` is often written for `!includesub file!PART`.
    let holds = |sheet: &&Range<usize>| !ranges(script, (*sheet).clone(), Some(part)).is_empty();
    Some((script.sheets.iter().find(holds)?.clone(), Some(part)))
}

/// The lines of a diagram, or of its parts between `!startsub NAME` and `!endsub`.
fn ranges(script: &Script, sheet: Range<usize>, sub: Option<&str>) -> Vec<Range<usize>> {
    let starts = script.lines.get(sheet.start).is_some_and(|line| line.text.starts_with("@start"));
    let mut found = Vec::new();
    let Some(sub) = sub else {
        found.push(sheet.start + usize::from(starts)..sheet.end);
        return found;
    };
    let mut open = None;
    for at in sheet {
        let line = script.lines[at].text.as_str();
        if let Some(name) = line.strip_prefix("!startsub") {
            open = (name.trim() == sub).then_some(at + 1);
        } else if line.starts_with("!endsub")
            && let Some(start) = open.take()
        {
            found.push(start..at);
        }
    }
    found
}
