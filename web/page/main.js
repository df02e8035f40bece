/** What the page holds. Nothing of it outlives the page but the settings, where somebody asks for that. */
const state = {
  toml: memory.get() ?? "",
  /** @type {Chosen[]} */
  chosen: [],
  /** @type {Entry[]} */
  entries: [],
  /** @type {any[]} */
  rows: [],
  /** @type {any} */
  summary: null,
  weeks: "",
  /** @type {{ folder: string, name: string, toml: string, chosen: Chosen[], entries: Entry[], rows: any[], html: string, error: any }[]} */
  patients: [],
  clinic: "",
  /** The user's own settings, while synthetic runs are judged by theirs. @type {string | null} */
  demo: null,
  loose: 0,
};

/** @type {Pool} */
let pool;
/** @type {AbortController | null} */
let working = null;

const settingsOf = (toml = state.toml) => ({ toml, units: "" });

/** Shows a view, and moves the focus to it. @param {string} title @param {...any} content */
function show(title, ...content) {
  document.title = title === "" ? "rehabrun" : `${title} · rehabrun`;
  const parts = content.flat().filter(Boolean);
  // A report has its heading inside its frame, and an error has none; the page around them needs one of its own.
  const heading = !parts.some((part) => part.querySelector("h1")) && h("h1", { class: "sr" }, title);
  byId("main").replaceChildren(...[heading, ...parts].filter((part) => part !== false));
  const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("header.top nav a"));
  const there = { "#/runs": state.entries.length > 1, "#/weeks": state.weeks !== "", "#/patients": state.patients.length > 0, "#/settings": true };
  for (const link of links) {
    const to = /** @type {keyof typeof there} */ (link.getAttribute("href"));
    link.hidden = !there[to];
    if (location.hash.startsWith(to)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (document.documentElement.dataset.ready) {
    byId("main").focus({ preventScroll: true });
    scrollTo(0, 0);
  }
}

/** Leads to an address, and shows it even where it is the one already. @param {string} to */
function go(to) {
  if (location.hash === to) void route();
  else location.hash = to;
}

/** The settings of the user. */
const own = () => state.demo ?? state.toml;

/** From now on these are the settings. @param {string} toml */
function adopt(toml) {
  state.toml = toml;
  state.demo = null;
}

/** @param {string} toml */
const hasCeiling = (toml) => /^\s*(easy_pace|easy_hr|race|talk_test|lthr|max_hr|birth_year|first_threshold|critical_pace|\[ceiling\.(race|talk_test)\])/m.test(toml);

/** What a ceiling needs of the runs, each once. @param {Entry[]} entries @param {any[]} rows */
const seenRuns = (entries, rows) => entries.flatMap(({ seen = [] }, n) => (rows[n]?.status === "audited" ? seen : []));

/** @param {boolean} folder @param {string} text @param {string} kind @param {(chosen: Chosen[]) => void} take */
function chooser(folder, text, kind, take) {
  const input = /** @type {HTMLInputElement} */ (h("input", { type: "file", multiple: true, webkitdirectory: folder, class: "sr", tabindex: -1, "aria-hidden": "true", onchange: () => {
    const chosen = ofInput(input.files ?? []);
    input.value = "";
    if (chosen.length > 0) take(chosen);
  } }));
  return [h("button", { type: "button", class: kind, onclick: () => input.click() }, text), input];
}

/** The short form. @param {string} heading @param {string} about */
function ceilingForm(heading, about) {
  return settingsForm(pool, {
    toml: own(), heading, about, groups: 1, submit: "Use it",
    use: (toml) => { adopt(toml); void reAudit("#/"); say("The ceiling is set."); },
    runs: () => seenRuns(state.entries, state.rows),
    extra: () => [h("a", { href: "#/settings" }, "More: race, talk test, birth year")],
  });
}

async function start() {
  const form = await ceilingForm("What is easy for you?", "One of these is enough. What you do not know may stay empty.");
  show("",
    h("section", { class: "hero" },
      h("h1", {}, "Did your easy run stay easy?"),
      h("p", {}, "Choose the file that your watch wrote. You see at once whether the running stayed under your easy ceiling, and where it turned into an interval session."),
      h("div", { class: "drop" },
        h("p", { class: "big" }, "Drop files or a folder here"),
        h("p", { class: "soft" }, "FIT, GPX, TCX, gzip and zip, or a whole export"),
        h("div", { class: "buttons" }, chooser(false, "Choose files", "primary", takeRuns), chooser(true, "Choose a folder", "", takeAny), h("button", { type: "button", onclick: demo }, "Try a synthetic run")))),
    form,
    h("section", { class: "card" }, h("h2", {}, "For physiotherapists"),
      h("p", {}, "Choose a folder with a sub-folder for each patient: the exports of the watch, and an athlete.toml with the ceiling and the first day of rehab. You get a table of all patients, worst first."),
      h("div", { class: "buttons" }, chooser(true, "Choose the patients' folder", "", takeClinic))));
}

async function demo() {
  const { header, bytes } = await pool.ask({ do: "demo" });
  let at = 0;
  state.chosen = header.files.map((/** @type {any} */ { name, size }) => {
    const file = new File([bytes.slice(at, at + size)], name);
    at += size;
    return { path: `examples/${name}`, file };
  });
  const mine = own();
  adopt(mine);
  // They show nothing without a ceiling; and theirs is nobody else's.
  if (!hasCeiling(mine)) {
    state.demo = mine;
    state.toml = header.toml;
  }
  await auditRuns();
  const shown = state.entries.findIndex(({ path }) => path.includes("turned-half-way"));
  go(`#/run/${Math.max(shown, 0)}`);
}

/** Has what is dropped on a document audited, be it the page or a report in it. @param {Document} on */
function takeDrops(on) {
  const { classList } = document.body;
  on.addEventListener("dragover", (event) => { event.preventDefault(); classList.add("dragging"); });
  on.addEventListener("dragleave", (event) => { if (!event.relatedTarget) classList.remove("dragging"); });
  on.addEventListener("drop", async (event) => {
    event.preventDefault();
    classList.remove("dragging");
    const chosen = event.dataTransfer ? await ofDrop(event.dataTransfer) : [];
    if (chosen.length > 0) void takeAny(chosen);
  });
}

/** @param {Chosen[]} chosen */
function takeAny(chosen) {
  return isClinic(chosen) ? takeClinic(chosen) : takeRuns(chosen);
}

/** @param {Chosen[]} chosen */
async function takeRuns(chosen) {
  const athlete = athleteOf(chosen);
  if (athlete) {
    const toml = await athlete.text();
    const { header } = await pool.ask({ do: "settings", toml, units: "" });
    if (header.error) return show(ATHLETE, problem(header.error));
    adopt(toml);
  }
  adopt(own());
  state.chosen = chosen;
  await auditRuns();
  if (state.entries.length === 0) return show("No file", problem({ message: "no file was read", cause: "nothing of what was chosen is a file to read", hint: "choose the files of the watch, or the folder that holds them" }));
  go(state.entries.length === 1 ? "#/run/0" : "#/runs");
}

/** Audits the runs again where there are some. @param {string} otherwise */
async function reAudit(otherwise) {
  if (state.chosen.length === 0) return go(otherwise);
  await auditRuns();
  go(state.entries.length === 1 ? "#/run/0" : "#/runs");
}

async function auditRuns() {
  state.patients = [];
  state.clinic = state.weeks = "";
  state.entries = [];
  state.entries = await auditAll(state.chosen, state.toml);
  state.rows = state.entries.map(({ row }) => row);
  state.summary = null;
  if (state.entries.length > 1) {
    const { rows, summary } = await pool.assemble(state.entries, settingsOf());
    state.rows = rows;
    state.summary = summary;
    const runs = Object.fromEntries(state.entries.map(({ path }, n) => [path, `#/run/${n}`]));
    const weeks = await pool.ask({ do: "weeks", runs }, settingsOf());
    state.weeks = weeks.header.weeks > 0 ? new TextDecoder().decode(weeks.bytes) : "";
  }
}

/**
 * Audits what was chosen, with a bar that shows how far it is.
 * @param {Chosen[]} chosen @param {string} toml @param {string} [of]
 */
async function auditAll(chosen, toml, of = "") {
  const listing = listingOf(chosen);
  pool.list(listing ? new Uint8Array(await listing.arrayBuffer()) : null);
  const begun = performance.now(), paths = chosen.map(({ path }) => path).filter((path) => path.includes("/"));
  const { header: { lists } } = await pool.ask({ do: "lists", paths });
  const all = joinExports(inputs(chosen), chosen, lists);
  await joinRoutes(all, chosen, isAppleHealth);
  const controller = working ?? new AbortController();
  working = controller;
  let total = all.length, done = 0, shown = 0;
  const bar = h("progress", { max: total, value: 0, "aria-label": "Files audited" });
  const text = h("span", {}, "");
  const cancel = h("button", { type: "button", onclick: () => controller.abort() }, "Cancel");
  const tell = () => {
    const seconds = (performance.now() - begun) / 1000, rate = done / Math.max(seconds, 0.001);
    bar.setAttribute("max", String(total));
    bar.setAttribute("value", String(done));
    const left = done > 0 ? (total - done) / rate : 0;
    text.textContent = `${of}${done} of ${plural(total, "file")}${done > 5 ? ` · ${rate.toFixed(rate < 10 ? 1 : 0)} a second` : ""}${left > 1 ? ` · ${clock(left)} left` : ""}`;
  };
  tell();
  byId("work").replaceChildren(bar, text, cancel);
  // What is done at once needs no bar.
  const late = setTimeout(() => { byId("work").hidden = false; }, 150);
  const entries = await pool.audit(all, settingsOf(toml), {
    signal: controller.signal,
    total: (n) => { total = n; },
    entry: () => {
      done += 1;
      if (performance.now() - shown > 100) {
        shown = performance.now();
        tell();
      }
    },
  });
  if (!controller.signal.aborted) entries.push(...await remarks(all, toml));
  clearTimeout(late);
  byId("work").hidden = true;
  if (of === "") working = null;
  say(controller.signal.aborted ? `Cancelled. ${plural(entries.length, "file")} done.` : `${plural(entries.length, "file")} audited.`);
  return entries;
}

/** True for the `export.xml` of Apple Health. @param {Input} input */
async function isAppleHealth({ path, file }) {
  const head = new Uint8Array(await file.slice(0, FIRST).arrayBuffer().catch(() => new ArrayBuffer(0)));
  return (await pool.ask({ do: "sniff", path }, {}, head)).header.kind === "apple-health";
}

/**
 * What is to be said of unpacked exports, as entries behind all others.
 * @param {Input[]} all @param {string} toml @returns {Promise<Entry[]>}
 */
async function remarks(all, toml) {
  const paths = all.filter(({ named, skipped }) => !named && !skipped).map(({ path }) => path);
  if (paths.length === 0) return [];
  const { header } = await pool.ask({ do: "exports", paths, read: all.flatMap((input) => input.export ?? []) });
  return Promise.all(header.remarks.map(async (/** @type {string[]} */ [path = "", remark]) => {
    const request = { path, skipped: "export", remark };
    const { header: { row }, bytes } = await pool.ask({ do: "audit", ...request }, settingsOf(toml));
    return { row, packed: bytes, path, file: new Blob(), named: false, request };
  }));
}

/** @param {Chosen[]} chosen */
async function takeClinic(chosen) {
  const { patients, loose } = patientsOf(chosen);
  adopt(own());
  state.entries = [];
  state.chosen = [];
  state.weeks = "";
  state.patients = [];
  if (patients.size === 0) {
    return show("No patient", problem({ message: "no patient", cause: "the folder holds no folder", hint: `put the files of each patient and an ${ATHLETE} into a folder` }));
  }
  const controller = new AbortController();
  for (const [folder, files] of patients) {
    if (controller.signal.aborted) break;
    working = controller;
    await onePatient(folder, files);
  }
  working = null;
  state.loose = loose;
  await clinicPage();
  go("#/patients");
}

/** @param {string} folder @param {Chosen[]} chosen @param {string} [edited] */
async function onePatient(folder, chosen, edited) {
  // The patient's own folder is the top of what is seen of it.
  const below = chosen.map((one) => ({ ...one, path: one.path.split("/").slice(1).join("/") }));
  const toml = edited ?? (await athleteOf(below)?.text()) ?? "";
  const known = { folder, name: folder, toml, chosen, entries: /** @type {Entry[]} */ ([]), rows: /** @type {any[]} */ ([]), html: "", error: /** @type {any} */ (null) };
  const before = state.patients.findIndex((patient) => patient.folder === folder);
  if (before >= 0) state.patients[before] = known;
  else state.patients.push(known);
  const { header } = await pool.ask({ do: "settings", toml, units: "" });
  if (header.error) {
    known.error = header.error;
    return;
  }
  known.name = header.name ?? folder;
  known.entries = await auditAll(below, toml, `${known.name}: `);
}

/** Puts the patients together: the weeks of each, and the table of all. */
async function clinicPage() {
  /** @type {Record<string, string>} */
  const pages = {};
  await pool.ask({ do: "clinic" });
  for (const patient of state.patients) {
    const { folder, entries, toml } = patient;
    if (patient.error) {
      await pool.ask({ do: "unread", folder, message: patient.error.message, cause: patient.error.cause });
    } else {
      patient.rows = (await pool.assemble(entries, settingsOf(toml))).rows;
      const at = `#/patient/${encodeURIComponent(folder)}`;
      const runs = Object.fromEntries(entries.map(({ path }, n) => [path, `${at}/${n}`]));
      const made = await pool.ask({ do: "patient", folder, runs }, settingsOf(toml));
      patient.html = new TextDecoder().decode(made.bytes);
    }
    pages[folder] = `#/patient/${encodeURIComponent(folder)}`;
  }
  const note = state.loose > 0 ? `${state.loose === 1 ? "1 activity" : `${state.loose} activities`} beside the folders of the patients: nobody's, and left out` : undefined;
  const made = await pool.ask({ do: "clinic", pages, note });
  state.clinic = new TextDecoder().decode(made.bytes);
}

/** Buttons that save or print what is shown. @param {string} html @param {string} name @param {Entry[]} entries @param {string} toml */
function keep(html, name, entries, toml) {
  const all = (/** @type {string} */ format, /** @type {string} */ ending, /** @type {string} */ type) => async () => {
    const { out } = await pool.assemble(entries, settingsOf(toml), format);
    save(new Blob([out], { type }), `${name}.${ending}`);
  };
  const print = () => document.querySelector("iframe")?.contentWindow?.print();
  return h("div", { class: "buttons keep", role: "group", "aria-label": "Save or print" },
    html !== "" && h("button", { type: "button", onclick: () => save(new Blob([html], { type: "text/html" }), `${name}.html`) }, "Save page"),
    html !== "" && h("button", { type: "button", onclick: print }, "Print or PDF"),
    entries.length > 0 && h("button", { type: "button", onclick: all("json", "json", "application/json") }, "JSON"),
    entries.length > 0 && h("button", { type: "button", onclick: all("csv", "csv", "text/csv") }, "CSV"));
}

/** @param {Entry[]} entries @param {number} n @param {string} toml @param {string} back @param {string} where */
async function runView(entries, n, toml, back, where) {
  const entry = entries[n];
  if (!entry) return go("#/");
  const made = entry.page ? { header: {}, bytes: entry.page } : await pool.page(entry, settingsOf(toml));
  if (made.header.error) return show("Error", problem(made.header.error));
  const html = new TextDecoder().decode(made.bytes), name = entry.row.title;
  show(name,
    h("div", { class: "bar" }, h("a", { class: "back", href: back }, `← ${where}`), keep(html, nameOf(entry.path).replace(/\.[^.]+$/, ""), [entry], toml)),
    entries === state.entries && await asked([entry.row]),
    framed(html, `Report on ${name}`));
}

/** The form for a ceiling, where runs could not be judged for want of one. @param {any[]} rows */
async function asked(rows) {
  const lacking = rows.filter((row) => row.has_ceiling === false).length;
  if (lacking === 0) return null;
  const which = rows.length === 1 ? "this run cannot be judged" : `${plural(lacking, "run")} cannot be judged`;
  return ceilingForm("What is easy for you?", `Without an easy ceiling ${which}. One of these is enough.`);
}

async function listView() {
  const order = state.rows.map((row, n) => ({ row, n })).sort((a, b) => a.row.rank - b.row.rank || a.n - b.n);
  const counts = (state.summary?.verdicts ?? []).map((/** @type {any} */ { class: name, n_files }) => `${n_files} ${name === "undetermined" ? "cannot tell" : name.replaceAll("-", " ")}`);
  if (state.summary?.n_skipped) counts.push(`${state.summary.n_skipped} skipped`);
  if (state.summary?.n_failed) counts.push(`${state.summary.n_failed} not readable`);
  const line = (/** @type {{ row: any, n: number }} */ { row, n }) => h("tr", {},
    h("td", { class: "which" }, h("span", { class: `badge ${row.style}` }, row.sign && h("span", { "aria-hidden": "true" }, `${row.sign} `), row.verdict)),
    h("td", { class: "day" }, row.date),
    h("td", {}, h("a", { href: `#/run/${n}` }, row.title), row.error ? h("div", { class: "soft" }, `${row.error.message}: ${row.error.cause}`) : row.status === "skipped" && row.sentence ? h("div", { class: "soft" }, row.sentence) : null),
    h("td", { class: "num" }, row.run_s === null || row.run_s === undefined ? "" : clock(row.run_s)),
    h("td", { class: "num wide" }, row.judged ? `${row.over} of ${row.judged}` : ""));
  const MOST = 200;
  const body = h("tbody", {}, order.slice(0, MOST).map(line));
  const rest = order.slice(MOST);
  const more = rest.length > 0 && h("button", { type: "button", onclick: (/** @type {Event} */ event) => {
    body.append(...rest.splice(0, MOST).map(line));
    if (rest.length === 0) /** @type {HTMLElement} */ (event.target).remove();
  } }, "Show more");
  show("Runs",
    h("div", { class: "bar" }, h("a", { class: "back", href: "#/" }, "← Other files"), keep("", "rehabrun", state.entries, state.toml)),
    await asked(state.rows),
    h("section", { class: "card summary" }, h("h1", {}, plural(state.rows.length, "file")), h("p", {}, counts.join(" · ")),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": "Files, worst first" }, h("table", { class: "files" }, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Verdict"), h("th", { scope: "col" }, "Date"), h("th", { scope: "col" }, "Run"), h("th", { scope: "col", class: "num" }, "Running"), h("th", { scope: "col", class: "num wide" }, "Over"))), body)), more));
}

