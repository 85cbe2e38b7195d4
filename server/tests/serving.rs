//! The program itself: real sockets, real signals.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

const FRID: &str = env!("CARGO_BIN_EXE_frid");

/// A running `frid serve` in an empty folder; killed when dropped.
pub struct Running {
    pub child: Child,
    pub port: u16,
    pub folder: tempfile::TempDir,
}

impl Running {
    fn start(settings: &[(&str, &str)]) -> Self {
        Self::start_in(tempfile::tempdir().unwrap(), settings)
    }

    fn start_in(folder: tempfile::TempDir, settings: &[(&str, &str)]) -> Self {
        let mut child = frid(&folder, settings)
            .env("FRID_ADDR", "127.0.0.1:0")
            .arg("serve")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let listening =
            lines.find_map(|line| line.unwrap().split_once("Listening on ").map(|(_, rest)| rest.to_owned())).unwrap();
        let port = listening.split('.').nth(3).unwrap().split(':').nth(1).unwrap().parse().unwrap();
        // What is said later must have somewhere to go.
        std::thread::spawn(move || lines.for_each(drop));
        Self { child, port, folder }
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).unwrap()
    }

    /// The whole answer to a raw request on a connection of its own.
    fn raw(&self, request: &[u8]) -> String {
        let mut stream = self.connect();
        // The server may refuse and hang up before it has read everything.
        let _ = stream.write_all(request);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    pub fn get(&self, path: &str) -> String {
        self.raw(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn frid(folder: &tempfile::TempDir, settings: &[(&str, &str)]) -> Command {
    let mut command = Command::new(FRID);
    command.current_dir(folder.path());
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("FRID_")) {
        command.env_remove(name);
    }
    command.envs(settings.iter().copied());
    command
}

fn output(arguments: &[&str], settings: &[(&str, &str)]) -> (bool, String) {
    let folder = tempfile::tempdir().unwrap();
    let output = frid(&folder, settings).args(arguments).output().unwrap();
    (
        output.status.success(),
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)),
    )
}

#[test]
fn frid_serves_from_an_empty_folder_and_keeps_its_data_there() {
    let frid = Running::start(&[]);
    assert!(frid.get("/").starts_with("HTTP/1.1 200"));
    assert!(frid.get("/vagledning/orosanmalan").contains("Orosanmälan"));
    assert!(frid.folder.path().join("data/frid.db").exists() && frid.folder.path().join("data/mail").is_dir());
}

#[test]
fn a_power_cut_while_the_index_is_built_leaves_a_search_that_works() {
    const SEARCH: &str = "/api/v1/sok?q=orosanm%C3%A4lan";
    let mut frid = Running::start(&[]);
    for _ in 0..4 {
        // At another point of the building each time: it begins when the port listens.
        frid.child.kill().unwrap();
        frid.child.wait().unwrap();
        let folder = std::mem::replace(&mut frid.folder, tempfile::tempdir().unwrap());
        frid = Running::start_in(folder, &[]);
        assert!(frid.get(SEARCH).contains("/vagledning/orosanmalan"), "searched at once, with or without the index");
    }
    while frid.get("/healthz").contains("\"index_generation\":null") {}
    assert!(frid.get(SEARCH).contains("/vagledning/orosanmalan"), "searched with the index");
    assert!(frid.folder.path().join("data/index/meta.json").exists());
}

