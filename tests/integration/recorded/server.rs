//! An AWS made of files: each answer is what the service would send, byte for byte.
//!
//! `fixtures/aws/<case>/<region>/<service>/<call>.xml` or `.json`. The call is the action or the target of the request,
//! for the services that have neither the path, in which `_` stands for any last part. A page that is asked for by its
//! token has the token in the name: `plans.2.json`; one that is filtered, or is of one resource, may have the filter or the
//! last part of the ARN before it. Whatever has no file is denied, and a test may refuse more.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::cbor;

pub(crate) struct Recorded {
    pub(crate) url: String,
}

/// Instead of an answer: the status, and the code of the error.
pub(crate) type Refusal = (u16, &'static str);

/// Which requests are refused although there is an answer.
type Refuses = dyn Fn(&Request) -> Option<Refusal> + Send + Sync;

impl Recorded {
    /// Serves until the tests end.
    pub(crate) fn serve(case: &str) -> Self {
        Self::serve_but(case, |_| None)
    }

    /// The same, but for what is refused.
    pub(crate) fn serve_but(case: &str, refuses: impl Fn(&Request) -> Option<Refusal> + Send + Sync + 'static) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/aws").join(case);
        let refuses: Arc<Refuses> = Arc::new(refuses);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, refuses) = (folder.clone(), refuses.clone());
                std::thread::spawn(move || answer(&stream, &folder, &*refuses));
            }
        });
        Self { url }
    }
}

pub(crate) struct Request {
    path: String,
    pub(crate) region: String,
    service: String,
    target: Option<String>,
    /// It is in CBOR, and so is its answer.
    is_cbor: bool,
    /// The parameters of the address and of the body.
    parameters: Vec<(String, String)>,
}

fn answer(mut stream: &TcpStream, folder: &Path, refuses: &Refuses) -> io::Result<()> {
    let request = read(stream)?;
    let file = request.files(folder).into_iter().find(|file| file.is_file());
    let (status, body) = match (refuses(&request), &file) {
        (Some((status, code)), _) => (status, request.error(code)),
        (None, Some(file)) => (200, std::fs::read_to_string(file)?),
        (None, None) => (403, request.denial()),
    };
    let (kind, body) = match () {
        () if request.is_cbor => {
            let body = serde_json::from_str(&body).unwrap();
            ("application/cbor\r\nSmithy-Protocol: rpc-v2-cbor", cbor::encode(&body))
        }
        () if body.starts_with('<') => ("text/xml", body.into_bytes()),
        () => ("application/json", body.into_bytes()),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} \r\nContent-Type: {kind}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    )?;
    stream.write_all(&body)
}

fn read(stream: &TcpStream) -> io::Result<Request> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let address = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut length, mut target, mut credential, mut is_cbor) = (0, None, String::new(), false);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        match name.to_lowercase().as_str() {
            "content-length" => length = value.parse().unwrap_or_default(),
            "x-amz-target" => target = value.split('.').nth(1).map(str::to_owned),
            "smithy-protocol" => is_cbor = value == "rpc-v2-cbor",
            "authorization" => credential = value.split("Credential=").nth(1).unwrap_or_default().to_owned(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let texts = if is_cbor { cbor::texts(&body) } else { Vec::new() };
    let body = String::from_utf8_lossy(&body).into_owned();
    let (path, query) = address.split_once('?').unwrap_or((&address, ""));
    // Of this protocol, the last part of the path is the call.
    target = target.or_else(|| path.rsplit('/').next().filter(|_| is_cbor).map(str::to_owned));
    let pairs = query.split('&').chain(body.split('&')).filter_map(|pair| pair.split_once('='));
    let mut scope = credential.split('/').skip(2);
    Ok(Request {
        path: path.trim_matches('/').to_owned(),
        region: scope.next().unwrap_or_default().to_owned(),
        service: scope.next().unwrap_or_default().to_owned(),
        target,
        is_cbor,
        parameters: pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .chain(members(&body))
            .chain(texts)
            .collect(),
    })
}

/// The texts in a body of JSON.
fn members(body: &str) -> Vec<(String, String)> {
    let body: serde_json::Value = serde_json::from_str(body).unwrap_or_default();
    let members = body.as_object().into_iter().flatten();
    members.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
}

impl Request {
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn call(&self) -> &str {
        self.target.as_deref().or(self.parameter("Action")).unwrap_or(&self.path)
    }

    /// The service, and the call or the path.
    pub(crate) fn called(&self) -> String {
        format!("{} {}", self.service, self.call())
    }

    pub(crate) fn is_call(&self, call: &str) -> bool {
        self.call() == call
    }

    /// Where the answer may be, the nearest first.
    fn files(&self, folder: &Path) -> Vec<PathBuf> {
        let call = self.call();
        let tokens = ["nextToken", "NextToken", "Marker", "position"];
        let page = tokens.iter().find_map(|token| self.parameter(token)).map(|token| format!(".{token}"));
        let any = call.rsplit_once('/').map(|(above, _)| format!("{above}/_"));
        let filters = ["Filter", "AcceleratorArn", "ListenerArn", "DBInstanceClass", "Engine", "TypeName"];
        // What is asked about one thing only.
        let things = [
            "SecretId",
            "KeyId",
            "PolicySourceArn",
            "DBClusterIdentifier",
            "DBInstanceIdentifier",
            "GlobalClusterIdentifier",
        ];
        let filters = filters.into_iter().chain(things).find_map(|name| self.parameter(name));
        let filters = filters.map(|filter| filter.replace("%2F", "/").replace("%3A", ":"));
        let filtered =
            filters.as_deref().and_then(|filter| filter.rsplit('/').next()).map(|filter| filter.replace("::", "-"));
        let filtered = filtered.map(|filter| format!("{call}.{filter}"));
        let names = [filtered, Some(call.to_owned()), any].into_iter().flatten();
        let home = folder.join(&self.region).join(&self.service);
        names
            .flat_map(|name| {
                ["json", "xml"].map(|kind| format!("{name}{}.{kind}", page.as_deref().unwrap_or_default()))
            })
            .map(|name| home.join(name))
            .collect()
    }

    fn denial(&self) -> String {
        self.error(if self.parameter("Action").is_some() { "AccessDenied" } else { "AccessDeniedException" })
    }

    /// An error in the protocol of the service.
    fn error(&self, code: &str) -> String {
        if self.parameter("Action").is_some() {
            return format!("<ErrorResponse><Error><Code>{code}</Code></Error></ErrorResponse>");
        }
        format!(r#"{{"__type": "{code}"}}"#)
    }
}
