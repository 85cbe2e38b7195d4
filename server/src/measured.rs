//! What benchmarks share: a server of their own, and whole forms over its connections.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};

pub struct Server {
    pub addr: SocketAddr,
    pub folder: PathBuf,
    pub postgres: Option<String>,
}

impl Server {
    /// This very program, serving; returns when it answers.
    pub async fn start(&self) -> Result<Child> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .arg("serve")
            .current_dir(&self.folder)
            .env("FRID_ADDR", self.addr.to_string())
            .env("FRID_BASE_URL", format!("http://{}", self.addr))
            .env("FRID_DATA", &self.folder)
            .env("FRID_LOG", "error")
            .env_remove("FRID_DATABASE_URL")
            .stdout(Stdio::null())
            .kill_on_drop(true);
        if let Some(url) = &self.postgres {
            command.env("FRID_DATABASE_URL", url);
        }
        let mut child = command.spawn().context("the server could not be started")?;
        let mut tries = tokio::time::interval(Duration::from_millis(10));
        for _ in 0..6_000 {
            tries.tick().await;
            if let Some(code) = child.try_wait()? {
                bail!("the server stopped at once: {code}");
            }
            if self.answers().await.is_ok_and(|answers| answers) {
                return Ok(child);
            }
        }
        bail!("the server did not answer within a minute")
    }

    /// It listens before it has opened its database.
    async fn answers(&self) -> Result<bool> {
        let mut stream = TcpStream::connect(self.addr).await?;
        let ask = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.addr);
        stream.write_all(ask.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer.starts_with("HTTP/1.1 200"))
    }
}

pub async fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?)
}

/// A form as a browser sends it from our own page.
pub fn form(addr: SocketAddr, path: &str, fields: &str) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {addr}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: \
         application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n",
        fields.len()
    );
    [head.as_bytes(), fields.as_bytes()].concat()
}

pub enum Trouble {
    Gone,
    Refused(String),
}

/// Sends a form and returns where its answer leads.
pub async fn ask(
    connection: &mut Option<BufReader<TcpStream>>,
    addr: SocketAddr,
    request: &[u8],
) -> Result<String, Trouble> {
    let gone = |_| Trouble::Gone;
    if connection.is_none() {
        let stream = TcpStream::connect(addr).await.map_err(gone)?;
        stream.set_nodelay(true).map_err(gone)?;
        *connection = Some(BufReader::new(stream));
    }
    let Some(stream) = connection else { return Err(Trouble::Gone) };
    stream.get_mut().write_all(request).await.map_err(gone)?;
    let (mut status, mut to, mut length, mut line) = (String::new(), None, 0, String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line).await.map_err(gone)? == 0 {
            return Err(Trouble::Gone);
        }
        let text = line.trim_end();
        if text.is_empty() {
            break;
        }
        match text.split_once(':') {
            _ if status.is_empty() => text.clone_into(&mut status),
            Some((name, value)) if name.eq_ignore_ascii_case("location") => to = Some(value.trim().to_owned()),
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().unwrap_or(0)
            }
            _ => {}
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.map_err(gone)?;
    match to {
        Some(to) if status.contains(" 303") => Ok(to),
        // A server that is about to be killed may fail; nobody is told that they have a seat then.
        _ if status.contains(" 500") || status.contains(" 503") => Err(Trouble::Gone),
        _ => Err(Trouble::Refused(status)),
    }
}
