//! What was sought is found nowhere afterwards: a canary through the real program, with everything logged.

use crate::serving::{Running, frid};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

/// Stands in no text of ours, and in every word that is sought here.
const CANARY: &str = "kvastfening";

/// Every file under a folder that holds the canary.
fn files_with(canary: &str, folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files_with(canary, &path));
        } else if holds(&std::fs::read(&path).unwrap(), canary) {
            found.push(path.file_name().unwrap().to_string_lossy().into_owned());
        }
    }
    found
}

fn holds(bytes: &[u8], canary: &str) -> bool {
    String::from_utf8_lossy(bytes).to_ascii_lowercase().contains(canary)
}

/// Each column of each table of the database, as text.
async fn dump(database: &Path) -> Vec<(String, Vec<u8>)> {
    let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", database.display())).await.unwrap();
    let columns: Vec<(String, String)> = sqlx::query_as(
        "SELECT t.name, c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'",
    )
    .fetch_all(&pool)
    .await
    .unwrap();
    let mut dumped = Vec::new();
    for (table, column) in columns {
        let query = format!("SELECT coalesce(CAST(\"{column}\" AS BLOB), x'') FROM \"{table}\"");
        let values: Vec<Vec<u8>> = sqlx::query_scalar(sqlx::AssertSqlSafe(query)).fetch_all(&pool).await.unwrap();
        dumped.push((format!("{table}.{column}"), values.join(&b'\n')));
    }
    pool.close().await;
    dumped
}

fn metrics(addr: &str) -> String {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream.write_all(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut counted = String::new();
    stream.read_to_string(&mut counted).unwrap();
    counted
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_that_few_seek_is_afterwards_in_no_log_metric_table_or_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| std::fs::File::create(folder.path().join(name)).unwrap();
    // A port that was free a moment ago.
    let metrics_addr = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let settings = [("FRID_LOG", "trace"), ("FRID_ADDR", "127.0.0.1:0"), ("FRID_METRICS_ADDR", metrics_addr.as_str())];
    let mut child = frid(&folder, &settings).arg("serve").stdout(Stdio::piped()).stderr(file("said")).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut said: Vec<String> = Vec::new();
    let port = loop {
        let line = lines.next().unwrap();
        said.push(line.clone());
        if let Some((_, rest)) = line.split_once("Listening on 127.0.0.1:") {
            break rest.split('.').next().unwrap().parse().unwrap();
        }
    };
    let rest = std::thread::spawn(move || lines.collect::<Vec<_>>());
    let mut running = Running { child, port, folder };

    let ways = [("page", "/sok?q="), ("interface", "/api/v1/sok?q="), ("suggestions", "/api/v1/forslag?q=")];
    for _ in 0..4 {
        for (way, address) in ways {
            // A word for each way, so that none is sought five times. Misspelt words are corrected, which is a way of its own.
            let answer = running.get(&format!("{address}{CANARY}-{way}+orosanmelan"));
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
        }
        // Sought with everything that could go wrong: a choice that does not exist, a number that is none.
        running.get(&format!("/api/v1/sok?q={CANARY}-fel&typ={CANARY}&limit={CANARY}"));
        running.get(&format!("/sok?q={CANARY}-fel&sida={CANARY}"));
    }
    // On purpose: a path is logged, and a word that five have sought is kept.
    running.get("/kontrollstig");
    for _ in 0..5 {
        assert!(running.get("/sok?q=kontrollord").contains("kontrollord"));
    }
    let counted = metrics(&metrics_addr);
    assert!(counted.contains("frid_responses_total{status=\"200\"}"), "the metrics are there: {counted}");
    assert!(!holds(counted.as_bytes(), CANARY), "{counted}");

    // While it runs, with its write-ahead log and whatever else lies about.
    let data = running.folder.path().join("data");
    assert_eq!(files_with(CANARY, &data), Vec::<String>::new());
    assert!(Command::new("kill").args(["-TERM", &running.child.id().to_string()]).status().unwrap().success());
    assert!(running.child.wait().unwrap().success());
    said.extend(rest.join().unwrap());
    assert!(said.iter().any(|line| line == "Stopped."), "{said:?}");

    assert!(!holds(said.join("\n").as_bytes(), CANARY));
    let log = std::fs::read(running.folder.path().join("said")).unwrap();
    assert!(holds(&log, "kontrollstig"), "what is logged is in the log");
    assert_eq!(files_with(CANARY, running.folder.path()), Vec::<String>::new(), "log and data folder");
    let kept = files_with("kontrollord", &data);
    assert!(!kept.is_empty() && kept.iter().all(|file| file.starts_with("frid.db")), "what is kept is in the database");
    let tables = dump(&data.join("frid.db")).await;
    let with = |word: &str| -> Vec<&str> {
        tables.iter().filter(|(_, bytes)| holds(bytes, word)).map(|(column, _)| column.as_str()).collect()
    };
    assert_eq!((with("kontrollord"), with(CANARY)), (vec!["search_statistics.term"], vec![]));

    // Editors see the word that five have sought, and no other.
    let listed = frid(&running.folder, &[]).args(["search-statistics", "--days", "2"]).output().unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let rows: Vec<Vec<&str>> = listed.lines().skip(1).map(|line| line.split_whitespace().take(2).collect()).collect();
    assert_eq!(rows, [["kontrollord", "5"]], "{listed}");
}
