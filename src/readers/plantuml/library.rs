//! Macro libraries that are known by name and never read: their macros are understood by their form.

/// The libraries that a diagram includes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Libraries {
    /// The last C4-PlantUML file.
    pub(super) c4: Option<C4>,
    /// ArchiMate or icons.
    pub(super) other: bool,
}

/// A file of C4-PlantUML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum C4 {
    /// `C4.puml`.
    Base,
    /// `C4_Context`.
    Context,
    /// `C4_Container`.
    Container,
    /// `C4_Component`.
    Component,
    /// `C4_Deployment`.
    Deployment,
    /// `C4_Dynamic`.
    Dynamic,
    /// `C4_Sequence`: a sequence diagram.
    Sequence,
}

/// Words in the path of an include that name a library of macros or icons.
const COLLECTIONS: [&str; 16] = [
    "c4-plantuml",
    "archimate-plantuml",
    "aws-icons-for-plantuml",
    "azure-plantuml",
    "kubernetes-plantuml",
    "plantuml-icon-font-sprites",
    "gcp-plantuml",
    "awspuml",
    "azurepuml",
    "kubernetespuml",
    "gcppuml",
    "osapuml",
    "tupadr3",
    "devicons",
    "fontawesome",
    "font-awesome",
];

/// Folders of PlantUML's own standard library.
const STANDARD: [&str; 24] = [
    "c4",
    "archimate",
    "aws",
    "awslib",
    "awslib10",
    "awslib14",
    "azure",
    "bootstrap",
    "classy",
    "classy-c4",
    "cloudinsight",
    "cloudogu",
    "domainstory",
    "eip",
    "elastic",
    "edgy",
    "gcp",
    "k8s",
    "kubernetes",
    "logos",
    "material",
    "office",
    "osa",
    "osa2",
];

/// Stems of files that belong to a library wherever they lie.
const FILES: [&str; 13] = [
    "archimate",
    "awscommon",
    "awssimplified",
    "awsraw",
    "awsc4integration",
    "awsexperimental",
    "azurecommon",
    "azuresimplified",
    "azureraw",
    "azurec4integration",
    "kubernetes_common",
    "kubernetes_context",
    "kubernetes_simplified",
];

impl Libraries {
    /// Notes the library that an include names, by its text as written and with names replaced; `false` when it is
    /// none.
    pub(super) fn recognize(&mut self, written: &str, path: &str) -> bool {
        let stem = stem(path).to_ascii_lowercase();
        let c4 = match stem.as_str() {
            "c4" => Some(C4::Base),
            "c4_context" => Some(C4::Context),
            "c4_container" => Some(C4::Container),
            "c4_component" => Some(C4::Component),
            "c4_deployment" => Some(C4::Deployment),
            "c4_dynamic" => Some(C4::Dynamic),
            "c4_sequence" => Some(C4::Sequence),
            _ => None,
        };
        if c4.is_some() {
            self.c4 = c4;
            return true;
        }
        let (written, path) = (written.to_ascii_lowercase(), path.to_ascii_lowercase());
        let standard = path.strip_prefix('<').is_some_and(|inside| {
            let folder = inside.split(['/', '>']).next().unwrap_or_default();
            STANDARD.contains(&folder) || folder.starts_with("tupadr3") || folder.starts_with("aws")
        });
        // A file of this project that only lies in a folder of such a name is the team's own.
        let remote = path.contains("://") || written != path;
        let collection =
            remote && COLLECTIONS.iter().any(|word| written.contains(word) || path.contains(word));
        // C4-PlantUML's own repository also holds diagrams.
        let diagram = path.contains("/samples/") || path.contains("/percy/") || path.contains("/examples/");
        let known = standard || FILES.contains(&stem.as_str()) || collection && !diagram;
        self.other |= known;
        known
    }
}

/// The name of a file without folders and extension.
pub(super) fn stem(path: &str) -> &str {
    let name = path.trim_matches(['<', '>']).rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_are_known_by_name_in_any_form() {
        let c4 = |path: &str| {
            let mut libraries = Libraries::default();
            libraries.recognize(path, path).then_some(libraries.c4).flatten()
        };
        assert_eq!(
            c4("https://raw.githubusercontent.com/x/C4-PlantUML/v2.4/C4_Container.puml"),
            Some(C4::Container)
        );
        assert_eq!(c4("<C4/C4_Context>"), Some(C4::Context));
        assert_eq!(c4("<c4/C4_Component.puml>"), Some(C4::Component));
        assert_eq!(c4("../lib/C4_Deployment.puml"), Some(C4::Deployment));
        assert_eq!(c4("/C4_Dynamic.puml"), Some(C4::Dynamic));
        let other = |written: &str, path: &str| Libraries::default().recognize(written, path);
        assert!(other(
            "AWSPuml/Compute/Lambda.puml",
            "https://x/aws-icons-for-plantuml/v1/Compute/Lambda.puml"
        ));
        assert!(other("<archimate/Archimate>", "<archimate/Archimate>"));
        assert!(!other("common.puml", "common.puml"));
        assert!(!other("devicons/mine.puml", "devicons/mine.puml"));
    }
}
