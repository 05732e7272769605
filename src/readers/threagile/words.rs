//! The closed vocabularies of Threagile, and what each word says in ours.
//!
//! The format defines its words: `jdbc` stands beside `jdbc-encrypted`, so the bare word states
//! clear text, which it would not in a drawing. Words without such a pair state nothing.

use crate::model::ElementKind;

/// What a protocol's word says.
#[derive(Clone, Copy, Debug)]
pub(super) struct ProtocolWord {
    /// Id in our catalog; `None` for protocols that only the format knows.
    pub(super) id: Option<&'static str>,
    /// Whether the word says encrypted, clear text, or neither.
    pub(super) encrypted: Option<bool>,
}

/// What a technology's word says.
#[derive(Clone, Copy, Debug)]
pub(super) struct TechnologyWord {
    pub(super) kind: ElementKind,
    /// A role of our catalog.
    pub(super) role: Option<&'static str>,
}

const YES: Option<bool> = Some(true);
const NO: Option<bool> = Some(false);

/// The protocols, in the order of the format's schema.
pub(super) const PROTOCOLS: &[(&str, ProtocolWord)] = &[
    ("unknown-protocol", protocol(None, None)),
    ("http", protocol(Some("http"), NO)),
    ("https", protocol(Some("https"), YES)),
    ("ws", protocol(Some("ws"), NO)),
    ("wss", protocol(Some("wss"), YES)),
    ("reverse-proxy-web-protocol", protocol(Some("http"), NO)),
    ("reverse-proxy-web-protocol-encrypted", protocol(Some("https"), YES)),
    ("mqtt", protocol(Some("mqtt"), None)),
    ("jdbc", protocol(Some("jdbc"), NO)),
    ("jdbc-encrypted", protocol(Some("jdbc"), YES)),
    ("odbc", protocol(Some("odbc"), NO)),
    ("odbc-encrypted", protocol(Some("odbc"), YES)),
    ("sql-access-protocol", protocol(Some("sql"), NO)),
    ("sql-access-protocol-encrypted", protocol(Some("sql"), YES)),
    ("nosql-access-protocol", protocol(None, NO)),
    ("nosql-access-protocol-encrypted", protocol(None, YES)),
    ("binary", protocol(None, NO)),
    ("binary-encrypted", protocol(None, YES)),
    ("text", protocol(None, NO)),
    ("text-encrypted", protocol(None, YES)),
    ("ssh", protocol(Some("ssh"), YES)),
    ("ssh-tunnel", protocol(Some("ssh"), YES)),
    ("smtp", protocol(Some("smtp"), NO)),
    ("smtp-encrypted", protocol(Some("smtps"), YES)),
    ("pop3", protocol(Some("pop3"), NO)),
    ("pop3-encrypted", protocol(Some("pop3s"), YES)),
    ("imap", protocol(Some("imap"), NO)),
    ("imap-encrypted", protocol(Some("imaps"), YES)),
    ("ftp", protocol(Some("ftp"), NO)),
    ("ftps", protocol(Some("ftps"), YES)),
    ("sftp", protocol(Some("sftp"), YES)),
    ("scp", protocol(Some("scp"), YES)),
    ("ldap", protocol(Some("ldap"), NO)),
    ("ldaps", protocol(Some("ldaps"), YES)),
    ("jms", protocol(Some("jms"), None)),
    ("nfs", protocol(Some("nfs"), None)),
    ("smb", protocol(Some("smb"), NO)),
    ("smb-encrypted", protocol(Some("smb"), YES)),
    ("local-file-access", protocol(Some("file"), None)),
    ("nrpc", protocol(None, NO)),
    ("nrpc-encrypted", protocol(None, YES)),
    ("xmpp", protocol(None, None)),
    ("iiop", protocol(Some("iiop"), NO)),
    ("iiop-encrypted", protocol(Some("iiop"), YES)),
    ("jrmp", protocol(Some("java-rmi"), NO)),
    ("jrmp-encrypted", protocol(Some("java-rmi"), YES)),
    ("in-process-library-call", protocol(Some("in-process"), None)),
    ("inter-process-communication", protocol(Some("ipc"), None)),
    ("container-spawning", protocol(None, None)),
];

