//! The 119 published systems, built or not, and the list of exhibits that people see.

use crate::contract::{Exhibit, Paper, Registry};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::OnceLock;

/// The labs and the systems, from `systems.json`.
#[derive(Debug, Deserialize)]
pub struct Catalogue {
    /// The ten labs.
    pub labs: Vec<Lab>,
    /// The 119 systems in the order of their numbers.
    pub systems: Vec<System>,
}

/// A room of the house.
#[derive(Debug, Serialize, Deserialize)]
pub struct Lab {
    /// Identifier.
    pub id: String,
    /// What happens in it, in a line.
    pub about: String,
}

/// A published system.
#[derive(Debug, Serialize, Deserialize)]
pub struct System {
    /// Number, from 1.
    pub n: u32,
    /// Identifier in the registry, in addresses and on the command line.
    pub id: String,
    /// The lab that it belongs to.
    pub lab: String,
    /// Title of the paper.
    pub title: String,
    /// Where it was published, and the year.
    pub venue: Option<String>,
    /// Where to read it.
    pub link: Option<String>,
}

/// The catalogue, read once.
///
/// # Panics
/// When `systems.json` does not fit the types above, which a test excludes.
pub fn catalogue() -> &'static Catalogue {
    static CATALOGUE: OnceLock<Catalogue> = OnceLock::new();
    CATALOGUE.get_or_init(|| serde_json::from_str(include_str!("systems.json")).expect("systems.json fits its types"))
}

/// An exhibit in a list: a system of the catalogue, or one of the classical foundations.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// Identifier.
    pub id: &'static str,
    /// Number in the catalogue; `None` for a foundation.
    pub n: Option<u32>,
    /// The lab.
    pub lab: &'static str,
    /// Title of the page; the paper's until the exhibit is built.
    pub title: &'static str,
    /// The paper.
    pub paper: ListedPaper,
    /// Whether it can be opened and run.
    pub built: bool,
    /// The starting Spec; `None` until it is built.
    pub spec: Option<Value>,
}

/// What is known of a paper.
#[derive(Debug, Serialize)]
pub struct ListedPaper {
    /// Title.
    pub title: &'static str,
    /// Who wrote it.
    pub authors: Option<&'static str>,
    /// Where it was published, and the year.
    pub venue: Option<&'static str>,
    /// Year.
    pub year: Option<u16>,
    /// Where to read it.
    pub link: Option<&'static str>,
}

/// All systems of the catalogue by number, and then the foundations that `registry` has.
pub fn exhibits(registry: &Registry) -> Vec<Listed> {
    let built = |system: &System| registry.exhibits.iter().copied().find(|exhibit| exhibit.n == Some(system.n));
    let systems = catalogue().systems.iter().map(|system| match built(system) {
        Some(exhibit) => listed(exhibit, system.venue.as_deref()),
        None => unbuilt(system),
    });
    let foundations = registry.exhibits.iter().filter(|exhibit| exhibit.n.is_none());
    systems.chain(foundations.map(|exhibit| listed(exhibit, None))).collect()
}

fn listed(exhibit: &'static Exhibit, venue: Option<&'static str>) -> Listed {
    let Paper { authors, title, year, link } = exhibit.paper;
    Listed {
        id: exhibit.id,
        n: exhibit.n,
        lab: exhibit.lab,
        title: exhibit.title,
        paper: ListedPaper { title, authors: Some(authors), venue, year: Some(year), link: Some(link) },
        built: true,
        spec: serde_json::from_str(exhibit.spec).ok(),
    }
}

fn unbuilt(system: &'static System) -> Listed {
    let System { n, id, lab, title, venue, link } = system;
    let (venue, link) = (venue.as_deref(), link.as_deref());
    Listed {
        id,
        n: Some(*n),
        lab,
        title,
        paper: ListedPaper { title, authors: None, venue, year: None, link },
        built: false,
        spec: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Spec;
    use crate::labs::registry;
    use std::collections::BTreeSet;

    fn is_kebab_case(id: &str) -> bool {
        let is_word =
            |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        id.split('-').all(is_word)
    }

    #[test]
    fn the_systems_are_119() {
        let Catalogue { systems, .. } = catalogue();
        assert!(systems.iter().map(|system| system.n).eq(1..=119));
        assert!(systems.iter().all(|system| is_kebab_case(&system.id)));
        assert_eq!(systems.iter().map(|system| &system.id).collect::<BTreeSet<_>>().len(), 119);
        assert!(systems.iter().all(|s| !s.title.is_empty() && s.venue.as_ref().is_none_or(|v| !v.is_empty())));
        assert!(systems.iter().flat_map(|s| &s.link).all(|link| link.starts_with("https://")));
    }

    #[test]
    fn each_lab_has_its_systems() {
        let expected = [
            ("recovery", 14),
            ("regression", 12),
            ("matrices", 7),
            ("dictionaries", 13),
            ("transport", 6),
            ("networks", 24),
            ("language", 17),
            ("retrieval", 7),
            ("imaging", 10),
            ("decision", 9),
        ];
        let Catalogue { labs, systems } = catalogue();
        let counted = labs.iter().map(|lab| (lab.id.as_str(), systems.iter().filter(|s| s.lab == lab.id).count()));
        assert!(counted.eq(expected));
        assert!(labs.iter().all(|lab| !lab.about.is_empty()));
    }

    #[test]
    fn what_is_built_agrees_with_the_catalogue() {
        let exhibits = exhibits(registry());
        let mut ids = BTreeSet::new();
        for exhibit in &exhibits {
            assert!(ids.insert(exhibit.id), "{} is listed twice", exhibit.id);
            assert!(is_kebab_case(exhibit.id), "{}", exhibit.id);
            assert!(catalogue().labs.iter().any(|lab| lab.id == exhibit.lab), "{}", exhibit.lab);
            assert_eq!(exhibit.spec.is_some(), exhibit.built, "{}", exhibit.id);
        }
        assert_eq!(exhibits.iter().filter(|exhibit| exhibit.built).count(), registry().exhibits.len());
        let numbered = exhibits.iter().filter_map(|exhibit| Some((exhibit.n?, exhibit.id, exhibit.lab)));
        assert!(numbered.eq(catalogue().systems.iter().map(|s| (s.n, s.id.as_str(), s.lab.as_str()))));
    }

    #[test]
    fn starting_specs_are_specs() {
        for exhibit in exhibits(registry()) {
            if let Some(spec) = exhibit.spec {
                let checked = Spec::from_value(spec, registry());
                assert!(checked.is_ok(), "{}: {}", exhibit.id, checked.unwrap_err());
            }
        }
    }
}
