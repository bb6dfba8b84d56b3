//! Real data that ship with the lab. README.md beside the files says whose they are and how they were made.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which recording.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Recording {
    /// Carbon dioxide in the air over Mauna Loa, Hawaii: 448 monthly means, ppm from their mean.
    #[schemars(extend("x-label" = "CO₂ at Mauna Loa", "x-length" = 448))]
    #[default]
    MaunaLoa,
    /// A spiral galaxy in the Hubble eXtreme Deep Field: 32 x 32 pixels, black 0 to white 1.
    #[schemars(extend("x-label" = "a galaxy", "x-length" = 1024))]
    Galaxy,
}

impl Recording {
    /// Its samples, a picture row by row. See the variants for lengths and units.
    pub fn samples(self) -> Vec<f64> {
        match self {
            Recording::MaunaLoa => from_mean(include_str!("mauna-loa.txt")),
            Recording::Galaxy => greys(include_bytes!("galaxy.grey")),
        }
    }
}

/// Numbers in a text, less their mean: the mean says nothing about the shape and would dwarf every error.
fn from_mean(text: &str) -> Vec<f64> {
    let numbers = text.split_whitespace().map(|word| word.parse::<f64>().expect("the file holds numbers"));
    let mut samples: Vec<f64> = numbers.collect();
    let mean = samples.iter().sum::<f64>() / samples.len() as f64;
    samples.iter_mut().for_each(|sample| *sample -= mean);
    samples
}

/// A byte a pixel.
fn greys(bytes: &[u8]) -> Vec<f64> {
    bytes.iter().map(|&grey| f64::from(grey) / 255.0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(samples: &[f64]) -> f64 {
        samples.iter().sum::<f64>() / samples.len() as f64
    }

    #[test]
    fn the_schema_tells_each_length() {
        let schema = serde_json::to_value(schemars::schema_for!(Recording)).unwrap();
        let told: Vec<_> = schema["oneOf"].as_array().unwrap().iter().map(|one| one["x-length"].as_u64()).collect();
        let lengths = [Recording::MaunaLoa, Recording::Galaxy].map(|one| Some(one.samples().len() as u64));
        assert_eq!(told, lengths);
    }

    #[test]
    fn carbon_dioxide_rises_and_breathes_once_a_year() {
        let samples = Recording::MaunaLoa.samples();
        assert_eq!(samples.len(), 448);
        assert!(mean(&samples).abs() < 1e-9);
        let (first, last) = (mean(&samples[..12]), mean(&samples[436..]));
        assert!((last - first - 51.5).abs() < 1.0, "a rise of {} ppm from 1965 to 2001", last - first);
        // The file starts in September: four months before the first whole year.
        let years = samples[4..].chunks_exact(12);
        assert!(years.clone().all(|year| year[4] - year[8] > 4.0), "September is 4 ppm below May in every year");
        let of_month: Vec<f64> = (0..12).map(|month| years.clone().map(|year| year[month]).sum()).collect();
        assert!(of_month.iter().all(|&sum| sum <= of_month[4]), "May is the top of the mean year");
    }

    #[test]
    fn the_galaxy_is_bright_in_the_middle_of_a_dark_sky() {
        let pixels = Recording::Galaxy.samples();
        assert_eq!(pixels.len(), 32 * 32);
        assert!(pixels.iter().all(|grey| (0.0..=1.0).contains(grey)));
        assert!(pixels[16 * 32 + 16] > 0.8);
        assert!(mean(&pixels[..64]) < 0.1, "the upper edge has {}", mean(&pixels[..64]));
    }
}
