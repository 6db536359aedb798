//! What files that nobody opened name and refer to, kept on this computer for the next start: one file a workspace, in the
//! folder in which the system keeps what can be made again. A file is known by its content, so nothing in here can be out
//! of date; whatever is wrong with the cache, it is as if there were none.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::SystemTime;

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};
use transcript::language::Language;
use transcript::lines::Format;
use transcript::survey::Survey;
use twox_hash::{XxHash3_64, XxHash3_128};

/// All files of the cache together take at most so many bytes; beyond that those last used the longest ago go.
const MOST_BYTES: u64 = 256 << 20;

/// How the names of the files end.
const SUFFIX: &str = "surveys";

/// Surveys in few bytes, by the content of their files.
type Kept = HashMap<u128, Vec<u8>>;

/// The surveys of one workspace's files.
#[derive(Debug)]
pub struct Cache {
    file: PathBuf,
    /// What the file's first bytes have to be.
    stamp: Vec<u8>,
    known: Kept,
    /// What is to be in the file from now on, and whether that is anything else than what is in it.
    kept: Mutex<(Kept, bool)>,
}

/// The folder of the cache; none on a system that has no place for it.
pub fn folder() -> Option<PathBuf> {
    Some(choose_native_strategy().ok()?.cache_dir().join("columnist"))
}

impl Cache {
    /// The cache of a workspace with these roots, as it was left.
    pub fn open(folder: &Path, roots: &[PathBuf]) -> Self {
        let roots: Vec<u8> =
            roots.iter().flat_map(|root| [root.as_os_str().as_encoded_bytes(), b"\0"].concat()).collect();
        let file = folder.join(format!("{:016x}.{SUFFIX}", XxHash3_64::oneshot(&roots)));
        let stamp = stamp();
        let bytes = fs::read(&file).unwrap_or_default();
        let whole = |rest: &&[u8]| XxHash3_64::oneshot(&rest[8..]).to_le_bytes() == rest[..8];
        let rest = bytes.strip_prefix(&stamp[..]).filter(|rest| rest.len() >= 8).filter(whole);
        let known = rest.map(|rest| read(&rest[8..])).unwrap_or_default();
        Self { file, stamp, known, kept: Mutex::default() }
    }

    /// The survey of a text, as it is known, or else as it is made now. It is kept for the next start.
    pub fn survey(
        &self,
        text: &str,
        format: Format,
        language: Option<&'static Language>,
        make: impl FnOnce() -> Survey,
    ) -> Survey {
        let of = format!("{format:?} {}", language.map_or("", |language| &language.code));
        let key = XxHash3_128::oneshot(text.as_bytes()) ^ u128::from(XxHash3_64::oneshot(of.as_bytes()));
        let known = self.known.get(&key).and_then(|bytes| Some((rmp_serde::from_slice(bytes).ok()?, bytes.clone())));
        let new = known.is_none();
        let (survey, bytes) = known.unwrap_or_else(|| {
            let survey = make();
            let bytes = rmp_serde::to_vec(&survey).unwrap_or_default();
            (survey, bytes)
        });
        if let Ok(mut kept) = self.kept.lock() {
            kept.0.insert(key, bytes);
            kept.1 |= new;
        }
        survey
    }

    /// Writes down what was asked for since it was opened, if any of that was not known: at one stroke, so that a second
    /// server reads the old or the new, never a part.
    ///
    /// # Errors
    /// What the file system says. The next start will take longer then, and that is all.
    pub fn close(self) -> std::io::Result<()> {
        let (kept, new) = self.kept.into_inner().unwrap_or_default();
        let folder = self.file.parent().unwrap_or(Path::new("."));
        if new || kept.len() < self.known.len() {
            fs::create_dir_all(folder)?;
            let mut beside = tempfile::Builder::new().prefix(".columnist-").tempfile_in(folder)?;
            let body = written(&kept);
            beside.write_all(&self.stamp)?;
            beside.write_all(&XxHash3_64::oneshot(&body).to_le_bytes())?;
            beside.write_all(&body)?;
            beside.persist(&self.file)?;
        } else {
            // Used last now.
            fs::File::options().append(true).open(&self.file)?.set_modified(SystemTime::now())?;
        }
        bound(folder, &self.file)
    }
}

/// Each key, the length of what it has, and that.
fn written(kept: &Kept) -> Vec<u8> {
    let mut body = Vec::new();
    for (key, bytes) in kept {
        body.extend(key.to_le_bytes());
        body.extend((bytes.len() as u32).to_le_bytes());
        body.extend(bytes);
    }
    body
}

