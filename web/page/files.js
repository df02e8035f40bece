/**
 * From what somebody chose or dropped to the files that are read, by the rules of the command line.
 *
 * @typedef {{ path: string, file: File }} Chosen
 * @typedef {{ path: string, file: Blob, named: boolean, unnamed?: boolean, listed?: string, skipped?: string, failed?: string[], title?: string, sport?: string, note?: string[], list?: string, parts?: Map<string, Blob>, after?: Input, export?: string }} Input
 */

const ATHLETE = "athlete.toml";
const LISTING = "activities.csv";
/** In a folder of pages that the command line wrote: their list. */
const PAGES = ".rehabrun-pages";

/** The first bytes of a file, by which an export is known. */
const FIRST = 64 << 10;

/** @param {string} path */
const nameOf = (path) => path.split("/").at(-1) ?? path;

/** True when a file is to be read for its name. @param {string} name */
function hasActivityName(name) {
  const bare = name.toLowerCase().replace(/\.gz$/, "");
  return [".fit", ".gpx", ".tcx", ".zip"].some((ending) => bare.endsWith(ending));
}

/** The files of an `<input>`. @param {FileList | File[]} list @returns {Chosen[]} */
function ofInput(list) {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}

/**
 * Everything that was dropped, folders with all below them. All must be taken from the event before the first wait.
 *
 * A page from the disk reads no file of an entry in Chromium, and lists wrong folders: handles are asked first.
 * @param {DataTransfer} dropped @returns {Promise<Chosen[]>}
 */
async function ofDrop(dropped) {
  const items = [...dropped.items].filter(({ kind }) => kind === "file").map((/** @type {any} */ item) => (
    { entry: item.webkitGetAsEntry?.(), file: item.getAsFile(), handle: item.getAsFileSystemHandle?.().catch(() => null) }));
  /** @type {Chosen[]} */
  const found = [];
  for (const { entry, file, handle } of items) {
    const known = await handle;
    if (known?.kind === "directory") await walkHandle(known, known.name, found);
    else if (entry?.isDirectory) await walk(entry, "", found);
    else if (file) found.push({ path: file.name, file });
  }
  return found;
}

/** @param {any} folder @param {string} path @param {Chosen[]} found */
async function walkHandle(folder, path, found) {
  for await (const inner of folder.values()) {
    const at = `${path}/${inner.name}`;
    if (inner.kind === "directory") {
      await walkHandle(inner, at, found);
      continue;
    }
    const file = await inner.getFile().catch(() => null);
    if (file) found.push({ path: at, file });
  }
}

/** @param {any} entry @param {string} above @param {Chosen[]} found */
async function walk(entry, above, found) {
  const path = above + entry.name;
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
    if (file) found.push({ path, file });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    /** @type {any[]} */
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (some.length === 0) return;
    for (const inner of some) await walk(inner, path + "/", found);
  }
}

/** Files in the order in which the command line walks folders: by the bytes of the parts of their paths. @param {Chosen[]} chosen */
function inPathOrder(chosen) {
  const split = chosen.map((one) => ({ one, parts: one.path.split("/") }));
  return split.sort((a, b) => inOrder(a.parts, b.parts)).map(({ one }) => one);
}

/** @param {string[]} left @param {string[]} right */
function inOrder(left, right) {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const one = /** @type {string} */ (left[i]), other = /** @type {string} */ (right[i]);
    if (one !== other) return bytewise(one, other);
  }
  return left.length - right.length;
}

/** Compares text as its bytes in UTF-8 compare. @param {string} a @param {string} b */
function bytewise(a, b) {
  // Surrogates stand for what comes behind all other characters.
  const rank = (/** @type {number} */ unit) => (unit < 0xd800 ? unit : unit < 0xe000 ? unit + 0x2000 : unit - 0x800);
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [one, other] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (one !== other) return rank(one) - rank(other);
  }
  return a.length - b.length;
}

/** The inputs among chosen files, in their order. @param {Chosen[]} chosen @returns {Input[]} */
function inputs(chosen) {
  /** @type {Input[]} */
  const found = [];
  const sorted = chosen.some(({ path }) => path.includes("/")) ? inPathOrder(chosen) : chosen;
  const listings = new Set(chosen.filter(({ path }) => nameOf(path) === LISTING).map(({ path }) => path.slice(0, -LISTING.length)));
  for (const { path, file } of sorted) {
    const parts = path.split("/"), name = nameOf(path);
    if (parts.length === 1) {
      if (name !== ATHLETE && name !== LISTING) found.push({ path, file, named: true });
      continue;
    }
    if (parts.slice(1, -1).some((part) => part.startsWith(".")) || name === ATHLETE) continue;
    const hidden = name.startsWith("."), active = hasActivityName(name);
    const base = [2, 1].map((n) => parts.slice(0, -n).map((part) => part + "/").join("")).find((folder) => listings.has(folder));
    const listed = base === undefined ? undefined : path.slice(base.length);
    if (active && name.startsWith("._")) found.push({ path, file, named: false, skipped: "foreign" });
    else if (active) found.push({ path, file, named: false, listed });
    else if (!hidden) found.push({ path, file, named: false, unnamed: true, listed });
  }
  return found;
}

