//! Names of icons and macros as words: `AzureCosmosDb` is "Azure Cosmos Db"; and what an icon shows.

use crate::model::ElementKind;

/// The name in words, without `$` and the suffixes that only say how it is drawn.
pub fn in_words(name: &str) -> String {
    let name = name.trim_start_matches('$');
    let name = match name.split_once('_') {
        Some((set, rest)) if ICON_SETS.contains(&set) && !rest.is_empty() => return shouted(rest),
        Some((set, rest)) if PLAIN_SETS.contains(&set) && !rest.is_empty() => rest,
        _ => name,
    };
    let mut words: Vec<String> = Vec::new();
    for part in name.split('_').filter(|part| !part.is_empty()) {
        for word in camel(part) {
            // AWS writes `LambdaLambdaFunction` for the function of Lambda.
            if words.last() != Some(&word) {
                words.push(word);
            }
        }
    }
    words.join(" ")
}

/// Sets whose icons are named in capitals: `DEV_JAVA`, `FA5_USER`.
const ICON_SETS: [&str; 14] = [
    "FA", "FA5", "FA5R", "FA6", "FA6R", "DEV", "DEV2", "MATERIAL", "GOV", "WEATHER", "OFF", "TUPADR3",
    "LOGOS", "IONICONS",
];

/// Sets whose icons are named in small letters: `osa_hub`.
const PLAIN_SETS: [&str; 6] = ["osa", "osa2", "tupadr3", "devicons", "devicons2", "logos"];

/// `POSTGRESQL_DB` is "Postgresql Db".
fn shouted(text: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect::<String>())
    };
    text.split('_').filter_map(capital).collect::<Vec<_>>().join(" ")
}

/// Divides at humps; `DynamoDB`, `IoTRule` and `VPCNATGateway` keep their short words.
fn camel(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut words = vec![String::new()];
    for (at, character) in characters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| characters.get(at)).copied();
        let after = characters.get(at + 1).copied();
        let hump = character.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_ascii_digit())
                || before.is_some_and(char::is_uppercase) && after.is_some_and(char::is_lowercase));
        if hump {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(*character);
        }
    }
    let mut joined: Vec<String> = Vec::new();
    for word in words {
        let last = joined.last().cloned().unwrap_or_default();
        let tail = ["DB", "MQ"].contains(&word.as_str()) && !last.is_empty();
        if tail || last == "Io" || last == "Dev" && word == "Ops" || last == "Dynamo" {
            if let Some(last) = joined.last_mut() {
                last.push_str(&word);
            }
            if last == "Io" && word.len() > 1 {
                joined.pop();
                joined.push("IoT".to_owned());
                joined.push(word[1..].to_owned());
            }
        } else if let Some(rest) = word.strip_prefix("VPC").filter(|rest| !rest.is_empty()) {
            joined.extend(["VPC".to_owned(), rest.to_owned()]);
        } else {
            joined.push(word);
        }
    }
    joined
}

/// Whether an icon shows something about a service (a rule, a certificate), and no service.
pub fn is_thing(words: &str) -> bool {
    let last = words.rsplit(' ').next().unwrap_or_default().to_lowercase();
    THINGS.contains(&last.as_str())
}

