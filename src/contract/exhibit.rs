//! Exhibits: what a method shows to people; and notes, for methods that have none.

use super::Claim;
use serde::Serialize;

/// Where a system was published.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Paper {
    /// Who wrote it, such as `Tropp and Gilbert`.
    pub authors: &'static str,
    /// Title.
    pub title: &'static str,
    /// Year.
    pub year: u16,
    /// Where to read it.
    pub link: &'static str,
}

/// Something to look at, in one panel.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Watch {
    /// The panel's id.
    pub panel: &'static str,
    /// One or two sentences; the panel's title stands in it between asterisks.
    pub text: &'static str,
}

/// An edit of the Spec that is worth making.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Try {
    /// What it does, as the words of a link.
    pub link: &'static str,
    /// What to ask oneself; reads on after the link.
    pub question: &'static str,
    /// The edit, as a JSON merge patch (RFC 7396) of the Spec.
    pub patch: &'static str,
}

/// What is said of a method that has no exhibit: a rival's or a variant's equation, and when it breaks.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Note {
    /// One formula, in TeX that KaTeX takes, in the notation of the method's own file.
    pub formula: &'static str,
    /// When it breaks, in a sentence or two for people.
    pub breaks: &'static str,
}

/// One system on show. Its text is for people; its Spec starts the lab.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Exhibit {
    /// Identifier in addresses and on the command line.
    pub id: &'static str,
    /// Number in the index of 119 systems; `None` for the classical foundations.
    pub n: Option<u32>,
    /// The lab.
    pub lab: &'static str,
    /// Title of the page.
    pub title: &'static str,
    /// The paper.
    pub paper: Paper,
    /// The idea in two or three sentences.
    pub idea: &'static str,
    /// One formula, in TeX.
    pub formula: &'static str,
    /// What follows from the formula, in a sentence.
    pub consequence: &'static str,
    /// Up to three things to watch.
    pub watch: &'static [Watch],
    /// Up to four edits to try.
    pub try_this: &'static [Try],
    /// When it breaks, in a sentence or two.
    pub breaks: &'static str,
    /// The starting Spec, as JSON.
    pub spec: &'static str,
    /// The phase diagram that shows its point, where its problem's does not: a sweep's file whose `spec` is a merge patch (RFC
    /// 7396) of the Spec that is swept, as in [`super::ProblemCard::sweep`].
    pub sweep: Option<&'static str>,
    /// Claims, each a test and a button.
    pub claims: &'static [Claim],
}
