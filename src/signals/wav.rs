//! Sound in WAV files.

use super::MAX_ENTRIES;
use super::resampling::resampled;
use hound::{SampleFormat, WavReader};

/// First bytes of a WAV file.
pub const MAGIC: &[u8] = b"RIFF";
/// Samples a second that are taken.
const RATES: std::ops::RangeInclusive<u32> = 1_000..=384_000;
/// Channels that are taken.
const CHANNELS: std::ops::RangeInclusive<u16> = 1..=32;

/// A sound, mixed down to one channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Sound {
    /// Samples a second.
    pub rate: u32,
    /// The mean of all channels, on [-1, 1].
    pub samples: Vec<f64>,
    /// How long it is in the file.
    pub seconds: f64,
}

impl Sound {
    /// The samples at another rate.
    pub fn at(&self, rate: u32) -> Vec<f64> {
        resampled(&self.samples, f64::from(self.rate), f64::from(rate))
    }
}

/// Reads PCM of 8 to 32 bits or floats of 32, up to `most` seconds from the start. `name` is the file's. O(samples read).
///
/// # Errors
/// A sentence that names the file: it is no WAV file, of a kind that is not read, empty, cut short, or holds a NaN.
pub fn read(name: &str, bytes: &[u8], most: f64) -> Result<Sound, String> {
    let mut reader = WavReader::new(bytes).map_err(|error| sentence(name, &error))?;
    let format = reader.spec();
    let (rate, channels) = (format.sample_rate, format.channels);
    if !RATES.contains(&rate) {
        return Err(format!("{name} has {rate} samples a second; {} to {} are read", RATES.start(), RATES.end()));
    }
    if !CHANNELS.contains(&channels) {
        return Err(format!("{name} has {channels} channels; 1 to {} are read", CHANNELS.end()));
    }
    let seconds = f64::from(reader.duration()) / f64::from(rate);
    let frames = (reader.duration() as usize).min((most * f64::from(rate)).ceil() as usize);
    let wanted = frames.saturating_mul(usize::from(channels));
    if wanted.min(bytes.len()) > MAX_ENTRIES {
        return Err(format!("{name} has more than {MAX_ENTRIES} samples"));
    }
    let entries: Result<Vec<f64>, hound::Error> = match format.sample_format {
        SampleFormat::Float => reader.samples::<f32>().take(wanted).map(|s| s.map(f64::from)).collect(),
        SampleFormat::Int => {
            let full = libm::exp2(f64::from(format.bits_per_sample) - 1.0);
            reader.samples::<i32>().take(wanted).map(|s| s.map(|s| f64::from(s) / full)).collect()
        }
    };
    let entries = entries.map_err(|error| sentence(name, &error))?;
    if entries.is_empty() {
        return Err(format!("{name} holds no sound"));
    }
    if entries.iter().any(|sample| !sample.is_finite()) {
        return Err(format!("{name} holds a NaN or an infinity"));
    }
    let share = 1.0 / f64::from(channels);
    let samples = entries.chunks_exact(usize::from(channels)).map(|frame| share * frame.iter().sum::<f64>()).collect();
    Ok(Sound { rate, samples, seconds })
}

/// What went wrong, for people.
fn sentence(name: &str, error: &hound::Error) -> String {
    match error {
        hound::Error::IoError(_) => format!("{name} ends before its sound does; it may be cut short"),
        hound::Error::FormatError(reason) => format!("{name} is not a WAV file that can be read: {reason}"),
        _ => format!("{name} is of a kind that is not read; PCM of 8 to 32 bits and floats of 32 are"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hound::{WavSpec, WavWriter};
    use std::io::Cursor;

    fn written(channels: u16, rate: u32, bits: u16, samples: &[f64]) -> Vec<u8> {
        let float = bits == 32;
        let sample_format = if float { SampleFormat::Float } else { SampleFormat::Int };
        let spec = WavSpec { channels, sample_rate: rate, bits_per_sample: bits, sample_format };
        let mut bytes = Cursor::new(Vec::new());
        let mut writer = WavWriter::new(&mut bytes, spec).unwrap();
        for &sample in samples {
            if float {
                writer.write_sample(sample as f32).unwrap();
            } else {
                writer.write_sample((sample * f64::from(1_u32 << (bits - 1))) as i32).unwrap();
            }
        }
        writer.finalize().unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_width_holds_the_same_sound() {
        let sound: Vec<f64> = (0..64).map(|t| 0.5 * f64::from(t - 32) / 32.0).collect();
        for bits in [8, 16, 24, 32] {
            let read = read("a.wav", &written(1, 8000, bits, &sound), 3.0).unwrap();
            let step = 2.0_f64.powi(1 - i32::from(bits.min(24)));
            assert_eq!((read.rate, read.seconds), (8000, 0.008));
            assert!(read.samples.iter().zip(&sound).all(|(a, b)| (a - b).abs() <= step), "{bits} bits");
        }
    }

    #[test]
    fn channels_are_mixed_down_and_the_rest_is_left() {
        let read = read("a.wav", &written(2, 1000, 16, &[0.5, 0.25].repeat(2000)), 0.1).unwrap();
        assert_eq!((read.samples.len(), read.seconds), (100, 2.0));
        assert!(read.samples.iter().all(|sample| *sample == 0.375));
    }

    #[test]
    fn a_file_that_cannot_be_used_gets_a_sentence() {
        let good = written(1, 8000, 16, &[0.25; 800]);
        let said = |bytes: &[u8]| read("a.wav", bytes, 3.0).unwrap_err();
        assert!(said(b"").starts_with("a.wav ends before its sound does"));
        assert!(said(b"RIFF").starts_with("a.wav ends before its sound does"));
        assert!(said(&good[..1000]).starts_with("a.wav ends before its sound does"));
        assert!(said(b"ID3 this is another kind of file, and longer than a header is").contains("not a WAV file"));
        assert_eq!(said(&written(1, 8000, 16, &[])), "a.wav holds no sound");
        assert!(said(&written(1, 8000, 32, &[f64::NAN])).contains("a NaN"));
        assert!(said(&written(1, 500, 16, &[0.5])).contains("500 samples a second"));
        assert!(said(&written(40, 8000, 16, &[0.5; 40])).contains("40 channels"));
        // A file that says it is longer than it is, and one that is cut after what is wanted.
        let mut long = good.clone();
        long[40..44].copy_from_slice(&0x7fff_fff0_u32.to_le_bytes());
        assert!(said(&long).starts_with("a.wav ends before its sound does"));
        assert_eq!(read("a.wav", &good[..1000], 0.01).unwrap().samples.len(), 80);
    }

    #[test]
    fn any_bytes_end_in_an_answer() {
        let good = written(2, 8000, 16, &[0.25; 64]);
        for place in 0..good.len() {
            for byte in [0, 1, 0x7f, 0xff] {
                let mut bytes = good.clone();
                bytes[place] = byte;
                let _ = read("a.wav", &bytes, 3.0);
            }
        }
    }
}
