//! Makes one self-contained program: style sheets, scripts, icons, the browser bundle and the shipped
//! content are put inside the binary. Every asset's name carries a hash of its bytes, so that it can be
//! cached for ever, and each is compressed here, once, as hard as it goes.

use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("..");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut pkg = Package::new(&out)?;

    let mut icons = Vec::new();
    for icon in files_under(&root.join("style/icons"))? {
        let name = file_name(&icon);
        let url = pkg.add(&name, "image/svg+xml", fs::read(&icon)?)?;
        icons.push((name, url));
    }
    let url_of = |wanted: &str| {
        icons
            .iter()
            .find(|(name, _)| name == wanted)
            .map(|(_, url)| url.clone())
            .ok_or(format!("style/icons/{wanted} is missing"))
    };
    let favicon = url_of("favicon.svg")?;
    let style = pkg.add("frid.css", "text/css; charset=utf-8", style_sheet(&root.join("style"), &icons)?)?;
    let javascript = "text/javascript; charset=utf-8";
    let guard = pkg.add("guard.js", javascript, fs::read(root.join("app/src/leave/guard.js"))?)?;
    let leave = pkg.add("leave.js", javascript, fs::read(root.join("app/src/leave/leave.js"))?)?;
    let passkey = pkg.add("passkey.js", javascript, fs::read(root.join("app/src/accounts/passkey.js"))?)?;
    let writing =
        pkg.add("writing.js", javascript, together(&root.join("app/src/editor"), &["autosave", "toolbar", "paste"])?)?;
    let check_in = pkg.add("check-in.js", javascript, together(&root.join("app/src/door"), &["check-in"])?)?;
    let offline = pkg.add("check-in-offline.js", javascript, together(&root.join("app/src/door"), &["offline"])?)?;
    let group = pkg.add("group.js", javascript, together(&root.join("app/src/courses"), &["group"])?)?;
    let islands = browser_bundle(&mut pkg, &root, &target_dir(&out)?)?;
    println!("cargo::rerun-if-changed={}", root.join("style").display());
    println!("cargo::rerun-if-changed={}", root.join("app/src/leave").display());
    println!("cargo::rerun-if-changed={}", root.join("app/src/accounts/passkey.js").display());

    pkg.write_table(&[
        ("STYLE", style),
        ("GUARD", guard),
        ("LEAVE", leave),
        ("PASSKEY", passkey),
        ("WRITING", writing),
        ("CHECK_IN", check_in),
        ("CHECK_IN_OFFLINE", offline),
        ("GROUP", group),
        ("FAVICON", favicon),
        ("ISLANDS", islands),
    ])?;
    write_migrations_table(&root.join("migrations"), &out)?;
    write_content_table(&root.join("content"), &out)
}

/// Scripts of one page, each on its own, in one file.
fn together(folder: &Path, names: &[&str]) -> Result<Vec<u8>> {
    let mut all = Vec::new();
    for name in names {
        let path = folder.join(format!("{name}.js"));
        println!("cargo::rerun-if-changed={}", path.display());
        all.extend(fs::read(path)?);
    }
    Ok(all)
}

/// `style/main.css` with all that it imports, minified; icons are named by their hashed addresses.
fn style_sheet(style: &Path, icons: &[(String, String)]) -> Result<Vec<u8>> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(&style.join("main.css")).map_err(|e| format!("style: {e}"))?;
    sheet.minify(MinifyOptions::default()).map_err(|e| format!("style: {e}"))?;
    let mut css = sheet
        .to_css(PrinterOptions { minify: true, ..PrinterOptions::default() })
        .map_err(|e| format!("style: {e}"))?
        .code;
    for (name, url) in icons {
        css = css.replace(&format!("icons/{name}"), url);
    }
    match css.find("url(icons/").or_else(|| css.find("url(\"icons/")) {
        Some(at) => Err(format!("style: no such icon: {}", css.chars().skip(at).take(40).collect::<String>()).into()),
        None => Ok(css.into_bytes()),
    }
}

/// The islands' WebAssembly, if `script/build` has made it; a server built by plain cargo serves the same
/// pages with islands that do not wake up. Returns the address of the loader, or "" when there is none.
fn browser_bundle(pkg: &mut Package, root: &Path, target: &Path) -> Result<String> {
    let (glue, wasm) = (target.join("browser/frid.js"), target.join("browser/frid_bg.wasm"));
    println!("cargo::rerun-if-changed={}", glue.display());
    println!("cargo::rerun-if-changed={}", wasm.display());
    if !(glue.exists() && wasm.exists()) {
        return Ok(String::new());
    }
    let wasm = pkg.add("frid.wasm", "application/wasm", fs::read(wasm)?)?;
    let glue = pkg.add("frid.js", "text/javascript; charset=utf-8", fs::read(glue)?)?;
    let loader_file = root.join("app/src/islands.js");
    println!("cargo::rerun-if-changed={}", loader_file.display());
    let loader = fs::read_to_string(loader_file)?.replace("./frid.js", &glue).replace("./frid.wasm", &wasm);
    pkg.add("islands.js", "text/javascript; charset=utf-8", loader.into_bytes())
}

