/**
 * Works off requests of the page, one at a time. What the engine breaks on costs that file alone.
 */

/** @type {WebAssembly.Module} */
let module;
/** Told once there is a module. @type {(module: WebAssembly.Module) => void} */
let loaded;
/** @type {Promise<WebAssembly.Module>} */
const loading = new Promise((resolve) => { loaded = resolve; });
/** @type {Instance | null} */
let instance = null;
/** What the instance knows of the runner, and of the files beside those that it audits. */
let settings = "", listing = new Uint8Array();

/** The instance with the settings of a request. @param {any} request */
function prepared(request) {
  if (instance === null || (request.work !== "assemble" && request.work !== "direct" && instance.isLarge())) {
    instance = new Instance(module);
    settings = "";
    if (listing.length > 0) instance.ask({ do: "listing" }, listing);
  }
  const wanted = JSON.stringify([request.toml ?? "", request.units ?? ""]);
  if (settings !== wanted) {
    settings = wanted;
    instance.ask({ do: "settings", toml: request.toml ?? "", units: request.units ?? "" });
  }
  return instance;
}

/** Why the engine stopped, in the three parts of every error. @param {unknown} error */
function trapped(error) {
  const text = instance?.panic || (error instanceof Error ? error.message : String(error));
  const cause = text.includes("unreachable") || text.includes("out of bounds") ? "the engine stopped, for want of memory or by a fault" : text;
  instance = null;
  return ["internal error", cause, "this is a fault of rehabrun and not of the file: please report it"];
}

/** The first bytes of a file, by which it is told what it may be. */
const HEAD = 64 << 10;

/** Bytes beyond which no activity is read into memory; the engine refuses larger ones in any case. */
const MOST = 256 << 20;

/**
 * Reads a file as a whole. @param {Blob} file
 * @returns {Promise<{ bytes: Uint8Array, failed?: string[] }>}
 */
