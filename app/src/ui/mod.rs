//! Parts that several pages share.

pub mod crumbs;
pub mod day;
