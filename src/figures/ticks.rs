//! Where ticks stand and what they say: four or five of them, round numbers.

use super::{Scale, ScaleKind};

/// A tick: its value and its label.
pub(super) type Tick = (f64, String);

/// Ticks of a scale, about `wanted` of them.
pub(super) fn ticks(scale: &Scale, wanted: usize) -> Vec<Tick> {
    match scale.kind {
        ScaleKind::Linear => linear(scale.from, scale.to, wanted),
        ScaleKind::Log => decades(scale.from, scale.to, wanted),
        ScaleKind::Index => indices(scale.from, scale.to, wanted),
    }
}

/// The step of 1, 2 or 5 times a power of ten that comes nearest to `wanted` ticks.
fn round_step(span: f64, wanted: usize) -> f64 {
    let rough = span / wanted.max(1) as f64;
    let power = libm::exp10(libm::floor(libm::log10(rough)));
    let multiple = [1.0, 2.0, 5.0, 10.0].into_iter().find(|m| m * power >= rough * 0.75).unwrap_or(10.0);
    multiple * power
}

fn linear(from: f64, to: f64, wanted: usize) -> Vec<Tick> {
    let (low, high) = (from.min(to), from.max(to));
    if high - low <= 0.0 || !(high - low).is_finite() {
        return Vec::new();
    }
    let step = round_step(high - low, wanted);
    let first = (low / step).ceil() as i64;
    let last = (high / step + 1e-9).floor() as i64;
    let label = |value: f64| if step < LEAST_STEP { scaled(value, step) } else { number(value, step) };
    (first..=last.min(first + 50)).map(|i| i as f64 * step).map(|value| (value, label(value))).collect()
}

/// Labels of smaller steps have more decimals than there is room for.
const LEAST_STEP: f64 = 1e-3;

/// A multiple of a small step as a whole number times a power of ten.
fn scaled(value: f64, step: f64) -> String {
    let decade = libm::floor(libm::log10(step) + 1e-9);
    let multiple = libm::round(value / libm::exp10(decade));
    if multiple == 0.0 { "0".to_owned() } else { format!("{}·{}", number(multiple, 1.0), ten_to(decade as i64)) }
}

/// Decades; with fewer than two of them, also 2 and 5 times each.
fn decades(from: f64, to: f64, wanted: usize) -> Vec<Tick> {
    if from <= 0.0 || to <= from {
        return Vec::new();
    }
    let (low, high) = (libm::log10(from), libm::log10(to));
    let every = (((high - low) / wanted.max(1) as f64).ceil() as i64).max(1);
    let multiples: &[f64] = if high - low < 2.0 { &[1.0, 2.0, 5.0] } else { &[1.0] };
    let mut ticks = Vec::new();
    for decade in low.floor() as i64..=high.ceil() as i64 {
        if decade % every != 0 {
            continue;
        }
        for multiple in multiples {
            let value = multiple * libm::exp10(decade as f64);
            if (from * 0.999..=to * 1.001).contains(&value) {
                ticks.push((value, power(value, *multiple, decade)));
            }
        }
    }
    ticks
}

/// Whole numbers: powers of two where the axis is a power of two long, else round steps; the last index is
/// always named, and nothing stands too near to it.
fn indices(from: f64, to: f64, wanted: usize) -> Vec<Tick> {
    let (first, last) = (from.min(to).ceil(), from.max(to).floor());
    let length = last - first + 1.0;
    let mut step = 1.0;
    if first == 0.0 && (length as u64).is_power_of_two() {
        while length / step > wanted as f64 {
            step *= 2.0;
        }
    } else {
        step = round_step(length, wanted).max(1.0);
    }
    let start = (first / step).ceil() as i64;
    let mut ticks: Vec<Tick> = (start..)
        .map(|i| i as f64 * step)
        .take_while(|&value| value < last - 0.6 * step)
        .take(60)
        .map(|value| (value, number(value, 1.0)))
        .collect();
    ticks.push((last, number(last, 1.0)));
    ticks
}

/// A number with as many decimals as the step needs; true minus, thin space between thousands.
fn number(value: f64, step: f64) -> String {
    let decimals = (-libm::floor(libm::log10(step))).clamp(0.0, 9.0) as usize;
    let text = format!("{:.decimals$}", value.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 && whole.len() > 4 {
            grouped.push('\u{2009}');
        }
        grouped.push(digit);
    }
    let sign = if value < 0.0 && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) { "\u{2212}" } else { "" };
    format!("{sign}{grouped}{rest}")
}

/// 0.01, 0.1, 1, 10, 100 in full; others as powers of ten.
fn power(value: f64, multiple: f64, decade: i64) -> String {
    if (-2..=3).contains(&decade) {
        return number(value, libm::exp10(decade.min(0) as f64));
    }
    let times = if multiple == 1.0 { String::new() } else { format!("{multiple}·") };
    format!("{times}{}", ten_to(decade))
}

fn ten_to(decade: i64) -> String {
    let digits = decade.unsigned_abs().to_string();
    let raised: String = digits
        .bytes()
        .map(|digit| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(digit - b'0')])
        .collect();
    let sign = if decade < 0 { "⁻" } else { "" };
    format!("10{sign}{raised}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(from: f64, to: f64, kind: ScaleKind, wanted: usize) -> String {
        let scale = Scale { from, to, kind, ticks: true };
        ticks(&scale, wanted).into_iter().map(|(_, label)| label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn labels_are_round_and_few() {
        assert_eq!(labels(-1.7, 1.8, ScaleKind::Linear, 4), "−1 0 1");
        assert_eq!(labels(0.0, 0.26, ScaleKind::Linear, 3), "0.0 0.1 0.2");
        assert_eq!(labels(0.0, 255.0, ScaleKind::Index, 8), "0 32 64 96 128 160 192 224 255");
        assert_eq!(labels(0.0, 20.0, ScaleKind::Linear, 4), "0 5 10 15 20");
        assert_eq!(labels(1e-3, 1.2, ScaleKind::Log, 4), "10⁻³ 0.01 0.1 1");
        assert_eq!(labels(0.08, 1.3, ScaleKind::Log, 4), "0.1 0.2 0.5 1");
        assert_eq!(labels(1e-16, 1.0, ScaleKind::Log, 4), "10⁻¹⁶ 10⁻¹² 10⁻⁸ 10⁻⁴ 1");
        assert_eq!(labels(0.0, 6.5e-5, ScaleKind::Linear, 3), "0 2·10⁻⁵ 4·10⁻⁵ 6·10⁻⁵");
        assert_eq!(labels(-1e-9, 1e-9, ScaleKind::Linear, 2), "−1·10⁻⁹ 0 1·10⁻⁹");
        assert_eq!(labels(0.0, 12000.0, ScaleKind::Linear, 3), "0 5000 10\u{2009}000");
    }
}
