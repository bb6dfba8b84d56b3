//! Every claim of every exhibit, checked.
//!
//! The ordinary run checks the reduced version of each; `PURSUIT_LONG=1` checks all of it, and then what is measured must be
//! what was written down.

use pursuit::claims::{Check, Effort};
use pursuit::contract::{Claim, Complaint, NoFiles, Spec};
use pursuit::labs::registry;

/// Jobs under way at a time.
const WORKERS: usize = 4;

/// Digits of a measured number that were written down.
const PRECISION: f64 = 5e-4;

#[test]
fn every_claim_holds() {
    let long = std::env::var("PURSUIT_LONG").is_ok_and(|value| value == "1");
    let effort = if long { Effort::Full } else { Effort::Reduced };
    let mut broken = Vec::new();
    for exhibit in &registry().exhibits {
        for claim in exhibit.claims {
            let check = checked(claim, effort).unwrap_or_else(|complaint| panic!("{}: {complaint}", exhibit.id));
            let name = format!("{}: {:?}", exhibit.id, claim.statement);
            println!("{name}: {} {}", check.measured(), check.bound().words());
            if !check.holds() {
                broken.push(format!("{name}: {} is not {}", check.measured(), check.bound().words()));
            } else if long && (check.measured() - claim.measured).abs() > PRECISION * claim.measured.abs() {
                broken.push(format!("{name}: {} is written down, {} was measured", claim.measured, check.measured()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The claim with all of its findings.
fn checked(claim: &'static Claim, effort: Effort) -> Result<Check<'static>, Complaint> {
    let mut check = Check::new(claim, effort, registry())?;
    loop {
        let jobs = check.next();
        if jobs.is_empty() {
            return Ok(check);
        }
        let findings: Vec<_> = std::thread::scope(|scope| {
            let (jobs, check) = (&jobs, &check);
            let share = move |worker| jobs.iter().skip(worker).step_by(WORKERS).map(|&job| check.run(job)).collect();
            let workers: Vec<_> = (0..WORKERS).map(|worker| scope.spawn(move || share(worker))).collect();
            workers.into_iter().flat_map(|worker| -> Vec<_> { worker.join().expect("a job panicked") }).collect()
        });
        for finding in findings {
            check.add(finding?)?;
        }
    }
}

/// Panels that the page has of its own.
const OF_THE_PAGE: [&str; 3] = ["support", "convergence", "measured"];

/// Starting Specs start, and what is to be watched is there.
#[test]
fn every_exhibit_starts() {
    for exhibit in &registry().exhibits {
        let spec =
            Spec::parse(exhibit.spec, registry()).unwrap_or_else(|complaint| panic!("{}: {complaint}", exhibit.id));
        let instance = spec.instance(registry(), &NoFiles).expect("the problem can be drawn");
        let (run, _) = spec.start(0, &instance, registry()).expect("the method starts");
        let seen = run.observe();
        let own = seen.panels.iter().map(|panel| panel.id);
        let panels: Vec<_> = own.chain(instance.observe(&seen).iter().map(|panel| panel.id)).collect();
        for watch in exhibit.watch {
            let known = panels.contains(&watch.panel) || OF_THE_PAGE.contains(&watch.panel);
            assert!(known, "{} watches {}, which is not among {panels:?}", exhibit.id, watch.panel);
        }
    }
}
