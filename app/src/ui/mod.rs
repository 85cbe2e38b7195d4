//! Parts that several pages share.

pub mod contents;
pub mod crumbs;
pub mod day;
pub mod external;
pub mod field;
pub mod moment;
pub mod notice;
pub mod pager;
pub mod paragraphs;
pub mod phone;
pub mod qr_code;
pub mod table;
pub mod text_area;
