//! QR codes (ISO/IEC 18004), drawn as what they are: black bars on white, on paper and on the screen.

use super::writing::plain;
use anyhow::Context;
use app::ui::qr_code::QrCode;
use fast_qr::{ECL, QRBuilder, QRCode};
use std::fmt::Write;

pub struct Code {
    text: String,
    code: Box<QRCode>,
}

/// Light modules that the standard asks for on each side.
const MARGIN: usize = 4;

impl Code {
    /// A seventh of it may be worn off. Fails only for a text of more than two thousand bytes.
    pub fn of(text: &str) -> anyhow::Result<Self> {
        let text = plain(text);
        let code =
            QRBuilder::new(text.as_bytes()).ecl(ECL::M).build().context("the address is too long for a QR code")?;
        Ok(Self { text, code: Box::new(code) })
    }

    /// For a page.
    pub fn picture(&self) -> QrCode {
        let mut path = String::new();
        for [left, top, width, height] in self.bars() {
            let _ = write!(path, "M{left} {top}h{width}v{height}h-{width}z");
        }
        QrCode { side: self.code.size + 2 * MARGIN, bars: path }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Modules on a side, with the white margin.
    pub fn side(&self) -> f32 {
        (self.code.size + 2 * MARGIN) as f32
    }

    /// How wide the white margin of a code of that side is.
    pub fn margin(&self, side: f32) -> f32 {
        side * MARGIN as f32 / self.side()
    }

    /// Left, top, width and height of each run of dark modules, in modules.
    pub fn bars(&self) -> Vec<[f32; 4]> {
        let mut bars = Vec::new();
        for row in 0..self.code.size {
            let modules = &self.code[row];
            let mut at = 0;
            while at < modules.len() {
                let dark = modules[at].value();
                let run = modules[at..].iter().take_while(|module| module.value() == dark).count();
                if dark {
                    bars.push([(at + MARGIN) as f32, (row + MARGIN) as f32, run as f32, 1.0]);
                }
                at += run;
            }
        }
        bars
    }
}
