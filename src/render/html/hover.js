"use strict";
// What a chart can do where scripts run: the values under the pointer, a distance axis, zoom, and the row of a table marked.
// The page says the same without it.
// Its names are its own, whatever page it stands in.
{
const clock = (s) => {
  const t = Math.round(s), h = Math.floor(t / 3600), m = Math.floor(t / 60) % 60, two = (x) => String(x).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(t % 60)}` : `${m}:${two(t % 60)}`;
};
const make = (name, properties) => Object.assign(document.createElement(name), properties);
for (const figure of document.querySelectorAll("figure.chart")) {
  const data = figure.querySelector("data.samples");
  if (!data) continue;
  const numbers = (name) => (data.dataset[name] || "").split(",").map((x) => (x === "" ? null : Number(x)));
  const [seconds, pace, heart, altitude, meters] = ["seconds", "pace", "heart", "altitude", "meters"].map(numbers);
  const elapsed = Number(data.dataset.elapsed), perUnit = Number(data.dataset.perunit);
  const length = meters.length === seconds.length ? meters[meters.length - 1] : 0;
  const nearest = (list, value) => {
    let low = 0, high = list.length - 1;
    while (low < high) { const mid = (low + high) >> 1; if (list[mid] < value) low = mid + 1; else high = mid; }
    return low;
  };
  // From one list of rising numbers to the other.
  const between = (from, to, value) => {
    const at = nearest(from, value);
    if (at === 0 || from[at] <= value) return to[at];
    const share = (value - from[at - 1]) / (from[at] - from[at - 1] || 1);
    return to[at - 1] + share * (to[at] - to[at - 1]);
  };
  let byDistance = false, view = [0, 1], marked = null;
  const whole = () => (byDistance ? length : elapsed);
  const shareOf = (second) => (byDistance ? between(seconds, meters, second) / length : second / elapsed);
  const secondAt = (share) => (byDistance ? between(meters, seconds, share * length) : share * elapsed);
  const boxes = [...figure.querySelectorAll("[data-width]")].map((box) => {
    const svg = box.querySelector("svg"), scale = svg.viewBox.baseVal.width / box.dataset.width;
    const left = box.dataset.left * scale, right = svg.viewBox.baseVal.width - box.dataset.right * scale;
    const parts = [...svg.children].map((node) => {
      const points = (node.getAttribute("points") || "").trim().split(/\s+/).filter(Boolean).map((p) => p.split(",").map(Number));
      const [x, y, width] = ["x", "y", "width"].map((k) => Number(node.getAttribute(k)));
      return { node, points, x, y, width, foot: svg.viewBox.baseVal.height - 24 * scale };
    });
    return { box, svg, scale, left, right, parts };
  });
  const place = ({ left, right }, share) => left + ((share - view[0]) / (view[1] - view[0])) * (right - left);
  const redraw = () => {
    const plain = !byDistance && view[0] === 0 && view[1] === 1;
    for (const chart of boxes) {
      const { svg, scale, left, right, parts } = chart;
      const moved = (x) => (plain ? x : place(chart, shareOf(((x - left) / (right - left)) * elapsed)));
      const inside = (x) => x >= left - 0.5 && x <= right + 0.5;
      const clamp = (x) => Math.min(Math.max(x, left), right);
      svg.querySelectorAll(".added").forEach((node) => node.remove());
      for (const { node, points, x, y, width, foot } of parts) {
        const show = (is) => { node.style.display = is ? "" : "none"; };
        if (points.length) {
          if (points.every((p) => p[1] >= foot - 0.5)) { show(plain); continue; }
          let to = points.map(([px, py]) => [moved(px), py]);
          const isLine = node.tagName === "polyline" && points.length > 2;
          if (isLine) to = to.filter(([px]) => inside(px));
          else if (to.every(([px]) => px < left - 0.5) || to.every(([px]) => px > right + 0.5)) to = [];
          show(to.length > 0);
          node.setAttribute("points", to.map(([px, py]) => `${clamp(px).toFixed(1)},${py}`).join(" "));
        } else if (node.tagName === "rect") {
          const from = clamp(moved(x)), to = clamp(moved(x + width));
          show(to > from);
          node.setAttribute("x", from.toFixed(1));
          node.setAttribute("width", Math.max(0, to - from).toFixed(1));
        } else if (node.tagName === "text") {
          if (y >= foot - 0.5) { show(plain); continue; }
          if (x <= left || x >= right) continue;
          const to = moved(x);
          show(inside(to));
          node.setAttribute("x", to.toFixed(1));
        }
      }
      if (plain) continue;
      const foot = parts[0].foot, room = (right - left) / scale / 70, span = (view[1] - view[0]) * whole();
      const steps = byDistance ? [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50].map((n) => n * perUnit) : [5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200];
      const step = steps.find((one) => span / one <= room) || steps[steps.length - 1];
      const like = parts.find(({ node, y }) => node.tagName === "text" && y >= foot - 0.5);
      for (let n = Math.ceil((view[0] * whole()) / step - 1e-9); like && n * step <= view[1] * whole() + 1e-6; n += 1) {
        const label = like.node.cloneNode(false), x = place(chart, (n * step) / whole());
        label.style.display = "";
        label.setAttribute("class", "added");
        label.setAttribute("x", Math.min(x, right).toFixed(1));
        label.setAttribute("text-anchor", x > right - 26 * scale ? "end" : "middle");
        label.textContent = byDistance ? `${Number(((n * step) / perUnit).toFixed(2))} ${data.dataset.name}` : clock(n * step);
        svg.append(label);
      }
    }
    drawMark();
  };
  const tip = make("div", { className: "tip", hidden: true }), line = make("div", { className: "hairline", hidden: true });
  const mark = make("div", { className: "mark", hidden: true });
  figure.append(mark, line, tip);
  const hide = () => { tip.hidden = line.hidden = true; };
  const shown = () => boxes.find(({ box }) => box.getBoundingClientRect().width > 0);
  const drawMark = () => {
    const chart = shown();
    mark.hidden = !marked || !chart;
    if (mark.hidden) return;
    const frame = chart.box.getBoundingClientRect(), outer = figure.getBoundingClientRect(), scale = frame.width / chart.box.dataset.width / chart.scale;
    const [from, to] = marked.map((second) => Math.min(Math.max(place(chart, shareOf(second)), chart.left), chart.right) * scale);
    mark.style.left = `${frame.left - outer.left + from}px`;
    mark.style.width = `${Math.max(2, to - from)}px`;
    mark.style.top = `${frame.top - outer.top}px`;
    mark.style.height = `${frame.height}px`;
  };
  const zoom = (from, to) => {
    const width = Math.min(1, Math.max(to - from, 20 / elapsed));
    const start = Math.min(Math.max(0, from), 1 - width);
    view = [start, start + width];
    redraw();
  };
  for (const { box } of boxes) {
    let pressed = null;
    const shareAt = (event) => {
      const frame = box.getBoundingClientRect(), scale = frame.width / box.dataset.width;
      const left = box.dataset.left * scale, right = frame.width - box.dataset.right * scale;
      const share = (event.clientX - frame.left - left) / (right - left);
      return view[0] + share * (view[1] - view[0]);
    };
    box.addEventListener("pointerleave", hide);
    // What is drawn over with a mouse is shown in full width.
    box.addEventListener("pointerdown", (event) => { pressed = event.pointerType === "mouse" && event.button === 0 ? shareAt(event) : null; });
    box.addEventListener("pointerup", (event) => {
      const ends = [pressed, shareAt(event)].sort((a, b) => a - b);
      if (pressed !== null && ends[1] - ends[0] > 0.02 * (view[1] - view[0])) zoom(Math.max(ends[0], view[0]), Math.min(ends[1], view[1]));
      pressed = null;
    });
    box.addEventListener("pointermove", (event) => {
      const frame = box.getBoundingClientRect(), outer = figure.getBoundingClientRect();
      const share = shareAt(event);
      if (share < view[0] || share > view[1]) return hide();
      const at = nearest(seconds, secondAt(share));
      const rows = [clock(seconds[at])];
      if (length) rows.push(`${(meters[at] / perUnit).toFixed(2)} ${data.dataset.name}`);
      if (pace[at] != null) rows.push(clock(pace[at]) + data.dataset.unit);
      if (heart[at] != null) rows.push(heart[at] + " bpm");
      if (altitude[at] != null) rows.push(altitude[at] + " m");
      tip.textContent = rows.join(" · ");
      tip.hidden = line.hidden = false;
      const x = event.clientX - outer.left;
      line.style.left = x + "px";
      line.style.top = frame.top - outer.top + "px";
      line.style.height = frame.height + "px";
      tip.style.left = Math.min(Math.max(x, tip.offsetWidth / 2), outer.width - tip.offsetWidth / 2) + "px";
    });
  }
  const controls = make("div", { className: "controls" });
  controls.setAttribute("role", "group");
  controls.setAttribute("aria-label", "The chart");
  const button = (text, label, act) => {
    const one = make("button", { type: "button", textContent: text, title: label });
    one.setAttribute("aria-label", label);
    one.addEventListener("click", act);
    controls.append(one);
    return one;
  };
  const axis = (is) => () => {
    byDistance = is;
    view = [0, 1];
    axes.forEach((one, n) => one.setAttribute("aria-pressed", String(Boolean(n) === byDistance)));
    redraw();
  };
  const axes = length > 0 ? [button("Time", "Time along the bottom", axis(false)), button("Distance", "Distance along the bottom", axis(true))] : [];
  axes.forEach((one, n) => one.setAttribute("aria-pressed", String(n === 0)));
  const middle = () => (view[0] + view[1]) / 2, width = () => view[1] - view[0];
  button("+", "Zoom in", () => zoom(middle() - width() / 4, middle() + width() / 4));
  button("−", "Zoom out", () => zoom(middle() - width(), middle() + width()));
  button("‹", "Earlier", () => zoom(view[0] - width() / 2, view[1] - width() / 2));
  button("›", "Later", () => zoom(view[0] + width() / 2, view[1] + width() / 2));
  button("All", "All of the run", () => zoom(0, 1));
  figure.prepend(controls);
  addEventListener("resize", drawMark);
  // A row of a table marks its time in the chart, by click or by key.
  const section = figure.closest("article, main");
  const of = (row) => [Number(row.dataset.from), Number(row.dataset.to)];
  const rows = [...section.querySelectorAll("[data-from]")].filter((row) => row.closest("[data-chart]")?.dataset.chart === figure.id);
  for (const row of rows) {
    const cell = row.querySelector(".at");
    const act = make("button", { type: "button", className: "to-chart", textContent: cell.textContent, title: "Show in the chart" });
    cell.replaceChildren(act);
    row.addEventListener("click", () => {
      const is = marked && marked[0] === of(row)[0] && marked[1] === of(row)[1];
      marked = is ? null : of(row);
      rows.forEach((other) => other.classList.toggle("marked", other === row && !is));
      if (marked && (shareOf(marked[1]) < view[0] || shareOf(marked[0]) > view[1])) view = [0, 1];
      redraw();
      if (marked && figure.getBoundingClientRect().bottom < 80) figure.scrollIntoView({ block: "nearest" });
    });
  }
}
}
