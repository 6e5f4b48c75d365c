//! The one object that people keep with us: the record of drills, in a bucket that they name. Nothing else is ever written, and
//! no object of the estate is ever read.

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;

use super::{Trouble, connect};

/// Where the bucket is, if not where the configuration asks.
async fn client(bucket: &str) -> Client {
    let config = connect::base().await;
    let client = Client::new(&config);
    // A bucket is asked in its own region only. Where that is not told, the caller's may be it.
    let head = client.head_bucket().bucket(bucket).send().await;
    let told = match &head {
        Ok(answer) => answer.bucket_region().map(str::to_owned),
        Err(error) => error.raw_response().and_then(|raw| raw.headers().get("x-amz-bucket-region")).map(str::to_owned),
    };
    match told {
        Some(region) if region != connect::region(&config) => Client::new(&connect::in_region(&config, &region)),
        _ => client,
    }
}

/// The text of an object, and the tag of this very version. `None`: there is no such object.
pub async fn read(bucket: &str, key: &str) -> Result<Option<(String, Option<String>)>, String> {
    read_by(&client(bucket).await, bucket, key).await
}

async fn read_by(client: &Client, bucket: &str, key: &str) -> Result<Option<(String, Option<String>)>, String> {
    const ACTION: &str = "s3:GetObject";
    let answer = match client.get_object().bucket(bucket).key(key).send().await {
        Ok(answer) => answer,
        // A bucket that is not there is a mistake, not an empty record.
        Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => return Ok(None),
        Err(error) => return Err(Trouble::new(ACTION, &error).to_string()),
    };
    let tag = answer.e_tag().map(str::to_owned);
    let bytes = answer.body.collect().await;
    let bytes = bytes.map_err(|_| format!("{ACTION} failed: the answer was cut off"))?.to_vec();
    let text = String::from_utf8(bytes).map_err(|_| "it is no text in UTF-8".to_owned())?;
    Ok(Some((text, tag)))
}

/// What became of a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    Yes,
    /// Somebody else wrote since it was read.
    Meanwhile,
}

/// Replaces an object by what `make` says of its text, as long as nobody else does so meanwhile: then it is asked again.
pub async fn replace<T, E: From<String>>(
    bucket: &str,
    key: &str,
    make: impl Fn(&str) -> Result<(String, T), E>,
) -> Result<T, E> {
    const TRIES: usize = 5;
    let client = client(bucket).await;
    for _ in 0..TRIES {
        let (text, tag) = read_by(&client, bucket, key).await?.unwrap_or_default();
        let (text, made) = make(&text)?;
        if write(&client, bucket, key, text, tag).await? == Written::Yes {
            return Ok(made);
        }
    }
    Err(E::from(format!("others wrote to it {TRIES} times meanwhile")))
}

async fn write(client: &Client, bucket: &str, key: &str, text: String, tag: Option<String>) -> Result<Written, String> {
    let put = client.put_object().bucket(bucket).key(key).content_type("application/x-ndjson");
    let put = match tag {
        Some(tag) => put.if_match(tag),
        None => put.if_none_match("*"),
    };
    match put.body(ByteStream::from(text.into_bytes())).send().await {
        Ok(_) => Ok(Written::Yes),
        Err(error) => {
            let status = error.raw_response().map(|raw| raw.status().as_u16());
            match status {
                // 409: two conditional writes at the same time.
                Some(409 | 412) => Ok(Written::Meanwhile),
                _ => Err(Trouble::new("s3:PutObject", &error).to_string()),
            }
        }
    }
}
