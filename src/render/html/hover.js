"use strict";
// Shows the values of the moment under the pointer. The page says the same without it.
for (const figure of document.querySelectorAll("figure.chart")) {
  const data = figure.querySelector("data.samples");
  if (!data) continue;
  const numbers = (text) => text.split(",").map((x) => (x === "" ? null : Number(x)));
  const [seconds, pace, heart, altitude] = ["seconds", "pace", "heart", "altitude"].map((k) => numbers(data.dataset[k]));
  const clock = (s) => {
    const t = Math.round(s), h = Math.floor(t / 3600), m = Math.floor(t / 60) % 60, two = (x) => String(x).padStart(2, "0");
    return h ? `${h}:${two(m)}:${two(t % 60)}` : `${m}:${two(t % 60)}`;
  };
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  const line = document.createElement("div");
  line.className = "hairline";
  line.hidden = true;
  figure.append(line, tip);
  const hide = () => { tip.hidden = line.hidden = true; };
  for (const box of figure.querySelectorAll("[data-width]")) {
    box.addEventListener("pointerleave", hide);
    box.addEventListener("pointermove", (event) => {
      const frame = box.getBoundingClientRect(), outer = figure.getBoundingClientRect();
      const scale = frame.width / box.dataset.width;
      const left = box.dataset.left * scale, right = frame.width - box.dataset.right * scale;
      const share = (event.clientX - frame.left - left) / (right - left);
      if (share < 0 || share > 1) return hide();
      const at = share * data.dataset.elapsed;
      let low = 0, high = seconds.length - 1;
      while (low < high) { const mid = (low + high) >> 1; if (seconds[mid] < at) low = mid + 1; else high = mid; }
      const rows = [clock(seconds[low])];
      if (pace[low] != null) rows.push(clock(pace[low]) + data.dataset.unit);
      if (heart[low] != null) rows.push(heart[low] + " bpm");
      if (altitude[low] != null) rows.push(altitude[low] + " m");
      tip.textContent = rows.join(" · ");
      tip.hidden = line.hidden = false;
      const x = event.clientX - outer.left;
      line.style.left = x + "px";
      line.style.top = frame.top - outer.top + "px";
      line.style.height = frame.height + "px";
      tip.style.left = Math.min(Math.max(x, tip.offsetWidth / 2), outer.width - tip.offsetWidth / 2) + "px";
    });
  }
}
