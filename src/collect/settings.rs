//! What is kept of groups of parameters and options: names, and of values as much as can be compared without holding what
//! may be secret.

use sha2::{Digest as _, Sha256};

use crate::model::{Fact, Setting, Settings};

/// Words in the name of a setting of an option that say that it is secret.
const SECRET_WORDS: [&str; 6] = ["credential", "passphrase", "passwd", "password", "secret", "token"];

/// How the formulas of RDS begin, which size a parameter by the class of the instance.
const FORMULAS: [&str; 5] = ["{", "GREATEST(", "LEAST(", "SUM(", "LOG("];

/// Digits that are kept of a hash: enough to tell values apart.
const DIGITS: usize = 16;

/// A parameter, or an option without a value.
pub(crate) fn setting(name: &str, value: Option<&str>) -> Setting {
    Setting { name: name.into(), value: Fact::from_read(value.map(held)) }
}

/// What is set of an option. Some of it is secret: passwords of wallets and agents. No value: it is not known.
pub(crate) fn of_option(option: &str, name: &str, value: Option<&str>) -> Setting {
    let lower = name.to_lowercase();
    let is_secret = SECRET_WORDS.iter().any(|word| lower.contains(word));
    let value = Fact::from_known(value.filter(|_| !is_secret).map(held));
    Setting { name: format!("{option}.{name}").into(), value }
}

/// Everything that a group sets, in one order.
pub(crate) fn settings(group: &str, family: Fact<String>, mut set: Vec<Setting>) -> Settings {
    set.sort_unstable_by(|one, other| one.name.text().cmp(&other.name.text()));
    set.dedup();
    Settings { group: group.into(), family, set: Fact::Known(set) }
}

/// A value as it is where it cannot be secret, else its hash. Blanks around commas mean nothing.
fn held(value: &str) -> String {
    let items: Vec<&str> = value.split(',').map(str::trim).collect();
    let value = items.join(",");
    let lower = value.to_lowercase();
    if matches!(lower.as_str(), "on" | "off" | "true" | "false" | "yes" | "no") {
        return lower;
    }
    let is_number = value.parse::<f64>().is_ok_and(f64::is_finite);
    let has_no_text = value.chars().all(|one| one.is_ascii_alphanumeric() || "{}()/*+-,._ ".contains(one));
    let is_formula = has_no_text && FORMULAS.iter().any(|start| value.starts_with(start));
    if is_number || is_formula || value.starts_with("arn:") {
        return value;
    }
    let hash = format!("{:x}", Sha256::digest(&value));
    format!("sha256:{}", &hash[..DIGITS])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_secret_is_held_and_all_else_is_only_compared() {
        let of = |value: &str| setting("x", Some(value)).value.into_known().unwrap();
        for plain in ["500", "0.9", "-1", "on", "{DBInstanceClassMemory/32768}", "arn:aws:iam::111122223333:role/r"] {
            assert_eq!(of(plain), plain);
        }
        assert_eq!(of("ON"), "on");
        assert_eq!(of("pg_stat_statements, auto_explain"), of("pg_stat_statements,auto_explain"));
        assert_eq!(of("SET PASSWORD = 'hunter2'"), "sha256:b0eb428c92f527b9");
        assert_ne!(of("allkeys-lru"), of("noeviction"));
        assert!(of(r#"{"password": "hunter2"}"#).starts_with("sha256:"));
        assert_eq!(of("inf"), "sha256:e99270c4fa9f6ea7");
    }

    #[test]
    fn of_a_secret_not_even_a_hash_is_held() {
        assert_eq!(
            of_option("TDE", "TDE_WALLET_PASSWORD", Some("1234")),
            Setting { name: "TDE.TDE_WALLET_PASSWORD".into(), value: Fact::Unknown }
        );
        assert_eq!(
            of_option("NATIVE", "SQLNET.PORT", Some("1")),
            Setting { name: "NATIVE.SQLNET.PORT".into(), value: "1".into() }
        );
    }

    #[test]
    fn settings_are_in_one_order() {
        let all = [setting("b", Some("1")), setting("a", None), setting("b", Some("1"))];
        assert_eq!(
            settings("tuned", "postgres16".into(), all.to_vec()),
            Settings {
                group: "tuned".into(),
                family: "postgres16".into(),
                set: Fact::Known(vec![setting("a", None), setting("b", Some("1"))]),
            }
        );
    }
}
