//! Label -> what it says. `P` reads as prose, `T` as a technology text.

use super::*;
use crate::catalog::Catalog;

/// Text, protocols and ports.
const TABLE: &[(&str, &str)] = &[
    // ---- protocols with ports ----
    ("P HTTPS/443", "https :443"),
    ("P HTTPS:8443", "https :8443"),
    ("P HTTPS 443", "https :443"),
    ("P HTTP on 8080", "http :8080"),
    ("P GET https://[fe80::1]:9000/x", "https :9000 data=in"),
    ("P https://[::1]/x", "https"),
    ("P HTTP on 4 servers", "http"),
    ("T 3001", ":3001"),
    ("T 2019", ""),
    ("P HTTPS (443)", "https :443"),
    ("P HTTPS port 9443", "https :9443"),
    ("P [JDBC]", "jdbc"),
    ("P Reads from and writes to\\n[JDBC]", "jdbc data=both"),
    ("P tcp 1433", "tcp :1433"),
    ("P TCP/1433", "tcp :1433"),
    ("P TCP:1433", "tcp :1433"),
    ("P port 8443", ":8443"),
    ("P :8080", ":8080"),
    ("P ports 80, 443 and 8080", ":80 :443 :8080"),
    ("P 443/tcp", "tcp :443"),
    ("P 53/udp", "udp :53/udp"),
    ("P 1433, 135", ":1433 :135"),
    ("P 49152-65535", ":49152-65535"),
    ("P SQL 1433, 135, 49152-65535", "sql :1433 :135 :49152-65535"),
    ("P TCP 1433, 135, 49152-65535", "tcp :1433 :135 :49152-65535"),
    ("P RPC 135 and 49152-65535", "dcom :135 :49152-65535"),
    ("P sftp 22", "sftp :22"),
    ("P SSH/22", "ssh :22"),
    ("P HTTP, SOAP, FTP", "http soap ftp"),
    ("P HTTP, SOAP 80/443", "http soap :80 :443"),
    ("P HTTP/SOAP", "http soap"),
    ("P SOAP (HTTP)", "soap http"),
    ("P FTP/21", "ftp :21"),
    ("P FTP 20, 21", "ftp :20 :21"),
    ("P DNS 53", "dns :53 :53/udp"),
    ("P TCP/UDP 53", "tcp udp :53 :53/udp"),
    ("P NTP 123", "ntp :123/udp"),
    ("P UDP 514", "udp :514/udp"),
    ("P syslog UDP 514", "syslog :514/udp"),
    ("P SMTP 25", "smtp :25"),
    ("P SMTP:587", "smtp :587"),
    ("P LDAP 389", "ldap :389"),
    ("P LDAPS", "ldaps"),
    ("P Kerberos 88", "kerberos :88 :88/udp"),
    ("P SQL Server protocol 1433", "tds :1433"),
    ("P gRPC 50051", "grpc :50051"),
    ("P gRPC/HTTP2", "grpc http2"),
    ("P REST (JSON/HTTPS)", "rest https"),
    ("P JSON/HTTPS", "https"),
    ("P XML/HTTPS", "https"),
    ("P AMQPS", "amqps"),
    ("P MSMQ", "msmq"),
    ("P SQL", "sql"),
    ("P Terminal Services", "rdp purpose=management phase=administration"),
    ("P RDP 3389", "rdp :3389"),
    ("P POP3", "pop3"),
    ("P FILE", "file"),
    ("P file", "file"),
    ("P WebSocket", "ws"),
    ("P Kafka", "kafka"),
    ("P replication", "cassandra-gossip"),
    ("P Makes API calls using JSON/HTTPS", "https"),
    ("P Sends e-mail using SMTP", "smtp data=out"),
    ("P Reads from and writes to, MongoDB wire protocol, port 27017", "mongodb :27017 data=both"),
    ("P Uploads files via SFTP", "sftp data=out"),
    ("P submits orders over HTTPS and AMQP", "https amqp data=out"),
    ("P Gets account information from (XML/HTTPS)", "https data=in"),
    ("P HTTP requests", "http"),
    ("P SSH access", "ssh"),
    ("P uses REST", "rest"),
    ("P calls REST API", "rest"),
    ("P REST API calls with Bearer JWT", "rest auth=token"),
    ("P Sends data: HTTPS", "https data=out"),
    ("P Sends data (443)", ":443 data=out"),
    ("P 1: HTTPS", "https"),
    ("P HTTP or HTTPS", "http https"),
    ("P https://api.example.com/v1", "https"),
    ("P https://api.example.com:8443/v1", "https :8443"),
    ("P http://localhost:8080", "http :8080 clear=http://"),
    ("P amqp://broker:5672", "amqp :5672 clear=amqp://"),
    ("P ldap://dc1", "ldap"),
    ("P db.example.com:5432", ":5432"),
    ("P localhost:3000", ":3000"),
    ("P 10.0.0.1:5432", ":5432"),
    ("T HTTPS", "https"),
    ("T JDBC", "jdbc"),
    ("T OTLP gRPC", "otlp grpc"),
    ("T HTTPS/JSON", "https"),
    ("T HTTPS/OIDC", "https oidc"),
    ("T OIDC + PKCE", "oidc"),
    ("T Prometheus scrape", "prometheus-scrape"),
    ("T EF Core / Npgsql", "postgresql"),
    ("T ADO.NET", "tds"),
    ("T SQL (async)", "sql coupling=async"),
    ("T sync/async, XML/HTTPS", "https"),
    ("T TCP", "tcp"),
    ("T In-process", "in-process"),
    ("T Telephone", "manual"),
    ("T SOAP over HTTPS", "soap https"),
    ("T HTTP/1.1", "http"),
    ("T HTTP/2", "http2"),
    ("T TLS 1.2", "tls enc=TLS 1.2"),
    ("T Kafka", "kafka"),
    ("T SNMPv2c", "snmp clear=SNMPv2c"),
    ("T 443", ":443"),
    // ---- TLS and tunnels ----
    ("P FTP over TLS", "ftps"),
    ("P HTTP over TLS", "https"),
    ("P AMQP/TLS", "amqps"),
    ("P SQL over TLS", "sql enc=TLS"),
    ("P HTTP + TLS", "https enc=TLS"),
    ("P TDS with TLS", "tds enc=TLS"),
    ("P mTLS", "tls enc=mTLS auth=mtls"),
    ("P gRPC (mTLS)", "grpc enc=mTLS auth=mtls"),
    ("P HTTP via IPsec", "http enc=IPsec"),
    ("P FTP via VPN", "ftp enc=VPN"),
    ("P IPsec", "ipsec enc=IPsec"),
    ("P plain HTTP", "http clear=plain HTTP"),
    ("P HTTP (unencrypted)", "http noenc=unencrypted"),
    ("P SQL, no TLS", "sql noenc=no TLS"),
    ("P SMTP without TLS", "smtp noenc=without TLS"),
    ("P LDAP (encrypted)", "ldap enc=encrypted"),
    // ---- authentication ----
    ("P HTTPS, API key", "https"),
    ("P HTTPS with API key", "https auth=api-key"),
    ("P HTTPS (OAuth2)", "https oidc auth=token"),
    ("P SOAP, basic authentication", "soap auth=basic"),
    ("P HTTPS via Kerberos", "https kerberos auth=kerberos"),
    ("P anonymous FTP", "ftp"),
    ("P FTP (anonymous)", "ftp auth=none"),
    // ---- usage ----
    ("P deploys via SSH", "ssh purpose=deployment phase=deployment"),
    ("P Pushes metrics", "data=out purpose=monitoring"),
    ("P nightly export", "coupling=batch"),
    ("P publishes events asynchronously", "data=out coupling=async"),
    ("P HTTP, only if no reverse proxy", "http optional"),
    ("P or directly: SMTP", "smtp alternative"),
    ("P backs up to", "purpose=backup"),
    // ---- prose that says nothing ----
    ("P reads file 22", "data=in"),
    ("P step 443", ""),
    ("P Step: 443", ""),
    ("P sends mail to", "data=out"),
    ("P uses SQL reports", ""),
    ("P Uses", ""),
    ("P 4", ""),
    ("P 12", ""),
    ("P 2: get send ack 201", "data=both"),
    ("P HTTP 404", ""),
    ("P returns 200 or 503", ""),
    ("P returns HTTP 503", ""),
    ("P stores SSH keys", "data=out"),
    ("P reads SAML certificates", "data=in"),
    ("P configures DNS records", "phase=configuration"),
    ("P reads the rest of the data", "data=in"),
    ("P cleans with soap", ""),
    ("P places order 8080", ""),
    ("P version 5432", ""),
    ("P in 2019-2023", ""),
    ("P 2019-2023", ""),
    ("P meets at 10:30", ""),
    ("P issue:8080", ""),
    ("P up to 5000 messages per day", ""),
    ("P 10000 users", ""),
    ("P SQL Server 2019", ""),
    ("P Oracle 1521c", ""),
    ("P through Send Port 20", ""),
    ("P switch port 24", ""),
    ("P writes a file", "data=out"),
    ("P Sends CSV file by courier", "data=out"),
    ("P manual process started", ""),
    ("P validates JWT tokens", ""),
    ("P fetch credentials", "data=in"),
    ("P syncs data", "data=both"),
    ("P Publishes to Kafka", "data=out"),
    ("P executes report on paper", ""),
    ("P docker push", "purpose=deployment phase=deployment"),
    ("P Respond with CVE data for query", ""),
    ("P Queries and updates releases", "data=both"),
    ("P Queries metrics", "data=in purpose=monitoring"),
    ("P creates a short URL, reads it back", "data=both"),
    ("P sends encrypted backups", "data=out purpose=backup"),
    ("P TLS termination", ""),
    ("P pops the stack", ""),
    ("P Folder of invoices", ""),
    ("P checks the TN number", ""),
    ("P FIN department", ""),
    ("P API call", ""),
    ("T JSON", ""),
    ("T 1", ""),
    ("T Java, Spring Boot", ""),
    ("T Sentry SDK via slog bridge", ""),
    ("T Outbox", ""),
    ("T S3 API", ""),
    ("T SQL API", ""),
    ("T Go 1.22", ""),
];

