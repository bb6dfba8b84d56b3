//! wasm-bindgen's two command-line tools as one small program.
//!
//! Nobody has to install them, and they cannot be of another version than the library:
//! both come from the same `Cargo.lock`.

use std::ffi::OsString;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    let tool = (arguments.len() > 1).then(|| arguments.remove(1)).unwrap_or_default();
    // The program's name stays first: both tools skip it, as they do when started by themselves.
    let result = match tool.to_str() {
        Some("bindgen") => wasm_bindgen_cli::wasm_bindgen::run_cli_with_args(arguments),
        Some("test-runner") => wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(arguments),
        _ => {
            eprintln!("usage: xtask bindgen|test-runner <arguments of that wasm-bindgen tool>");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:?}");
            ExitCode::FAILURE
        }
    }
}
