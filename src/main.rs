//! The command line, `pursuit`. Everything is in [`pursuit::cli`]; the browser has no command line.

#[cfg(not(target_os = "unknown"))]
fn main() -> std::process::ExitCode {
    pursuit::cli::main()
}

#[cfg(target_os = "unknown")]
fn main() {}
