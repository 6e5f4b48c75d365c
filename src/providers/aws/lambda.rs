//! What names of Lambda mean.

use super::names::{Arn, tail};

/// The function of an ARN that may end in a version or an alias.
pub(crate) fn unqualified(arn: &str) -> &str {
    ends(arn, ":function:").map_or(arn, |(function, _)| function)
}

/// The layer and the version of the ARN of a version of a layer.
pub(crate) fn layer_of(arn: &str) -> (&str, Option<&str>) {
    ends(arn, ":layer:").map_or((arn, None), |(layer, version)| (layer, Some(version)))
}

/// An ARN up to the name behind a word, and what stands behind the name.
fn ends<'a>(arn: &'a str, word: &str) -> Option<(&'a str, &'a str)> {
    let start = arn.find(word)? + word.len();
    let end = start + arn.get(start..)?.find(':')?;
    Some((arn.get(..end)?, arn.get(end + 1..)?))
}

/// What an event source is a part of: the stream of a table is the table's.
pub(crate) fn source(arn: &str) -> &str {
    arn.split_once("/stream/").map_or(arn, |(table, _)| table)
}

/// Service and name of an event source: what is the same of it in another region. None: it is no ARN.
pub(crate) fn source_name(arn: &str) -> Option<(&str, &str)> {
    let arn = Arn::parse(arn)?;
    let name = match arn.service {
        // Behind these names stands something that AWS makes up.
        "kafka" => arn.resource.split('/').nth(1),
        "mq" => arn.resource.split(':').nth(1),
        _ => None,
    };
    Some((arn.service, name.unwrap_or_else(|| tail(arn.resource))))
}

/// Where a function writes its log if nothing else is said.
pub(crate) fn log_group(name: &str) -> String {
    format!("/aws/lambda/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_and_aliases_are_taken_off() {
        let function = "arn:aws:lambda:us-east-1:111122223333:function:orders";
        assert_eq!(unqualified(&format!("{function}:live")), function);
        assert_eq!(unqualified(function), function);
        assert_eq!(unqualified("orders"), "orders");
        let layer = "arn:aws:lambda:us-east-1:111122223333:layer:shared";
        assert_eq!(layer_of(&format!("{layer}:3")), (layer, Some("3")));
        assert_eq!(layer_of(layer), (layer, None));
        let table = "arn:aws:dynamodb:us-east-1:111122223333:table/orders";
        assert_eq!(source(&format!("{table}/stream/2026-01-01T00:00:00.000")), table);
        let queue = "arn:aws:sqs:us-east-1:111122223333:orders";
        assert_eq!(source(queue), queue);
        assert_eq!(source_name(queue), Some(("sqs", "orders")));
        assert_eq!(source_name(table), Some(("dynamodb", "orders")));
        let topic = "arn:aws:kafka:us-east-1:111122223333:cluster/shop/11111111-2222-3333-4444-555555555555-1";
        assert_eq!(source_name(topic), Some(("kafka", "shop")));
        let broker = "arn:aws:mq:us-east-1:111122223333:broker:shop:b-11111111-2222-3333-4444-555555555555";
        assert_eq!(source_name(broker), Some(("mq", "shop")));
        assert_eq!(source_name("aws_sqs_queue.orders"), None);
    }
}
