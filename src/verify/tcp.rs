//! A port takes connections. Nothing is sent.

use super::attempt::{Attempt, connect};
use crate::config::checks::TcpCheck;

pub(super) async fn ask(check: &TcpCheck) -> Attempt {
    match connect(&check.host, check.port).await {
        Ok(_) => Attempt::Passed("it takes connections".to_owned()),
        Err(attempt) => attempt,
    }
}
