//! What can be seen of a run now: named panels of plain numbers.

use super::Table;
use crate::kernels::Scalar;
use num_complex::Complex64;
use serde::Serialize;
use std::borrow::Cow;

/// Numbers lent by a run, real or complex.
#[derive(Clone, Debug)]
pub enum Values<'a> {
    /// Real entries.
    Real(Cow<'a, [f64]>),
    /// Complex entries.
    Complex(Cow<'a, [Complex64]>),
}

impl<'a> Values<'a> {
    /// Lends a slice of either scalar type.
    pub fn lend<S: Scalar>(values: &'a [S]) -> Self {
        match (S::as_real(values), S::as_complex(values)) {
            (Some(real), _) => Values::Real(Cow::Borrowed(real)),
            (None, Some(complex)) => Values::Complex(Cow::Borrowed(complex)),
            (None, None) => unreachable!("a scalar is real or complex"),
        }
    }

    /// Gives away a vector of either scalar type.
    pub fn give<S: Scalar>(values: Vec<S>) -> Values<'static> {
        match Values::lend(&values) {
            Values::Real(v) => Values::Real(Cow::Owned(v.into_owned())),
            Values::Complex(v) => Values::Complex(Cow::Owned(v.into_owned())),
        }
    }

    /// Number of entries.
    pub fn len(&self) -> usize {
        match self {
            Values::Real(v) => v.len(),
            Values::Complex(v) => v.len(),
        }
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether every part of every entry is finite.
    pub fn is_finite(&self) -> bool {
        match self {
            Values::Real(v) => v.iter().all(|x| x.is_finite()),
            Values::Complex(v) => v.iter().all(|x| Scalar::is_finite(*x)),
        }
    }
}

/// How a panel is drawn. Each kind is one file of [`crate::figures`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A stem an entry, over the index axis.
    Stems,
    /// Bars an entry, over the index axis.
    Bars,
    /// A line a row over a shared axis. Of two rows the first is what is wanted and the second what is reached.
    Curves,
    /// A band and lines over a shared axis: rows are the band's lower and upper edge, what is expected, and, if there is a fourth, what is true.
    Band,
    /// A matrix as colours.
    Heat,
    /// A picture in shades of grey.
    Image,
    /// Points and lines in the plane: a row `(x, y, u, v, weight)` is a line from (x, y) to (u, v). A line of no length is a
    /// point: of the first cloud where its weight is positive, of the second where it is negative.
    Links,
    /// Rows and columns of numbers and words; see [`Table`].
    Table,
}

/// One axis of a panel: what it measures and in which unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Axis {
    /// What the axis measures, such as `index` or `correlation`.
    pub label: &'static str,
    /// The unit; empty where there is none.
    pub unit: &'static str,
    /// Whether the axis is logarithmic.
    pub log: bool,
}

impl Axis {
    /// A linear axis without a unit.
    pub const fn plain(label: &'static str) -> Self {
        Self { label, unit: "", log: false }
    }
}

/// Something pointed out within a panel.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Mark {
    /// The entry that the method takes next.
    Chosen {
        /// Its index.
        index: usize,
    },
    /// A level; entries above it (in modulus) matter to the method.
    Threshold {
        /// Its value on the vertical axis.
        value: f64,
    },
    /// A datum, in the units of the axes.
    Point {
        /// Its horizontal value.
        x: f64,
        /// Its vertical value.
        y: f64,
    },
}

/// Named plain numbers, with what is needed to draw them.
#[derive(Clone, Debug)]
pub struct Panel<'a> {
    /// Identifier within the exhibit, in kebab case.
    pub id: &'static str,
    /// What it is called on the page.
    pub title: &'static str,
    /// What it shows, in TeX between dollar signs where it is mathematics.
    pub caption: &'static str,
    /// How it is drawn.
    pub kind: Kind,
    /// Rows and columns of `values`, row by row; one row for a vector.
    pub shape: (usize, usize),
    /// The numbers.
    pub values: Values<'a>,
    /// Headings and words, where the kind is a table.
    pub table: Option<Table>,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis, or the colour scale of a map.
    pub y: Axis,
    /// What is pointed out.
    pub marks: Vec<Mark>,
}

