//! Facts: typed keys, values and where they come from. The vocabulary that readers, the sidecar
//! and the rules share.
//!
//! Architecture invariant: no fact is "absent". What nobody said has no entry, and no entry
//! means unknown.

use super::word::words;

words! {
    /// Where a fact comes from; later is stronger.
    pub enum Origin {
        /// Typical, not certain. Never carries a gap.
        Inferred = "inferred",
        /// Computed from the graph, or the definition of a word that the author wrote.
        Derived = "derived",
        /// The author's words or shapes.
        Stated = "stated",
        /// The sidecar says it.
        Declared = "declared",
    }
}

/// What kind of thing a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Elements (zones included).
    Element,
    /// Relations.
    Relation,
    /// Elements and relations.
    Both,
    /// The model as a whole, and elements.
    Model,
}

/// The type of a fact's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactType {
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A count, or "at least" a count.
    Count,
    /// Free text: a name, version or date.
    Text,
    /// A number with a unit of time, as [`is_duration`] takes it.
    Duration,
    /// Several words.
    List,
}

/// Units of time as people write them, from seconds to months.
pub const TIME_UNITS: &[&str] = &[
    "s", "sec", "secs", "second", "seconds", "m", "min", "mins", "minute", "minutes", "h", "hr", "hrs",
    "hour", "hours", "d", "day", "days", "week", "weeks", "month", "months",
];

/// Whether a text is a length of time: a number with a unit (`15 min`, `4h`, `1.5 days`), `0`, or `none` where
/// nobody agreed on one.
pub fn is_duration(text: &str) -> bool {
    let text = text.trim();
    if text == "none" {
        return true;
    }
    let unit = text.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    let number = &text[..text.len() - unit.len()];
    let unit = unit.trim().to_ascii_lowercase();
    match number.parse::<f64>() {
        Ok(number) => number == 0.0 && unit.is_empty() || TIME_UNITS.contains(&unit.as_str()),
        Err(_) => false,
    }
}

/// `yes` or `no`.
pub const YES_NO: FactType = FactType::Choice(&["yes", "no"]);