async function settingsView() {
  const form = await settingsForm(pool, {
    toml: own(), heading: "Settings", submit: "Use these settings",
    use: (toml) => { adopt(toml); void reAudit("#/"); say("The settings are in use."); },
    runs: () => seenRuns(state.entries, state.rows),
    extra: (current) => [
      h("button", { type: "button", onclick: async () => {
        const toml = await current();
        if (toml === null) return;
        const isNew = toml !== state.toml;
        adopt(toml);
        if (isNew && state.chosen.length > 0) await auditRuns();
        say(memory.set(toml) ? "Remembered on this computer." : "This browser does not let the page remember anything.");
        byId("remembered").textContent = byId("said").textContent;
      } }, "Remember on this computer"),
      h("button", { type: "button", onclick: () => {
        memory.forget();
        adopt("");
        void settingsView().then(() => {
          say("Everything is forgotten.");
          byId("remembered").textContent = "Everything is forgotten.";
        });
      } }, "Forget all"),
      h("button", { type: "button", onclick: async () => {
        const toml = await current();
        if (toml !== null) save(new Blob([toml], { type: "application/toml" }), ATHLETE);
      } }, `Save as ${ATHLETE}`),
      h("p", { id: "remembered", class: "soft" }, memory.get() === null ? "" : "Remembered on this computer."),
    ],
  });
  show("Settings", form);
}