async function content(file) {
  if (file.size > MOST) {
    return { bytes: new Uint8Array(), failed: ["file too large", `it holds more than ${MOST >> 20} MiB, which no activity fills`, "export the activity alone"] };
  }
  try {
    return { bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { bytes: new Uint8Array(), failed: ["cannot be opened", "the browser cannot read the file any more", "choose it again"] };
  }
}

/** Audits one file or archive; whatever happens, there is a row for it. @param {any} request */
async function audit(request) {
  const { file, ...rest } = request;
  rest.parts = undefined;
  if (request.list) return archive(request);
  const head = await content(file.slice(0, HEAD));
  const kind = prepared(request).ask({ do: "sniff", path: request.path }, head.bytes).header.kind;
  if (kind === "archive" || kind === "apple-health") return archive(request);
  if (kind === "other" && request.unnamed) return audited({ ...rest, skipped: "foreign" }, new Uint8Array());
  const read = await content(file);
  return audited({ ...rest, failed: rest.failed ?? read.failed }, read.bytes);
}

/** @param {any} request @param {Uint8Array} bytes */
function audited(request, bytes) {
  const header = { ...request, do: "audit", ...(request.failed ? { named: false } : {}) };
  const ask = (/** @type {any} */ header, /** @type {Uint8Array} */ bytes) => {
    const answer = prepared(request).ask(header, bytes), n = answer.header.n_packed ?? answer.bytes.length;
    // Behind what is kept of a lone file comes its page.
    return n < answer.bytes.length ? { header: answer.header, bytes: answer.bytes.slice(0, n), page: answer.bytes.slice(n) } : answer;
  };
  try {
    return ask(header, bytes);
  } catch (error) {
    return ask({ ...header, named: false, failed: trapped(error) }, new Uint8Array());
  }
}

/** Audits a synthetic run with its page, as the first own run will be. */
function warm() {
  const { header, bytes } = prepared({}).ask({ do: "demo" });
  prepared({ toml: header.toml }).ask({ do: "audit", path: "warm.fit", named: true, alone: true }, bytes.subarray(0, header.files[0].size));
  return { header: {}, bytes: new Uint8Array() };
}

/** Has an archive or an export opened. @param {Instance} reader @param {any} request @param {string} [only] */
function open(reader, { file, list, parts }, only) {
  reader.file = file;
  reader.beside = parts ?? new Map();
  return reader.ask({ do: "open", size: file.size, only, list, names: list && [...reader.beside.keys()] });
}

/** Visits the activities of an archive, and tells each as it is done. @param {any} request */
async function archive(request) {
  const reader = new Instance(module), bare = { ...request, file: undefined, parts: undefined, list: undefined, alone: false };
  /** @param {string[]} failed */
  const broken = (failed) => audited({ ...bare, failed }, new Uint8Array());
  try {
    const opened = open(reader, request);
    if (opened.header.error) {
      const { message, cause, hint } = opened.header.error;
      return broken([message, cause, hint]);
    }
    let n = 0;
    for (;;) {
      const { header, bytes } = reader.ask({ do: "next" });
      if (header.done) break;
      n += 1;
      const member = { path: header.name ? `${request.path}/${header.name}` : request.path, title: header.title ?? undefined, sport: header.sport ?? undefined, note: header.note ?? undefined, failed: header.failed ?? undefined };
      const answer = audited({ ...bare, ...member }, bytes);
      self.postMessage({ id: request.id, member: { ...member, content: bytes, ahead: header.ahead, ...answer } }, { transfer: [bytes.buffer] });
    }
    if (n > 0) return { ofArchive: true, parts: opened.header.parts, export: opened.header.export ?? undefined };
    return audited({ ...bare, skipped: "empty-archive" }, new Uint8Array());
  } catch (error) {
    const text = reader.panic || (error instanceof Error ? error.message : String(error));
    return broken(["internal error", text, "this is a fault of rehabrun and not of the file: please report it"]);
  }
}

/** The bytes of a member of an archive, read again. @param {{ of: any, name: string }} within */
function member({ of, name }) {
  const reader = new Instance(module), inside = name.slice(of.path.length + 1);
  open(reader, of, inside);
  for (;;) {
    const { header, bytes } = reader.ask({ do: "next" });
    if (header.done) return { bytes: new Uint8Array(), failed: ["cannot be opened", "the archive does not hold it any more", "choose it again"] };
    if (header.name === inside) return { bytes };
  }
}

/** The page of one file. @param {any} request */
async function page(request) {
  const { file, within, ...rest } = request;
  const read = within ? member(within) : await content(file);
  const header = { ...rest, do: "page", failed: rest.failed ?? read.failed };
  try {
    return prepared(request).ask(header, read.bytes);
  } catch (error) {
    return prepared(request).ask({ ...header, named: false, failed: trapped(error) });
  }
}

/** Any other request, which the engine answers itself. @param {any} request */
function direct(request) {
  try {
    return prepared(request).ask(request.ask, request.bytes);
  } catch (error) {
    const [message, cause, hint] = trapped(error);
    return { header: { error: { message, cause, hint } }, bytes: new Uint8Array() };
  }
}

/** @type {Uint8Array<ArrayBuffer>[]} */
let written = [];

/** Some of all files, in their order, through one output or through none for their rows. @param {any} request */
function assemble(request) {
  const engine = prepared(request);
  if (request.first) {
    written = [];
    engine.ask({ do: "begin", format: request.format ?? "" });
  }
  const rows = [];
  for (const { packed, named } of request.files) {
    const { header, bytes } = engine.ask({ do: "add", named }, packed);
    rows.push(header.row);
    if (bytes.length > 0) written.push(bytes);
  }
  if (!request.last) return { rows };
  const { header, bytes } = engine.ask({ do: "end" });
  return { rows, summary: header.summary, out: new Blob([...written.splice(0), bytes]) };
}

/** The bytes of the engine, nine from eleven characters each behind a digit; build.mjs writes them so. @param {string} text */
function unpacked(text) {
  const bytes = new Uint8Array(((text.length - 1) / 11) * 9);
  for (let at = 1, to = 0; at < text.length; at += 11) {
    // Three numbers of 24 bits, which stay exact.
    let high = 0, middle = 0, low = 0;
    for (let n = at; n < at + 11; n += 1) {
      low = low * 94 + text.charCodeAt(n) - 33;
      middle = middle * 94 + (low >>> 24);
      high = high * 94 + (middle >>> 24);
      low &= 0xffffff;
      middle &= 0xffffff;
    }
    for (const part of [high, middle, low]) {
      bytes[to++] = part >>> 16;
      bytes[to++] = part >>> 8;
      bytes[to++] = part;
    }
  }
  return bytes.subarray(0, bytes.length - Number(text[0]));
}

/** Compiles the engine from its text in the page, and hands it to the page for the other workers. @param {string} text */
async function compile(text) {
  try {
    const stream = new Blob([unpacked(text)]).stream().pipeThrough(new DecompressionStream("gzip"));
    module = await WebAssembly.compile(await new Response(stream).arrayBuffer());
    loaded(module);
    self.postMessage({ module });
  } catch (error) {
    self.postMessage({ broken: error instanceof Error ? error.message : String(error) });
  }
}

self.onmessage = async ({ data }) => {
  if (data.engine) return compile(data.engine);
  if (data.module) {
    module = data.module;
    loaded(module);
    return;
  }
  await loading;
  if (data.listing) {
    listing = data.listing;
    instance?.ask({ do: "listing" }, listing);
    return;
  }
  /** @type {Record<string, (request: any) => any>} */
  const work = { audit, page, assemble, direct, warm };
  let answer;
  try {
    answer = await work[data.work](data);
  } catch (error) {
    const [message, cause, hint] = trapped(error);
    answer = { header: { error: { message, cause, hint } } };
  }
  const transfer = [answer.bytes, answer.page].filter((bytes) => bytes?.length > 0).map(({ buffer }) => buffer);
  self.postMessage({ id: data.id, done: answer }, { transfer });
};
