/**
 * Works off requests of the page, one at a time. What the engine breaks on costs that file alone.
 */

/** @type {WebAssembly.Module} */
let module;
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
  const head = await content(file.slice(0, HEAD));
  const kind = prepared(request).ask({ do: "sniff", path: request.path }, head.bytes).header.kind;
  if (kind === "archive") return archive(request);
  if (kind === "other" && request.unnamed) return audited({ ...rest, skipped: "foreign" }, new Uint8Array());
  const read = await content(file);
  return audited({ ...rest, failed: rest.failed ?? read.failed }, read.bytes);
}

/** @param {any} request @param {Uint8Array} bytes */
function audited(request, bytes) {
  const header = { ...request, do: "audit", ...(request.failed ? { named: false } : {}) };
  try {
    return prepared(request).ask(header, bytes);
  } catch (error) {
    return prepared(request).ask({ ...header, named: false, failed: trapped(error) });
  }
}

/** Visits the activities of an archive, and tells each as it is done. @param {any} request */
async function archive(request) {
  const reader = new Instance(module);
  reader.file = request.file;
  /** @param {string[]} failed */
  const broken = (failed) => audited({ ...request, file: undefined, failed }, new Uint8Array());
  try {
    const opened = reader.ask({ do: "open", size: request.file.size });
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
      const answer = audited({ ...request, ...member, file: undefined }, bytes);
      self.postMessage({ id: request.id, member: { ...member, file: new Blob([bytes]), ahead: header.ahead, ...answer } });
    }
    if (n > 0) return { ofArchive: true };
    return audited({ ...request, file: undefined, skipped: "empty-archive" }, new Uint8Array());
  } catch (error) {
    const text = reader.panic || (error instanceof Error ? error.message : String(error));
    return broken(["internal error", text, "this is a fault of rehabrun and not of the file: please report it"]);
  }
}

/** The page of one file. @param {any} request */
async function page(request) {
  const { file, ...rest } = request;
  const read = await content(file);
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

self.onmessage = async ({ data }) => {
  if (data.module) {
    module = data.module;
    return;
  }
  if (data.listing) {
    listing = data.listing;
    instance?.ask({ do: "listing" }, listing);
    return;
  }
  /** @type {Record<string, (request: any) => any>} */
  const work = { audit, archive, page, assemble, direct };
  let answer;
  try {
    answer = await work[data.work](data);
  } catch (error) {
    const [message, cause, hint] = trapped(error);
    answer = { header: { error: { message, cause, hint } } };
  }
  const transfer = answer.bytes?.length > 0 ? [answer.bytes.buffer] : [];
  self.postMessage({ id: data.id, done: answer }, { transfer });
};
