//! Each route as its bytes, whatever it shows.

pub(crate) mod card;
mod errors;
mod hosts;
mod redirects;
mod sitemap;
mod twin;
