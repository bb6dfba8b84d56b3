//! Figures on the page's canvases, and as SVG.

use super::canvas::PageCanvas;
use crate::figures::{self, Figure, Frame, Plot, Theme};
use plotters::prelude::{DrawingBackend, IntoDrawingArea};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use web_sys::HtmlCanvasElement;

fn read<T: DeserializeOwned>(value: JsValue) -> Result<T, JsValue> {
    serde_wasm_bindgen::from_value(value).map_err(JsValue::from)
}

fn report<T, E: std::fmt::Display>(outcome: Result<T, E>) -> Result<T, JsValue> {
    outcome.map_err(|error| JsValue::from_str(&error.to_string()))
}

/// Colours and typeface, read once and kept by the page.
#[wasm_bindgen]
pub struct Look(Theme);

#[wasm_bindgen]
impl Look {
    /// From `{font, colours: {name: "#rrggbb"}}`.
    ///
    /// # Errors
    /// When the value has another form.
    #[wasm_bindgen(constructor)]
    pub fn new(theme: JsValue) -> Result<Look, JsValue> {
        read(theme).map(Look)
    }
}

/// Draws the layer of axes on a canvas.
///
/// # Errors
/// When the frame has another form than [`Frame`], or the canvas no 2D context.
#[wasm_bindgen]
pub fn draw_axes(canvas: HtmlCanvasElement, frame: JsValue, ratio: f64, look: &Look) -> Result<(), JsValue> {
    let frame: Frame = read(frame)?;
    let root = PageCanvas::new(canvas, frame.width, frame.height, ratio)?.into_drawing_area();
    report(figures::draw_axes(&root, &frame, &look.0))?;
    report(root.present())
}

/// Draws the layer of data on a canvas.
///
/// # Errors
/// When figure or frame have another form than [`Figure`] and [`Frame`], or the canvas no 2D context.
#[wasm_bindgen]
pub fn draw_data(
    canvas: HtmlCanvasElement,
    figure: JsValue,
    frame: JsValue,
    ratio: f64,
    look: &Look,
) -> Result<(), JsValue> {
    let (figure, frame): (Figure, Frame) = (read(figure)?, read(frame)?);
    let mut canvas = PageCanvas::new(canvas, frame.width, frame.height, ratio)?;
    if matches!(figure, Figure::Heat(_)) {
        // The page paints maps itself, from `heat_pixels`.
        return report(canvas.present());
    }
    let root = canvas.into_drawing_area();
    report(figure.draw(&Plot::new(&root, &frame, &look.0)))?;
    report(root.present())
}

/// A heat map as RGBA bytes, one pixel an entry.
///
/// # Errors
/// When the figure is not a heat map.
#[wasm_bindgen]
pub fn heat_pixels(figure: JsValue, look: &Look) -> Result<Vec<u8>, JsValue> {
    match read(figure)? {
        Figure::Heat(heat) => Ok(figures::pixels(&heat, &look.0)),
        _ => Err(JsValue::from_str("this figure is not a heat map")),
    }
}

/// Axes and data as an SVG text.
///
/// # Errors
/// When figure or frame have another form.
#[wasm_bindgen]
pub fn svg(figure: JsValue, frame: JsValue, look: &Look) -> Result<String, JsValue> {
    Ok(figures::svg(&read(figure)?, &read(frame)?, &look.0))
}
