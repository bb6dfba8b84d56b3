import type { Complaint } from "../spec/spec.ts";
import type { Call, Desk } from "./desk.ts";
import type { FromDesk, Note, ToRunner } from "./protocol.ts";

/** What the clerk needs of its worker. */
export interface DeskWorker {
  postMessage(message: ToRunner): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromDesk>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

type Method = Call["name"];
type Answer<Name extends Method> = Awaited<ReturnType<Desk[Name]>>;

/** The page's side of the desk: asks its worker, and is answered in the order of the questions. */
export class Clerk {
  readonly #waiting = new Map<number, (answer: FromDesk & { kind: "answer" }) => void>();
  #calls = 0;

  constructor(
    private readonly worker: DeskWorker,
    module: WebAssembly.Module,
    onNote: (note: Note) => void,
  ) {
    worker.onmessage = ({ data }) => {
      if (data.kind === "note") {
        onNote(data.note);
        return;
      }
      this.#waiting.get(data.call)?.(data);
      this.#waiting.delete(data.call);
    };
    worker.onerror = (event) => {
      event.preventDefault?.();
      onNote("stopped");
    };
    worker.postMessage({ kind: "module", module });
  }

  /** Rejects with a complaint. */
  ask<Name extends Method>(name: Name, ...args: Parameters<Desk[Name]>): Promise<Answer<Name>> {
    this.#calls += 1;
    const call = this.#calls;
    this.worker.postMessage({ kind: "call", call, ask: { name, args } as Call });
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, ({ complaint, value }) =>
        complaint ? reject(complaint as Complaint) : resolve(value as Answer<Name>),
      );
    });
  }

  close(): void {
    // What waits to be kept is put before the worker ends.
    void this.ask("flush").then(() => this.worker.terminate());
  }
}
