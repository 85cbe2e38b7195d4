use super::*;

fn read(file: &str, environment: &[(&str, &str)]) -> Result<Config, String> {
    let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Config::from_parts("frid.toml", file, environment).map_err(|error| error.to_string())
}

#[test]
fn without_a_setting_one_machine_is_served() {
    let config = read("", &[]).unwrap();
    assert_eq!(config.addr.to_string(), "127.0.0.1:3000");
    assert_eq!(config.database_url, DatabaseUrl::Sqlite("data/frid.db".into()));
    assert_eq!(config.base_url.as_str(), "http://127.0.0.1:3000");
}

#[test]
fn a_variable_wins_over_the_file() {
    let config = read("site_name = 'Filen'\naddr = '127.0.0.1:4000'", &[("FRID_SITE_NAME", "Variabeln")]).unwrap();
    assert_eq!((config.site_name.as_str(), config.addr.port()), ("Variabeln", 4000));
}

#[test]
fn whatever_stands_in_the_file_can_be_a_variable() {
    let config = read("", &[("FRID_KEY_FILE", "/etc/frid/key"), ("FRID_DELETION_DECISION", "dnr 1-2026")]).unwrap();
    assert_eq!((config.key_file.to_str(), config.deletion_decision.as_str()), (Some("/etc/frid/key"), "dnr 1-2026"));
}

#[test]
fn a_wrong_value_names_the_variable_what_was_read_and_what_is_expected() {
    let wrong = [
        ("FRID_ADDR", "localhost", "\"localhost\"", "127.0.0.1:3000"),
        ("FRID_DATABASE_URL", "mysql://u:hemligt@h/d", "\"mysql\"", "sqlite:PATH"),
        ("FRID_BASE_URL", "https://frid.example/under", "\"https://frid.example/under\"", "without a path"),
        ("FRID_SMTP_URL", "hemligt", "without a scheme", "smtp://HOST:PORT"),
        ("FRID_DATABASE_URL", "sqlite::memory:", "without a scheme", "sqlite:PATH"),
        ("FRID_BASE_URL", "https://frid.example:99999", "99999", "https://HOST"),
        ("FRID_ADDR", "0.0.0.0:3000", "\"0.0.0.0:3000\"", "FRID_BASE_URL"),
        ("FRID_MEDIA_QUOTA", "obegränsad", "\"obegränsad\"", "500 MB"),
        ("FRID_MEDIA_QUOTA", "-1 MB", "\"-1 MB\"", "500 MB"),
        ("FRID_LOG", "inof", "\"inof\"", "debug"),
        ("FRID_METRICS_ADDR", "9090", "\"9090\"", "127.0.0.1:9090"),
        ("FRID_TRUSTED_PROXIES", "10.0.0.0/40", "\"10.0.0.0/40\"", "192.168.0.0/16"),
        ("FRID_SITE_NAME", "två\nrader", "\"två\nrader\"", "one line"),
        ("FRID_EXIT_URL", "javascript:alert(1)", "\"javascript:alert(1)\"", "neutral site"),
        ("FRID_MAIL_FROM", "ingen", "\"ingen\"", "a sender such as"),
    ];
    for (variable, value, read_as, expected) in wrong {
        let error = read("", &[(variable, value)]).unwrap_err();
        assert!(error.contains(variable) && error.contains(read_as) && error.contains(expected), "{error}");
        assert!(!error.contains("hemligt"), "{error}");
    }
}

#[test]
fn a_size_is_read_with_its_unit() {
    let size = |text: &str| read("", &[("FRID_MEDIA_QUOTA", text)]).unwrap().media_quota;
    assert_eq!([size("500 MB"), size("2GB"), size("1000")], [500_000_000, 2_000_000_000, 1_000]);
    assert_eq!(read("media_quota = '1 GB'", &[]).unwrap().media_quota, 1_000_000_000);
}

#[test]
fn a_misspelt_name_is_refused_in_the_environment_and_in_the_file() {
    assert!(read("", &[("FRID_ADRESS", "x")]).unwrap_err().contains("FRID_ADRESS"));
    assert!(read("\nadress = 'x'", &[]).unwrap_err().contains("line 2"));
}

#[test]
fn a_network_holds_its_own_addresses_and_no_others() {
    let net = IpNet::parse("192.168.0.0/16").unwrap();
    assert!(net.contains("192.168.7.9".parse().unwrap()) && net.contains("::ffff:192.168.7.9".parse().unwrap()));
    assert!(!net.contains("192.169.0.1".parse().unwrap()) && !net.contains("::1".parse().unwrap()));
    assert!(IpNet::parse("::/0").unwrap().contains("2001:db8::1".parse().unwrap()));
}

const PROVIDER: &str = "[[provider]]\nid = 'skane'\nname = 'Skåne'\nissuer = 'https://id.skane.example/realms/x'\n\
     client_id = 'frid'\n";

