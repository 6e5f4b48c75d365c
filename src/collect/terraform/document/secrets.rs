//! What names and texts say of whether a value is secret, where Terraform does not say it. Rather too much is taken away
//! than too little: what is taken away is unknown to a policy, and never wrong.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};

/// Words of a name that make its value one of them.
const SECRET: [&str; 14] = [
    "apikey",
    "credential",
    "credentials",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "privatekey",
    "pwd",
    "secret",
    "token",
    "userdata",
    "authtoken",
    "sas",
];

/// Two words of a name that do.
const PAIRS: [(&str, &str); 13] = [
    ("access", "key"),
    ("account", "key"),
    ("api", "key"),
    ("auth", "key"),
    ("client", "key"),
    ("connection", "string"),
    ("connection", "strings"),
    ("generated", "config"),
    ("host", "key"),
    ("private", "key"),
    ("shared", "key"),
    ("signing", "key"),
    ("user", "data"),
];

/// Last words of names that say something of a secret, and not the secret: `secret_arn`, `token_ttl`.
const ABOUT: [&str; 22] = [
    "algorithm",
    "arn",
    "arns",
    "days",
    "enabled",
    "expiry",
    "hash",
    "length",
    "mode",
    "name",
    "names",
    "path",
    "policy",
    "prefix",
    "provider",
    "status",
    "ttl",
    "type",
    "types",
    "validity",
    "version",
    "versions",
];

/// Whether a value of that name is taken away.
pub(super) fn is_secret(name: &str) -> bool {
    if !may_say(name) {
        return false;
    }
    let words = words(name);
    let is = words.iter().any(|word| SECRET.contains(&word.as_str()))
        || words.windows(2).any(|two| matches!(two, [one, two] if PAIRS.contains(&(one.as_str(), two.as_str()))));
    is && !words.last().is_some_and(|last| ABOUT.contains(&last.as_str())) && !words.iter().any(|word| word == "kms")
}

/// Whether what stands below that name is handed to a program as its environment.
pub(super) fn is_environment(name: &str) -> bool {
    if !may_say(name) {
        return false;
    }
    let is = |word: &String| matches!(word.as_str(), "env" | "environment" | "environments");
    words(name).iter().any(is) || name == "app_settings"
}

/// Whether a text has a credential in it, whatever it is called: a private key, or an address with a password.
pub(super) fn holds_credential(text: &str) -> bool {
    let userinfo = |rest: &str| {
        let authority = rest.split(['/', '?', '#', ' ', '"', '\n']).next().unwrap_or_default();
        authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')).is_some_and(|(_, word)| !word.is_empty())
    };
    text.contains("PRIVATE KEY-----") || text.split("://").skip(1).any(userinfo)
}

/// Whether any of the words can be in a name. Most names have none, and there are many names in a plan.
fn may_say(name: &str) -> bool {
    static ROOTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let pairs = PAIRS.iter().map(|(_, second)| *second);
        let all = SECRET.into_iter().chain(pairs).chain(["env", "app_settings"]);
        AhoCorasickBuilder::new().ascii_case_insensitive(true).build(all).ok()
    });
    // What is no plain text, such as a letter that is small in another script, is looked at in any case.
    !name.is_ascii() || ROOTS.as_ref().is_none_or(|roots| roots.is_match(name))
}

/// The words of `masterUserPassword`, `--db-password` and `DB_PASSWORD`, in small letters.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for letter in name.chars() {
        if !letter.is_alphanumeric() || (letter.is_uppercase() && before.is_lowercase()) {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
        before = letter;
    }
    words.retain(|word| !word.is_empty());
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_whether_its_value_is_secret() {
        let secret = [
            "password",
            "master_password",
            "masterUserPassword",
            "secret_string",
            "auth_token",
            "private_key",
            "secret_key",
            "access_key",
            "DB_PASSWORD",
            "--db-password",
            "user_data",
            "user_data_base64",
            "connection_string",
            "client_secret",
            "secret_id",
        ];
        assert_eq!(secret.map(|name| (name, is_secret(name))), secret.map(|name| (name, true)));
        let plain = [
            "http_tokens",
            "kms_master_key_id",
            "master_user_secret_kms_key_id",
            "secret_arn",
            "token_ttl",
            "name",
            "key_name",
            "public_key",
            "image_pull_credentials_type",
            "secretsmanager_endpoint",
            "password_policy",
            "access",
            "key",
        ];
        assert_eq!(plain.map(|name| (name, is_secret(name))), plain.map(|name| (name, false)));
    }

    #[test]
    fn a_text_tells_whether_it_has_a_credential() {
        for text in ["postgres://app:canary@db:5432/x", "a https://u:canary@h b", "-----BEGIN RSA PRIVATE KEY-----\n"] {
            assert!(holds_credential(text), "{text}");
        }
        for text in ["https://h:80/a@b:c", "arn:aws:s3:::a", "https://user@host", "https://:@h", "a:b@c"] {
            assert!(!holds_credential(text), "{text}");
        }
    }
}
