//! What a page draws → its signs and where they stand.

use std::collections::HashMap;
use std::mem;
use std::rc::Rc;

use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction;
use hayro_syntax::object::{Array, Dict, Name, Number, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};

use super::budget::Budget;
use super::font::Font;
use super::matrix::Matrix;

/// Drawings within drawings.
const DEEPEST: usize = 12;
/// States kept at once.
const MOST_STATES: usize = 256;

/// A sign on a page, seen with the lines from left to right and the page from top to bottom.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: Option<String>,
    /// Where it begins, and its base line.
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) size: f64,
    /// Whether it stands in a column, from top to bottom.
    pub(super) is_vertical: bool,
}

/// Fonts by the object that they are, so that one of many pages is read once.
pub(super) type Fonts = HashMap<(u32, i32), Option<Rc<Font>>>;

#[derive(Clone)]
struct State {
    place: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    /// Between signs, and between words.
    apart: f64,
    words_apart: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

struct Reader<'r> {
    glyphs: Vec<Glyph>,
    fonts: &'r mut Fonts,
    budget: &'r mut Budget,
    state: State,
    states: Vec<State>,
    line: Matrix,
    text: Matrix,
    /// The drawings in which the reader is.
    drawn: Vec<ObjectIdentifier>,
}

/// The signs of a page.
pub(super) fn glyphs(page: &Page<'_>, fonts: &mut Fonts, budget: &mut Budget) -> Vec<Glyph> {
    let mut reader = Reader {
        glyphs: Vec::new(),
        fonts,
        budget,
        state: State {
            place: Matrix(page.initial_transform(true).as_coeffs()),
            font: None,
            size: 1.0,
            apart: 0.0,
            words_apart: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        },
        states: Vec::new(),
        line: Matrix::SAME,
        text: Matrix::SAME,
        drawn: Vec::new(),
    };
    let contents = match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => reader.budget.unpacked(&stream).unwrap_or_default(),
        Some(Object::Array(parts)) => {
            let mut all = Vec::new();
            for part in parts.iter::<Stream<'_>>() {
                all.extend(reader.budget.unpacked(&part).unwrap_or_default());
                all.push(b'\n');
            }
            all
        }
        _ => Vec::new(),
    };
    reader.read(&contents, page.resources(), 0);
    let (width, height) = page.render_dimensions();
    let is_on_page = |glyph: &Glyph| {
        let within = |at: f64, most: f32| at > -glyph.size && at < f64::from(most) + glyph.size;
        within(glyph.x, width) && within(glyph.y, height)
    };
    // Columns lie as lines do once the page is turned.
    let turned = |mut glyph: Glyph| {
        if glyph.is_vertical {
            (glyph.x, glyph.y) = (glyph.y, f64::from(width) - glyph.x);
        }
        glyph
    };
    reader
        .glyphs
        .into_iter()
        .filter(is_on_page)
        .map(turned)
        .collect()
}

