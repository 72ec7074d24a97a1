//! Tests of `sitegen serve` over the loopback interface.

mod server;
mod pages;
mod saves;
mod folders;
mod browsers;
mod problems;
mod strangers;
mod policies;
mod ranges;
mod crowds;
mod raw;
mod requests;
