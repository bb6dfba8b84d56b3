import { makeWorker } from "#make-worker";
import { say } from "../messages/say.ts";
import type { Spec } from "../spec/spec.ts";
import type { FromWorker, Judged, ToWorker } from "./protocol.ts";

/** Judges Specs in a worker that lives as long as it takes. A newer question ends an older one, which is never answered. */
export class Judge {
  #worker: Worker | undefined;

  constructor(private readonly module: WebAssembly.Module) {}

  /** How each Spec did, in their order. Rejects with one sentence where one cannot be run. */
  judge(specs: Spec[], onProgress: (done: number) => void): Promise<Judged[]> {
    this.close();
    const worker = makeWorker();
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      const all: Judged[] = [];
      const end = () => {
        if (this.#worker === worker) this.close();
      };
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
        if (data.kind === "judged") {
          all.push(data.judged);
          onProgress(all.length);
        } else if (data.kind === "done") {
          end();
          resolve(all);
        } else if (data.kind === "refused") {
          end();
          reject(new Error(`${data.complaint.field} ${data.complaint.message}`.trim()));
        }
      };
      worker.onerror = (event) => {
        event.preventDefault();
        end();
        reject(new Error(say.page.workerStopped));
      };
      for (const message of [
        { kind: "module", module: this.module },
        { kind: "judge", id: 1, specs },
      ] satisfies ToWorker[])
        worker.postMessage(message);
    });
  }

  /** Ends what is under way. */
  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
