//! `#[derive(hpy::FromPython)]`, `#[derive(hpy::IntoPython)]`, `#[derive(hpy::Fields)]` and `#[derive(hpy::Traverse)]`.

pub(super) mod conversions;
pub(super) mod fields;
pub(super) mod traverse;
