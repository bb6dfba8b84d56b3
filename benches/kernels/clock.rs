//! How long a call takes.

use std::time::{Duration, Instant};

/// Least time of a sample: the clock's own steps do not count in it.
const SAMPLE: Duration = Duration::from_micros(500);
/// Time for all samples of a call.
const TOTAL: Duration = Duration::from_millis(150);

/// Seconds of a call, in the best of many samples of many calls each.
pub fn seconds(call: &mut dyn FnMut()) -> f64 {
    let mut calls = 1;
    let mut sample = |calls: usize| {
        let start = Instant::now();
        (0..calls).for_each(|_| call());
        start.elapsed()
    };
    let mut took = sample(calls);
    while took < SAMPLE {
        calls *= 2;
        took = sample(calls);
    }
    let begin = Instant::now();
    while begin.elapsed() < TOTAL {
        took = took.min(sample(calls));
    }
    took.as_secs_f64() / calls as f64
}
