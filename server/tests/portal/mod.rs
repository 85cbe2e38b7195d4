//! `TestPortal`: a real portal on a database of its own, asked through the same front as a browser.

use app::accounts::NewAccount;
use app::accounts::person::Email;
use app::viewer::Role;
use axum::body::Body;
use http_body_util::BodyExt;
use server::accounts::sessions;
use server::clock;
use server::config::{BaseUrl, Config, DatabaseUrl, IpNet, Secret};
use server::db::Db;
use server::http::front::Front;
use server::library::import::File;
use server::on_tx;
use server::portal::Portal;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

pub struct TestPortal {
    pub portal: Arc<Portal>,
    front: Front,
    /// Lives as long as the portal does.
    _folder: TempDir,
}

/// Which database a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    Sqlite,
    Postgres,
}

/// `on_both!(name, |on| async { … })`: one test for each database.
#[macro_export]
macro_rules! on_both {
    ($(#[$meta:meta])* $name:ident, $test:expr) => {
        mod $name {
            use super::*;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                let test = $test;
                test($crate::portal::On::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgres() {
                let test = $test;
                test($crate::portal::On::Postgres).await;
            }
        }
    };
}

impl TestPortal {
    /// With the shipped content.
    pub async fn shipped(on: On) -> Self {
        Self::with(on, &server::library::import::shipped()).await
    }

    pub async fn with(on: On, files: &[File]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = config(database(on, &folder).await, &folder);
        Self::open(config, folder, files).await
    }

    /// Behind proxies of this network.
    pub async fn trusting(proxies: IpNet) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(database(On::Sqlite, &folder).await, &folder);
        config.trusted_proxies = vec![proxies];
        Self::open(config, folder, &server::library::import::shipped()).await
    }

    /// Where each county may keep so many bytes of files.
    pub async fn keeping(on: On, files: &[File], quota: i64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut config = config(database(on, &folder).await, &folder);
        config.media_quota = quota;
        Self::open(config, folder, files).await
    }

    /// As it is in its first moment.
    pub async fn not_indexed(on: On, files: &[File]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let config = config(database(on, &folder).await, &folder);
        Self::open_only(config, folder, files).await
    }

    async fn open(config: Config, folder: TempDir, files: &[File]) -> Self {
        let portal = Self::open_only(config, folder, files).await;
        portal.portal.index().await;
        portal
    }

    async fn open_only(config: Config, folder: TempDir, files: &[File]) -> Self {
        let (portal, report) = Portal::open(config, files).await.unwrap();
        assert_eq!(report.broken, [], "a test's content should be sound");
        Self { front: Front::new(Arc::clone(&portal)), portal, _folder: folder }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(request("GET", path)).await
    }

    /// A session of a new account, as the cookie that a browser would send.
    pub async fn sign_in(&self, role: Role, county: Option<&str>) -> String {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let email = format!("person{}@lansstyrelsen.example", NEXT.fetch_add(1, Ordering::Relaxed));
        self.sign_in_as(&email, role, county).await
    }

    pub async fn sign_in_as(&self, email: &str, role: Role, county: Option<&str>) -> String {
        let county = county.map(|slug| app::counties::find(slug).unwrap());
        let new = NewAccount { email: Email::parse(email).unwrap(), role, county };
        let portal = &self.portal;
        portal.stores.accounts.invite(None, &new).await.unwrap().unwrap();
        let account = portal.stores.accounts.account_of(email).await.unwrap().unwrap();
        let mut tx = portal.db.begin().await.unwrap();
        on_tx!(&mut tx, c => sqlx::query("UPDATE accounts SET name = 'Prov Namn' WHERE id = $1").bind(&account).execute(c).await.map(drop)).unwrap();
        let token = sessions::begin(&mut tx, &account, "Firefox/1 (Windows)", clock::now()).await.unwrap();
        tx.commit().await.unwrap();
        format!("__Host-frid={token}")
    }

    /// As somebody signed in, or as a visitor: with an empty cookie.
    pub async fn get_as(&self, cookie: &str, path: &str) -> Answer {
        let mut request = request("GET", path);
        request.headers_mut().insert("cookie", cookie.parse().unwrap());
        self.send(request).await
    }

    /// A form of our own page, sent as a browser does.
    pub async fn submit(&self, cookie: &str, path: &str, form: &str) -> Answer {
        self.send(form_request(cookie, path, form)).await
    }

    /// A form that brings a file, sent as a browser does.
    pub async fn upload(&self, cookie: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        self.send(upload_request(cookie, multipart(fields, name, bytes))).await
    }

    pub async fn send(&self, request: http::Request<Body>) -> Answer {
        Answer::read(self.front.clone().answer(request).await).await
    }
}

/// A request as a browser sends it to the portal's own host.
pub fn request(method: &str, path: &str) -> http::Request<Body> {
    http::Request::builder().method(method).uri(path).header("host", "frid.example").body(Body::empty()).unwrap()
}

pub fn form_request(cookie: &str, path: &str, form: &str) -> http::Request<Body> {
    http::Request::builder()
        .method("POST")
        .uri(path)
        .header("host", "frid.example")
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", cookie)
        .body(Body::from(form.to_owned()))
        .unwrap()
}

pub fn upload_request(cookie: &str, body: Vec<u8>) -> http::Request<Body> {
    let mut request = form_request(cookie, "/redaktion/filer/", "");
    request.headers_mut().insert("content-type", "multipart/form-data; boundary=----frid".parse().unwrap());
    *request.body_mut() = Body::from(body);
    request
}

/// The body of a form with a file (RFC 7578), its name written as browsers write it (HTML, multipart/form-data).
pub fn multipart(fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend(
            format!("------frid\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes(),
        );
    }
    let name = name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    body.extend(
        format!(
            "------frid\r\nContent-Disposition: form-data; name=\"fil\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        )
        .bytes(),
    );
    body.extend(bytes);
    body.extend(b"\r\n------frid--\r\n");
    body
}

/// A portal's settings on a database of its own.
pub fn config(database_url: DatabaseUrl, folder: &TempDir) -> Config {
    Config {
        addr: ([127, 0, 0, 1], 0).into(),
        data: folder.path().to_owned(),
        database_url,
        base_url: BaseUrl::parse("https://frid.example").unwrap(),
        site_name: "Frid".into(),
        exit_url: "https://exit.example/".into(),
        smtp_url: None,
        mail_from: "frid@localhost".into(),
        metrics_addr: None,
        trusted_proxies: vec![],
        key_file: folder.path().join("key"),
        deletion_decision: "beslut 1".into(),
        log: "info".into(),
        media_quota: 500_000_000,
        providers: vec![],
    }
}

/// A database that nobody else uses: a file, or a schema of the PostgreSQL that `script/test` has started.
pub async fn database(on: On, folder: &TempDir) -> DatabaseUrl {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    if on == On::Sqlite {
        return DatabaseUrl::Sqlite(folder.path().join("frid.db").display().to_string());
    }
    let server = std::env::var("FRID_TEST_POSTGRES")
        .expect("FRID_TEST_POSTGRES names a PostgreSQL for tests; script/test starts one and sets it");
    let name = format!("frid_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let pool = sqlx::PgPool::connect(&server).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&pool).await.unwrap();
    pool.close().await;
    let (before, query) = server.split_once('?').map_or((server.as_str(), ""), |(before, query)| (before, query));
    let (host, _) = before.rsplit_once('/').unwrap();
    DatabaseUrl::Postgres(Secret::new(format!("{host}/{name}?{query}")))
}

pub async fn open(on: On, folder: &TempDir) -> Db {
    Db::open(&database(on, folder).await).await.unwrap()
}

/// An answer, read whole.
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub async fn read(response: http::Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        Self { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }

    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A sound guidance page for tests.
pub fn an_article(slug: &str, title: &str, body: &str) -> File {
    let front = format!(
        "titel = '{title}'\ningress = 'Ingress.'\namnen = ['amne']\nmalgrupper = ['skola']\n\
         publicerad = 2026-01-01\nuppdaterad = 2026-01-01\ngranskad = 2026-01-01\n"
    );
    (format!("vagledning/{slug}.md"), format!("+++\n{front}+++\n{body}\n"))
}

pub fn a_subject() -> File {
    ("amnen.toml".into(), "[[amne]]\nslug = 'amne'\ntitel = 'Ämne'\nbeskrivning = 'Om ämnet.'\n".into())
}
