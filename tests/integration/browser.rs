//! The pages in a real browser, as wide as a phone and as a desk, dark, and printed. It takes a browser that not every machine has:
//! `cargo test --test integration browser -- --ignored`, with SEAWORTHY_BROWSER if it is not called chromium.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::tool::Tool;

/// Looks at a page in a frame of that width, and writes what it sees down as JSON.
const FRAME: &str = r#"<!doctype html><title>frame</title><iframe src="PAGE" style="border:0;width:WIDTHpx;height:900px"></iframe>
<pre id="seen"></pre><script>
const frame = document.querySelector("iframe");
frame.onload = () => {
  const page = frame.contentDocument, root = page.documentElement, all = [...page.querySelectorAll("*")];
  const style = (element) => frame.contentWindow.getComputedStyle(element);
  // What scrolls by itself may be wider than the page.
  const scrolls = (element) => element && (["auto", "scroll", "hidden"].includes(style(element).overflowX) || scrolls(element.parentElement));
  const wide = all.filter((it) => it.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(it.parentElement));
  const focusable = (it) => it.tabIndex >= 0;
  document.getElementById("seen").textContent = JSON.stringify({
    overflow: root.scrollWidth - root.clientWidth,
    wide: wide.slice(0, 3).map((it) => it.outerHTML.slice(0, 80)),
    scripts: page.scripts.length,
    lang: root.lang,
    heading: page.querySelector("h1").textContent.trim(),
    headings: [...page.querySelectorAll("h1, h2, h3")].map((it) => Number(it.tagName[1])).every((level, at, levels) => at === 0 || level <= levels[at - 1] + 1),
    unnamed: [...page.querySelectorAll("svg:not([aria-hidden]), img")].filter((it) => !(it.getAttribute("aria-label") || it.getAttribute("aria-labelledby") || it.querySelector("title") || it.alt)).length,
    unscoped: [...page.querySelectorAll("th")].filter((it) => !it.scope).length,
    unreachable: [...page.querySelectorAll("summary, a[href], pre")].filter((it) => !focusable(it)).length,
    small: all.filter((it) => it.children.length === 0 && it.textContent.trim() && parseFloat(style(it).fontSize) < 10 && !it.closest("svg")).length,
    background: style(page.body).backgroundColor,
  });
};
</script>"#;

/// Serves the pages and the frames around them to the browser.
struct Site {
    address: String,
}

impl Site {
    fn of(folder: PathBuf) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let folder: Arc<Path> = folder.into();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let folder = Arc::clone(&folder);
                std::thread::spawn(move || answer(stream, &folder));
            }
        });
        Self { address }
    }
}

fn answer(mut stream: TcpStream, folder: &Path) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/').to_owned();
    lines.find(String::is_empty);
    let body = match path.split('/').collect::<Vec<_>>().as_slice() {
        ["frame", width, page] => Some(FRAME.replace("PAGE", &format!("/{page}")).replace("WIDTH", width)),
        _ => std::fs::read_to_string(folder.join(&path)).ok(),
    };
    let status = if body.is_some() { "200 OK" } else { "404 Not Found" };
    let body = body.unwrap_or_default();
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // The browser may have gone.
    let _ = stream.write_all(format!("{head}{body}").as_bytes());
}

/// Runs the browser without a window, and gives what it prints and what it complains of.
fn browser(profile: &Path, arguments: &[&str]) -> (String, String) {
    let name = std::env::var("SEAWORTHY_BROWSER").unwrap_or_else(|_| "chromium".to_owned());
    let output = Command::new(&name)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"])
        .args(["--disable-background-networking", "--disable-component-update", "--enable-logging=stderr"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(arguments)
        .output()
        .unwrap_or_else(|error| panic!("'{name}' does not start: {error}"));
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

fn seen(tool: &Tool, site: &Site, page: &str, width: u32, more: &[&str]) -> Value {
    let profile = tool.path().join(format!("profile-{page}-{width}-{}", more.len()));
    let address = format!("{}/frame/{width}/{page}", site.address);
    let arguments: Vec<&str> =
        ["--dump-dom", "--virtual-time-budget=4000"].iter().chain(more).copied().chain([address.as_str()]).collect();
    let (dom, complaints) = browser(&profile, &arguments);
    let broken: Vec<&str> = complaints.lines().filter(|line| line.contains("Content Security Policy")).collect();
    assert_eq!(broken, Vec::<&str>::new());
    let text = dom.split(r#"<pre id="seen">"#).nth(1).and_then(|rest| rest.split("</pre>").next()).unwrap();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
#[ignore = "needs a browser: see CONTRIBUTING.md"]
fn pages_fit_a_phone_and_a_desk_and_can_be_used_without_a_mouse() {
    let tool = Tool::new();
    let pages = ["ready.html", "posture.html"];
    for arguments in ["ready --demo -f html -o ready.html", "demo -f html=posture.html --quiet"] {
        assert!(tool.command(arguments).output().unwrap().status.success(), "{arguments}");
    }
    let site = Site::of(tool.path().to_owned());
    for page in pages {
        let mut backgrounds = Vec::new();
        for (width, more) in [(390, &[][..]), (1280, &[]), (390, &["--blink-settings=preferredColorScheme=0"])] {
            let mut seen = seen(&tool, &site, page, width, more);
            backgrounds.push(seen["background"].take());
            assert!(!seen["heading"].take().as_str().unwrap().is_empty(), "{page}");
            let expected = json!({
                "overflow": 0, "wide": [], "scripts": 0, "lang": "en", "heading": null, "headings": true, "unnamed": 0,
                "unscoped": 0, "unreachable": 0, "small": 0, "background": null,
            });
            assert_eq!(seen, expected, "{page} at {width} columns {more:?}");
        }
        assert_eq!(backgrounds[0], backgrounds[1], "{page}");
        assert_ne!(backgrounds[0], backgrounds[2], "{page} looks the same in the dark");
        let file = tool.path().join(format!("{page}.pdf"));
        let profile = tool.path().join(format!("profile-{page}-print"));
        let (print, address) = (format!("--print-to-pdf={}", file.display()), format!("{}/{page}", site.address));
        browser(&profile, &[&print, "--no-pdf-header-footer", &address]);
        let pdf = std::fs::read(&file).unwrap();
        let leaves = pdf.windows(11).filter(|bytes| bytes == b"/Type /Page").count();
        assert!(pdf.starts_with(b"%PDF") && leaves > 1, "{page}: {} bytes, {leaves} leaves", pdf.len());
    }
}
