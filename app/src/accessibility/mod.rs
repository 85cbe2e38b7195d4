//! The accessibility statement, made from fields so that none of its mandatory parts can be missing.
//! Source of the parts: lagen (2018:1937), förordningen (2018:1938) and Digg's instruction for statements.

pub mod page;

use jiff::civil::Date;
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Who answers for the service.
    pub actor: String,
    pub service: String,
    pub compliance: Compliance,
    pub compliance_description: Option<String>,
    /// The standard that the service is held against.
    pub standard: String,
    pub standard_description: Option<String>,
    pub lead: Option<String>,
    pub shortcomings: Vec<Shortcoming>,
    pub assessed: Date,
    pub updated: Date,
    pub method: Method,
    pub method_description: String,
    /// How to report a shortcoming: a sentence, and the page that leads there.
    pub report: (String, String),
    /// How to complain to the supervisory authority: a sentence, and the address of its form.
    pub supervision: (String, String),
    /// Exempted as disproportionately burdensome (12 §).
    pub burdensome: Vec<Exemption>,
    /// Outside the act (9 §).
    pub outside: Vec<Exemption>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compliance {
    Full,
    Partial,
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    SelfAssessment,
    External,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortcoming {
    pub content: String,
    pub reason: String,
    pub mended_by: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    pub content: String,
    pub reason: String,
}

/// What the statement needs from the world.
pub trait Accessibility: Send + Sync {
    /// `None` while no valid statement has been published.
    fn statement(&self) -> Option<Arc<Statement>>;
}
