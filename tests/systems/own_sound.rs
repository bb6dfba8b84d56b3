//! Sound of one's own: WAV files at any rate, numbers, and what is no sound.

use hound::{SampleFormat, WavSpec, WavWriter};
use pursuit::contract::{Complaint, Files, Instance, NoFiles, Spec};
use pursuit::labs::recovery::declipping::DeclippingInstance;
use pursuit::labs::registry;
use serde_json::{Value, json};
use std::f64::consts::TAU;
use std::io::Cursor;
use std::sync::Arc;

/// One file, whatever it is called.
struct One(Vec<u8>);

impl Files for One {
    fn read(&self, _: &str) -> Result<Vec<u8>, Complaint> {
        Ok(self.0.clone())
    }
}

fn instance(problem: &Value, files: &dyn Files) -> Result<Arc<dyn Instance>, Complaint> {
    let mut problem = problem.clone();
    problem["id"] = json!("declipping");
    let spec = json!({"v": 1, "problem": problem, "methods": [{"id": "spade-declipping"}]});
    Spec::from_value(spec, registry())?.instance(registry(), files)
}

fn truth(problem: &Value, files: &dyn Files) -> Vec<f64> {
    let instance = instance(problem, files).expect("an instance");
    let declipping: &DeclippingInstance = instance.as_any().downcast_ref().expect("an instance of declipping");
    declipping.truth.clone()
}

fn complaint(sound: &Value, files: &dyn Files) -> String {
    instance(&json!({"data": {"sound": sound}}), files).err().expect("a complaint").to_string()
}

fn tone(rate: f64, samples: usize) -> Vec<f64> {
    (0..samples).map(|t| 0.5 * (TAU * 440.0 * t as f64 / rate).sin()).collect()
}

/// A WAV file of two channels, of which the second one is silent.
fn stereo(rate: u32, sound: &[f64]) -> Vec<u8> {
    let spec = WavSpec { channels: 2, sample_rate: rate, bits_per_sample: 16, sample_format: SampleFormat::Int };
    let mut bytes = Cursor::new(Vec::new());
    let mut writer = WavWriter::new(&mut bytes, spec).expect("a writer");
    for sample in sound {
        writer.write_sample((32_000.0 * sample) as i16).expect("a sample");
        writer.write_sample(0_i16).expect("a sample");
    }
    writer.finalize().expect("a file");
    bytes.into_inner()
}

#[test]
fn a_wav_file_is_mixed_down_brought_to_the_rate_and_scaled() {
    let file = One(stereo(44_100, &tone(44_100.0, 44_100)));
    let truth = truth(&json!({"seconds": 0.5, "data": {"sound": "a.wav"}}), &file);
    assert_eq!(truth.len(), 8000);
    let peak = truth.iter().fold(0.0_f64, |peak, x| peak.max(x.abs()));
    let wanted = tone(16_000.0, truth.len());
    assert!((peak - 1.0).abs() < 1e-12);
    assert!((200..7800).all(|t| (truth[t] - 2.0 * wanted[t]).abs() < 5e-3));
}

#[test]
fn a_short_sound_is_as_long_as_it_is_and_a_long_one_as_long_as_asked() {
    let numbers = json!(tone(16_000.0, 800));
    let length = |seconds: f64| truth(&json!({"seconds": seconds, "data": {"sound": numbers}}), &NoFiles).len();
    assert_eq!((length(3.0), length(0.05), length(0.02)), (800, 800, 320));
}

#[test]
fn numbers_in_a_column_of_text_are_samples() {
    let text: String = tone(16_000.0, 400).iter().map(|x| format!("{x}\n")).collect();
    assert_eq!(truth(&json!({"data": {"sound": "a.csv"}}), &One(text.into_bytes())).len(), 400);
}

#[test]
fn what_is_no_sound_gets_a_sentence() {
    let begins = |said: String, words: &str| assert!(said.starts_with(words), "{said}");
    begins(complaint(&json!(vec![0.0; 400]), &NoFiles), "problem.data.sound: is silent");
    begins(complaint(&json!(vec![0.5; 40]), &NoFiles), "problem.data.sound: takes 320 samples at least, not 40");
    begins(complaint(&json!([[1.0, 2.0], [3.0, 4.0]]), &NoFiles), "problem.data.sound: takes one row or one column");
    begins(complaint(&json!("a.wav"), &NoFiles), "problem.data.sound: names the file");
    let mut cut = stereo(16_000, &tone(16_000.0, 4000));
    cut.truncate(1000);
    begins(complaint(&json!("a.wav"), &One(cut)), "problem.data.sound: a.wav ends before its sound does");
    begins(
        complaint(&json!("a.wav"), &One(b"RIFX, and more of what is no sound at all".to_vec())),
        "problem.data.sound: ",
    );
}
