//! Servers of every kind that a check asks, each as small as can be. They serve until the tests end.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::sync::Arc;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Where a server listens, on 127.0.0.1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Port(pub u16);

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

pub(super) struct Answer(String);

impl Answer {
    pub(super) fn of(status: u16, headers: &str, text: &str) -> Self {
        let length = text.len();
        Self(format!("HTTP/1.1 {status} x\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{text}"))
    }
}

/// A port that nobody listens on.
pub(super) fn free() -> Port {
    Port(TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port())
}

fn serve(port: u16, each: impl Fn(TcpStream) -> Option<()> + Send + Sync + 'static) -> Port {
    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
    let port = Port(listener.local_addr().unwrap().port());
    let each = Arc::new(each);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let each = each.clone();
            std::thread::spawn(move || each(stream));
        }
    });
    port
}

/// Answers by path.
pub(super) fn http(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Port {
    http_at(Port(0), answer)
}

pub(super) fn http_at(port: Port, answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Port {
    serve(port.0, move |mut stream| {
        let path = path(&stream)?;
        stream.write_all(answer(&path).0.as_bytes()).ok()
    })
}

fn path(stream: impl Read) -> Option<String> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut line = String::new();
    while reader.read_line(&mut line).ok()? > 2 {
        line.clear();
    }
    first
        .split(' ')
        .nth(1)
        .map(|path| if path.starts_with("http:") { path } else { path.split('?').next().unwrap() }.to_owned())
}

/// A proxy that leads to a server of its own, wherever it is asked to lead.
pub(super) fn proxy() -> Port {
    serve(0, |mut stream| {
        let to = path(&stream)?;
        if to != "shop.invalid:80" {
            return stream.write_all(Answer::of(400, "", "").0.as_bytes()).ok();
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
        path(&stream)?;
        stream.write_all(Answer::of(200, "", "").0.as_bytes()).ok()
    })
}

/// Sends a text again and again, and never ends.
pub(super) fn endless(text: &'static str) -> Port {
    serve(0, move |mut stream| {
        path(&stream)?;
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
        loop {
            stream.write_all(text.as_bytes()).ok()?;
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    })
}

/// Answers everything with a text, behind TLS.
pub(super) fn https(config: Arc<ServerConfig>, text: &'static str) -> Port {
    serve(0, move |stream| {
        let mut stream = StreamOwned::new(ServerConnection::new(config.clone()).unwrap(), stream);
        path(&mut stream)?;
        stream.write_all(Answer::of(200, "", text).0.as_bytes()).ok()?;
        stream.flush().ok()
    })
}

/// Takes connections and says nothing.
pub(super) fn silent() -> Port {
    serve(0, |mut stream| {
        let mut all = Vec::new();
        stream.read_to_end(&mut all).ok()?;
        Some(())
    })
}

/// Answers by name and type with the data of records, or with a code.
pub(super) fn dns(answer: impl Fn(&str, u16) -> Result<Vec<Vec<u8>>, u8> + Send + 'static) -> Port {
    let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
    let port = Port(socket.local_addr().unwrap().port());
    std::thread::spawn(move || {
        let mut packet = [0; 1_500];
        while let Ok((length, from)) = socket.recv_from(&mut packet) {
            let asked = &packet[..length];
            let (mut at, mut labels) = (12, Vec::new());
            while asked[at] > 0 {
                let end = at + 1 + usize::from(asked[at]);
                labels.push(String::from_utf8_lossy(&asked[at + 1..end]).to_lowercase());
                at = end;
            }
            let kind = [asked[at + 1], asked[at + 2]];
            let (code, records) = match answer(&labels.join("."), u16::from_be_bytes(kind)) {
                Ok(records) => (0, records),
                Err(code) => (code, Vec::new()),
            };
            let mut said = vec![asked[0], asked[1], 0x81, 0x80 | code, 0, 1, 0, records.len() as u8, 0, 0, 0, 0];
            said.extend(&asked[12..at + 5]);
            for record in records {
                said.extend([0xc0, 12, kind[0], kind[1], 0, 1, 0, 0, 0, 60, 0, record.len() as u8]);
                said.extend(record);
            }
            let _ = socket.send_to(&said, from);
        }
    });
    port
}

/// Speaks as PostgreSQL does: without TLS, without a password, or with an error that repeats what it must not.
pub(super) fn postgres(in_recovery: &'static str, error: Option<&'static str>) -> Port {
    fn message(kind: u8, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 4).unwrap();
        [&[kind], length.to_be_bytes().as_slice(), body].concat()
    }
    serve(0, move |mut stream| {
        let mut read = |kind: bool| -> Option<(u8, Vec<u8>)> {
            let mut head = vec![0; 4 + usize::from(kind)];
            stream.read_exact(&mut head).ok()?;
            let length = u32::from_be_bytes(head[head.len() - 4..].try_into().ok()?);
            let mut body = vec![0; length as usize - 4];
            stream.read_exact(&mut body).ok()?;
            Some((head[0], body))
        };
        // It asks for TLS first, unless it was told not to.
        if read(false)?.1 == [4, 210, 22, 47] {
            stream.write_all(b"N").ok()?;
            let mut head = [0; 4];
            stream.read_exact(&mut head).ok()?;
            let mut body = vec![0; u32::from_be_bytes(head) as usize - 4];
            stream.read_exact(&mut body).ok()?;
        }
        if let Some(code) = error {
            let body = format!("SFATAL\0VFATAL\0C{code}\0Mno user app with canary-password\0\0");
            return stream.write_all(&message(b'E', body.as_bytes())).ok();
        }
        let ready = message(b'Z', b"I");
        stream.write_all(&[message(b'R', &[0; 4]), ready.clone()].concat()).ok()?;
        loop {
            let mut head = [0; 5];
            stream.read_exact(&mut head).ok()?;
            let mut body = vec![0; u32::from_be_bytes(head[1..].try_into().ok()?) as usize - 4];
            stream.read_exact(&mut body).ok()?;
            let value = if body.starts_with(b"SELECT 1") { "1" } else { in_recovery };
            let column =
                [b"\0\x01x\0".as_slice(), &[0; 6], &[0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0]].concat();
            let row = [&[0, 1, 0, 0, 0, value.len() as u8], value.as_bytes()].concat();
            let answer = [message(b'T', &column), message(b'D', &row), message(b'C', b"SELECT 1\0"), ready.clone()];
            stream.write_all(&answer.concat()).ok()?;
        }
    })
}

/// Speaks as MySQL does, in the same way.
pub(super) fn mysql(locks: [&'static str; 2], error: Option<u16>) -> Port {
    fn packet(number: u8, body: &[u8]) -> Vec<u8> {
        [&[body.len() as u8, 0, 0, number], body].concat()
    }
    fn read(stream: &mut TcpStream) -> Option<Vec<u8>> {
        let mut head = [0; 4];
        stream.read_exact(&mut head).ok()?;
        let mut body = vec![0; usize::from(head[0]) | usize::from(head[1]) << 8];
        stream.read_exact(&mut body).ok()?;
        Some(body)
    }
    fn texts(values: &[&str]) -> Vec<u8> {
        values.iter().flat_map(|value| [&[value.len() as u8], value.as_bytes()].concat()).collect()
    }
    const OK: &[u8] = &[0, 0, 0, 2, 0, 0, 0];
    const END: &[u8] = &[0xfe, 0, 0, 2, 0];
    serve(0, move |mut stream| {
        // Protocol 4.1, safe connections and plugins: 0x8200 and 0x0008; no TLS.
        let mut hello = b"\x0a8.0.36\0\x01\0\0\0abcdefgh\0\x00\x82\x21\x02\0\x08\0\x15".to_vec();
        hello.extend([0; 10]);
        hello.extend(b"ijklmnopqrst\0mysql_native_password\0");
        stream.write_all(&packet(0, &hello)).ok()?;
        read(&mut stream)?;
        if let Some(code) = error {
            let [low, high] = code.to_le_bytes();
            let body = [&[0xff, low, high], b"#28000no user app with canary-password".as_slice()].concat();
            return stream.write_all(&packet(2, &body)).ok();
        }
        stream.write_all(&packet(2, OK)).ok()?;
        loop {
            let asked = read(&mut stream)?;
            let query = String::from_utf8_lossy(asked.get(1..).unwrap_or_default()).into_owned();
            let values: Vec<&str> = match query.as_str() {
                "SELECT 1" => vec!["1"],
                "SELECT @@global.read_only, @@global.innodb_read_only" => locks.to_vec(),
                text if text.starts_with("SELECT ") => vec!["16777216"; text.matches("@@").count()],
                _ => {
                    stream.write_all(&packet(1, OK)).ok()?;
                    continue;
                }
            };
            let mut answer = packet(1, &[values.len() as u8]);
            for number in 0..values.len() {
                let mut column = texts(&["def", "", "", "", "x", ""]);
                column.extend([12, 33, 0, 255, 0, 0, 0, 253, 0, 0, 0, 0, 0]);
                answer.extend(packet(number as u8 + 2, &column));
            }
            let last = values.len() as u8 + 2;
            answer.extend(packet(last, END));
            answer.extend(packet(last + 1, &texts(&values)));
            answer.extend(packet(last + 2, END));
            stream.write_all(&answer).ok()?;
        }
    })
}