impl<'a> Panel<'a> {
    /// A vector over the index axis.
    pub fn vector<S: Scalar>(
        (id, title, caption): (&'static str, &'static str, &'static str),
        kind: Kind,
        values: &'a [S],
    ) -> Self {
        Self {
            id,
            title,
            caption,
            kind,
            shape: (1, values.len()),
            values: Values::lend(values),
            table: None,
            x: Axis::plain("index"),
            y: Axis::plain("value"),
            marks: Vec::new(),
        }
    }

    /// The same panel with marks.
    #[must_use]
    pub fn with_marks(mut self, marks: impl IntoIterator<Item = Mark>) -> Self {
        self.marks.extend(marks);
        self
    }
}

/// The current value of a quantity that is plotted against the step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Trace {
    /// Its name in snake case: `residual`, `objective`, `duality_gap`, ...
    pub name: &'static str,
    /// Its value after this step.
    pub value: f64,
}

/// Something that happened in this step and is a tick on the timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// An index entered the support.
    Pick {
        /// The index.
        index: usize,
    },
    /// An index left the support.
    Drop {
        /// The index.
        index: usize,
    },
    /// Momentum was reset.
    Restart,
    /// An outer round began (new weights, a new penalty).
    Round {
        /// Its number, from 1.
        number: usize,
    },
}

/// Everything that can be seen of a run after a step. Arrays are lent, not copied.
#[derive(Clone, Debug)]
pub struct Observation<'a> {
    /// The unknown, as the method has it now.
    pub estimate: Values<'a>,
    /// The indices that the method holds active, ascending.
    pub support: Cow<'a, [usize]>,
    /// Quantities to plot against the step.
    pub traces: Vec<Trace>,
    /// The method's own panels, the same ones in the same order after every step.
    pub panels: Vec<Panel<'a>>,
    /// What happened in this step.
    pub events: Vec<Event>,
    /// Products with `A` or its adjoint so far, in full-vector units.
    pub products: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_lent_as_they_are() {
        let real = [1.0, -2.0];
        let Values::Real(Cow::Borrowed(lent)) = Values::lend(&real) else { panic!("real numbers are lent as real") };
        assert!(std::ptr::eq(lent, real.as_slice()));
        let complex = [Complex64::new(1.0, 2.0)];
        let Values::Complex(Cow::Borrowed(lent)) = Values::lend(&complex) else { panic!("and complex as complex") };
        assert!(std::ptr::eq(lent, complex.as_slice()));
        let Values::Real(Cow::Owned(given)) = Values::give(real.to_vec()) else { panic!("given numbers are owned") };
        assert_eq!(given, real);
    }

    #[test]
    fn one_part_that_is_not_finite_is_found() {
        assert!(Values::lend(&[0.0, f64::MAX]).is_finite());
        assert!(!Values::lend(&[0.0, f64::NAN]).is_finite());
        assert!(!Values::lend(&[Complex64::new(0.0, f64::INFINITY)]).is_finite());
        assert!(Values::lend::<f64>(&[]).is_finite() && Values::lend::<f64>(&[]).is_empty());
    }

    #[test]
    fn a_panel_of_a_vector_is_one_row() {
        let marks = [Mark::Chosen { index: 1 }, Mark::Threshold { value: 0.5 }];
        let panel = Panel::vector(("p", "P", "$p$"), Kind::Bars, &[1.0, 2.0, 3.0]).with_marks(marks[..1].to_vec());
        assert_eq!((panel.shape, panel.values.len()), ((1, 3), 3));
        assert_eq!(panel.with_marks(marks[1..].to_vec()).marks, marks);
    }
}
