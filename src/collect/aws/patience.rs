//! When to stop asking: a service that hangs must end as one that failed, however much of it is still to be read.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeTransmitInterceptorContextRef, FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use thiserror::Error;

/// Tries in a row without an answer after which nothing more is asked. It is above the number of calls that are made at
/// the same time, so that one short interruption ends nothing.
const LIMIT: usize = 16;

/// Why a call was not made.
#[derive(Debug, Error)]
#[error("it stopped answering")]
pub(super) struct Exhausted;

/// Counts the tries without an answer of one collector in one region, over all its clients.
#[derive(Clone, Debug, Default)]
pub(crate) struct Patience {
    region: String,
    unanswered: Arc<Mutex<HashMap<String, usize>>>,
}

impl Patience {
    /// With another region, which may answer where this one does not.
    pub(super) fn elsewhere(&self, region: &str) -> Self {
        Self { region: region.to_owned(), unanswered: self.unanswered.clone() }
    }

    fn count<T>(&self, change: impl FnOnce(&mut usize) -> T) -> T {
        let mut unanswered = self.unanswered.lock().unwrap_or_else(PoisonError::into_inner);
        change(unanswered.entry(self.region.clone()).or_default())
    }
}

impl Intercept for Patience {
    fn name(&self) -> &'static str {
        "Patience"
    }

    fn read_before_attempt(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if self.count(|unanswered| *unanswered >= LIMIT) { Err(Exhausted.into()) } else { Ok(()) }
    }

    fn read_after_attempt(
        &self,
        context: &FinalizerInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // An error of the service is an answer, too.
        let answered =
            context.output_or_error().is_some_and(|end| end.map_or_else(|it| it.is_operation_error(), |_| true));
        self.count(|unanswered| *unanswered = if answered { 0 } else { *unanswered + 1 });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{TcpListener, TcpStream};
    use std::time::Duration;

    use aws_config::retry::RetryConfig;
    use aws_config::timeout::TimeoutConfig;
    use aws_config::{BehaviorVersion, Region};
    use aws_credential_types::Credentials;

    use super::super::read::AT_ONCE;
    use super::super::{COLLECTORS, Context, Sink, Trouble, client, connect};
    use super::*;
    use crate::model::Timestamp;

    const NO_ANSWER: &str = "the endpoint could not be reached";
    const GIVEN_UP: &str = "it stopped answering";

    /// One try a call, and a tenth of a second for it.
    async fn context(port: u16) -> Context {
        let limits = TimeoutConfig::builder().operation_attempt_timeout(Duration::from_millis(100)).build();
        let config = aws_config::defaults(BehaviorVersion::latest())
            .http_client(connect::http_client())
            .endpoint_url(format!("http://127.0.0.1:{port}"))
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new("id", "secret", None, None, "test"))
            .retry_config(RetryConfig::disabled())
            .timeout_config(limits)
            .load()
            .await;
        Context::new("111122223333", "us-east-1", Timestamp::UNIX_EPOCH, config)
    }

    /// Serves JSON by the target of the request; what has no answer is left hanging.
    fn serve(answers: &'static [(&str, &str, &str)]) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            let mut hanging = Vec::new();
            for mut stream in listener.incoming().flatten() {
                let request = read(&mut stream);
                match answers.iter().find(|(target, ..)| request.contains(&format!(".{target}\r\n"))) {
                    Some((_, status, body)) => {
                        let length = body.len();
                        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n");
                        write!(stream, "{head}\r\n{body}").unwrap();
                    }
                    None => hanging.push(stream),
                }
            }
        });
        port
    }

    /// The head of the request; bodies are small JSON objects, and end with a brace.
    fn read(stream: &mut TcpStream) -> String {
        let (mut text, mut buffer) = (String::new(), [0; 4096]);
        while !text.ends_with('}') {
            match stream.read(&mut buffer) {
                Ok(0) | Err(_) => break,
                Ok(read) => text.push_str(&String::from_utf8_lossy(&buffer[..read])),
            }
        }
        text
    }

    /// What came of so many calls in a row.
    async fn calls(cx: &Context, number: usize) -> Vec<String> {
        let client = client!(cx, aws_sdk_kms);
        let mut reasons = Vec::new();
        for _ in 0..number {
            let error = client.list_keys().send().await.unwrap_err();
            reasons.push(Trouble::new("kms:ListKeys", &error).reason);
        }
        reasons
    }

    fn no_answers_then(number: usize, last: &str) -> Vec<String> {
        [vec![NO_ANSWER.to_owned(); number], vec![last.to_owned()]].concat()
    }

    #[tokio::test]
    async fn after_the_limit_nothing_more_is_asked_there() {
        // Nobody listens at the port that was just let go.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let cx = context(port).await;
        assert_eq!(calls(&cx, LIMIT + 1).await, no_answers_then(LIMIT, GIVEN_UP));
        assert_eq!(calls(&cx.elsewhere("us-west-2"), 1).await, [NO_ANSWER]);
        assert_eq!(calls(&cx, 1).await, [GIVEN_UP]);
    }

    #[tokio::test]
    async fn an_answer_begins_the_count_anew_even_if_it_is_an_error() {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let silent = context(port).await;
        let denies = context(serve(&[("ListKeys", "400 ", r#"{"__type": "AccessDeniedException"}"#)])).await;
        let denies = Context { patience: silent.patience.clone(), ..denies };
        assert_eq!(calls(&silent, LIMIT - 1).await, vec![NO_ANSWER; LIMIT - 1]);
        assert_eq!(calls(&denies, 1).await, ["AccessDeniedException"]);
        assert_eq!(calls(&silent, LIMIT + 1).await, no_answers_then(LIMIT, GIVEN_UP));
    }

    /// Twelve keys with three calls each: what is under way at the limit is still waited for.
    #[tokio::test]
    async fn a_service_that_lists_and_then_hangs_costs_a_few_tries() {
        const KEYS: &str = r#"{"Keys": [
            {"KeyId": "k00"}, {"KeyId": "k01"}, {"KeyId": "k02"}, {"KeyId": "k03"}, {"KeyId": "k04"}, {"KeyId": "k05"},
            {"KeyId": "k06"}, {"KeyId": "k07"}, {"KeyId": "k08"}, {"KeyId": "k09"}, {"KeyId": "k10"}, {"KeyId": "k11"}
        ], "Truncated": false}"#;
        let lists = [("ListKeys", "200 ", KEYS), ("ListAliases", "200 ", r#"{"Aliases": [], "Truncated": false}"#)];
        let cx = context(serve(Box::leak(Box::new(lists)))).await;
        let kms = COLLECTORS.iter().find(|collector| collector.spec().service == "kms").unwrap();
        let mut sink = Sink::default();
        assert_eq!(kms.collect(&cx, &mut sink).await, Ok(()));
        let (tried, given_up): (Vec<_>, Vec<_>) = sink.gaps.iter().partition(|gap| gap.reason == "timed out");
        assert!((LIMIT..LIMIT + AT_ONCE).contains(&tried.len()), "{tried:?}");
        assert_eq!(tried.len() + given_up.len(), 3 * 12);
        assert!(given_up.iter().all(|gap| gap.reason == GIVEN_UP), "{given_up:?}");
        assert_eq!(sink.resources.len(), 12);
    }
}
