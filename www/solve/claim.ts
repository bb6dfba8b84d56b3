import { makeWorker } from "#make-worker";
import { say } from "../messages/say.ts";
import type { Complaint } from "../spec/spec.ts";
import type { ClaimState, FromWorker, ToWorker } from "./protocol.ts";

/** One claim being checked, in a worker of its own. */
export class ClaimWorker {
  readonly #worker: Worker;

  constructor(
    module: WebAssembly.Module,
    exhibit: string,
    claim: number,
    onState: (state: ClaimState) => void,
    onComplaint: (complaint: Complaint) => void,
  ) {
    this.#worker = makeWorker();
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.kind === "claim") onState(data.state);
      if (data.kind === "refused") onComplaint(data.complaint);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      onComplaint({ field: "", message: say.page.workerStopped });
    };
    for (const message of [
      { kind: "module", module },
      { kind: "claim", id: 1, exhibit, claim },
    ] satisfies ToWorker[])
      this.#worker.postMessage(message);
  }

  close(): void {
    this.#worker.terminate();
  }
}
