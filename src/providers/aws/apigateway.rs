//! What names of API Gateway mean.

use super::lambda::unqualified;
use super::names::{self, Arn};

/// What an integration calls, as its address says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Called {
    /// A function, a listener or a load balancer by its ARN, or a host name, lower-case.
    This(String),
    /// Nothing that is read: a queue, a stream, or nothing at all.
    Nothing,
    /// A variable of the stage or of the request is in the place of its name.
    Variable,
}

/// What an address calls. Users, ports, paths and queries are not kept: they may be secret.
/// <https://docs.aws.amazon.com/apigateway/latest/api/API_Integration.html>
pub(crate) fn called(address: &str) -> Called {
    if let Some((_, function)) =
        address.split_once(":lambda:path/").and_then(|(_, rest)| rest.split_once("/functions/"))
    {
        return this(unqualified(function.split_once('/').map_or(function, |(function, _)| function)));
    }
    if let Some(arn) = Arn::parse(address) {
        return match arn.service {
            "lambda" => this(unqualified(address)),
            "elasticloadbalancing" => this(address),
            _ => Called::Nothing,
        };
    }
    let Some((_, rest)) = address.split_once("://") else { return Called::Nothing };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    this(&names::host(host.split(':').next().unwrap_or_default()))
}

fn this(name: &str) -> Called {
    if name.contains('{') { Called::Variable } else { Called::This(name.to_owned()) }
}

/// The host name of an address that the provider gives out: `https://abc.execute-api.us-east-1.amazonaws.com/`.
pub(crate) fn host_of(address: &str) -> String {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    names::host(host.split('/').next().unwrap_or_default())
}

/// The host name that an API has by itself.
pub(crate) fn host(id: &str, region: &str) -> String {
    names::host_in(&format!("{id}.execute-api"), region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_calls_a_function_a_listener_or_a_host() {
        let function = "arn:aws:lambda:us-east-1:111122223333:function:orders";
        let of = |function: &str| {
            format!("arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations")
        };
        let listener = "arn:aws:elasticloadbalancing:us-east-1:111122223333:listener/app/shop/1/2";
        let this = |name: &str| Called::This(name.to_owned());
        let cases = [
            (of(function), this(function)),
            (of(&format!("{function}:live")), this(function)),
            (of(&format!("{function}:${{stageVariables.alias}}")), this(function)),
            (of("arn:aws:lambda:us-east-1:111122223333:function:${stageVariables.function}"), Called::Variable),
            (function.to_owned(), this(function)),
            (listener.to_owned(), this(listener)),
            ("arn:aws:apigateway:us-east-1:sqs:path/111122223333/orders".to_owned(), Called::Nothing),
            ("https://user:canary@Shop.example.com:8443/orders?key=canary".to_owned(), this("shop.example.com")),
            ("http://${stageVariables.host}/orders".to_owned(), Called::Variable),
            ("https://shop.example.com/${stageVariables.path}".to_owned(), this("shop.example.com")),
            (String::new(), Called::Nothing),
        ];
        for (address, expected) in cases {
            assert_eq!(called(&address), expected, "{address}");
        }
    }

    #[test]
    fn hosts_are_those_of_their_partition() {
        assert_eq!(host("abc", "us-east-1"), "abc.execute-api.us-east-1.amazonaws.com");
        assert_eq!(host("abc", "cn-north-1"), "abc.execute-api.cn-north-1.amazonaws.com.cn");
        assert_eq!(host_of("https://Abc.lambda-url.us-east-1.on.aws/"), "abc.lambda-url.us-east-1.on.aws");
    }
}
