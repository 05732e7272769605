//! Elements, links and notes that are written without macros.

use super::{Page, keyword};
use crate::model::{Draft, ElementKind, Flow, Heads, LocalId, Technology};
use crate::readers::fate::Fate;
use crate::readers::plantuml::label;
use crate::readers::plantuml::syntax::{Element, End, Link, Note, NoteTarget};
use crate::readers::sketch::Base;
use crate::source::Place;
use crate::wording::label::Label;
use crate::wording::line::set_words;
use crate::wording::{icons, kinds};

impl Page {
    pub(super) fn element(&mut self, element: &Element, place: Place) -> Fate {
        // Beside an architecture, a class says what something looks like inside.
        if self.mixing && element.keyword == "class" && !element.opens {
            let text = label::prose(&format!("{}\n{}", element.name, element.body));
            self.builder.floating_note(element.alias.as_ref().unwrap_or(&element.name), text, place);
            return Fate::Understood;
        }
        let label = label::label(&element.name);
        let icons = icons(&label);
        // Blank boxes only fill space; groups without a name only hold things together.
        if label.name.is_empty()
            && icons.is_empty()
            && element.stereotypes.iter().all(|word| word.starts_with('$'))
            && (element.alias.is_none() || !element.name.is_empty())
        {
            if element.opens && !element.closes {
                self.builder.enter_visual();
            }
            return Fate::Visual;
        }
        let key = element.alias.clone().unwrap_or_else(|| element.name.trim().to_owned());
        let key = if key.is_empty() { format!("{} {}", element.keyword, place.span.start) } else { key };
        let mut draft = Draft::new(ElementKind::Unknown, name(&label, element, &icons), place);
        draft.alias = element.alias.clone();
        draft.description = label.description.clone();
        draft.stereotypes = element
            .stereotypes
            .iter()
            .map(|word| {
                self.sprites
                    .get(word.trim_start_matches('$'))
                    .filter(|_| word.starts_with('$'))
                    .unwrap_or(word)
                    .as_str()
            })
            .map(|word| word.strip_prefix("$archimate/").unwrap_or(word))
            .filter(|word| is_stereotype(word, element.alias.as_deref()) && !is_style(word, &label))
            // Icon macros repeat the name of their sprite.
            .filter(|word| !label.icons.iter().any(|icon| icon == word))
            .map(str::to_owned)
            .collect();
        draft.tags = element.tags.clone();
        for (key, value) in [("link", &element.link), ("layer", &element.layer)] {
            if let Some(value) = value {
                draft.properties.insert(key.to_owned(), value.clone());
            }
        }
        if is_word_of_its_own(&element.keyword) {
            draft.stereotypes.push(element.keyword.clone());
        }
        let mut bracket = None;
        if let Some(inside) = &label.bracket {
            let (kind, technologies) = kinds::of_bracket(inside);
            bracket = kind;
            let (technologies, prose) = technologies.map(kinds::technologies_or_prose).unwrap_or_default();
            draft.technologies = technologies.into_iter().map(Technology::written).collect();
            let prose = prose.map(str::to_owned).into_iter();
            draft.description =
                prose.chain(draft.description.take()).reduce(|all, one| format!("{all}; {one}"));
            if let Some(kind @ (ElementKind::System | ElementKind::Container)) =
                kind.filter(|_| element.opens)
            {
                draft.stereotypes.push(kind.word().to_owned());
            }
        }
        let base = keyword::named(&element.keyword, &draft.name);
        let at = self.builder.declare(&key, base, draft, element.alias.is_some());
        self.builder.note(Some(at), None, label::prose(&element.body), place);
        if let Some(node) = self.builder.nodes.get_mut(at) {
            node.bracket = node.bracket.or(bracket);
            node.deploys |= bracket == Some(ElementKind::Host);
            node.external |= label.bracket.as_deref().is_some_and(is_outside);
            node.icons.extend(icons);
        }
        if element.opens && !element.closes {
            self.builder.enter(at, place);
        } else if !element.opens {
            self.builder.opens_next = Some(at);
        }
        Fate::Understood
    }

