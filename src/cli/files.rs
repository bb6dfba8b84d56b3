//! Files: the Spec itself, and those that it names.

use crate::contract::{Complaint, Files};
use std::fs::{self, File};
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};

/// Largest file of numbers that is read: the lab's most entries, complex.
const MAX_DATA: u64 = 512 << 20;

/// Largest Spec that is read.
const MAX_SPEC: u64 = 64 << 20;

/// Longest line that is read: a sweep's Spec is up to 1 MB, a record or a batch of tasks is far below.
const MAX_LINE: u64 = 4 << 20;

/// The files beside a Spec. Names are relative to its folder.
pub struct Folder(PathBuf);

impl Files for Folder {
    fn read(&self, path: &str) -> Result<Vec<u8>, Complaint> {
        read(&self.0.join(path), MAX_DATA).map_err(|reason| {
            let name = Complaint::quote(path);
            Complaint::new("", format!("names the file {name}, which {reason}"))
        })
    }
}

/// The text of the Spec at `path`, or on the standard input for `-`, and the files beside it.
///
/// # Errors
/// A complaint about the file.
pub fn spec(path: &Path) -> Result<(String, Folder), Complaint> {
    let from_input = path == Path::new("-");
    let bytes = if from_input { up_to(std::io::stdin().lock(), MAX_SPEC) } else { read(path, MAX_SPEC) };
    let name = if from_input { "the standard input".to_owned() } else { path.display().to_string() };
    let bytes = bytes.map_err(|reason| Complaint::new("", format!("{name} {reason}")))?;
    let text = String::from_utf8(bytes).map_err(|_| Complaint::new("", format!("{name} is not text in UTF-8")))?;
    let folder = if from_input { None } else { path.parent() };
    Ok((text, Folder(folder.unwrap_or(Path::new("")).to_owned())))
}

/// The contents of a file, or the end of a sentence about it. The size is known before anything is read, and only
/// plain files are opened: a pipe would wait and a device would never end.
fn read(path: &Path, most: u64) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err("is a folder".to_owned());
    }
    if !metadata.is_file() {
        return Err("is not a plain file".to_owned());
    }
    if metadata.len() > most {
        return Err(too_large(most));
    }
    up_to(File::open(path).map_err(unreadable)?, most)
}

/// All bytes of a source, unless there are more than `most`.
fn up_to(source: impl Read, most: u64) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    source.take(most + 1).read_to_end(&mut bytes).map_err(|error| format!("cannot be read: {error}"))?;
    if bytes.len() as u64 > most { Err(too_large(most)) } else { Ok(bytes) }
}

/// The lines of a source, each with its end. A last line without one was cut short, and is left out.
///
/// # Errors
/// Each line may be one that cannot be read.
pub fn lines(mut source: impl BufRead) -> impl Iterator<Item = Result<Vec<u8>, Complaint>> {
    std::iter::from_fn(move || {
        let mut line = Vec::new();
        let complaint = |reason: String| Some(Err(Complaint::new("", reason)));
        match source.by_ref().take(MAX_LINE).read_until(b'\n', &mut line) {
            Err(error) => complaint(format!("it cannot be read: {error}")),
            Ok(_) if line.ends_with(b"\n") => Some(Ok(line)),
            Ok(length) if length as u64 == MAX_LINE => complaint("it has no end".to_owned()),
            Ok(_) => None,
        }
    })
}

fn too_large(most: u64) -> String {
    format!("is larger than {} MB", most >> 20)
}
