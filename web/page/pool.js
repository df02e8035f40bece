/**
 * The workers: some that audit, and one that puts together and unpacks the engine for all.
 *
 * @typedef {{ row: any, packed: Uint8Array, path: string, file: Blob, named: boolean, request: any, within?: Within, seen?: any[], page?: Uint8Array }} Entry
 * @typedef {{ of: Input, name: string }} Within Where a member of an archive is read again that is not kept.
 */
class Pool {
  /** @param {string} script */
  constructor(script) {
    this.address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    /** @type {Map<number, { resolve: (answer: any) => void, member?: (member: any) => void }>} */
    this.waiting = new Map();
    this.n = 0;
    /** Bytes of members of archives that are kept; the others are read again from their archive when their page is opened. */
    this.room = 64 << 20;
    /** @type {Uint8Array | null} */
    this.listing = null;
    /** @type {Worker[]} */
    this.auditors = [];
    /** @type {WebAssembly.Module | null} */
    this.module = null;
    this.desk = this.worker();
    /** Done once the engine is there. @type {Promise<void>} */
    this.ready = new Promise((resolve, reject) => {
      this.desk.addEventListener("message", ({ data }) => {
        if (data.broken) reject(new Error(data.broken));
        if (!data.module) return;
        this.module = data.module;
        resolve();
      });
    });
  }

  /** Has the engine unpacked, which the page holds as text. @param {string} engine */
  load(engine) {
    this.desk.postMessage({ engine });
    return this.ready;
  }

  /** The workers that audit, made when they are first needed: as many as the computer has cores to spare. */
  async staff() {
    await this.ready;
    const cores = Math.min(Math.max((navigator.hardwareConcurrency || 2) - 1, 1), 6);
    while (this.auditors.length < cores) this.auditors.push(this.worker());
    return this.auditors;
  }

  worker() {
    const worker = new Worker(this.address);
    worker.onmessage = ({ data }) => {
      const call = this.waiting.get(data.id);
      if (data.member) return call?.member?.(data.member);
      this.waiting.delete(data.id);
      call?.resolve(data.done);
    };
    if (this.module) worker.postMessage({ module: this.module });
    if (this.listing) worker.postMessage({ listing: this.listing });
    return worker;
  }

  /** @param {Worker} worker @param {any} request @param {(member: any) => void} [member] */
  send(worker, request, member) {
    const id = this.n++;
    return new Promise((resolve) => {
      this.waiting.set(id, member ? { resolve, member } : { resolve });
      worker.postMessage({ ...request, id });
    });
  }

  /** A request that the engine answers itself. @param {any} ask @param {any} [settings] @param {Uint8Array} [bytes] */
  ask(ask, settings = {}, bytes) {
    return this.send(this.desk, { work: "direct", ask, bytes, ...settings });
  }

  /** Audits a run that nobody sees, so that the browser has compiled what the first own run needs. */
  async warm() {
    const [first] = await this.staff();
    await this.send(/** @type {Worker} */ (first), { work: "warm" });
  }

  /** Tells the workers about the list of a bulk export. @param {Uint8Array | null} listing */
  list(listing) {
    if (this.listing === listing) return;
    this.listing = listing;
    for (const worker of [this.desk, ...this.auditors]) worker.postMessage({ listing: listing ?? new Uint8Array() });
  }

  /**
   * Audits inputs and hands over entries in the order of the inputs, members of archives behind each other.
   *
   * @param {Input[]} inputs
   * @param {{ toml: string, units: string }} settings
   * @param {{ entry: (entry: Entry) => void, total: (n: number) => void, signal: AbortSignal }} told
   */
  async audit(inputs, settings, told) {
    const auditors = await this.staff();
    let next = 0, total = inputs.length, kept = 0;
    /** @type {Entry[][]} */
    const done = inputs.map(() => []);
    /** The files that an export reads itself. @type {Set<Blob>} */
    const read = new Set();
    /** @type {Map<Input, () => void>} */
    const ends = new Map();
    const ended = new Map(inputs.filter(({ parts }) => parts).map((input) => [input, /** @type {Promise<void>} */ (new Promise((resolve) => ends.set(input, resolve)))]));
    const stopped = new Promise((resolve) => told.signal.addEventListener("abort", () => resolve(null), { once: true }));
    const one = async (/** @type {number} */ n, /** @type {number} */ which) => {
      const input = /** @type {Input} */ (inputs[n]);
      if (input.after) await Promise.race([stopped, ended.get(input.after)]);
      if (told.signal.aborted) return;
      let expected = 1, members = 0;
      const count = (/** @type {number} */ n) => {
        total += n - expected;
        expected = n;
        told.total(total);
      };
      if (read.has(input.file)) return count(0);
      const add = (/** @type {any} */ request, /** @type {any} */ answer, /** @type {Partial<Entry>} */ more) => {
        const { row, seen } = answer.header;
        const entry = { row, seen, packed: answer.bytes, page: answer.page, path: request.path, request, file: input.file, named: input.named, ...more };
        /** @type {Entry[]} */ (done[n]).push(entry);
        told.entry(entry);
      };
      const { after, ...sent } = input;
      // A lone file is shown at once, so that its page comes with its audit.
      const alone = inputs.length === 1;
      const answer = await Promise.race([stopped, this.send(/** @type {Worker} */ (auditors[which]), { work: "audit", ...sent, ...settings, alone }, (member) => {
        members += 1;
        count(members + member.ahead);
        const { ahead: _, header, bytes, content, ...rest } = member;
        kept += content.length;
        const where = kept < this.room ? { file: new Blob([content]) } : { within: { of: input, name: member.path } };
        add(rest, { header, bytes }, { named: false, ...where });
      })]);
      if (answer === null) {
        auditors[which]?.terminate();
        auditors[which] = this.worker();
        return;
      }
      input.export = answer.export;
      for (const path of answer.parts ?? []) {
        const part = input.parts?.get(path);
        if (part) read.add(part);
      }
      if (answer.ofArchive) return count(members);
      if (answer.header.error) answer.header.row = lost(input.path, answer.header.error);
      const { file, parts, list: _, after: __, export: ___, ...request } = input;
      add(request, answer, {});
    };
    const lane = async (/** @type {number} */ which) => {
      while (next < inputs.length && !told.signal.aborted) {
        const n = next++;
        await one(n, which);
        ends.get(/** @type {Input} */ (inputs[n]))?.();
      }
    };
    await Promise.all(auditors.map((_, which) => lane(which)));
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
  async page(entry, settings, links = {}) {
    const [first] = await this.staff();
    const { request, file, within } = entry;
    return this.send(/** @type {Worker} */ (first), { work: "page", ...request, file, within, ...settings, ...links });
  }
}

/** The row of a file of which the engine gave none. @param {string} path @param {any} error */
const lost = (path, error) => ({ path, title: nameOf(path), status: "failed", style: "unknown", sign: "✕", verdict: "Not readable", rank: 99, date: "", error });

/** Files that are put together at once. */
const SOME = 100;
