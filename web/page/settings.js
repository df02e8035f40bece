/**
 * The form that reads and writes a runner's file.
 *
 * @typedef {{ key: string, label: string, hint?: string, kind: "text" | "number" | "pace" | "date" | "flag" | "plan" | "giver" | "clock" | "distance" }} Field
 * @type {{ title: string, about?: string, fields: Field[] }[]}
 */
const GROUPS = [
  {
    title: "Your easy ceiling",
    about: "One of these is enough. What you do not know may stay empty.",
    fields: [
      { key: "ceiling.easy_pace", label: "Easy pace", hint: "such as 6:30", kind: "pace" },
      { key: "ceiling.easy_hr", label: "Easy heart rate", hint: "in bpm", kind: "number" },
      { key: "ceiling.easy_pace_from", label: "Who gave it", kind: "giver" },
    ],
  },
  {
    title: "Talk test",
    about: "Run a little faster every few minutes, and recite a text you know by heart. Note the fastest pace, the heart rate or both at which you could still speak in whole sentences.",
    fields: [
      { key: "ceiling.talk_test.pace", label: "Pace at which you could talk", kind: "pace" },
      { key: "ceiling.talk_test.hr", label: "Heart rate at which you could talk", hint: "in bpm", kind: "number" },
    ],
  },
  {
    title: "A race",
    fields: [
      { key: "ceiling.race.distance", label: "Distance", hint: "such as 5k, 10k, half, marathon", kind: "distance" },
      { key: "ceiling.race.time", label: "Time", hint: "such as 25:00 or 1:52:30", kind: "clock" },
      { key: "ceiling.race.date", label: "Day of the race", kind: "date" },
    ],
  },
  {
    title: "About you",
    fields: [
      { key: "name", label: "Name", hint: "shown in reports", kind: "text" },
      { key: "ceiling.birth_year", label: "Year of birth", kind: "number" },
      { key: "ceiling.max_hr", label: "Highest heart rate measured", hint: "in bpm", kind: "number" },
      { key: "ceiling.resting_hr", label: "Resting heart rate", hint: "in bpm", kind: "number" },
      { key: "ceiling.lthr", label: "Heart rate at the lactate threshold", hint: "in bpm", kind: "number" },
      { key: "health.rate_limiting_medication", label: "I take medication that limits the heart rate", kind: "flag" },
    ],
  },
  {
    title: "The way back",
    fields: [
      { key: "rehab.started", label: "First day of rehab", hint: "weeks count from here", kind: "date" },
      { key: "rehab.plan", label: "Programme", kind: "plan" },
    ],
  },
];

/** Who may have given an easy pace or heart rate. */
const GIVERS = [["", "not said"], ["physio", "my physio"], ["lab", "a laboratory"], ["talk-test", "a talk test"], ["guess", "my own guess"]];

const STORED = "rehabrun.athlete.toml";

/** What the browser remembers, where it may. */
const memory = {
  get() { try { return localStorage.getItem(STORED); } catch { return null; } },
  /** @param {string} toml */
  set(toml) { try { localStorage.setItem(STORED, toml); return true; } catch { return false; } },
  forget() { try { localStorage.removeItem(STORED); } catch { /* nothing was kept */ } },
};

/** A value of the form as TOML, `null` for none. @param {Field} field @param {string} text @param {string} units */
function asToml(field, text, units) {
  const written = text.trim();
  if (written === "") return null;
  if (field.kind === "flag") return "true";
  if (field.kind === "number") return /^\d+(\.\d+)?$/.test(written) ? written : JSON.stringify(written);
  if (field.kind === "date") return /^\d{4}-\d\d-\d\d$/.test(written) ? written : JSON.stringify(written);
  if (field.kind === "pace") return JSON.stringify(/^[\d:.]+$/.test(written) ? `${written}/${units}` : written);
  return JSON.stringify(written);
}

/** The key that stands on a line of a runner's file. @param {string} toml @param {number} line */
function keyOnLine(toml, line) {
  let table = "";
  for (const text of toml.split("\n").slice(0, line)) table = /^\s*\[([^[\]]+)\]/.exec(text)?.[1] ?? table;
  const key = /^\s*([\w.-]+)\s*=/.exec(toml.split("\n")[line - 1] ?? "")?.[1];
  return key === undefined ? undefined : [table, key].filter(Boolean).join(".");
}

/**
 * The form over a runner's file. `use` takes the text once it can be used.
 *
 * @param {Pool} pool
 * @param {{ toml: string, heading: string, about?: string, groups?: number, submit: string, use: (toml: string) => void, runs: () => any[], extra?: (current: () => Promise<string | null>) => any[] }} how
 */
