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
            _ => (target.as_str(), None),
        };
        let fate = if self.expanded.libraries.recognize(&written, path) {
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
        if self.shared.told.insert("library".to_owned()) {
            self.shared.diagnostics.push(Diagnostic::note(
                "plantuml/library-not-read",
                format!("the library {path} is not read; its macros are understood by their form"),
                here.place.span,
            ));
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
        let script = match self.load(here, local) {
            Ok(script) => script,
            Err(_) if remote => {
                if self.shared.told.insert("remote".to_owned()) {
                    self.shared.diagnostics.push(
                        Diagnostic::note(
                            "plantuml/include-not-fetched",
                            format!(
                                "{path} is not fetched, and no file of that name lies beside the diagram"
                            ),
                            here.place.span,
                        )
                        .help("put a copy beside the diagram when it defines elements"),
                    );
                }
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
        if self.stack.contains(&text.path) {
            if self.shared.told.insert(format!("circle {}", text.path)) {
                self.shared.diagnostics.push(Diagnostic::warning(
                    "plantuml/include-circle",
                    format!("{} includes itself, directly or through others", text.path),
                    here.place.span,
                ));
            }
            return Fate::Visual;
        }
        let once = word != "include_many" && word != "includesub";
        if once && !self.memory.included.insert(format!("{} {}", text.path, part.unwrap_or_default())) {
            return Fate::Understood;
        }
        let Some(sheet) = sheet(&text, part.filter(|_| word != "includesub")) else { return Fate::Visual };
        self.expanded.read.insert((script, sheet.start, sheet.end));
        let depth = here.frame.depth + 1;
        if !self.deeper(depth) || !self.budget.take(text.lines.len()) {
            return Fate::Visual;
        }
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
        for range in ranges(&text, sheet, part.filter(|_| word == "includesub")) {
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

/// The diagram of a file that an include means: by name, by number, else the first.
fn sheet(script: &Script, part: Option<&str>) -> Option<Range<usize>> {
    let Some(part) = part else { return script.sheets.first().cloned() };
    if let Ok(at) = part.parse::<usize>() {
        return script.sheets.get(at).cloned();
    }
    let named = |sheet: &&Range<usize>| {
        let line = script.lines.get(sheet.start).map_or("", |line| line.text.as_str());
        matches!(known_line::classify(line), Some(KnownLine::Start { name: Some(name), .. }) if name == part)
    };
    script.sheets.iter().find(named).or_else(|| script.sheets.first()).cloned()
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
