//! Sound at another rate, by a windowed sinc (Smith, "Digital Audio Resampling", 1984).

use std::f64::consts::PI;

/// Zero crossings of the sinc on either side.
const CROSSINGS: f64 = 32.0;
/// Share of what the lower of both rates can hold that is kept: the window's edge has to fall somewhere.
const KEPT: f64 = 0.95;

/// `samples` taken `from` times a second, as they would be `to` times a second. Frequencies that the new rate cannot hold are taken
/// away. O(n max(from, to) / from) for n samples.
pub fn resampled(samples: &[f64], from: f64, to: f64) -> Vec<f64> {
    if from == to {
        return samples.to_vec();
    }
    let cutoff = KEPT * (to / from).min(1.0);
    let reach = CROSSINGS / cutoff;
    let length = (samples.len() as f64 * to / from).round().max(1.0) as usize;
    let sample = |t: usize| {
        let middle = t as f64 * from / to;
        let first = (middle - reach).ceil().max(0.0) as usize;
        let end = samples.len().min((middle + reach) as usize + 1);
        (first..end).fold(0.0, |sum, k| sum + samples[k] * kernel(k as f64 - middle, cutoff, reach))
    };
    (0..length).map(sample).collect()
}

/// The impulse response of a low pass, under Hann's window.
fn kernel(away: f64, cutoff: f64, reach: f64) -> f64 {
    let turn = PI * cutoff * away;
    let sinc = if turn == 0.0 { 1.0 } else { libm::sin(turn) / turn };
    let window = libm::cos(0.5 * PI * away / reach);
    cutoff * sinc * window * window
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(hertz: f64, rate: f64, samples: usize) -> Vec<f64> {
        (0..samples).map(|t| (2.0 * PI * hertz * t as f64 / rate + 0.3).sin()).collect()
    }

    /// Largest error in the middle, where the window lies within.
    fn error(of: &[f64], wanted: &[f64]) -> f64 {
        let edge = 200;
        (edge..wanted.len() - edge).map(|t| (of[t] - wanted[t]).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn a_tone_is_the_same_tone_at_another_rate() {
        for from in [8_000.0, 11_025.0, 22_050.0, 44_100.0, 48_000.0, 96_000.0] {
            let seconds = 0.25;
            let heard = resampled(&tone(1000.0, from, (seconds * from) as usize), from, 16_000.0);
            let wanted = tone(1000.0, 16_000.0, heard.len());
            assert!((heard.len() as f64 - 16_000.0 * seconds).abs() <= 1.0, "{from}: {}", heard.len());
            assert!(error(&heard, &wanted) < 2e-3, "{from}: {}", error(&heard, &wanted));
        }
    }

    #[test]
    fn what_the_new_rate_cannot_hold_is_gone() {
        let heard = resampled(&tone(11_000.0, 48_000.0, 12_000), 48_000.0, 16_000.0);
        assert!(error(&heard, &vec![0.0; heard.len()]) < 2e-3);
    }

    #[test]
    fn the_same_rate_changes_nothing_and_one_sample_stays_one() {
        let sound = tone(440.0, 16_000.0, 100);
        assert_eq!(resampled(&sound, 16_000.0, 16_000.0), sound);
        assert_eq!(resampled(&[1.0], 44_100.0, 16_000.0).len(), 1);
    }
}
