//! The command `digest`: runs it and turns the result into an exit code, nothing else.

use std::process::ExitCode;

fn main() -> ExitCode {
    med_digest::cli::main(std::env::args_os())
}