/// The technologies, in the order of the format's schema.
pub(super) const TECHNOLOGIES: &[(&str, TechnologyWord)] = &[
    ("unknown-technology", technology(ElementKind::Unknown)),
    ("client-system", technology(ElementKind::Container)),
    ("browser", technology(ElementKind::Container)),
    ("desktop", technology(ElementKind::Container)),
    ("mobile-app", technology(ElementKind::Container)),
    ("devops-client", role(ElementKind::Container, "admin-client")),
    ("web-server", technology(ElementKind::Container)),
    ("web-application", technology(ElementKind::Container)),
    ("application-server", technology(ElementKind::Container)),
    ("database", technology(ElementKind::Datastore)),
    ("file-server", role(ElementKind::Datastore, "file-share")),
    ("local-file-system", technology(ElementKind::Datastore)),
    ("erp", technology(ElementKind::System)),
    ("cms", technology(ElementKind::Container)),
    ("web-service-rest", technology(ElementKind::Container)),
    ("web-service-soap", technology(ElementKind::Container)),
    ("ejb", technology(ElementKind::Component)),
    ("search-index", technology(ElementKind::Datastore)),
    ("search-engine", technology(ElementKind::Datastore)),
    ("service-registry", technology(ElementKind::Container)),
    ("reverse-proxy", role(ElementKind::Gateway, "reverse-proxy")),
    ("load-balancer", technology(ElementKind::Gateway)),
    ("build-pipeline", technology(ElementKind::Container)),
    ("sourcecode-repository", technology(ElementKind::Datastore)),
    ("artifact-registry", technology(ElementKind::Datastore)),
    ("code-inspection-platform", technology(ElementKind::Container)),
    ("monitoring", role(ElementKind::Container, "monitoring-server")),
    ("ldap-server", technology(ElementKind::Identity)),
    ("container-platform", technology(ElementKind::Host)),
    ("batch-processing", technology(ElementKind::Container)),
    ("event-listener", technology(ElementKind::Container)),
    ("identity-provider", technology(ElementKind::Identity)),
    ("identity-store-ldap", technology(ElementKind::Identity)),
    ("identity-store-database", technology(ElementKind::Identity)),
    ("tool", technology(ElementKind::Container)),
    ("cli", technology(ElementKind::Container)),
    ("task", technology(ElementKind::Container)),
    ("function", technology(ElementKind::Container)),
    ("gateway", technology(ElementKind::Gateway)),
    ("iot-device", technology(ElementKind::Host)),
    ("message-queue", technology(ElementKind::Queue)),
    ("stream-processing", technology(ElementKind::Container)),
    ("service-mesh", technology(ElementKind::Container)),
    ("data-lake", technology(ElementKind::Datastore)),
    ("big-data-platform", technology(ElementKind::Datastore)),
    ("report-engine", technology(ElementKind::Container)),
    ("ai", technology(ElementKind::Container)),
    ("mail-server", role(ElementKind::Container, "mail-server")),
    ("vault", technology(ElementKind::Secrets)),
    ("hsm", technology(ElementKind::Secrets)),
    ("waf", technology(ElementKind::Gateway)),
    ("ids", technology(ElementKind::Container)),
    ("ips", technology(ElementKind::Gateway)),
    ("scheduler", technology(ElementKind::Container)),
    ("mainframe", technology(ElementKind::Host)),
    ("block-storage", technology(ElementKind::Datastore)),
    ("library", technology(ElementKind::Component)),
];

/// Kinds of technical assets.
pub(super) const ASSET_TYPES: &[&str] = &["external-entity", "process", "datastore"];

/// Kinds of trust boundaries; all but the execution environment are networks.
pub(super) const BOUNDARY_TYPES: &[&str] = &[
    "network-on-prem",
    "network-dedicated-hoster",
    "network-virtual-lan",
    "network-cloud-provider",
    "network-cloud-security-group",
    "network-policy-namespace-isolation",
    "execution-environment",
];

/// Confidentiality, lowest first, with our data class. The format has one class more: `restricted`
/// stands below `confidential`, so it is read as internal.
pub(super) const CONFIDENTIALITY: &[(&str, &str)] = &[
    ("public", "public"),
    ("internal", "internal"),
    ("restricted", "internal"),
    ("confidential", "confidential"),
    ("strictly-confidential", "strictly-confidential"),
];

/// Availability, lowest first, with our criticality.
pub(super) const AVAILABILITY: &[(&str, &str)] = &[
    ("archive", "low"),
    ("operational", "low"),
    ("important", "medium"),
    ("critical", "high"),
    ("mission-critical", "mission-critical"),
];

/// Authentication on a link, with our word.
pub(super) const AUTHENTICATION: &[(&str, &str)] = &[
    ("none", "none"),
    ("credentials", "credentials"),
    ("session-id", "session"),
    ("token", "token"),
    ("client-certificate", "certificate"),
    ("two-factor", "credentials"),
    ("externalized", "token"),
];

const fn protocol(id: Option<&'static str>, encrypted: Option<bool>) -> ProtocolWord {
    ProtocolWord { id, encrypted }
}

const fn technology(kind: ElementKind) -> TechnologyWord {
    TechnologyWord { kind, role: None }
}

const fn role(kind: ElementKind, role: &'static str) -> TechnologyWord {
    TechnologyWord { kind, role: Some(role) }
}