/// Each migration as (number, name, SQL): `0001_library.sql` is the first. Our own table and not `sqlx::migrate!`:
/// sqlx's macros compile both databases' drivers, and SQLite itself, a second time.
fn write_migrations_table(migrations: &Path, out: &Path) -> Result<()> {
    let mut table = String::from("pub static MIGRATIONS: &[(i64, &str, &str)] = &[\n");
    for file in files_under(migrations)? {
        let name = file_name(&file);
        let Some(stem) = name.strip_suffix(".sql") else { continue };
        let (number, name) = stem.split_once('_').ok_or(format!("migrations/{name}: NUMBER_NAME.sql is expected"))?;
        let number: i64 = number.parse().map_err(|_| format!("migrations/{stem}.sql: the number is no number"))?;
        writeln!(table, "    ({number}, {name:?}, include_str!({:?})),", file.canonicalize()?)?;
    }
    table.push_str("];\n");
    println!("cargo::rerun-if-changed={}", migrations.display());
    Ok(fs::write(out.join("migrations.rs"), table)?)
}

/// Each file of `content/` as (path, text), sorted by path.
fn write_content_table(content: &Path, out: &Path) -> Result<()> {
    let mut table = String::from("pub static SHIPPED: &[(&str, &str)] = &[\n");
    for file in files_under(content)? {
        let path = file.strip_prefix(content)?.to_string_lossy().replace('\\', "/");
        writeln!(table, "    ({path:?}, include_str!({:?})),", file.canonicalize()?)?;
    }
    table.push_str("];\n");
    println!("cargo::rerun-if-changed={}", content.display());
    Ok(fs::write(out.join("content.rs"), table)?)
}

/// The files that the binary serves under `/pkg/`, and the Rust table that names them.
struct Package {
    folder: PathBuf,
    table: String,
}

impl Package {
    fn new(out: &Path) -> Result<Self> {
        let folder = out.join("pkg");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, table: String::new() })
    }

    fn add(&mut self, name: &str, mime: &str, bytes: Vec<u8>) -> Result<String> {
        let hash: String = Sha256::digest(&bytes).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let (stem, extension) = name.rsplit_once('.').ok_or("an asset needs an extension")?;
        let hashed = format!("{stem}.{hash}.{extension}");
        let file = self.folder.join(&hashed);
        fs::write(&file, &bytes)?;
        fs::write(self.folder.join(format!("{hashed}.br")), brotli(&bytes)?)?;
        fs::write(self.folder.join(format!("{hashed}.gz")), gzip(&bytes)?)?;
        writeln!(
            self.table,
            "    Asset {{ path: \"/pkg/{hashed}\", mime: {mime:?}, identity: include_bytes!({file:?}), brotli: include_bytes!({br:?}), gzip: include_bytes!({gz:?}) }},",
            br = self.folder.join(format!("{hashed}.br")),
            gz = self.folder.join(format!("{hashed}.gz")),
        )?;
        Ok(format!("/pkg/{hashed}"))
    }

    fn write_table(&self, names: &[(&str, String)]) -> Result<()> {
        let mut code = String::new();
        for (name, url) in names {
            writeln!(code, "pub const {name}: &str = {url:?};")?;
        }
        writeln!(code, "pub static ASSETS: &[Asset] = &[\n{}];", self.table)?;
        Ok(fs::write(self.folder.with_file_name("assets.rs"), code)?)
    }
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut compressed = Vec::new();
    brotli::CompressorWriter::new(&mut compressed, 4096, 11, 22).write_all(bytes)?;
    Ok(compressed)
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// `<target>` from `<target>/<profile>/build/<package>/out`: where `script/build` lays the browser bundle.
fn target_dir(out: &Path) -> Result<PathBuf> {
    Ok(out.ancestors().nth(4).ok_or("OUT_DIR is not inside a target directory")?.to_path_buf())
}

fn files_under(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let path = entry?.path();
        match path.is_dir() {
            true => files.extend(files_under(&path)?),
            false if !file_name(&path).starts_with('.') => files.push(path),
            false => {}
        }
    }
    files.sort();
    Ok(files)
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
