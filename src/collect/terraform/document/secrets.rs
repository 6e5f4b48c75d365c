//! What names and texts say of whether a value is secret, where Terraform does not say it. Rather too much is taken away
//! than too little: what is taken away is unknown to a policy, and never wrong.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use regex::Regex;

use super::super::mapping::Types;

/// Words of a name that make its value one of them.
const SECRET: [&str; 20] = [
    "apikey",
    "authorization",
    "bearer",
    "credential",
    "credentials",
    "jwt",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "passwords",
    "pem",
    "plaintext",
    "preshared",
    "privatekey",
    "psk",
    "pwd",
    "secret",
    "token",
    "userdata",
];

/// Ends of words that do: `dbpassword`, `PGPASSWORD`.
const ENDS: [&str; 7] = ["password", "passwd", "passphrase", "secretkey", "accesskey", "apikey", "clientsecret"];

/// Two words of a name that do.
const PAIRS: [(&str, &str); 28] = [
    ("access", "key"),
    ("account", "key"),
    ("api", "key"),
    ("app", "key"),
    ("auth", "key"),
    ("client", "key"),
    ("connection", "string"),
    ("connection", "strings"),
    ("custom", "data"),
    ("function", "key"),
    ("generated", "config"),
    ("host", "key"),
    ("instrumentation", "key"),
    ("integration", "key"),
    ("kube", "config"),
    ("license", "key"),
    ("master", "key"),
    ("primary", "key"),
    ("private", "key"),
    ("protected", "settings"),
    ("raw", "key"),
    ("readonly", "key"),
    ("secondary", "key"),
    ("server", "key"),
    ("shared", "key"),
    ("signing", "key"),
    ("startup", "script"),
    ("user", "data"),
];

/// Last words of names that say something of a secret, and not the secret: `secret_arn`, `token_ttl`.
const ABOUT: [&str; 39] = [
    "algorithm",
    "arn",
    "arns",
    "audience",
    "cidrs",
    "commands",
    "days",
    "enabled",
    "encryption",
    "endpoint",
    "expiry",
    "expression",
    "hash",
    "interval",
    "length",
    "lifetime",
    "method",
    "mode",
    "name",
    "names",
    "path",
    "permissions",
    "policies",
    "policy",
    "prefix",
    "provider",
    "ref",
    "rotation",
    "spec",
    "status",
    "time",
    "ttl",
    "type",
    "types",
    "uri",
    "usage",
    "validity",
    "version",
    "versions",
];

/// Whether a value of that name is taken away.
pub(super) fn is_secret(name: &str) -> bool {
    // The condition key of a policy document, of which every service has its own: `a:TokenIssueTime`.
    if !may_say(name) || name.contains(':') {
        return false;
    }
    // Terraform keeps such a value in no state, and writes out its constant.
    if name.ends_with("_wo") {
        return true;
    }
    let words = words(name);
    let is_word = |word: &String| SECRET.contains(&word.as_str()) || ENDS.iter().any(|end| word.ends_with(end));
    let is = words.iter().any(is_word)
        || words.last().is_some_and(|last| last == "pass")
        || words.windows(2).any(|two| matches!(two, [one, two] if PAIRS.contains(&(one.as_str(), two.as_str()))));
    is && !words.last().is_some_and(|last| ABOUT.contains(&last.as_str())) && !words.iter().any(|word| word == "kms")
}

/// Attributes of types that a provider marks, and that plans of Terraform before 0.15 do not. Those of providers that are
/// understood stand with the provider.
const OF_TYPES: [(&str, &[&str]); 11] = [
    ("azurerm_app_configuration_key", &["value"]),
    ("azurerm_key_vault_secret", &["value"]),
    ("github_actions_secret", &["plaintext_value", "encrypted_value"]),
    ("helm_release", &["set_sensitive"]),
    ("kubernetes_secret", &["data", "binary_data"]),
    ("kubernetes_secret_v1", &["data", "binary_data"]),
    ("random_bytes", &["base64", "hex"]),
    ("random_password", &["result", "bcrypt_hash"]),
    ("vault_generic_secret", &["data", "data_json"]),
    ("vault_kv_secret", &["data", "data_json"]),
    ("vault_kv_secret_v2", &["data", "data_json"]),
];

/// The attributes of a type that are secret.
pub(super) fn of_type(types: &Types, terraform_type: &str) -> &'static [&'static str] {
    let understood = types.providers.iter().flat_map(|provider| provider.secrets);
    OF_TYPES
        .iter()
        .chain(understood)
        .find(|(name, _)| *name == terraform_type)
        .map_or(&[], |(_, attributes)| attributes)
}

/// Whether what stands below that name is handed to a program as its environment.
pub(super) fn is_environment(name: &str) -> bool {
    if !may_say(name) {
        return false;
    }
    let is = |word: &String| matches!(word.as_str(), "env" | "environment" | "environments");
    words(name).iter().any(is) || name == "app_settings"
}

