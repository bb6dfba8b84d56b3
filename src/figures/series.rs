//! Numbers on their way into a figure.

use serde::de::{Deserializer, Error, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;

/// A list of numbers that also arrives as raw bytes (little-endian doubles): a page hands over a typed array
/// in one copy, where a list would cross the border number by number.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Series(pub Vec<f64>);

impl Deref for Series {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Series {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Numbers;

        impl<'de> Visitor<'de> for Numbers {
            type Value = Series;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of numbers, or the bytes of one")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Series, E> {
                let (numbers, rest) = bytes.as_chunks::<8>();
                if !rest.is_empty() {
                    return Err(E::invalid_length(bytes.len(), &"a multiple of eight bytes"));
                }
                Ok(Series(numbers.iter().map(|&number| f64::from_le_bytes(number)).collect()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Series, A::Error> {
                let mut numbers = Vec::new();
                while let Some(number) = list.next_element()? {
                    numbers.push(number);
                }
                Ok(Series(numbers))
            }
        }

        deserializer.deserialize_bytes(Numbers)
    }
}
