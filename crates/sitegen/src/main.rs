//! sitegen.
fn main() {}