/// Whether a text has a credential in it, whatever it is called: a private key, an address with a password, an argument.
pub(super) fn holds_credential(text: &str) -> bool {
    static ARGUMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let word = "(?:password|passwd|passphrase|pwd|secret|token|api[-_]?key|access[-_]?key)";
        Regex::new(&format!(
            r"(?i)(?:^|[^a-z0-9]|[a-z]-|_){word}\s*=\s*[^\s;&=]|-(?:[a-z]+-)*(?:pass|password|token|secret)(?:=|\s+)[^\s-]|authorization:\s*\S|(?m:^\s*[\w-]*{word}\s*:\s*\S)|bearer\s+\S{{8}}|hooks\.slack\.com/services/"
        ))
        .ok()
    });
    let userinfo = |rest: &str| {
        let authority = rest.split(['/', '?', '#', ' ', '"', '\n']).next().unwrap_or_default();
        authority.rsplit_once('@').and_then(|(user, _)| user.split_once(':')).is_some_and(|(_, word)| !word.is_empty())
    };
    text.contains("PRIVATE KEY-----")
        || text.split("://").skip(1).any(userinfo)
        || ARGUMENT.as_ref().is_some_and(|argument| argument.is_match(text))
}

/// Whether a text is like what a generator makes, and no name of anything.
pub(super) fn looks_random(text: &str) -> bool {
    let kinds: [fn(char) -> bool; 4] = [
        |letter| letter.is_ascii_lowercase(),
        |letter| letter.is_ascii_uppercase(),
        |letter| letter.is_ascii_digit(),
        |letter| !letter.is_ascii_alphanumeric() && !"-_.:/".contains(letter),
    ];
    text.len() >= 8 && !text.contains(' ') && kinds.iter().filter(|is| text.contains(**is)).count() >= 3
}

/// Whether any of the words can be in a name. Most names have none, and there are many names in a plan.
fn may_say(name: &str) -> bool {
    static ROOTS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
        let pairs = PAIRS.iter().map(|(_, second)| *second);
        let all = SECRET.into_iter().chain(ENDS).chain(pairs).chain(["env", "app_settings", "pass", "_wo"]);
        AhoCorasickBuilder::new().ascii_case_insensitive(true).build(all).ok()
    });
    // What is no plain text, such as a letter that is small in another script, is looked at in any case.
    !name.is_ascii() || ROOTS.as_ref().is_none_or(|roots| roots.is_match(name))
}

/// The words of `masterUserPassword`, `DBPassword`, `--db-password1` and `DB_PASSWORD`, in small letters, without numbers
/// at their ends.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at)).copied().unwrap_or(' ');
        let next_is_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        let starts = letter.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && next_is_small));
        if !letter.is_alphanumeric() || starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    for word in &mut words {
        word.truncate(word.trim_end_matches(|letter: char| letter.is_ascii_digit()).len());
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
            "DBPassword",
            "RDSPassword",
            "HTTPToken",
            "password1",
            "token2",
            "dbpassword",
            "PGPASSWORD",
            "secretkey",
            "clientsecret",
            "db_pass",
            "psk",
            "app_key",
            "Authorization",
            "password_wo",
            "custom_data",
            "metadata_startup_script",
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
            "password_encryption",
            "rds.restrict_password_commands",
            "token_policies",
            "token_bound_cidrs",
            "token_endpoint_auth_method",
            "secret_rotation_interval",
            "token.actions.githubusercontent.com:sub",
            "aws:TokenIssueTime",
            "secret_permissions",
            "secret_name",
            "secret_key_ref",
            "customer_master_key_spec",
            "pass_through",
        ];
        assert_eq!(plain.map(|name| (name, is_secret(name))), plain.map(|name| (name, false)));
    }

    #[test]
    fn a_text_tells_whether_it_has_a_credential() {
        for text in [
            "postgres://app:canary@db:5432/x",
            "a https://u:canary@h b",
            "-----BEGIN RSA PRIVATE KEY-----\n",
            "jdbc:postgresql://h/db?user=a&password=canary",
            "Server=h;Password=canary;",
            "run --db-pass=canary",
            "run --password canary",
            "Authorization: Bearer canarycanary",
            "https://hooks.slack.com/services/canary",
        ] {
            assert!(holds_credential(text), "{text}");
        }
        for text in [
            "https://h:80/a@b:c",
            "arn:aws:s3:::a",
            "https://user@host",
            "https://:@h",
            "a:b@c",
            "the password is elsewhere",
            "tokens=required",
            "password_policy = strict",
            "bearer of news",
        ] {
            assert!(!holds_credential(text), "{text}");
        }
    }
}
