//! What this machine can do at most on one thread, whatever the kernel.

use super::clock::seconds;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hint::black_box;
use wide::f64x4;

/// Bits of a register in this build.
pub const WIDTH: usize = if cfg!(target_feature = "avx") { 256 } else { 128 };

/// Chains of operations that do not wait for each other: as many as sixteen registers hold beside two constants.
const CHAINS: usize = if cfg!(target_feature = "avx") { 12 } else { 6 };

/// Multiplications and additions of f64 in a second, in registers alone.
pub fn peak() -> f64 {
    const ROUNDS: usize = 1000;
    let time = seconds(&mut || {
        let (factor, term) = (black_box(f64x4::splat(0.999)), black_box(f64x4::splat(0.001)));
        let mut chains = black_box([f64x4::ONE; CHAINS]);
        for _ in 0..ROUNDS {
            for value in &mut chains {
                *value = *value * factor + term;
            }
        }
        black_box(chains);
    });
    (2 * 4 * CHAINS * ROUNDS) as f64 / time
}

/// Bytes a second at which one thread reads so many of them again and again, from wherever they then lie.
pub fn read(bytes: usize) -> f64 {
    thread_local! {
        static KNOWN: RefCell<BTreeMap<usize, f64>> = const { RefCell::new(BTreeMap::new()) };
    }
    if let Some(rate) = KNOWN.with_borrow(|known| known.get(&bytes).copied()) {
        return rate;
    }
    let values = vec![f64x4::ONE; bytes.div_ceil(32).next_multiple_of(4)];
    let time = seconds(&mut || {
        let mut sums = [f64x4::ZERO; 4];
        for four in black_box(&values).as_chunks::<4>().0 {
            for (sum, value) in sums.iter_mut().zip(four) {
                *sum += *value;
            }
        }
        black_box(sums);
    });
    let rate = (32 * values.len()) as f64 / time;
    KNOWN.with_borrow_mut(|known| known.insert(bytes, rate));
    rate
}
