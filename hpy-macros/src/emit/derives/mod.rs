//! `#[derive(hpy::FromPython)]`, `#[derive(hpy::IntoPython)]` and `#[derive(hpy::Fields)]`.

pub(super) mod conversions;
pub(super) mod fields;
