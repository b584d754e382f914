//! Counts the live values of a topic's classes.

/// Makes `Alive`, to be put into the values that count: `Alive::new()`; `Alive::count()` says how many there are.
macro_rules! counted {
    () => {
        static ALIVE: ::std::sync::atomic::AtomicUsize = ::std::sync::atomic::AtomicUsize::new(0);

        /// Counts those that are alive.
        struct Alive;

        impl Alive {
            fn new() -> Self {
                ALIVE.fetch_add(1, ::std::sync::atomic::Ordering::Relaxed);
                Alive
            }

            fn count() -> usize {
                ALIVE.load(::std::sync::atomic::Ordering::Relaxed)
            }
        }

        impl Drop for Alive {
            fn drop(&mut self) {
                ALIVE.fetch_sub(1, ::std::sync::atomic::Ordering::Relaxed);
            }
        }
    };
}

pub(crate) use counted;
