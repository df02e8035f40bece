/**
 * The workers: some that audit, and one that puts together.
 *
 * @typedef {{ row: any, packed: Uint8Array, path: string, file: Blob, named: boolean, request: any }} Entry
 */
class Pool {
  /** @param {WebAssembly.Module} module @param {string} script */
  constructor(module, script) {
    this.module = module;
    this.address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    /** @type {Map<number, { resolve: (answer: any) => void, member?: (member: any) => void }>} */
    this.waiting = new Map();
    this.n = 0;
    /** @type {Uint8Array | null} */
    this.listing = null;
    const cores = Math.min(Math.max((navigator.hardwareConcurrency || 2) - 1, 1), 6);
    this.desk = this.worker();
    this.auditors = Array.from({ length: cores }, () => this.worker());
  }

  worker() {
    const worker = new Worker(this.address);
    worker.onmessage = ({ data }) => {
      const call = this.waiting.get(data.id);
      if (data.member) return call?.member?.(data.member);
      this.waiting.delete(data.id);
      call?.resolve(data.done);
    };
    worker.postMessage({ module: this.module });
    if (this.listing) worker.postMessage({ listing: this.listing });
    return worker;
  }

  /** @param {Worker} worker @param {any} request @param {(member: any) => void} [member] @returns {Promise<any>} */
  send(worker, request, member) {
    const id = ++this.n;
    return new Promise((resolve) => {
      this.waiting.set(id, { resolve, member });
      worker.postMessage({ ...request, id });
    });
  }

  /** Asks the desk. @param {any} ask @param {any} [settings] @param {Uint8Array} [bytes] */
  ask(ask, settings = {}, bytes = undefined) {
    return this.send(this.desk, { work: "direct", ask, bytes, ...settings });
  }

  /** Gives the list of a bulk export to all who audit. @param {Uint8Array | null} listing */
  list(listing) {
    this.listing = listing;
    for (const worker of this.auditors) worker.postMessage({ listing: listing ?? new Uint8Array() });
  }

  /**
   * Audits inputs and hands over entries in the order of the inputs, members of archives behind each other.
   *
   * @param {Input[]} inputs
   * @param {{ toml: string, units: string }} settings
   * @param {{ entry: (entry: Entry) => void, total: (n: number) => void, signal: AbortSignal }} told
   */
  async audit(inputs, settings, told) {
    let next = 0, total = inputs.length;
    /** @type {Entry[][]} */
    const done = inputs.map(() => []);
    const lane = async (/** @type {number} */ which) => {
      while (next < inputs.length && !told.signal.aborted) {
        const n = next++, input = /** @type {Input} */ (inputs[n]);
        let expected = 1, members = 0;
        const add = (/** @type {Input} */ one, /** @type {any} */ answer) => {
          const { file, ...request } = one;
          const entry = { row: answer.header.row, packed: answer.bytes, path: one.path, file, named: one.named, request };
          /** @type {Entry[]} */ (done[n]).push(entry);
          told.entry(entry);
        };
        const worker = /** @type {Worker} */ (this.auditors[which]);
        const stop = new Promise((resolve) => told.signal.addEventListener("abort", () => resolve(null), { once: true }));
        const answer = await Promise.race([stop, this.send(worker, { work: "audit", ...input, ...settings }, (member) => {
          members += 1;
          total += members + member.ahead - expected;
          expected = members + member.ahead;
          told.total(total);
          const { ahead: _, header, bytes, ...rest } = member;
          add({ ...rest, named: false }, { header, bytes });
        })]);
        if (answer === null) {
          worker.terminate();
          this.auditors[which] = this.worker();
          return;
        }
        if (answer.ofArchive) {
          total += members - expected;
          told.total(total);
        } else {
          if (answer.header.error) answer.header.row = lost(input.path, answer.header.error);
          add(input, answer);
        }
      }
    };
    await Promise.all(this.auditors.map((_, which) => lane(which)));
    return done.flat();
  }

  /**
   * All entries through one output, or none.
   * @param {Entry[]} entries @param {any} settings @param {string} [format]
   * @returns {Promise<{ rows: any[], summary: any, out: Blob }>}
   */
  async assemble(entries, settings, format) {
    /** @type {any[]} */
    const rows = [];
    // A few at a time, so that the page stays quick to answer.
    for (let at = 0; ; at += SOME) {
      const files = entries.slice(at, at + SOME).map(({ packed, named }) => ({ packed, named }));
      const last = at + SOME >= entries.length;
      const answer = await this.send(this.desk, { work: "assemble", files, first: at === 0, last, format, ...settings });
      rows.push(...(answer.rows ?? []));
      if (last) return { ...answer, rows };
    }
  }

  /** The page of one run. @param {Entry} entry @param {any} settings @param {any} [links] */
  page(entry, settings, links = {}) {
    return this.send(/** @type {Worker} */ (this.auditors[0]), { work: "page", ...entry.request, file: entry.file, ...settings, ...links });
  }
}

/** The row of a file of which the engine gave none. @param {string} path @param {any} error */
const lost = (path, error) => ({ path, title: nameOf(path), status: "failed", style: "unknown", sign: "✕", verdict: "Not readable", rank: 99, date: "", error });

/** Files that are put together at once. */
const SOME = 100;
