import { makeRunner } from "#make-runner";
import { say } from "../messages/say.ts";
import { saySweep } from "../messages/sweep.ts";
import type { Catalogue, Exhibit } from "../spec/catalogue.ts";
import type { SweepPlace } from "../spec/link.ts";
import type { Complaint, Spec } from "../spec/spec.ts";
import { defaultSweep } from "./default-sweep.ts";
import type { SweepSpec } from "./protocol.ts";
import { type Means, Study } from "./study.ts";

/** The study that an address asks for; where its sweep cannot be used, the exhibit's own and a sentence about it. */
export async function openStudy(
  catalogue: Catalogue,
  exhibit: Exhibit,
  module: WebAssembly.Module,
  place: SweepPlace,
): Promise<Study> {
  const means: Means = {
    makeWorker: makeRunner,
    module,
    // One core is left for the page itself.
    workers: Math.max(1, (navigator.hardwareConcurrency || 2) - 1),
  };
  const open = (sweep: SweepSpec, cell?: number) =>
    Study.begin(catalogue, exhibit, means, sweep, place.full === true, cell);
  const said =
    place.problem ??
    (place.exhibit === exhibit.id ? undefined : say.page.otherExhibit(place.exhibit));
  let complaint: Complaint | undefined =
    said === undefined ? undefined : { field: "", message: said };
  if (place.sweep) {
    try {
      const study = await open(place.sweep, place.cell);
      study.complaint = complaint;
      return study;
    } catch (error) {
      const { field, message } = error as Complaint;
      complaint = { field, message: saySweep.ownShown(message) };
    }
  }
  const own = defaultSweep(catalogue, JSON.parse(exhibit.spec) as Spec, exhibit);
  if (!own) throw { field: "", message: saySweep.noSweep(exhibit.title) } satisfies Complaint;
  const study = await open(own, complaint ? undefined : place.cell);
  study.own = study.sweep;
  study.complaint = complaint;
  return study;
}