/// What an icon shows, by the words of its macro.
pub fn kind_of_icon(words: &str) -> ElementKind {
    let lower = words.to_lowercase();
    let all: Vec<&str> = lower.split(' ').collect();
    let has = |one: &str| all.contains(&one);
    let any = |many: &[&str]| many.iter().any(|one| has(one));
    let last = all.last().copied().unwrap_or_default();
    if is_thing(words) {
        ElementKind::Unknown
    } else if all == ["hub"]
        || ["switch", "router"].contains(&last)
        || ["access point", "wireless router"].iter().any(|device| lower.ends_with(device))
    {
        ElementKind::Network
    } else if any(&["user", "users", "person", "people", "actor"]) {
        ElementKind::Person
    } else if any(&["firewall", "waf"]) {
        ElementKind::Firewall
    } else if lower.contains("key vault") || any(&["secret", "secrets", "vault", "hsm", "kms"]) {
        ElementKind::Secrets
    } else if lower.contains("active directory")
        || lower.contains("identity")
        || any(&["cognito", "iam", "entra"])
    {
        ElementKind::Identity
    } else if any(&["queue", "queues", "topic", "kinesis", "sqs", "sns", "kafka", "pubsub"])
        || ["service bus", "event hub", "event grid", "event bridge", "notification service"]
            .iter()
            .any(|word| lower.contains(word))
        || lower.contains("rabbitmq")
    {
        ElementKind::Queue
    } else if any(&[
        "database",
        "databases",
        "db",
        "sql",
        "cosmos",
        "rds",
        "aurora",
        "redis",
        "cache",
        "storage",
        "bucket",
        "redshift",
        "s3",
        "glacier",
        "efs",
        "ebs",
        "volume",
    ]) || ["dynamodb", "documentdb", "postgres", "mysql", "mongo", "data lake", "simple storage"]
        .iter()
        .any(|word| lower.contains(word))
    {
        ElementKind::Datastore
    } else if any(&["gateway", "cdn", "ingress", "ing", "proxy"])
        || ["load balancer", "load balancing", "cloud front", "front door"]
            .iter()
            .any(|word| lower.contains(word))
    {
        ElementKind::Gateway
    } else if any(&["vm", "node", "server", "instance"]) && !has("container")
        || lower.contains("virtual machine")
        || has("ec2") && all.len() < 3
    {
        ElementKind::Host
    } else if any(&["internet", "vpn", "network"]) {
        ElementKind::Network
    } else if any(&SERVICES) {
        ElementKind::Container
    } else {
        ElementKind::Unknown
    }
}

/// Last words of icons that show something about a service, and no service.
const THINGS: [&str; 16] = [
    "alarm",
    "alert",
    "certificate",
    "email",
    "event",
    "key",
    "message",
    "notification",
    "permissions",
    "policy",
    "record",
    "report",
    "role",
    "rule",
    "scheduler",
    "template",
];

/// Words of icons that show something that runs.
const SERVICES: [&str; 36] = [
    "api",
    "app",
    "application",
    "apps",
    "batch",
    "build",
    "codebuild",
    "compute",
    "container",
    "containers",
    "deployment",
    "ecs",
    "engine",
    "fargate",
    "function",
    "functions",
    "job",
    "jobs",
    "lambda",
    "logic",
    "microservice",
    "pipeline",
    "pod",
    "registry",
    "run",
    "runtime",
    "search",
    "service",
    "services",
    "site",
    "statefulset",
    "step",
    "web",
    "webapp",
    "worker",
    "workflow",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macro_names_become_words() {
        for (name, words) in [
            ("AzureCosmosDb", "Azure Cosmos Db"),
            ("DynamoDB", "DynamoDB"),
            ("LambdaLambdaFunction", "Lambda Function"),
            ("APIGateway", "API Gateway"),
            ("IoTRule", "IoT Rule"),
            ("VPCNATGateway", "VPC NAT Gateway"),
            ("EC2Instance", "EC2 Instance"),
            ("msql_server", "msql server"),
            ("AzureEventHub", "Azure Event Hub"),
            ("DEV2_POSTGRESQL", "Postgresql"),
            ("FA5_USER", "User"),
            ("SimpleQueueService", "Simple Queue Service"),
            ("osa_device_wireless_router", "device wireless router"),
            ("OFF_CERTIFICATE", "Certificate"),
        ] {
            assert_eq!(in_words(name), words);
        }
    }

    #[test]
    fn the_last_word_of_an_icon_says_what_it_shows() {
        use ElementKind as K;
        for (words, kind) in [
            ("hub", K::Network),
            ("device wireless router", K::Network),
            ("Azure Event Hub", K::Queue),
            ("Certificate", K::Unknown),
            ("Event Bridge Scheduler", K::Unknown),
            ("Simple Notification Service Email Notification", K::Unknown),
            ("Lambda Function", K::Container),
            ("Java", K::Unknown),
        ] {
            assert_eq!(kind_of_icon(words), kind, "{words}");
        }
    }
}
