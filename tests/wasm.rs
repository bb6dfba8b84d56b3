//! What only a browser can show: the wasm build computes the native build's bits, and figures draw on a real canvas.
#![cfg(target_arch = "wasm32")]

#[path = "digests/mod.rs"]
mod list;

use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn estimates_have_the_digests_of_the_native_build() {
    for (i, (computed, stored)) in list::computed().iter().zip(list::stored()).enumerate() {
        assert_eq!(*computed, stored, "Spec {i} of tests/digests/specs.json");
    }
}

#[wasm_bindgen_test]
fn a_sweep_has_the_digest_of_the_native_build() {
    assert_eq!(list::swept(), list::stored_swept());
}

#[wasm_bindgen_test]
fn a_sweeper_does_what_the_command_line_does() {
    use pursuit::web::Sweeper;
    let file = || js_sys::JSON::parse(include_str!("digests/sweep.json")).unwrap();
    let (worker, mut keeper) = (Sweeper::new(file()).unwrap(), Sweeper::new(file()).unwrap());
    let tasks = worker.next(false, 1000).unwrap().to_vec();
    assert_eq!(tasks.len(), 2 * 48);
    // Records come back in any order, and some twice.
    for task in tasks.chunks(2).rev().chain(tasks.chunks(2).take(5)) {
        let record = worker.trial(task[0] as usize, task[1] as usize).unwrap();
        keeper.add(js_sys::Array::of(&[record]).into()).unwrap();
    }
    assert_eq!((worker.trials(), keeper.trials()), (0, 48));
    assert_eq!(keeper.digest(), list::stored_swept()[0]);
    assert_eq!(keeper.next(false, 1000).unwrap().length(), 0);
    let mut loaded = Sweeper::new(file()).unwrap();
    loaded.add(keeper.records().unwrap().into()).unwrap();
    let text = |value| String::from(js_sys::JSON::stringify(&value).unwrap());
    assert_eq!(text(loaded.result().unwrap()), text(keeper.result().unwrap()));
    assert!(text(keeper.result().unwrap()).contains(&format!("\"digest\":\"{}\"", keeper.digest())));
    assert!(worker.next(true, 1000).unwrap().length() > 0);
    let complaint = worker.trial(99, 0).unwrap_err();
    assert_eq!(text(complaint), r#"{"field":"cell","message":"goes from 0 to 11, not 99"}"#);
}

#[wasm_bindgen_test]
fn a_figure_leaves_ink_on_a_canvas() {
    use pursuit::web::{Look, draw_axes, draw_data};
    let document = web_sys::window().unwrap().document().unwrap();
    let canvas: web_sys::HtmlCanvasElement = document.create_element("canvas").unwrap().unchecked_into();
    let js = |text: &str| js_sys::JSON::parse(text).unwrap();
    let look =
        Look::new(js(r##"{"font": "sans-serif", "colours": {"estimate": "#1466d6", "axis": "#7c818c"}}"##)).unwrap();
    let frame = js(r#"{"width": 200, "height": 100, "left": 36, "right": 8, "top": 8, "bottom": 24,
            "x": {"from": 0, "to": 7, "kind": "index", "ticks": true}, "y": {"from": -1, "to": 1, "ticks": true}}"#);
    let ink = |canvas: &web_sys::HtmlCanvasElement| {
        let context: web_sys::CanvasRenderingContext2d = canvas.get_context("2d").unwrap().unwrap().unchecked_into();
        let pixels = context.get_image_data(0.0, 0.0, 400.0, 200.0).unwrap().data();
        pixels.chunks(4).filter(|pixel| pixel[3] > 0).count()
    };
    draw_axes(canvas.clone(), frame.clone(), 2.0, &look).unwrap();
    assert_eq!((canvas.width(), canvas.height()), (400, 200));
    assert!(ink(&canvas) > 500);
    let figure = js(r#"{"kind": "stems", "estimate": [0, 1, 0, 0, -0.5, 0, 0, 0.25], "ended": true}"#);
    draw_data(canvas.clone(), figure, frame, 2.0, &look).unwrap();
    // Three stems with discs of radius 3.5 px, at two pixels to one.
    let stems = ink(&canvas);
    assert!((400..4000).contains(&stems), "{stems} pixels");
}
