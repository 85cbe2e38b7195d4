//! A document being written: its pages, what is drawn on them, and what that is to somebody who hears it.
//!
//! Measures are points from the upper left corner; [`mm`] makes them from millimetres.

use super::code::Code;
use super::writing::{Block, Style, plain};
use anyhow::{Context, anyhow};
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, BBox, ContentTag, Identifier, Node, SpanTag, Tag, TagGroup, TagKind, TagTree,
};
use krilla::text::KrillaGlyph;
use krilla::{Document, SerializeSettings};
use std::num::NonZeroU16;

/// Red, green and blue.
#[derive(Debug, Clone, Copy)]
pub struct Colour(u8, u8, u8);

pub const INK: Colour = Colour(0x1b, 0x23, 0x22);
pub const SOFT: Colour = Colour(0x47, 0x50, 0x4e);
pub const PINE: Colour = Colour(0x12, 0x49, 0x4c);
pub const HONEY: Colour = Colour(0xf3, 0xc7, 0x54);
pub const LINE: Colour = Colour(0xa9, 0xb2, 0xac);
pub const WHITE: Colour = Colour(0xff, 0xff, 0xff);
/// For what a machine reads.
const BLACK: Colour = Colour(0, 0, 0);

pub const fn mm(millimetres: f32) -> f32 {
    millimetres * 72.0 / 25.4
}

/// Width and height of A4.
pub const UPRIGHT: (f32, f32) = (mm(210.0), mm(297.0));
pub const LYING: (f32, f32) = (mm(297.0), mm(210.0));

pub struct Paper {
    title: String,
    document: Document,
    tags: TagTree,
    outline: Outline,
    pages: usize,
}

impl Paper {
    /// The title is shown by the reader's program; a file without one is not accessible.
    pub fn new(title: &str, otherwise: &str) -> anyhow::Result<Self> {
        let configuration = ConfigurationBuilder::new()
            .with_accessibility_validator(Accessibility::UA1)
            .finish()
            .map_err(|wrong| anyhow!("PDF/UA-1 is not to be had: {wrong:?}"))?;
        let title = plain(title);
        Ok(Self {
            title: if title.is_empty() { otherwise.to_owned() } else { title },
            document: Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() }),
            tags: TagTree::new().with_lang(Some("sv".into())),
            outline: Outline::new(),
            pages: 0,
        })
    }

    pub fn title(&self) -> &str {
        &self.title
    }

    /// A new page, listed among the document's bookmarks.
    pub fn page<T>(
        &mut self,
        size: (f32, f32),
        bookmark: &str,
        draw: impl FnOnce(&mut Sheet) -> T,
    ) -> anyhow::Result<T> {
        self.linked_page(size, bookmark, None, |sheet, _| draw(sheet))
    }

    /// A page with a place that leads to an address: what is drawn there belongs with it into a tag.
    pub fn linked_page<T>(
        &mut self,
        (width, height): (f32, f32),
        bookmark: &str,
        link: Option<Link>,
        draw: impl FnOnce(&mut Sheet, Option<Identifier>) -> T,
    ) -> anyhow::Result<T> {
        let start = XyzDestination::new(self.pages, Point::from_xy(0.0, 0.0));
        self.outline.push_child(OutlineNode::new(plain(bookmark), start));
        let settings = PageSettings::from_wh(width, height).context("a page has a size")?;
        let mut page = self.document.start_page_with(settings);
        let link = link.and_then(|link| link.of(&mut page));
        let drawn = draw(&mut Sheet { surface: page.surface(), page: self.pages }, link);
        self.pages += 1;
        Ok(drawn)
    }

    /// The next part in the order of reading.
    pub fn add(&mut self, part: TagGroup) {
        self.tags.push(part);
    }

    /// A page that says one thing, where there is nothing else to print.
    pub fn note(&mut self, text: &str) -> anyhow::Result<()> {
        let block = Block::wrapped(text, Style::regular(14.0), UPRIGHT.0 - 2.0 * mm(20.0));
        let nodes = self.page(UPRIGHT, text, |sheet| sheet.write(&block, mm(20.0), mm(20.0), INK))?;
        self.tags.push(TagGroup::with_children(Tag::P, nodes));
        Ok(())
    }

    pub fn finish(mut self) -> anyhow::Result<Vec<u8>> {
        self.document.set_metadata(Metadata::new().title(self.title).language("sv".into()).creator("Frid".into()));
        self.document.set_outline(self.outline);
        self.document.set_tag_tree(self.tags);
        // Its Display tells only how many faults there are.
        self.document.finish().map_err(|wrong| anyhow!("the PDF is not accessible: {wrong:?}"))
    }
}