impl Reader<'_> {
    fn read(&mut self, contents: &[u8], resources: &Resources<'_>, depth: usize) {
        let mut steps = TypedIter::new(contents);
        while let Some(step) = steps.next() {
            if !self.budget.step() {
                return;
            }
            self.take(&step, resources, depth);
        }
    }

    fn take(&mut self, step: &TypedInstruction<'_, '_>, resources: &Resources<'_>, depth: usize) {
        let number = |number: &Number| number.as_f64();
        match step {
            TypedInstruction::SaveState(_) if self.states.len() < MOST_STATES => {
                self.states.push(self.state.clone());
            }
            TypedInstruction::RestoreState(_) => {
                self.state = self.states.pop().unwrap_or_else(|| self.state.clone());
            }
            TypedInstruction::Transform(t) => {
                let matrix = Matrix([&t.0, &t.1, &t.2, &t.3, &t.4, &t.5].map(number));
                self.state.place = matrix.then(self.state.place);
            }
            TypedInstruction::XObject(drawing) => self.drawing(drawing.0, resources, depth),
            TypedInstruction::BeginText(_) => {
                self.line = Matrix::SAME;
                self.text = Matrix::SAME;
            }
            TypedInstruction::CharacterSpacing(to) => self.state.apart = number(&to.0),
            TypedInstruction::WordSpacing(to) => self.state.words_apart = number(&to.0),
            TypedInstruction::HorizontalScaling(to) => self.state.stretch = number(&to.0) / 100.0,
            TypedInstruction::TextLeading(to) => self.state.leading = number(&to.0),
            TypedInstruction::TextRise(to) => self.state.rise = number(&to.0),
            TypedInstruction::TextFont(font) => {
                self.state.size = number(&font.1);
                self.state.font = self.font(font.0, resources);
            }
            TypedInstruction::NextLine(to) => self.next_line(number(&to.0), number(&to.1)),
            TypedInstruction::NextLineAndSetLeading(to) => {
                self.state.leading = -number(&to.1);
                self.next_line(number(&to.0), number(&to.1));
            }
            TypedInstruction::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            TypedInstruction::SetTextMatrix(t) => {
                self.line = Matrix([&t.0, &t.1, &t.2, &t.3, &t.4, &t.5].map(number));
                self.text = self.line;
            }
            TypedInstruction::ShowText(text) => self.show(text.0),
            TypedInstruction::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0);
            }
            TypedInstruction::ShowTextWithParameters(text) => {
                self.state.words_apart = number(&text.0);
                self.state.apart = number(&text.1);
                self.next_line(0.0, -self.state.leading);
                self.show(text.2);
            }
            TypedInstruction::ShowTexts(texts) => self.show_each(texts.0),
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::moved(x, y).then(self.line);
        self.text = self.line;
    }

    fn show_each(&mut self, texts: &Array<'_>) {
        for part in texts.iter::<Object<'_>>() {
            match part {
                Object::String(text) => self.show(&text),
                Object::Number(back) => self.advance(-back.as_f64() / 1000.0 * self.state.size),
                _ => {}
            }
        }
    }

    /// Goes on by so much, in the measure of the text.
    fn advance(&mut self, by: f64) {
        let is_vertical = self
            .state
            .font
            .as_ref()
            .is_some_and(|font| font.is_vertical());
        let step = if is_vertical {
            Matrix::moved(0.0, by)
        } else {
            Matrix::moved(by * self.state.stretch, 0.0)
        };
        self.text = step.then(self.text);
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else {
            return;
        };
        let is_vertical = font.is_vertical();
        font.signs(bytes, |sign| {
            let State {
                size, rise, apart, ..
            } = self.state;
            let place = Matrix::moved(0.0, rise)
                .then(self.text)
                .then(self.state.place);
            let (along, across) = place.scales();
            let (x, y) = place.origin();
            let spaced = apart
                + if sign.is_blank {
                    self.state.words_apart
                } else {
                    0.0
                };
            let width = sign.advance * size;
            let glyph = Glyph {
                text: sign.text,
                x,
                y,
                width: (width * along * self.state.stretch).abs(),
                size: (size * across).abs(),
                is_vertical,
            };
            if [glyph.x, glyph.y, glyph.width, glyph.size]
                .iter()
                .all(|at| at.is_finite())
                && self.budget.sign(glyph.text.as_deref())
            {
                self.glyphs.push(glyph);
            }
            // Columns go down.
            self.advance(if is_vertical {
                -width - spaced
            } else {
                width + spaced
            });
        });
    }

    fn font(&mut self, name: &Name<'_>, resources: &Resources<'_>) -> Option<Rc<Font>> {
        let dict = resources.get_font(name)?;
        let read = |budget: &mut Budget| Font::read(&dict, budget).map(Rc::new);
        match dict.obj_id() {
            Some(id) => {
                let key = (id.obj_number, id.gen_number);
                if let Some(font) = self.fonts.get(&key) {
                    return font.clone();
                }
                let font = read(self.budget);
                self.fonts.insert(key, font.clone());
                font
            }
            None => read(self.budget),
        }
    }

    fn drawing(&mut self, name: &Name<'_>, resources: &Resources<'_>, depth: usize) {
        let Some(stream) = resources.get_x_object(name).filter(|_| depth < DEEPEST) else {
            return;
        };
        let dict = stream.dict();
        if dict
            .get::<Name<'_>>("Subtype")
            .is_none_or(|kind| kind.as_str() != "Form")
        {
            return;
        }
        // One that draws itself is drawn once.
        let id = stream.obj_id();
        if self.drawn.contains(&id) || !self.budget.drawing() {
            return;
        }
        let Some(contents) = self.budget.unpacked(&stream) else {
            return;
        };
        self.drawn.push(id);
        // A drawing takes no state that was kept before it, and leaves none.
        let before = (self.state.clone(), self.line, self.text);
        let kept = mem::take(&mut self.states);
        if let Some(matrix) = dict.get::<[f64; 6]>("Matrix") {
            self.state.place = Matrix(matrix).then(self.state.place);
        }
        match dict.get::<Dict<'_>>("Resources") {
            Some(own) => self.read(&contents, &Resources::new(own), depth + 1),
            None => self.read(&contents, resources, depth + 1),
        }
        (self.state, self.line, self.text) = before;
        self.states = kept;
        self.drawn.pop();
    }
}
