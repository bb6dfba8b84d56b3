//! Arrays for NumPy: an `.npz` file, which is a zip of `.npy` files.

use super::run::{Finished, entries_of};
use crate::contract::{Complaint, Instance};
use crate::signals::npy::{self, Entries};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use zip::write::{SimpleFileOptions, ZipWriter};

/// An `.npz` file that has been created and is empty.
pub struct Archive {
    path: PathBuf,
    zip: ZipWriter<BufWriter<File>>,
}

impl Archive {
    /// Creates the file, so that a name that cannot be written to is known before anything runs.
    ///
    /// # Errors
    /// When it cannot be created.
    pub fn create(path: &Path) -> Result<Self, Complaint> {
        let file = File::create(path).map_err(|error| unwritable(path, &error))?;
        Ok(Self { path: path.to_owned(), zip: ZipWriter::new(BufWriter::new(file)) })
    }

    /// Writes the instance's arrays, and estimate and traces of each run, as `estimate_omp` and
    /// `trace_omp_relative_residual`. Hyphens in a method's id become underscores; a second run of a method is called
    /// `omp_2`.
    ///
    /// # Errors
    /// When the disk is full or the file is gone.
    pub fn write(mut self, instance: &dyn Instance, finished: &[Finished]) -> Result<(), Complaint> {
        for (name, (rows, cols), values) in instance.arrays() {
            self.add(name, rows, cols, &entries_of(&values))?;
        }
        for (run, name) in finished.iter().zip(names(finished.iter().map(|run| run.card.id))) {
            self.add(&format!("estimate_{name}"), run.estimate.len(), 1, &run.estimate)?;
            for (trace, values) in &run.recording.traces {
                self.add(&format!("trace_{name}_{trace}"), values.len(), 1, &Entries::Real(values.clone()))?;
            }
        }
        let end = self.zip.finish().map_err(std::io::Error::from).and_then(|mut file| file.flush());
        end.map_err(|error| unwritable(&self.path, &error))
    }

    fn add(&mut self, name: &str, rows: usize, cols: usize, entries: &Entries) -> Result<(), Complaint> {
        let started = self.zip.start_file(format!("{name}.npy"), SimpleFileOptions::default());
        started
            .map_err(std::io::Error::from)
            .and_then(|()| self.zip.write_all(&npy::write(rows, cols, entries)))
            .map_err(|error| unwritable(&self.path, &error))
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Complaint {
    Complaint::new("--npz", format!("cannot write to {}: {error}", path.display()))
}

/// A name for each run, from its method's id and, from the second of a method on, a number.
fn names<'a>(ids: impl Iterator<Item = &'a str> + Clone) -> Vec<String> {
    let name = |(i, id): (usize, &str)| {
        let stem = id.replace('-', "_");
        match ids.clone().take(i).filter(|earlier| *earlier == id).count() {
            0 => stem,
            earlier => format!("{stem}_{}", earlier + 1),
        }
    };
    ids.clone().enumerate().map(name).collect()
}
