//! Every kind, of all providers.

use super::info::KindInfo;
use super::{aws, terraform};

/// By service, sorted.
const SERVICES: &[&[&[KindInfo]]] = &[aws::SERVICES, &[terraform::KINDS]];

/// Every kind, sorted by name (looked up by binary search).
pub static KINDS: [KindInfo; COUNT] = in_one();

const COUNT: usize = {
    let (mut count, mut provider) = (0, 0);
    while provider < SERVICES.len() {
        let mut service = 0;
        while service < SERVICES[provider].len() {
            count += SERVICES[provider][service].len();
            service += 1;
        }
        provider += 1;
    }
    count
};

const fn in_one() -> [KindInfo; COUNT] {
    let mut all = [SERVICES[0][0][0]; COUNT];
    let (mut at, mut provider) = (0, 0);
    while provider < SERVICES.len() {
        let mut service = 0;
        while service < SERVICES[provider].len() {
            let mut row = 0;
            while row < SERVICES[provider][service].len() {
                all[at] = SERVICES[provider][service][row];
                (at, row) = (at + 1, row + 1);
            }
            service += 1;
        }
        provider += 1;
    }
    all
}