/** @param {string} folder */
async function patientSettings(folder) {
  const patient = state.patients.find((one) => one.folder === folder);
  if (!patient) return go("#/");
  const at = `#/patient/${encodeURIComponent(folder)}`;
  const form = await settingsForm(pool, {
    toml: patient.toml, heading: `Settings of ${patient.name}`, submit: "Use these settings",
    use: async (toml) => {
      await onePatient(folder, patient.chosen, toml);
      working = null;
      await clinicPage();
      go(at);
    },
    runs: () => seenRuns(patient.entries, patient.rows),
    extra: (current) => [h("button", { type: "button", onclick: async () => {
      const toml = await current();
      if (toml !== null) save(new Blob([toml], { type: "application/toml" }), ATHLETE);
    } }, `Save as ${ATHLETE}`)],
  });
  show(`Settings of ${patient.name}`, h("div", { class: "bar" }, h("a", { class: "back", href: at }, `← ${patient.name}`)), form);
}

/** Shows what the address says. What is not there any more, as after a reload, is the first page. */
async function route() {
  const [, what = "", which = "", n = ""] = location.hash.split("/").map(decodeURIComponent);
  const patient = state.patients.find(({ folder }) => folder === which);
  if (what === "settings") return settingsView();
  if (what === "runs" && state.entries.length > 0) return listView();
  const isOne = state.entries.length === 1;
  if (what === "run" && state.entries[Number(which)]) return runView(state.entries, Number(which), state.toml, isOne ? "#/" : "#/runs", isOne ? "Other files" : "All runs");
  if (what === "weeks" && state.weeks !== "") return show("Weeks", h("div", { class: "bar" }, h("a", { class: "back", href: "#/runs" }, "← All runs"), keep(state.weeks, "weeks", [], state.toml)), framed(state.weeks, "The weeks"));
  if (what === "patients" && state.clinic !== "") return show("Patients", h("div", { class: "bar" }, h("a", { class: "back", href: "#/" }, "← Another folder"), keep(state.clinic, "patients", [], "")), framed(state.clinic, "Patients, worst first"));
  if (what === "patient" && patient && n === "settings") return patientSettings(which);
  if (what === "patient" && patient && n !== "") return runView(patient.entries, Number(n), patient.toml, `#/patient/${encodeURIComponent(which)}`, patient.name);
  if (what === "patient" && patient) {
    const edit = h("a", { href: `#/patient/${encodeURIComponent(which)}/settings` }, "Settings");
    const bar = h("div", { class: "bar" }, h("a", { class: "back", href: "#/patients" }, "← All patients"), edit, keep(patient.html, which, patient.entries, patient.toml));
    return show(patient.name, bar, patient.error ? problem(patient.error) : framed(patient.html, `The weeks of ${patient.name}`));
  }
  return start();
}

