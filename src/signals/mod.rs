//! Signals: seeded randomness, generators, noise, files.

pub mod bodies;
pub mod digits;
pub mod formula;
pub mod noise;
pub mod npy;
pub mod numbers;
pub mod patients;
pub mod phantom;
pub mod piecewise;
pub mod random;
pub mod recordings;
pub mod resampling;
pub mod senses;
pub mod sounds;
pub mod sparse;
pub mod structured;
pub mod table;
pub mod tones;
pub mod wav;
pub mod waveform;

/// Most entries that any array of the lab may have, wherever it comes from: 256 MB of doubles.
pub const MAX_ENTRIES: usize = 1 << 25;

/// Reads a table from a file's bytes: `.npy` and WAV by their first bytes, else comma-separated text. `name` is the file's. A sound is
/// one column, its channels mixed down.
///
/// # Errors
/// A sentence that names the file, and the row where there is one.
pub fn read_table(name: &str, bytes: &[u8]) -> Result<npy::Table, String> {
    if bytes.starts_with(npy::MAGIC) {
        npy::read(name, bytes)
    } else if bytes.starts_with(wav::MAGIC) {
        let sound = wav::read(name, bytes, f64::INFINITY)?;
        Ok(npy::Table { rows: sound.samples.len(), cols: 1, entries: npy::Entries::Real(sound.samples) })
    } else {
        table::read(name, bytes)
    }
}
