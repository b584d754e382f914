//! A handle can't go to another thread.

use hpy::{Context, Handle};

fn spawn(value: Handle<'_>) {
    std::thread::spawn(move || drop(value)); //~ cannot be sent between threads safely
}

fn scoped(ctx: Context<'_>) {
    std::thread::scope(|scope| {
        scope.spawn(|| drop(ctx.none())); //~ cannot be shared between threads safely
    });
}

fn main() {}
