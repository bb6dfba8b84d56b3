//! Colours, by the names that the page's tokens give them.

use plotters::style::RGBColor;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The page's colours and its typeface.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Theme {
    /// Typeface for ticks and labels.
    pub font: String,
    /// Colour tokens without their dashes, such as `estimate` or `seq-4`, as `#rrggbb`.
    pub colours: BTreeMap<String, String>,
}

/// Which map of colours a matrix is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// From nothing to all: `seq-0` to `seq-8`.
    Sequential,
    /// From negative over zero to positive: `div-0` to `div-8`.
    Diverging,
    /// From black to white.
    Grey,
}

impl Theme {
    /// The colour called `name`; mid-grey where the theme does not have it.
    pub fn colour(&self, name: &str) -> RGBColor {
        self.colours.get(name).and_then(|hex| parse(hex)).unwrap_or(RGBColor(124, 129, 140))
    }

    /// A table of 256 colours along a map, interpolated in Oklab between the nine stops.
    pub fn table(&self, scheme: Scheme) -> Vec<RGBColor> {
        let stop = |i: usize| match scheme {
            Scheme::Sequential => self.colour(&format!("seq-{i}")),
            Scheme::Diverging => self.colour(&format!("div-{i}")),
            Scheme::Grey => {
                let level = (i * 255 / 8) as u8;
                RGBColor(level, level, level)
            }
        };
        let stops: Vec<[f64; 3]> = (0..9).map(|i| to_oklab(stop(i))).collect();
        (0..256)
            .map(|i| {
                let place = f64::from(i) / 255.0 * 8.0;
                let low = (place as usize).min(7);
                let share = place - low as f64;
                from_oklab(std::array::from_fn(|c| stops[low][c] * (1.0 - share) + stops[low + 1][c] * share))
            })
            .collect()
    }
}

fn parse(hex: &str) -> Option<RGBColor> {
    let digits = hex.trim().strip_prefix('#')?;
    let value = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6)?;
    Some(RGBColor((value >> 16) as u8, (value >> 8) as u8, value as u8))
}

/// sRGB to Oklab (Ottosson 2020).
fn to_oklab(RGBColor(r, g, b): RGBColor) -> [f64; 3] {
    let linear = |channel: u8| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.04045 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    };
    let (r, g, b) = (linear(r), linear(g), linear(b));
    let l = libm::cbrt(0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b);
    let m = libm::cbrt(0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b);
    let s = libm::cbrt(0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b);
    [
        0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s,
    ]
}

fn from_oklab([lightness, a, b]: [f64; 3]) -> RGBColor {
    let cube = |x: f64| x * x * x;
    let l = cube(lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b);
    let m = cube(lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b);
    let s = cube(lightness - 0.089_484_177_5 * a - 1.291_485_548 * b);
    let channel = |linear: f64| {
        let c = if linear <= 0.003_130_8 { 12.92 * linear } else { 1.055 * libm::pow(linear, 1.0 / 2.4) - 0.055 };
        (c * 255.0).round().clamp(0.0, 255.0) as u8
    };
    RGBColor(
        channel(4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s),
        channel(-1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s),
        channel(-0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oklab_round_trips() {
        for colour in [RGBColor(0, 0, 0), RGBColor(255, 255, 255), RGBColor(20, 102, 214), RGBColor(204, 61, 10)] {
            let RGBColor(r, g, b) = from_oklab(to_oklab(colour));
            let near = |x: u8, y: u8| x.abs_diff(y) <= 1;
            assert!(near(r, colour.0) && near(g, colour.1) && near(b, colour.2), "{colour:?}");
        }
    }

    #[test]
    fn a_table_passes_through_its_stops() {
        let mut theme = Theme::default();
        for i in 0..9 {
            theme.colours.insert(format!("seq-{i}"), format!("#{0:02x}{0:02x}{0:02x}", i * 30));
        }
        let table = theme.table(Scheme::Sequential);
        assert_eq!((table[0].0, table[255].0), (0, 240));
        assert!(table.windows(2).all(|pair| pair[0].0 <= pair[1].0));
    }
}