/** Why this browser cannot do it, where it cannot. */
function missing() {
  const needed = { WebAssembly: typeof WebAssembly, DecompressionStream: typeof DecompressionStream, Worker: typeof Worker, BigInt: typeof BigInt };
  const names = Object.entries(needed).filter(([, kind]) => kind === "undefined").map(([name]) => name);
  return names.length === 0 ? null : names.join(", ");
}

/** The engine stands behind this script, so that the page shows before it is read. */
const parsed = new Promise((resolve) => {
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", resolve);
  else resolve(null);
});

async function begin() {
  const lacks = missing();
  if (lacks) {
    byId("main").replaceChildren(problem({ message: "this browser is too old", cause: `it lacks ${lacks}`, hint: "use Chrome or Edge from 103, Firefox from 115 or Safari from 16.4 on" }));
    return;
  }
  pool = new Pool(byId("worker").textContent ?? "");
  // Without settings the first page needs no engine.
  if (state.toml === "" && !location.hash.startsWith("#/settings")) await start();
  await parsed;
  try {
    await pool.load(byId("engine").textContent ?? "");
  } catch (error) {
    byId("main").replaceChildren(problem({ message: "the page cannot start", cause: error instanceof Error ? error.message : String(error), hint: "download it again, or use another browser" }));
    return;
  }
  addEventListener("hashchange", () => void route());
  takeDrops(document);
  addEventListener("paste", (event) => {
    const files = event.clipboardData?.files;
    if (files && files.length > 0) void takeRuns(ofInput(files));
  });
  if (byId("main").querySelector("form") === null) await route();
  document.documentElement.dataset.ready = "true";
  performance.mark("ready");
  setTimeout(() => void pool.warm());
}

void begin();