/// What is drawn on a page.
pub struct Sheet<'a> {
    surface: Surface<'a>,
    /// Counted from 0.
    page: usize,
}

impl Sheet<'_> {
    /// Text that is part of what the document says. The result belongs into a tag, even if there was nothing to write.
    pub fn write(&mut self, block: &Block, left: f32, top: f32, colour: Colour) -> Vec<Node> {
        let mut parts = Vec::new();
        for (glyphs, below) in block.lines() {
            parts.push(self.surface.start_tagged(ContentTag::Span(SpanTag::empty())).into());
            self.draw(block, glyphs, left, top + below, colour);
            self.surface.end_tagged();
        }
        parts
    }

    /// Something to tag where nothing stands: a cell of a table is one even when it is empty.
    pub fn write_nothing(&mut self) -> Node {
        let nothing = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
        self.surface.end_tagged();
        nothing.into()
    }

    /// Text that was said elsewhere already, such as a table's head on each further page.
    pub fn repeat(&mut self, block: &Block, left: f32, top: f32, colour: Colour) {
        self.beside(ArtifactType::PaginationOther, |sheet| {
            for (glyphs, below) in block.lines() {
                sheet.draw(block, glyphs, left, top + below, colour);
            }
        });
    }

    /// A filled rectangle that says nothing.
    pub fn decorate(&mut self, kind: ArtifactType, colour: Colour, rectangles: impl IntoIterator<Item = [f32; 4]>) {
        self.beside(kind, |sheet| sheet.fill(colour, rectangles));
    }

    /// A square with the code and the white margin that it needs.
    pub fn code(&mut self, code: &Code, left: f32, top: f32, side: f32) -> TagGroup {
        let picture = self.surface.start_tagged(ContentTag::Other);
        let module = side / code.side();
        self.surface.push_transform(&Transform::from_row(module, 0.0, 0.0, module, left, top));
        self.fill(BLACK, code.bars());
        self.surface.pop();
        self.surface.end_tagged();
        let place = Rect::from_xywh(left, top, side, side).map(|place| BBox::new(self.page, place));
        let figure = Tag::Figure(Some(format!("QR-kod som leder till {}", code.text()))).with_bbox(place);
        TagGroup::with_children(figure, vec![picture.into()])
    }

    fn beside(&mut self, kind: ArtifactType, draw: impl FnOnce(&mut Self)) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
        draw(self);
        self.surface.end_tagged();
    }

    fn draw(&mut self, block: &Block, glyphs: &[KrillaGlyph], left: f32, baseline: f32, colour: Colour) {
        self.surface.set_fill(Some(colour.fill()));
        let start = Point::from_xy(left, baseline);
        self.surface.draw_glyphs(start, glyphs, block.weight.font(), block.text(), block.size, false);
    }

    /// Left, top, width and height of each.
    fn fill(&mut self, colour: Colour, rectangles: impl IntoIterator<Item = [f32; 4]>) {
        let mut path = PathBuilder::new();
        for [left, top, width, height] in rectangles {
            if let Some(rectangle) = Rect::from_xywh(left, top, width, height) {
                path.push_rect(rectangle);
            }
        }
        if let Some(path) = path.finish() {
            self.surface.set_fill(Some(colour.fill()));
            self.surface.draw_path(&path);
        }
    }
}

impl Colour {
    fn fill(self) -> Fill {
        Fill { paint: rgb::Color::new(self.0, self.1, self.2).into(), ..Fill::default() }
    }
}

/// A place that leads to an address.
pub struct Link<'a> {
    pub address: &'a str,
    /// Left, top, width and height.
    pub place: [f32; 4],
}

impl Link<'_> {
    fn of(self, page: &mut Page<'_>) -> Option<Identifier> {
        let [left, top, width, height] = self.place;
        let place = Rect::from_xywh(left, top, width, height)?;
        let target = Target::Action(Action::Link(LinkAction::new(self.address.to_owned())));
        let said = format!("Öppna {}", self.address);
        Some(page.add_tagged_annotation(Annotation::new_link(LinkAnnotation::new(place, target), Some(said))))
    }
}

/// A part with its tag; none where there is nothing in it.
pub fn part(tag: impl Into<TagKind>, nodes: Vec<Node>) -> Option<TagGroup> {
    (!nodes.is_empty()).then(|| TagGroup::with_children(tag, nodes))
}

/// Level 1 or 2. The heading's own text goes along, as PDF/UA-1 asks.
pub fn heading(level: u16, block: &Block, nodes: Vec<Node>) -> Option<TagGroup> {
    part(Tag::Hn(NonZeroU16::MIN.saturating_add(level - 1), Some(block.text().to_owned())), nodes)
}