#[test]
fn a_provider_needs_four_settings_and_takes_more() {
    let config = read(PROVIDER, &[]).unwrap();
    let provider = &config.providers[0];
    assert_eq!(provider.scopes, ["openid", "email", "profile"]);
    assert_eq!((provider.email_claim.as_str(), provider.trust_email), ("email", false));
    assert_eq!(provider.origins, ["https://id.skane.example"]);
    assert!(provider.client_secret.is_none() && provider.acr.is_empty() && provider.rules.is_empty());

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret");
    std::fs::write(&file, "hemligt\n").unwrap();
    let more = format!(
        "{PROVIDER}client_secret_file = '{}'\norigins = ['https://login.example:443/']\n\
         [[provider.rule]]\nclaim = 'groups'\nvalue = 'r'\nrole = 'reviewer'\ncounty = 'skane'\n\
         [[provider]]\nid = 'annan'\nname = 'Annan'\nissuer = 'http://localhost:8080'\nclient_id = 'frid'\n",
        file.display()
    );
    let config = read(&more, &[]).unwrap();
    let (skane, other) = (&config.providers[0], &config.providers[1]);
    assert_eq!(skane.client_secret.as_ref().map(Secret::reveal), Some("hemligt"));
    assert_eq!(skane.origins, ["https://id.skane.example", "https://login.example"]);
    assert_eq!(skane.rules[0].county.map(|county| county.name), Some("Skåne län"));
    assert_eq!(other.origins, ["http://localhost:8080"]);
}

#[test]
fn a_wrong_setting_of_a_provider_names_it_what_was_read_and_what_is_expected() {
    let rule = |line: &str| format!("[[provider.rule]]\nclaim = 'g'\nvalue = 'v'\n{line}\n");
    let wrong = [
        (PROVIDER.replace("skane'", "Skåne!'"), "provider.id", "\"Skåne!\"", "a-z, 0-9"),
        (format!("{PROVIDER}{PROVIDER}"), "provider.id", "\"skane\"", "no other provider"),
        (PROVIDER.replace("'Skåne'", "''"), "provider.name", "\"\"", "one line"),
        (PROVIDER.replace("https:", "http:"), "provider.issuer", "http://id.skane.example", "https://"),
        (PROVIDER.replace("/realms/x", "/?a=b"), "provider.issuer", "?a=b", "without ?"),
        (PROVIDER.replace("id.skane", "id;skane"), "provider.issuer", "id;skane", "https://"),
        (PROVIDER.replace("'frid'", "' '"), "provider.client_id", "\" \"", "calls Frid"),
        (format!("{PROVIDER}client_secret = ''"), "provider.client_secret", "empty", "public client"),
        (
            format!("{PROVIDER}client_secret = 'hemligt'\nclient_secret_file = 'f'"),
            "client_secret",
            "beside",
            "one of them",
        ),
        (format!("{PROVIDER}client_secret = 4711"), "client_secret", "no text", "in quotes"),
        (
            format!("{PROVIDER}client_secret_file = '/finns/inte'"),
            "client_secret_file",
            "/finns/inte",
            "holds the secret",
        ),
        (format!("{PROVIDER}scopes = ['email']"), "provider.scopes", "\"email\"", "openid"),
        (format!("{PROVIDER}acr = ['loa 3']"), "provider.acr", "loa 3", "without spaces"),
        (format!("{PROVIDER}email_claim = 'upn'"), "provider.trust_email", "false", "true where"),
        (format!("{PROVIDER}origins = ['https://a.example/b']"), "provider.origins", "/b", "nothing after"),
        (format!("{PROVIDER}{}", rule("role = 'boss'")), "provider.rule.role", "\"boss\"", "reviewer"),
        (
            format!("{PROVIDER}{}", rule("role = 'editor'\ncounty = 'skåne'")),
            "provider.rule.county",
            "skåne",
            "vastra-gotaland",
        ),
        (format!("{PROVIDER}secret = 'hemligt'"), "unknown field", "`secret`", "client_secret"),
        ("[[provider]]\nid = 'a'".into(), "line 1", "missing field", "`name`"),
    ];
    for (file, setting, read_as, expected) in wrong {
        let error = read(&file, &[]).unwrap_err();
        assert!(error.contains(setting) && error.contains(read_as) && error.contains(expected), "{error}");
        assert!(!error.contains("hemligt") && !error.contains("4711"), "{error}");
    }
}

#[test]
fn a_secret_is_not_printed() {
    let config = read("", &[("FRID_DATABASE_URL", "postgres://u:hemligt@h/d")]).unwrap();
    assert!(!format!("{config:?}").contains("hemligt"));
    let config = read(&format!("{PROVIDER}client_secret = 'hemligt'"), &[]).unwrap();
    assert!(!format!("{config:?}").contains("hemligt"));
}
