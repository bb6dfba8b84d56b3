import type { TrialRecord } from "./protocol.ts";

/** Where records are kept, under the name of their sweep. */
export interface Shelf {
  /** All records of a sweep, in the order in which they were put. */
  load(key: string): Promise<TrialRecord[]>;
  put(key: string, records: TrialRecord[]): Promise<void>;
  forget(key: string): Promise<void>;
}

const NAME = "pursuit";
const CHUNKS = "sweeps";
/** After all chunks of a key. */
const END = Number.MAX_SAFE_INTEGER;

/** Sweeps that are kept: every edit is one, and storage is not for ever. */
export const MOST_SWEEPS = 50;

/** Where a chunk is: its sweep's key, when it was put, and a number of its own. */
type Place = [key: string, at: number, own: number];

/** The sweeps that go, so that `most` stay: those to which nothing was put for longest. */
export function outdated(places: readonly Place[], most: number): string[] {
  const latest = new Map<string, number>();
  for (const [key, at] of places) latest.set(key, Math.max(at, latest.get(key) ?? 0));
  const newest = [...latest].sort(([, a], [, b]) => b - a);
  return newest.slice(most).map(([key]) => key);
}

/** Records in the browser's own storage: a chunk for every time that they are put. */
export class BrowserShelf implements Shelf {
  #database: Promise<IDBDatabase> | undefined;
  #next = Date.now();
  /** The sweeps that were put to from here: a new one may be one too many. */
  readonly #put = new Set<string>();

  async load(key: string): Promise<TrialRecord[]> {
    const store = await this.#store("readonly");
    const chunks = await settled<TrialRecord[][]>(store.getAll(rangeOf(key)));
    return chunks.flat();
  }

  async put(key: string, records: TrialRecord[]): Promise<void> {
    const store = await this.#store("readwrite");
    // Two pages of one sweep do not write over each other: the time sets them apart.
    this.#next = Math.max(this.#next + 1, Date.now());
    store.put(records, [key, this.#next, Math.random()]);
    if (!this.#put.has(key)) {
      const places = await settled(store.getAllKeys());
      for (const old of outdated(places as Place[], MOST_SWEEPS)) store.delete(rangeOf(old));
    }
    await done(store.transaction);
    this.#put.add(key);
  }

  async forget(key: string): Promise<void> {
    const store = await this.#store("readwrite");
    store.delete(rangeOf(key));
    await done(store.transaction);
  }

  async #store(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    this.#database ??= open();
    const database = await this.#database;
    return database.transaction(CHUNKS, mode).objectStore(CHUNKS);
  }
}

function rangeOf(key: string): IDBKeyRange {
  return IDBKeyRange.bound([key, 0], [key, END]);
}

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(CHUNKS);
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.onerror = () => reject(transaction.error);
  });
}
