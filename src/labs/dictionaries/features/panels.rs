//! Pictures of a dictionary beside the truth.

use super::forest::Forest;
use super::instance::{Dictionary, FeaturesInstance};
use super::judgement::{Judgement, leftover};
use crate::contract::{Axis, Cell, Kind, Panel, Values};

/// Held-out inputs that are shown of each kind: a parent alone, each of its children, each lone feature.
const OF_A_KIND: usize = 4;
/// Most latents that are shown below those that have a feature.
const MOST_SPARE: usize = 40;

/// Held-out inputs to show, kind by kind. Those with fewest features are the clearest ones.
pub(super) fn chosen(forest: &Forest, active: &[Vec<usize>]) -> Vec<usize> {
    // A child stands for its input, else a parent, else the first lone feature.
    let kind = |features: &[usize]| {
        let trees = features.iter().copied().filter(|f| forest.tree_of(*f).is_some());
        let child = trees.clone().find(|&f| forest.tree_of(f).is_some_and(|tree| f != forest.parent(tree)));
        child.or(trees.clone().next()).or(features.first().copied())
    };
    let mut inputs: Vec<usize> = (0..active.len()).collect();
    inputs.sort_by_key(|&input| active[input].len());
    let of = |feature| inputs.iter().copied().filter(move |&input| kind(&active[input]) == Some(feature));
    (0..forest.count()).flat_map(|feature| of(feature).take(OF_A_KIND).collect::<Vec<_>>()).collect()
}

fn map(
    (id, title, caption): (&'static str, &'static str, &'static str),
    shape: (usize, usize),
    values: Vec<f64>,
    (x, y): (&'static str, &'static str),
) -> Panel<'static> {
    let (values, x, y) = (Values::give(values), Axis::plain(x), Axis::plain(y));
    Panel { id, title, caption, kind: Kind::Heat, shape, values, table: None, x, y, marks: Vec::new() }
}

/// Which features are active in the inputs that are shown.
pub(super) fn features(instance: &FeaturesInstance) -> Panel<'static> {
    let (count, shown) = (instance.scene.forest.count(), &instance.shown);
    let is_active = |feature, input: usize| f64::from(u8::from(instance.active[input].contains(&feature)));
    let values = (0..count).flat_map(|feature| shown.iter().map(move |&input| is_active(feature, input))).collect();
    let caption =
        "which features are active, a row each: a parent, its children, the next parent; a column is a held-out input";
    map(("features", "Features", caption), (count, shown.len()), values, ("input", "feature"))
}

/// What the latents of these features do in the same inputs.
pub(super) fn activations(
    instance: &FeaturesInstance,
    dictionary: &Dictionary<'_>,
    judgement: &Judgement,
) -> Panel<'static> {
    let spare = (0..dictionary.latents()).filter(|latent| !judgement.latents.contains(&Some(*latent)));
    let rows = judgement.latents.iter().copied().chain(spare.take(MOST_SPARE).map(Some));
    let row = |latent: Option<usize>| -> Vec<f64> {
        let of = latent.map(|latent| dictionary.activations(latent));
        instance.shown.iter().map(|&input| of.map_or(0.0, |activations| activations[input])).collect()
    };
    let values: Vec<Vec<f64>> = rows.map(row).collect();
    let shape = (values.len(), instance.shown.len());
    let caption = "activations of the latents that go with the features, in their order, and of the others below; holes in a parent's row are absorption";
    map(("activations", "Activations", caption), shape, values.concat(), ("input", "latent"))
}

/// What each prefix of the dictionary explains.
pub(super) fn prefixes(instance: &FeaturesInstance, dictionary: &Dictionary<'_>) -> Panel<'static> {
    let left = leftover(instance, dictionary);
    let values: Vec<f64> = left.iter().map(|left| 1.0 - left).collect();
    Panel {
        id: "prefixes",
        title: "Explained by a prefix",
        caption: "share of the variance that the bias and the first so many latents explain",
        kind: Kind::Curves,
        shape: (1, values.len()),
        values: Values::give(values),
        table: None,
        x: Axis::plain("latents"),
        y: Axis::plain("explained"),
        marks: Vec::new(),
    }
}

/// Absorption of each parent.
pub(super) fn absorbed(judgement: &Judgement) -> Panel<'static> {
    let values = judgement.by_parent();
    Panel {
        id: "absorbed",
        title: "Absorption",
        caption: "share of the inputs with a child in which the parent's latent is silent, a bar each parent",
        kind: Kind::Bars,
        shape: (1, values.len()),
        values: Values::give(values),
        table: None,
        x: Axis::plain("parent"),
        y: Axis::plain("share"),
        marks: Vec::new(),
    }
}

/// The features with their latents.
pub(super) fn tree(instance: &FeaturesInstance, judgement: &Judgement) -> Panel<'static> {
    let forest = &instance.scene.forest;
    let row = |feature: usize| {
        let latent = judgement.latents[feature];
        let [absorbed, all] = judgement.absorbed[feature];
        let empty = || Cell::words("");
        vec![
            Cell::words(forest.name(feature)),
            latent.map_or_else(|| Cell::words("none"), |latent| Cell::count(latent + 1)),
            latent.map_or_else(empty, |_| Cell::Number(judgement.cosines[feature])),
            judgement.kinship[feature].map_or_else(empty, Cell::Number),
            if all > 0 { Cell::Number(absorbed as f64 / all as f64) } else { empty() },
        ]
    };
    let caption = "features with the latents that go with them; the cosine of a child's latent with its parent's, and how often it absorbs the parent";
    let headings = ["feature", "latent", "cosine", "with parent", "absorbs"];
    Panel::table(("tree", "Trees", caption), &headings, (0..forest.count()).map(row))
}