async function settingsForm(pool, how) {
  const groups = GROUPS.slice(0, how.groups ?? GROUPS.length);
  // An empty form needs no engine, and the first page has one.
  const { fields = {}, error } = how.toml === "" ? {} : (await pool.ask({ do: "read", toml: how.toml })).header;
  const plans = groups.length === GROUPS.length ? (await pool.ask({ do: "plans" })).header.plans : [];
  const units = /** @type {HTMLSelectElement} */ (h("select", { id: "f-units" }, ["km", "mi"].map((unit) => h("option", { value: unit, selected: fields.units === unit }, unit === "km" ? "kilometres" : "miles"))));
  /** @type {Map<string, HTMLInputElement | HTMLSelectElement>} */
  const inputs = new Map();
  const place = h("div", {});
  const fieldset = (/** @type {typeof GROUPS[number]} */ group) => h("fieldset", {}, h("legend", { class: how.groups === 1 && "sr" }, group.title), (how.about ?? group.about) && h("p", { class: "soft" }, how.about ?? group.about),
    h("div", { class: "fields" }, group.fields.map((field) => {
      const id = `f-${field.key.replaceAll(".", "-")}`, value = fields[field.key] ?? "";
      const described = field.hint ? `${id}-hint` : undefined;
      const choices = field.kind === "plan" ? [["", "none"], ...plans] : field.kind === "giver" ? GIVERS : null;
      const input = /** @type {any} */ (choices
        ? h("select", { id }, choices.map((/** @type {string[]} */ [name, title]) => h("option", { value: name, selected: name === value }, title)))
        : field.kind === "flag" ? h("input", { id, type: "checkbox", checked: value === "true" })
          : h("input", { id, type: field.kind === "date" ? "date" : "text", inputmode: field.kind === "number" ? "decimal" : undefined, autocomplete: "off", value, "aria-describedby": described }));
      inputs.set(field.key, input);
      const label = h("label", { for: id }, field.label);
      if (field.kind === "flag") return h("div", { class: "field flag" }, input, label);
      return h("div", { class: "field" }, label, input, field.hint && h("span", { class: "soft", id: described }, field.hint));
    }), group === groups[0] && h("div", { class: "field" }, h("label", { for: "f-units" }, "Units"), units)));

  /** The file with what the form says; `null` after telling what is wrong with it. */
  async function current() {
    /** @type {Record<string, string | null>} */
    const set = { units: units.value === "mi" || fields.units ? JSON.stringify(units.value) : null };
    for (const field of groups.flatMap((group) => group.fields)) {
      const input = /** @type {any} */ (inputs.get(field.key));
      input.removeAttribute("aria-invalid");
      set[field.key] = asToml(field, field.kind === "flag" ? (input.checked ? "true" : "") : input.value, units.value);
    }
    place.replaceChildren();
    const written = await pool.ask({ do: "write", toml: how.toml, set });
    const toml = new TextDecoder().decode(written.bytes);
    const fault = written.header.error ?? (await pool.ask({ do: "settings", toml, units: "" })).header;
    const failure = written.header.error ?? fault.error;
    if (!failure) return toml;
    const key = fault.line ? keyOnLine(toml, fault.line) : undefined;
    const input = [...inputs].find(([name]) => name === key || (key && name.startsWith(`${key}.`)))?.[1];
    const label = GROUPS.flatMap((group) => group.fields).find((field) => inputs.get(field.key) === input)?.label;
    const cause = failure.cause.replace(/^line \d+: /, "");
    place.replaceChildren(problem({ message: label ? `${label} cannot be used` : failure.message, cause, hint: "" }));
    input?.setAttribute("aria-invalid", "true");
    input?.focus();
    return null;
  }

  /** Asks what pace the runs suggest, and shows it with its reasons and a button that takes it. */
  async function suggest() {
    const toml = await current();
    if (toml === null) return;
    const { header } = await pool.ask({ do: "suggest", runs: how.runs(), on: new Date().toISOString().slice(0, 10) }, { toml, units: "" });
    if (header.error) return place.replaceChildren(problem(header.error));
    const take = () => {
      for (const [key, value] of [["ceiling.easy_pace", header.pace], ["ceiling.easy_pace_from", "guess"]]) /** @type {any} */ (inputs.get(key)).value = value;
      place.replaceChildren();
      inputs.get("ceiling.easy_pace")?.focus();
    };
    place.replaceChildren(h("div", { class: "card hint", role: "status" },
      h("p", {}, header.pace ? h("b", {}, `Your runs suggest ${header.pace}, give or take ${header.percent} %.`) : h("b", {}, "Your runs suggest no pace yet.")),
      h("ul", {}, header.notes.map((/** @type {string} */ note) => h("li", {}, note.charAt(0).toUpperCase() + note.slice(1)))),
      header.pace && h("button", { type: "button", onclick: take }, `Take ${header.pace}`)));
  }

  const form = h("form", { class: "card settings", novalidate: true, onsubmit: async (/** @type {Event} */ event) => {
    event.preventDefault();
    const toml = await current();
    if (toml !== null) how.use(toml);
  } }, h(how.groups === 1 ? "h2" : "h1", {}, how.heading), error && problem(error), groups.map(fieldset), h("div", { class: "buttons" }, h("button", { class: "primary" }, how.submit), h("button", { type: "button", onclick: suggest }, "Suggest from my runs"), how.extra?.(current) ?? []), place);
  return form;
}