fn tell(said: &Said) -> String {
    let mut parts: Vec<String> = said.protocols.iter().map(|(id, _)| (*id).to_owned()).collect();
    parts.extend(said.ports.iter().map(|port| {
        let range = if port.to > port.from { format!("-{}", port.to) } else { String::new() };
        let udp = if port.transport == crate::model::Transport::Udp { "/udp" } else { "" };
        format!(":{}{range}{udp}", port.from)
    }));
    match &said.encrypted {
        Some(Protection::Stated(words)) => parts.push(format!("enc={words}")),
        Some(Protection::StatedClear(words)) => parts.push(format!("noenc={words}")),
        Some(Protection::MeansClear(words)) => parts.push(format!("clear={words}")),
        None => {}
    }
    parts.extend(said.data.map(|data| format!("data={data}")));
    parts.extend(said.coupling.as_ref().map(|(value, _)| format!("coupling={value}")));
    parts.extend(said.purpose.as_ref().map(|(value, _)| format!("purpose={value}")));
    parts.extend(said.phase.map(|phase| format!("phase={phase}")));
    parts.extend(said.authentication.as_ref().map(|(value, _)| format!("auth={value}")));
    parts.extend(said.optional.then(|| "optional".to_owned()));
    parts.extend(said.alternative.then(|| "alternative".to_owned()));
    parts.join(" ")
}

#[test]
fn labels_say_what_they_say_and_no_more() {
    let mut wrong = Vec::new();
    for (input, expected) in TABLE {
        let (position, text) = match input.split_at(2) {
            ("T ", text) => (Position::Technology, text),
            (_, text) => (Position::Prose, text),
        };
        let said = tell(&read(Catalog::builtin(), &text.replace("\\n", " "), position));
        let sort = |text: &str| {
            let mut parts: Vec<String> = text.split(' ').map(str::to_owned).collect();
            parts.sort();
            parts
        };
        if sort(&said) != sort(expected) {
            wrong.push(format!("{input:60} wanted [{expected}] got [{said}]"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), TABLE.len(), wrong.join("\n"));
}
