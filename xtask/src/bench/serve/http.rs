//! A client for as much of HTTP as it takes to ask a server on this machine for a page.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Duration;

/// The time that a response may take to begin, or to go on.
const PATIENCE: Duration = Duration::from_secs(20);

/// A client of one port, which uses one connection as long as it holds.
pub(super) struct HttpClient {
    port: u16,
    connection: Option<BufReader<TcpStream>>,
}

/// An answer with its whole body.
pub(super) struct PageResponse {
    pub(super) status: u16,
    pub(super) body: String,
}

/// Finds a port that is free now.
///
/// # Errors
///
/// There is none.
pub(super) fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

impl HttpClient {
    pub(super) fn new(port: u16) -> Self {
        Self { port, connection: None }
    }

    /// Asks for a path. A connection that fails is not used again.
    ///
    /// # Errors
    ///
    /// Nobody answers, or not in a way that this client knows.
    pub(super) fn get(&mut self, path: &str) -> io::Result<PageResponse> {
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(self.port)?,
        };
        let request = format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port);
        connection.get_mut().write_all(request.as_bytes())?;
        let answer = read(&mut connection)?;
        self.connection = Some(connection);
        Ok(answer)
    }
}

fn connect(port: u16) -> io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::new(stream))
}

/// Reads an answer, which must state its length.
fn read(from: &mut impl BufRead) -> io::Result<PageResponse> {
    let unknown = || io::Error::from(io::ErrorKind::InvalidData);
    let status = line(from)?.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(unknown)?;
    let mut length = None;
    loop {
        let line = line(from)?;
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok();
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length.ok_or_else(unknown)?];
    from.read_exact(&mut body)?;
    Ok(PageResponse { status, body: String::from_utf8_lossy(&body).into_owned() })
}

/// Reads the next line, up to a limit that all headers together should not reach.
fn line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    from.take(1 << 16).read_line(&mut line)?;
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_follow_one_another() {
        let mut both = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nA: b\r\n\r\nhiHTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
            .as_bytes();
        let first = read(&mut both).expect("the first answer is whole");
        assert_eq!((first.status, first.body.as_str()), (200, "hi"));
        assert_eq!(read(&mut both).expect("the second answer is whole").status, 404);
        assert!(read(&mut both).is_err());
    }
}