fn read(mut body: &[u8]) -> Kept {
    let mut kept = Kept::new();
    while let Some((key, rest)) = body.split_first_chunk()
        && let Some((length, rest)) = rest.split_first_chunk()
        && let Some((bytes, rest)) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)
    {
        kept.insert(u128::from_le_bytes(*key), bytes.to_vec());
        body = rest;
    }
    kept
}

/// What is true of the caches of this program alone: another one may see other things in a text.
fn stamp() -> Vec<u8> {
    let program = std::env::current_exe().and_then(fs::metadata).ok();
    let made = program.as_ref().and_then(|program| program.modified().ok());
    let made = made.and_then(|made| made.duration_since(SystemTime::UNIX_EPOCH).ok()).unwrap_or_default();
    let size = program.map_or(0, |program| program.len());
    format!("columnist {} {size} {}\n", env!("CARGO_PKG_VERSION"), made.as_nanos()).into_bytes()
}

/// Removes the files used the longest ago, as long as all together are too large; never the one in use.
fn bound(folder: &Path, used: &Path) -> std::io::Result<()> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == SUFFIX) {
            let about = path.metadata()?;
            files.push((about.modified()?, about.len(), path));
        }
    }
    files.sort();
    let mut all: u64 = files.iter().map(|(_, bytes, _)| bytes).sum();
    for (_, bytes, path) in files.iter().filter(|(.., path)| path != used) {
        if all <= MOST_BYTES {
            break;
        }
        fs::remove_file(path)?;
        all -= bytes;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A survey of a text, and whether it was known.
    fn ask(cache: &Cache, text: &str) -> (Survey, bool) {
        let mut known = true;
        let survey = cache.survey(text, Format::Markdown, None, || {
            known = false;
            Survey::new(text, Format::Markdown, None)
        });
        (survey, known)
    }

    fn titles(survey: &Survey) -> Vec<&str> {
        survey.plan.outline.sections.iter().map(|section| section.heading.title.as_str()).collect()
    }

    const TEXT: &str = "# 1 Haven\n\nZie hoofdstuk 1 (Haven) van het verslag, de kaart en de lijst.\n";

    #[test]
    fn a_text_is_surveyed_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let roots = [PathBuf::from("/r")];
        let cache = Cache::open(folder.path(), &roots);
        assert!(!ask(&cache, TEXT).1);
        cache.close().expect("it is written");
        let cache = Cache::open(folder.path(), &roots);
        let (survey, known) = ask(&cache, TEXT);
        assert!(known);
        assert_eq!(titles(&survey), ["Haven"]);
        assert_eq!(survey.references, Survey::new(TEXT, Format::Markdown, None).references);
        assert_eq!(survey.plan.language.map(|language| language.code.as_str()), Some("nl"));
        assert!(!ask(&cache, "# 2 Kade\n").1);
        cache.close().expect("it is written");
        assert!(ask(&Cache::open(folder.path(), &roots), "# 2 Kade\n").1);
    }

    #[test]
    fn a_damaged_cache_is_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::open(folder.path(), &[]);
        ask(&cache, TEXT);
        let file = cache.file.clone();
        cache.close().expect("it is written");
        let bytes = fs::read(&file).expect("it is there");
        let mut damaged: Vec<Vec<u8>> =
            [0, 5, bytes.len() / 2, bytes.len() - 1].map(|end| bytes[..end].to_vec()).into();
        damaged.extend((0..bytes.len()).step_by(7).map(|at| {
            let mut bytes = bytes.clone();
            bytes[at] ^= 1;
            bytes
        }));
        for bytes in damaged {
            fs::write(&file, &bytes).expect("a file of the test's own");
            let (survey, known) = ask(&Cache::open(folder.path(), &[]), TEXT);
            assert!(!known && titles(&survey) == ["Haven"], "{bytes:?}");
        }
    }

    #[test]
    fn the_folder_stays_small() {
        let folder = tempfile::tempdir().expect("a folder");
        let old = folder.path().join("0.surveys");
        let large = fs::File::create(&old).expect("a file of the test's own");
        large.set_len(MOST_BYTES).expect("it holds nothing");
        large.set_modified(SystemTime::UNIX_EPOCH).expect("a file of the test's own");
        let cache = Cache::open(folder.path(), &[]);
        ask(&cache, TEXT);
        let file = cache.file.clone();
        cache.close().expect("it is written");
        assert!(file.exists() && !old.exists());
    }
}
