//! A database answers `SELECT 1`, and takes writes where it should. Its URL comes from the environment, and nothing of it is
//! shown; of what a server says about an error only the code is.

mod mysql;
mod postgres;
mod url;

use super::attempt::{Attempt, Cx, variable};
use crate::config::checks::DatabaseCheck;

pub(super) async fn ask(check: &DatabaseCheck, cx: &Cx<'_>) -> Attempt {
    let url = match variable(&check.url_from) {
        Ok(url) => url,
        Err(attempt) => return attempt,
    };
    let asked = check.writer.is_some();
    let answered = match url.split_once("://").map(|(scheme, _)| scheme) {
        Some("postgres" | "postgresql") => postgres::ask(&url, asked, cx.limit).await,
        Some("mysql" | "mariadb") => mysql::ask(&url, asked).await,
        _ => Err(Attempt::Cannot("it holds no URL that begins with postgres:// or mysql://".to_owned())),
    };
    let writes = match answered {
        Ok(writes) => writes,
        // Of a URL that cannot be read, the variable is all that may be told.
        Err(Attempt::Cannot(why)) => return Attempt::Cannot(format!("{}: {why}", check.url_from)),
        Err(attempt) => return attempt,
    };
    match (check.writer, writes) {
        (None, _) => Attempt::Passed("it answers".to_owned()),
        (Some(true), Some(true)) => Attempt::Passed("it answers, and takes writes".to_owned()),
        (Some(false), Some(false)) => Attempt::Passed("it answers, and is a replica".to_owned()),
        (Some(true), Some(false)) => Attempt::Failed("it answers, and takes no writes".to_owned()),
        (Some(false), Some(true)) => Attempt::Failed("it answers, and takes writes, as no replica does".to_owned()),
        (Some(_), None) => Attempt::CannotNow("it answers, and does not say whether it takes writes".to_owned()),
    }
}