#[test]
fn requests_that_are_no_http_get_a_4xx_and_harm_nobody() {
    let frid = Running::start(&[]);
    let long = format!("GET /sok?q={} HTTP/1.1\r\nHost: localhost\r\n\r\n", "a".repeat(1024 * 1024));
    let headers = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(1024 * 1024));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(500));
    for request in [
        b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".as_slice(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: b\r\nConnection: close\r\n\r\n",
        b"GET a:1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        long.as_bytes(),
        headers.as_bytes(),
        many.as_bytes(),
    ] {
        let answer = frid.raw(request);
        let shown = String::from_utf8_lossy(&request[..request.len().min(40)]).into_owned();
        // A client that is cut off in the middle of a megabyte may see no answer at all.
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4"),
            "{shown:?}: {}",
            &answer[..answer.len().min(60)]
        );
    }
    assert!(frid.get("/om/").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_stop_loses_no_request_that_was_sent_before_it() {
    let mut frid = Running::start(&[]);
    // At work, not at its start: until the index is there each search reads all texts, and so many take longer than a stop waits.
    while frid.get("/healthz").contains("\"index_generation\":null") {}
    // Some the server has begun to answer, most it has not even taken from the queue.
    let mut clients: Vec<TcpStream> = (0..64).map(|_| frid.connect()).collect();
    for client in &mut clients {
        client.write_all(b"GET /sok?q=oro HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    }
    assert!(Command::new("kill").args(["-TERM", &frid.child.id().to_string()]).status().unwrap().success());
    for mut client in clients {
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).unwrap();
        assert!(answer.starts_with(b"HTTP/1.1 200") && answer.ends_with(b"</html>"), "{} bytes came", answer.len());
    }
    assert!(frid.child.wait().unwrap().success());
    assert!(TcpStream::connect(("127.0.0.1", frid.port)).is_err(), "nobody listens any more");
}

#[test]
fn the_log_and_the_metrics_do_not_know_what_anyone_read_or_sought() {
    let folder = tempfile::tempdir().unwrap();
    let log = std::fs::File::create(folder.path().join("log")).unwrap();
    // A port that was free a moment ago.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let metrics = free.to_string();
    let mut child =
        frid(&folder, &[("FRID_LOG", "trace"), ("FRID_ADDR", "127.0.0.1:0"), ("FRID_METRICS_ADDR", &metrics)])
            .arg("serve")
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let listening = lines
        .find_map(|line| line.unwrap().split_once("Listening on 127.0.0.1:").map(|(_, rest)| rest.to_owned()))
        .unwrap();
    let port: u16 = listening.split('.').next().unwrap().parse().unwrap();
    let frid = Running { child, port, folder };
    let answer = frid.raw(
        b"GET /sok?q=kanariefagel HTTP/1.1\r\nHost: localhost\r\nReferer: https://kanarieplats.example/\r\n\
          User-Agent: kanarieagent\r\nConnection: close\r\n\r\n",
    );
    assert!(answer.contains("kanariefagel"), "the page itself shows what was sought");
    let said = std::fs::read_to_string(frid.folder.path().join("log")).unwrap();
    assert!(said.contains("\"path\":\"/sok\""), "the log is there");
    assert!(!said.contains("kanarie"), "and knows neither query nor referrer nor agent");
    let mut metrics = TcpStream::connect(free).unwrap();
    metrics.write_all(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut counted = String::new();
    metrics.read_to_string(&mut counted).unwrap();
    assert!(counted.contains("frid_responses_total{status=\"200\"} 1") && !counted.contains("kanarie"), "{counted}");
    for file in ["data/frid.db", "data/frid.db-wal"] {
        let bytes = std::fs::read(frid.folder.path().join(file)).unwrap_or_default();
        assert!(!bytes.windows(7).any(|window| window == b"kanarie"), "{file}");
    }
}

#[test]
fn a_wrong_setting_stops_the_start_with_one_sentence() {
    let (ok, said) = output(&["serve"], &[("FRID_DATABASE_URL", "mysql://u:hemligt@h/d")]);
    assert!(
        !ok && said.contains("FRID_DATABASE_URL") && said.contains("expected") && !said.contains("hemligt"),
        "{said}"
    );
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn the_help_tells_a_stranger_what_each_command_does() {
    let (ok, said) = output(&["--help"], &[]);
    assert!(ok && ["serve", "import", "verify", "FRID_DATABASE_URL"].iter().all(|word| said.contains(word)), "{said}");
}

#[test]
fn verify_names_faults_and_fails() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("vagledning")).unwrap();
    std::fs::write(folder.path().join("vagledning/a.md"), "+++\ntitel = 'A'\nfel = 1\n+++\n").unwrap();
    let (ok, said) = output(&["verify", &folder.path().display().to_string()], &[]);
    assert!(!ok && said.contains("vagledning/a.md:3: okänt fält `fel`"), "{said}");
    let (ok, said) = output(&["verify"], &[]);
    assert!(ok && said.contains("no faults"), "{said}");
}

#[test]
fn a_trial_mail_is_written_as_a_file_without_a_mail_server() {
    let folder = tempfile::tempdir().unwrap();
    let output = frid(&folder, &[]).args(["mail-test", "prov@frid.example"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mail = std::fs::read_dir(folder.path().join("data/mail")).unwrap().next().unwrap().unwrap();
    let text = std::fs::read_to_string(mail.path()).unwrap();
    assert!(text.contains("To: prov@frid.example") && text.contains("Subject:"), "{text}");
}