macro_rules! facts {
    ($($(#[doc = $doc:literal])+ $case:ident = $word:literal, $subject:ident, $type:expr;)+) => {
        words! {
            /// The key of a fact.
            pub enum FactKey { $($(#[doc = $doc])+ $case = $word),+ }
        }

        impl FactKey {
            /// The type of the key's values.
            pub const fn value_type(self) -> FactType {
                match self { $(Self::$case => $type),+ }
            }

            /// What the key is about.
            pub const fn subject(self) -> Subject {
                match self { $(Self::$case => Subject::$subject),+ }
            }

            /// One sentence on what the key says.
            pub fn doc(self) -> String {
                match self { $(Self::$case => concat!($($doc),+).trim().to_owned()),+ }
            }
        }
    };
}

facts! {
    /// What the zone that holds the element is for.
    ZoneKind = "zone-kind", Element, FactType::Choice(&["internet", "partner", "perimeter", "corporate", "application", "data", "management"]);
    /// Outside the organization that owns the model.
    External = "external", Element, YES_NO;
    /// Part of what the review judges; what is out of scope is drawn and not judged.
    InScope = "in-scope", Element, YES_NO;
    /// Takes connections from the Internet.
    InternetFacing = "internet-facing", Element, YES_NO;
    /// Reachable at a public address or endpoint.
    PublicAccess = "public-access", Element, YES_NO;
    /// Number of running instances.
    Replicas = "replicas", Element, FactType::Count;
    /// How the element survives the loss of one instance.
    Failover = "failover", Element, FactType::Choice(&["none", "manual", "balancer", "cluster", "availability-group", "managed"]);
    /// Whether the instances stand in different failure domains.
    Spread = "spread", Element, FactType::Choice(&["one-host", "hosts", "zones", "sites"]);
    /// Class of the data that it keeps or carries.
    DataClass = "data-class", Both, FactType::Choice(&["public", "internal", "confidential", "strictly-confidential"]);
    /// Kinds of data: pii, phi, pci, credentials, keys.
    DataTags = "data-tags", Both, FactType::List;
    /// Keeps data that must survive a restart.
    Stateful = "stateful", Element, YES_NO;
    /// A backup is taken.
    Backup = "backup", Element, YES_NO;
    /// A restore was tested.
    RestoreTested = "restore-tested", Element, YES_NO;
    /// Watched by monitoring.
    Monitored = "monitored", Model, YES_NO;
    /// Operated by a provider.
    VendorManaged = "vendor-managed", Element, YES_NO;
    /// Who answers for it.
    Owner = "owner", Model, FactType::Text;
    /// How much the business needs it.
    Criticality = "criticality", Both, FactType::Choice(&["low", "medium", "high", "mission-critical"]);
    /// Callers must authenticate.
    AuthenticationRequired = "authentication-required", Element, YES_NO;
    /// Callers must be authorized.
    AuthorizationRequired = "authorization-required", Element, YES_NO;
    /// Account that it runs as.
    RunsAs = "runs-as", Element, FactType::Text;
    /// Environment.
    Environment = "environment", Model, FactType::Choice(&["production", "staging", "test", "development", "disaster-recovery"]);
    /// Site or data center.
    Site = "site", Element, FactType::Text;
    /// Region.
    Region = "region", Element, FactType::Text;
    /// Product version.
    Version = "version", Element, FactType::Text;
    /// Date on which paid extended support ends.
    PaidSupportUntil = "paid-support-until", Element, FactType::Text;
    /// Recovery time objective.
    Rto = "rto", Model, FactType::Duration;
    /// Recovery point objective.
    Rpo = "rpo", Model, FactType::Duration;
    /// Functions that the element performs, as roles of the catalog.
    Roles = "roles", Element, FactType::List;
    /// Protocols that the element's own words name: a box titled "FTP", a server "SMTP, POP3".
    Speaks = "speaks", Element, FactType::List;
    /// One host (process and account) performs several of the element's functions.
    SharedHost = "shared-host", Element, YES_NO;
    /// The computer that it runs on does nothing else.
    Dedicated = "dedicated", Element, YES_NO;
    /// Belongs to a directory domain.
    DomainMember = "domain-member", Element, YES_NO;
    /// Whether the account and the group under which it runs are its own.
    ServiceAccount = "service-account", Element, FactType::Choice(&["own", "shared"]);
    /// Who may administer: named administrators only, or developers and services as well.
    Administrators = "administrators", Model, FactType::Choice(&["named", "broad"]);
    /// Whether all BizTalk servers use one master secret server and one single sign-on database, or there are several.
    CredentialStore = "credential-store", Model, FactType::Choice(&["one", "several"]);
    /// Backups carry marks, so that several databases can be restored to one moment.
    MarkedBackup = "marked-backup", Element, YES_NO;
    /// Where backups are kept, seen from what they save.
    BackupPlace = "backup-place", Element, FactType::Choice(&["same-computer", "other-computer", "other-site"]);
    /// The scheduled jobs of the product run: clean-up, purge, archive.
    JobsRun = "jobs-run", Element, YES_NO;
    /// Edition of the product.
    Edition = "edition", Element, FactType::Choice(&["enterprise", "standard", "branch", "developer", "express", "evaluation"]);
    /// Services that fail over together with the cluster: msdtc, msmq, sso, sql.
    ClusterResources = "cluster-resources", Element, FactType::List;
    /// Clients reach it by a name that moves with a failover: cluster name, listener, virtual address.
    VirtualName = "virtual-name", Element, YES_NO;
    /// A firewall stands before it on every way in.
    Guarded = "guarded", Element, YES_NO;
    /// Where the copy for disaster recovery stands, seen from production.
    Standby = "standby", Model, FactType::Choice(&["none", "same-site", "other-site"]);
    /// How the directory ports between members and controllers are opened: listed one by one, wide open, or closed.
    DirectoryPorts = "directory-ports", Element, FactType::Choice(&["listed", "wide", "closed"]);
    /// Whether the boundaries that a device stands on share an interface or rule set.
    RuleSets = "rule-sets", Element, FactType::Choice(&["separate", "shared"]);
    /// Directory forest of a zone or element.
    Forest = "forest", Element, FactType::Choice(&["own", "shared"]);
    /// Whether a zone trusts another one.
    TrustsOthers = "trusts-others", Element, YES_NO;
    /// Zones (domains) that a zone trusts; an empty list says that it trusts nobody.
    Trusts = "trusts", Element, FactType::List;
    /// Failed messages have a place to go.
    DeadLetter = "dead-letter", Both, YES_NO;
    /// Work goes on without the other end.
    Fallback = "fallback", Both, YES_NO;
    /// Protected in transit.
    Encrypted = "encrypted", Relation, FactType::Choice(&["yes", "no", "negotiable"]);
    /// How the caller proves who it is.
    Authentication = "authentication", Relation, FactType::Choice(&["none", "credentials", "session", "token", "api-key", "certificate", "mtls", "kerberos", "ntlm", "basic", "iam"]);
    /// Messages are signed by their sender, whatever the channel.
    Signed = "signed", Relation, YES_NO;
    /// Content is encrypted before it is sent, whatever the channel.
    ContentEncrypted = "content-encrypted", Relation, YES_NO;
    /// A timeout is set.
    Timeout = "timeout", Relation, YES_NO;
    /// Failed calls are retried.
    Retries = "retries", Relation, YES_NO;
    /// How the flow is coupled.
    Coupling = "coupling", Relation, FactType::Choice(&["sync", "async", "batch", "logical"]);
    /// What the flow is for.
    Purpose = "purpose", Relation, FactType::Choice(&["business", "management", "monitoring", "backup", "deployment", "sign-in"]);
    /// Whether the flow crosses from one zone into another.
    CrossesZone = "crosses-zone", Relation, YES_NO;
    /// Firewalls that the flow passes.
    Passes = "passes", Relation, FactType::List;
    /// This alternative is the one that is used.
    Chosen = "chosen", Relation, YES_NO;
    /// A reverse proxy, gateway or relay ends the connection on its way and opens a new one.
    Published = "published", Relation, YES_NO;
    /// Who opens the FTP data connection.
    FtpMode = "ftp-mode", Relation, FactType::Choice(&["active", "passive"]);
    /// Host names, addresses or ranges (10.1.2.0/24) at which it is reached.
    Address = "address", Element, FactType::List;
    /// Ports to which second connections (RPC, FTP data) are pinned: 5000-5020.
    PinnedPorts = "pinned-ports", Both, FactType::List;
    /// Whether the RPC ports are pinned.
    RpcPorts = "rpc-ports", Both, FactType::Choice(&["fixed", "dynamic"]);
    /// A tie-breaker (witness, arbiter, third voter) decides when half of a cluster is lost.
    Witness = "witness", Element, YES_NO;
    /// A switch to the standby was rehearsed.
    FailoverTested = "failover-tested", Model, YES_NO;
    /// Whether its data outlives the node that it runs on.
    Storage = "storage", Element, FactType::Choice(&["durable", "local"]);
    /// Where the state of user sessions is kept.
    SessionState = "session-state", Element, FactType::Choice(&["shared", "stateless", "in-process"]);
    /// Reports read a copy, or their share of the load is limited.
    ReportingCopy = "reporting-copy", Element, YES_NO;
    /// How long personal data is kept; `unlimited` when nobody ever deletes it.
    Retention = "retention", Element, FactType::Text;
    /// Country or legal area in which it stands.
    Jurisdiction = "jurisdiction", Element, FactType::Text;
    /// How certificates are kept from expiring: renewed automatically, watched, or by hand when somebody remembers.
    CertificateRenewal = "certificate-renewal", Model, FactType::Choice(&["automatic", "watched", "manual"]);
    /// Where full card numbers are seen: at the payment provider only, in a zone of their own, or among other systems.
    CardScope = "card-scope", Model, FactType::Choice(&["provider", "own-zone", "shared"]);
    /// Independent network paths that can carry the flow.
    Circuits = "circuits", Relation, FactType::Count;
    /// Something caps the connections that the caller opens.
    ConnectionLimit = "connection-limit", Relation, YES_NO;
    /// What happens when both ends change the same record.
    ConflictRule = "conflict-rule", Relation, FactType::Choice(&["one-writer", "merge", "last-write-wins", "none"]);
    /// Round trips that one user action needs on the flow.
    RoundTrips = "round-trips", Relation, FactType::Choice(&["few", "many"]);
    /// A law or an agreement covers that the data goes to the other end.
    TransferBasis = "transfer-basis", Relation, YES_NO;
    /// Personal and secret parts of the data are masked, replaced or left out.
    Masked = "masked", Relation, YES_NO;
    /// Its data is encrypted where it is kept.
    EncryptedAtRest = "encrypted-at-rest", Element, YES_NO;
    /// Whether a web application firewall stands before it, and blocks or only watches.
    Waf = "waf", Element, FactType::Choice(&["blocking", "detecting", "none"]);
    /// Each caller may call only so often.
    RateLimited = "rate-limited", Element, YES_NO;
    /// Somebody upstream absorbs floods of traffic before they arrive.
    FloodProtection = "flood-protection", Model, YES_NO;
    /// Where people sign in: at one identity provider or directory, or with accounts that each application keeps.
    SignIn = "sign-in", Model, FactType::Choice(&["central", "own-accounts"]);
    /// People need a second factor to sign in.
    SecondFactor = "second-factor", Model, YES_NO;
    /// How administrators come in: through a jump host or access broker that records them, or directly.
    Administration = "administration", Model, FactType::Choice(&["brokered", "direct"]);
    /// The way is open all the time, not for one session at a time.
    StandingAccess = "standing-access", Relation, YES_NO;
    /// Several customers use the same element.
    MultiTenant = "multi-tenant", Element, YES_NO;
    /// What keeps tenants apart: nothing, a database, schema, key or row rule for each, or a deployment for each.
    TenantIsolation = "tenant-isolation", Element, FactType::Choice(&["none", "logical", "separate"]);
    /// Something filters the traffic between the members of a zone.
    Segmented = "segmented", Element, YES_NO;
    /// What separates workloads of different trust on a shared platform: namespaces only, nodes with network policies, or platforms of their own.
    WorkloadIsolation = "workload-isolation", Element, FactType::Choice(&["namespaces", "nodes", "separate"]);
    /// Which destinations outside may be reached: listed ones, or any.
    Egress = "egress", Both, FactType::Choice(&["listed", "open"]);
    /// What the account of it, or of the caller, may do: what it needs, or much more.
    Rights = "rights", Both, FactType::Choice(&["least", "broad"]);
    /// Where components get passwords and keys: from a vault, not needed (managed identities, Kerberos), or from code and configuration files.
    SecretsKept = "secrets-kept", Model, FactType::Choice(&["vault", "identity", "files"]);
    /// A copy of its backup is out of reach of those who administer it: offline, unchangeable or in another account.
    BackupProtected = "backup-protected", Element, YES_NO;
    /// Logs are collected in one place away from the hosts.
    CentralLogs = "central-logs", Model, YES_NO;
    /// How passwords, keys and tokens of accounts are changed: by themselves, by a plan and after an incident, or never.
    SecretRotation = "secret-rotation", Model, FactType::Choice(&["automatic", "planned", "never"]);
    /// Somebody goes through accounts, rights and grants at least once a year, and takes away what nobody needs.
    AccessReviewed = "access-reviewed", Model, YES_NO;
    /// Where it is decided what a caller may do: in the service that has the data, or only in the user interface.
    AuthorizationPoint = "authorization-point", Model, FactType::Choice(&["service", "client"]);
    /// Services behind the first one learn in a form that they can check for which user they act.
    UserContext = "user-context", Model, YES_NO;
    /// Guessed passwords are slowed down, locked out or noticed.
    GuessingLimited = "guessing-limited", Model, YES_NO;
    /// Few people may change the public names, with a second factor, and names that nobody uses any more are removed.
    DnsProtected = "dns-protected", Model, YES_NO;
    /// Something looks for secrets in repositories and pipelines, and stops a change that holds one.
    SecretScanning = "secret-scanning", Model, YES_NO;
    /// Where the keys are kept with which stored data is encrypted: with a key service of its own, or with the data.
    KeyCustody = "key-custody", Model, FactType::Choice(&["separate", "beside"]);
    /// Files from outside are checked for type, size and malware before anything opens them.
    ContentScanned = "content-scanned", Relation, YES_NO;
    /// Messages of partners are signed and acknowledged, and the originals are kept.
    Receipts = "receipts", Relation, YES_NO;
    /// It is recorded who did which sensitive action when, with what.
    AuditTrail = "audit-trail", Model, YES_NO;
    /// Nobody whom the logs record can change or delete them, and they are kept for an agreed time.
    LogsProtected = "logs-protected", Model, YES_NO;
    /// Somebody analyzes security events and is alerted.
    SecurityDetection = "security-detection", Model, YES_NO;
    /// Changes to the cloud account are recorded, and the record is kept outside that account.
    ControlPlaneAudit = "control-plane-audit", Model, YES_NO;
    /// What workloads and automation may do in the cloud account: what they need, or nearly everything.
    CloudRoles = "cloud-roles", Model, FactType::Choice(&["least", "broad"]);
    /// How software gets into production: by a pipeline that checks it, by one that does not, or by hand.
    Releases = "releases", Model, FactType::Choice(&["checked", "unchecked", "by-hand"]);
    /// Where images come from: a registry of one's own that admits scanned and signed ones, or public places as they are.
    ImageSources = "image-sources", Model, FactType::Choice(&["verified", "public"]);
    /// For each release there is a list of its components (SBOM) that is checked against new vulnerabilities.
    ComponentList = "component-list", Model, YES_NO;
    /// How security updates are installed: within a deadline for each severity, or when somebody has time.
    Patching = "patching", Model, FactType::Choice(&["by-deadline", "irregular"]);
    /// How servers and products are set up: by a hardening baseline that is checked, or as they come.
    Hardening = "hardening", Model, FactType::Choice(&["baseline", "default"]);
    /// The cluster refuses workloads that ask for privileges, have no limits, or may talk to all others.
    WorkloadBaseline = "workload-baseline", Model, YES_NO;
    /// What a language model answers is checked before anything acts on it or shows it.
    AiOutputChecked = "ai-output-checked", Model, YES_NO;
    /// A search over documents returns only what the asking user may read.
    RetrievalPermissions = "retrieval-permissions", Model, YES_NO;
    /// Whether the version of the language model is fixed and tested before it changes, or moves with its provider or source.
    AiModelVersion = "ai-model-version", Model, FactType::Choice(&["fixed", "floating"]);
    /// A contract and an assessment that is not older than agreed cover the other organization.
    SupplierAssessed = "supplier-assessed", Element, YES_NO;
    /// It is written down and tried how to leave the provider with data and service.
    ExitPlan = "exit-plan", Model, YES_NO;
    /// Whether there is a threat model, and whether it follows the design.
    ThreatModel = "threat-model", Model, FactType::Choice(&["current", "outdated", "none"]);
    /// A message that was accepted survives the loss of a broker node and the longest likely outage of its consumer.
    DurableMessages = "durable-messages", Element, YES_NO;
    /// A message or call that arrives twice or late has the effect of one.
    Idempotent = "idempotent", Model, YES_NO;
    /// A queue, a limit for each caller or separate pools keep one caller's peak from the rest.
    LoadLimits = "load-limits", Model, YES_NO;
    /// The expected peak is known and was tested, with one instance lost.
    LoadTested = "load-tested", Model, YES_NO;
    /// Limits of providers and licenses are known, and an alert comes before they are reached.
    QuotaWatched = "quota-watched", Model, YES_NO;
    /// How a reader knows that a file is whole: it appears only then (renamed, marked), or whatever lies there is taken.
    FileHandover = "file-handover", Relation, FactType::Choice(&["complete", "polled"]);
    /// A check that looks at the function takes a broken instance out of use.
    HealthChecks = "health-checks", Element, YES_NO;
    /// A bad release can be taken back quickly, its changes to data included.
    Rollback = "rollback", Model, YES_NO;
    /// Interfaces have versions, and breaking changes are announced and tested with those who call.
    InterfaceVersions = "interface-versions", Model, YES_NO;
    /// Whether steps for likely failures are written down and practiced.
    Runbooks = "runbooks", Model, FactType::Choice(&["exercised", "written", "none"]);
    /// A budget with an alert and an owner stands behind what the platform costs.
    CostWatched = "cost-watched", Model, YES_NO;
    /// Personal data and secrets are kept out of logs and telemetry.
    LogRedaction = "log-redaction", Model, YES_NO;
    /// The data of one person can be found and erased in every store and copy.
    Erasure = "erasure", Model, YES_NO;
    /// Under which kind of accounts and groups BizTalk Server runs.
    BiztalkAccounts = "biztalk-accounts", Model, FactType::Choice(&["domain", "local", "built-in"]);
    /// Who may log on to the servers and administer their COM+ applications.
    ServerLogon = "server-logon", Model, FactType::Choice(&["maintainers", "everybody"]);
    /// Adapters and components of others come from known makers and were reviewed.
    AdaptersReviewed = "adapters-reviewed", Model, YES_NO;
    /// Who may read the bodies of tracked and suspended messages: administrators, or many.
    MessageBodies = "message-bodies", Model, FactType::Choice(&["restricted", "open"]);
    /// Whether the limits at which the product slows itself down were set from measured load.
    Throttling = "throttling", Model, FactType::Choice(&["tuned", "default"]);
    /// Every replica has the logins and agent jobs, and the jobs run on the primary only.
    ReplicaJobs = "replica-jobs", Element, YES_NO;
}
