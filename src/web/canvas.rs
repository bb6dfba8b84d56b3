//! A plotters backend for one HTML canvas of the page.
//!
//! plotters-canvas draws; around it stand the three things that a page with several live figures needs: the
//! screen's pixel ratio (one transform, so that figures keep their own units), lines of one style drawn in one
//! path (a path a line costs most of a frame), and text sizes from the canvas itself (plotters would append an
//! element to the document and measure that).

use crate::figures::UNIT;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

type Error = <CanvasBackend as DrawingBackend>::ErrorType;
type Outcome = Result<(), DrawingErrorKind<Error>>;

/// Colour and width of a stroke.
#[derive(Clone, Copy, PartialEq)]
struct Stroke {
    rgb: (u8, u8, u8),
    alpha: f64,
    width: u32,
}

/// A canvas in the units of [`crate::figures`].
pub struct PageCanvas {
    inner: CanvasBackend,
    context: CanvasRenderingContext2d,
    size: (u32, u32),
    /// The style of the path that is open, if one is.
    open: Option<Stroke>,
}

impl PageCanvas {
    /// Clears the canvas and sets it up for `width x height` CSS pixels at the given pixel ratio.
    ///
    /// # Errors
    /// When the element has no 2D context.
    pub fn new(canvas: HtmlCanvasElement, width: f64, height: f64, ratio: f64) -> Result<Self, JsValue> {
        let context: CanvasRenderingContext2d =
            canvas.get_context("2d")?.ok_or("this canvas has no 2D context")?.dyn_into()?;
        let pixels = |length: f64| (length * ratio).round().clamp(1.0, 16_384.0) as u32;
        // Setting a size clears a canvas and resets its state, so it is done only when the size differs.
        if canvas.width() != pixels(width) || canvas.height() != pixels(height) {
            canvas.set_width(pixels(width));
            canvas.set_height(pixels(height));
        }
        context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)?;
        context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
        context.set_transform(ratio / UNIT, 0.0, 0.0, ratio / UNIT, 0.0, 0.0)?;
        context.set_line_join("round");
        let inner = CanvasBackend::with_canvas_object(canvas).ok_or("this canvas has no 2D context")?;
        let units = |length: f64| (length * UNIT).round() as u32;
        Ok(Self { inner, context, size: (units(width), units(height)), open: None })
    }

    /// Makes `style` the style of the open path, stroking what is open in another.
    fn continue_path<S: BackendStyle>(&mut self, style: &S) {
        let colour = style.color();
        let stroke = Stroke { rgb: colour.rgb, alpha: colour.alpha, width: style.stroke_width() };
        if self.open == Some(stroke) {
            return;
        }
        self.finish_path();
        let (r, g, b) = stroke.rgb;
        self.context.set_stroke_style_str(&format!("rgba({r},{g},{b},{})", stroke.alpha));
        self.context.set_line_width(f64::from(stroke.width));
        self.context.begin_path();
        self.open = Some(stroke);
    }

    fn finish_path(&mut self) {
        if self.open.take().is_some() {
            self.context.stroke();
        }
    }
}

impl Drop for PageCanvas {
    fn drop(&mut self) {
        self.finish_path();
    }
}

impl DrawingBackend for PageCanvas {
    type ErrorType = Error;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Outcome {
        Ok(())
    }

    fn present(&mut self) -> Outcome {
        self.finish_path();
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Outcome {
        self.finish_path();
        self.inner.draw_pixel(point, colour)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Outcome {
        self.continue_path(style);
        for (i, (x, y)) in path.into_iter().enumerate() {
            if i == 0 {
                self.context.move_to(f64::from(x), f64::from(y));
            } else {
                self.context.line_to(f64::from(x), f64::from(y));
            }
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, (x, y): BackendCoord, radius: u32, style: &S, fill: bool) -> Outcome {
        if fill {
            self.finish_path();
            return self.inner.draw_circle((x, y), radius, style, true);
        }
        self.continue_path(style);
        let (x, y, radius) = (f64::from(x), f64::from(y), f64::from(radius));
        self.context.move_to(x + radius, y);
        // A negative radius is the only thing that `arc` refuses.
        let _ = self.context.arc(x, y, radius, 0.0, std::f64::consts::TAU);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Outcome {
        self.finish_path();
        self.inner.draw_rect(upper_left, bottom_right, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Outcome {
        self.finish_path();
        self.inner.fill_polygon(corners, style)
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Outcome {
        self.finish_path();
        self.inner.draw_text(text, style, at)
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Error>> {
        self.context.set_font(&format!("{} {}px {}", style.style().as_str(), style.size(), style.family().as_str()));
        let width = self.context.measure_text(text).map_or(0.0, |metrics| metrics.width());
        Ok((width.ceil() as u32, style.size().ceil() as u32))
    }
}