    pub(super) fn link(&mut self, link: &Link, place: Place) -> Fate {
        // A line from a note ties it to an element.
        for (note, other) in [(&link.left, &link.right), (&link.right, &link.left)] {
            if self.builder.is_note(&note.name) {
                if let Some(node) = self.builder.find(&other.name) {
                    self.builder.tie(&note.name, node);
                }
                return Fate::Understood;
            }
        }
        let (left, right) = (self.end(&link.left, place), self.end(&link.right, place));
        let arrow = link.arrow;
        if arrow.hidden {
            self.builder.beside.extend([left, right]);
            return Fate::Visual;
        }
        let backwards = arrow.left && !arrow.right;
        let (from, to) = if backwards { (right, left) } else { (left, right) };
        let mut flow = Flow::new(LocalId(from), LocalId(to), place);
        flow.heads = match (arrow.left, arrow.right) {
            (true, true) => Heads::Both,
            (false, false) => Heads::None,
            (true, false) | (false, true) => Heads::One,
        };
        flow.dashed = arrow.dashed;
        flow.stereotypes.clone_from(&link.stereotypes);
        flow.tags.clone_from(&link.tags);
        let (words, bracket) = link.label.as_deref().map(label::line_label).unwrap_or_default();
        set_words(&mut flow, words, bracket.as_deref());
        let [left_words, right_words] = &link.cardinality;
        let ends = if backwards { [right_words, left_words] } else { [left_words, right_words] };
        for (key, words) in ["multiplicity at from", "multiplicity at to"].into_iter().zip(ends) {
            if let Some(words) = words {
                flow.properties.insert(key.to_owned(), label::one_line(words));
            }
        }
        for (node, member) in [(left, &link.left.member), (right, &link.right.member)] {
            let is_node = |member: &&String| {
                self.builder.nodes.get(node).is_some_and(|node| node.draft.name == **member)
            };
            if let Some(member) = member.as_ref().filter(|member| !is_node(member)) {
                let key = if node == from { "member at from" } else { "member at to" };
                flow.properties.insert(key.to_owned(), member.clone());
            }
        }
        self.builder.link(flow);
        Fate::Understood
    }

    /// The node that an end of a link names.
    fn end(&mut self, end: &End, place: Place) -> usize {
        let base = if end.keyword.is_empty() { Base::Used } else { keyword::base(end.keyword) };
        let at = self.builder.used(&end.name, base, || {
            let label = label::label(&end.name);
            let name = if label.name.is_empty() { end.name.clone() } else { label.name };
            let mut draft = Draft::new(ElementKind::Unknown, name, place);
            draft.description = label.description;
            draft.stereotypes.clone_from(&end.stereotypes);
            if is_word_of_its_own(end.keyword) {
                draft.stereotypes.push(end.keyword.to_owned());
            }
            draft
        });
        let inside = end.member.as_ref().and_then(|member| self.builder.find_in(at, member));
        let at = inside.unwrap_or(at);
        if let Some(node) = self.builder.nodes.get_mut(at)
            && node.base == Base::Used
            && !end.keyword.is_empty()
        {
            node.base = keyword::base(end.keyword);
        }
        at
    }

    pub(super) fn note(&mut self, note: &Note, place: Place) -> Fate {
        let text = label::prose(&note.text);
        match &note.target {
            NoteTarget::Last => {
                let node = self.builder.last_node;
                self.builder.note(node, None, text, place);
            }
            NoteTarget::Of(name) => {
                let node = self.builder.find_drawn(name);
                self.builder.note(node, None, text, place);
            }
            NoteTarget::OnLink => {
                let flow = self.builder.last_flow();
                self.builder.note(None, flow, text, place);
            }
            NoteTarget::Floating(alias) => self.builder.floating_note(alias, text, place),
        }
        Fate::Understood
    }
}

/// Keywords that say what no kind says.
fn is_word_of_its_own(keyword: &str) -> bool {
    matches!(keyword, "interface" | "port" | "portin" | "portout" | "usecase" | "collections")
}

fn icons(label: &Label) -> Vec<String> {
    let numbers = |icon: &&String| !icon.to_lowercase().starts_with("callout");
    label
        .icons
        .iter()
        .filter(numbers)
        .map(|icon| icons::in_words(icon))
        .filter(|words| !words.is_empty())
        .collect()
}

fn name(label: &Label, element: &Element, icons: &[String]) -> String {
    let name = label.name.as_str();
    let inside =
        name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|inside| !inside.contains('['));
    let name = inside.unwrap_or(name).trim();
    if !name.is_empty() {
        return name.to_owned();
    }
    let stereotype = element.stereotypes.first().filter(|_| element.name.is_empty());
    let fallback = element.alias.clone().or_else(|| icons.first().or(stereotype).cloned());
    fallback.unwrap_or_else(|| element.keyword.clone())
}

/// `[External System]`.
fn is_outside(bracket: &str) -> bool {
    bracket.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case("external"))
}

/// Structurizr names a style by the path of the element, `<<shop.WebApp>>` on "Web app", or by its tags in Base64.
fn is_style(word: &str, label: &Label) -> bool {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let last = word.rsplit('.').next().unwrap_or(word);
    let of_name = label.bracket.is_some()
        && !word.contains(' ')
        && letters(last).eq_ignore_ascii_case(&letters(&label.name));
    let coded = ["Element-", "Boundary-", "Group-", "DeploymentNode-"].iter().any(|start| {
        let code = word.strip_prefix(start).unwrap_or_default();
        code.len() > 3
            && code.len() % 4 == 0
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
    });
    of_name || coded
}

/// Icons and repetitions of the alias say nothing.
fn is_stereotype(word: &str, alias: Option<&str>) -> bool {
    !word.is_empty() && !word.starts_with('$') && Some(word) != alias
}
