//! Runs foreign code so that its faults stay its own.

use std::cell::Cell;
use std::sync::Once;

use crate::layout::engine::EngineError;

/// Stack of the engine, in bytes. It recurses along paths of the graph; pages that are not touched cost nothing.
const STACK: usize = 256 << 20;

thread_local! {
    /// Whether panics of this thread are expected and need no message.
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// Silences panics of threads that asked for it, and only of those.
fn install_quiet_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                usual(info);
            }
        }));
    });
}

/// Runs `work` on a thread of its own; a panic there becomes an error.
pub(super) fn run<T: Send>(work: impl FnOnce() -> Result<T, EngineError> + Send) -> Result<T, EngineError> {
    install_quiet_hook();
    std::thread::scope(|scope| {
        let quiet = || {
            QUIET.set(true);
            work()
        };
        let started = std::thread::Builder::new()
            .name("layout".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, quiet);
        match started {
            Ok(thread) => {
                thread.join().unwrap_or_else(|_| Err(EngineError::Failed("it panicked".to_owned())))
            }
            Err(error) => Err(EngineError::Failed(format!("no thread for it: {error}"))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::run;

    #[test]
    fn a_panic_becomes_an_error() {
        let result: Result<(), _> = run(|| panic!("on purpose"));
        assert_eq!(result.unwrap_err().to_string(), "the engine failed: it panicked");
        assert_eq!(run(|| Ok(1)), Ok(1));
    }
}