/** How many folders above a file are looked at for a list of sessions. */
const MOST_ABOVE = 3;

/**
 * Puts an export whose sessions lie scattered over several files in front of the first of these, and has what else lies
 * below its root wait for it. `lists` are the files by which such exports are known, each with its root.
 *
 * @param {Input[]} all @param {Chosen[]} chosen @param {[string, string][]} lists @returns {Input[]}
 */
function joinExports(all, chosen, lists) {
  /** @type {Map<string, [string, string]>} */
  const known = new Map(lists.filter(([, root]) => root !== "").reverse().map((list) => [list[0].slice(0, -nameOf(list[0]).length), list]));
  /** @type {Map<string, Input>} */
  const opened = new Map();
  return all.flatMap((input) => {
    const parts = input.path.split("/");
    const above = Array.from({ length: MOST_ABOVE }, (_, n) => known.get(parts.slice(0, -n - 1).map((part) => part + "/").join("")));
    const found = input.named || input.skipped ? undefined : above.find((list) => list && input.path.startsWith(list[1]));
    if (!found) return [input];
    const [list, root] = found, before = opened.get(root);
    if (before) return [{ ...input, after: before }];
    const below = chosen.filter(({ path }) => path.startsWith(root));
    /** @type {Input} */
    const whole = { path: root.slice(0, -1), file: new Blob(), named: false, list: list.slice(root.length), parts: new Map(below.map(({ path, file }) => [path.slice(root.length), file])) };
    opened.set(root, whole);
    return [whole, { ...input, after: whole }];
  });
}

/**
 * Gives an unpacked Apple Health export the files below its folder, in which its routes are, and has what may be a route
 * wait for it. `isExport` looks into a file.
 *
 * @param {Input[]} all @param {Chosen[]} chosen @param {(input: Input) => Promise<boolean>} isExport
 */
async function joinRoutes(all, chosen, isExport) {
  for (const [n, input] of all.entries()) {
    if (input.named || !input.path.toLowerCase().endsWith(".xml") || !await isExport(input)) continue;
    const folder = input.path.slice(0, -nameOf(input.path).length);
    const below = chosen.filter(({ path }) => path.startsWith(folder));
    input.parts = new Map(below.map(({ path, file }) => [path.slice(folder.length), file]));
    for (const later of all.slice(n + 1)) if (later.path.startsWith(folder)) later.after = input;
  }
}

/** The list of a bulk export among chosen files. @param {Chosen[]} chosen */
const listingOf = (chosen) => chosen.find(({ path }) => nameOf(path) === LISTING)?.file;

/** The runner's file at the top of what was chosen. @param {Chosen[]} chosen */
function athleteOf(chosen) {
  const found = chosen.filter(({ path }) => nameOf(path) === ATHLETE).sort((a, b) => a.path.split("/").length - b.path.split("/").length);
  return found.find(({ path }) => path.split("/").length <= 2)?.file;
}

/**
 * The folders of patients below the folder that was chosen, and how many activities lie beside them.
 * @param {Chosen[]} chosen @returns {{ patients: Map<string, Chosen[]>, loose: number }}
 */
function patientsOf(chosen) {
  /** @type {Map<string, Chosen[]>} */
  const patients = new Map();
  let loose = 0;
  for (const one of inPathOrder(chosen)) {
    const [, folder, ...below] = one.path.split("/");
    if (folder === undefined || folder.startsWith(".")) continue;
    if (below.length === 0) {
      loose += hasActivityName(folder) ? 1 : 0;
      continue;
    }
    const known = patients.get(folder);
    if (known) known.push(one);
    else patients.set(folder, [one]);
  }
  for (const [folder, files] of patients) {
    const holds = (/** @type {string} */ name) => files.some(({ path }) => path.split("/").length === 3 && nameOf(path) === name);
    if (holds(PAGES) && !holds(ATHLETE) && !files.some(({ path }) => hasActivityName(nameOf(path)))) patients.delete(folder);
  }
  return { patients, loose };
}

/** True when the folder holds folders of patients: a runner's file in one below it, and none in itself. @param {Chosen[]} chosen */
function isClinic(chosen) {
  const depths = chosen.filter(({ path }) => nameOf(path) === ATHLETE).map(({ path }) => path.split("/").length);
  return depths.includes(3) && !depths.includes(2);
}
