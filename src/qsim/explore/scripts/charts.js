/** Drawings that explain themselves wherever they are copied: title, note and source stand in them. */
import { draw } from "./dom.js";

export const COLOURS = ["#0072b2", "#d55e00"];
const INK = "#1b2530", SOFT = "#55606b", LINE = "#d5dbe0";
const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const TICKS = [0.02, 0.05, 0.1, 0.2, 0.25], MOST_TICKS = 5;
const TEXT = 14, SMALL = 12, LEAD = 1.35;

const text = (x, y, content, more = {}) => draw("text", { x, y, fill: INK, "font-size": TEXT, ...more }, content);

function lines(content, width, size, letter = 0.54) {
  const most = Math.max(Math.floor(width / (size * letter)), 12), found = [];
  let line = "";
  for (const word of content.split(" ")) {
    if (line && `${line} ${word}`.length > most) {
      found.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...found, line];
}

/**
 * A frame with the title above, and below a body of a height, drawn by `body(group, width)`, the notes and the source; a picture
 * that is to stand alone has a `margin`, one that is to need little room is `tight`.
 */
function frame(width, { title, notes, source, alt, margin = 0 }, height, body) {
  const head = lines(title, width, TEXT + 2, 0.62), foot = [...notes, source].filter(Boolean).flatMap((line) => lines(line, width, SMALL));
  const top = head.length * (TEXT + 2) * LEAD + 8;
  const whole = Math.ceil(top + height + foot.length * SMALL * LEAD + 12);
  const size = { width: width + 2 * margin, height: whole + 2 * margin };
  const svg = draw("svg", {
    xmlns: "http://www.w3.org/2000/svg", ...size, viewBox: `${-margin} ${-margin} ${size.width} ${size.height}`, role: "img", preserveAspectRatio: "xMinYMin",
    "aria-label": `${title}. ${alt}`, "font-family": FONT,
  }, draw("rect", { x: -margin, y: -margin, ...size, fill: "#fff" }));
  head.forEach((line, i) => svg.append(text(0, (i + 1) * (TEXT + 2) * LEAD - 5, line, { "font-size": TEXT + 2, "font-weight": 650 })));
  foot.forEach((line, i) => svg.append(text(0, top + height + (i + 1) * SMALL * LEAD + 4, line, { "font-size": SMALL, fill: SOFT })));
  const group = draw("g", { transform: `translate(0 ${top})` });
  body(group, width);
  svg.append(group);
  return svg;
}

/**
 * Bars: each entry has a `label` and `bars`, one a plan, of `value`, its `text`, and if known a range `low` to `high`.
 * `names` are the plans, `most` the value at the right end.
 */
export function bars(width, words, entries, names, most) {
  const row = words.tight ? 16 : 22, gap = words.tight ? 3 : 14, legend = names.length > 1 ? 26 : 4, labels = TEXT * LEAD + 2;
  const room = Math.max(...entries.flatMap((entry) => entry.bars.map((bar) => bar.text.length))) * TEXT * 0.62 + 16;
  const height = legend + entries.reduce((sum, entry) => sum + labels + entry.bars.length * row + gap, 0);
  const scale = (value) => (most > 0 ? (Math.max(value, 0) / most) * (width - room) : 0);
  return frame(width, words, height, (group) => {
    if (names.length > 1) group.append(key(names, width));
    let y = legend;
    for (const entry of entries) {
      group.append(text(0, y + TEXT, entry.label));
      y += labels;
      entry.bars.forEach((bar, i) => {
        const end = scale(bar.value);
        group.append(draw("rect", { x: 0, y: y + 3, width: Math.max(end, 1), height: row - 8, fill: COLOURS[i], ...(i ? { stroke: INK, "stroke-width": 1 } : {}) }));
        if (Number.isFinite(bar.low) && bar.high > bar.low) {
          group.append(draw("path", { d: `M${scale(bar.low)} ${y + row / 2 - 1}H${scale(bar.high)}m0 -4v8M${scale(bar.low)} ${y + row / 2 - 5}v8`, stroke: INK, "stroke-width": 1.5, fill: "none" }));
        }
        group.append(text(Math.max(end, scale(bar.high || 0)) + 6, y + row - 8, bar.text, { "font-weight": 650 }));
        y += row;
      });
      y += gap;
    }
  });
}

function key(names, width) {
  const group = draw("g");
  let x = 0, y = 0;
  names.forEach((name, i) => {
    const short = name.length > 42 ? `${name.slice(0, 41)}…` : name, size = 24 + short.length * SMALL * 0.56;
    if (x && x + size > width) {
      x = 0;
      y += 15;
    }
    group.append(draw("rect", { x, y: y + 1, width: 14, height: 10, fill: COLOURS[i], ...(i ? { stroke: INK } : {}) }));
    group.append(text(x + 19, y + 10, short, { "font-size": SMALL }));
    x += size + 12;
  });
  return group;
}

/**
 * Curves over months: each has a `name`, `middle`, and a band `low` to `high`. `marks` are numbered months, some
 * in the colour of what has them alone, `years` labels by month.
 */
export function curves(width, words, series, marks, years, percent) {
  const left = 44, bottom = 24, top = 40, height = words.tight ? 200 : 300, inner = height - bottom - top;
  const months = series[0].middle.length;
  const most = Math.max(...series.flatMap((one) => [...one.high, ...one.middle]).filter(Number.isFinite), 0.1);
  const tick = TICKS.find((one) => one * MOST_TICKS >= Math.min(most, 1)), ceiling = tick * Math.ceil(Math.min(most, 1) / tick - 1e-9);
  const x = (month) => left + (month / Math.max(months - 1, 1)) * (width - left - 8);
  const y = (value) => top + inner * (1 - Math.min(value, ceiling) / ceiling);
  const path = (values) => [...values].map((value, m) => `${m ? "L" : "M"}${x(m).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  return frame(width, words, height, (group) => {
    if (series.length > 1) group.append(key(series.map((one) => one.name), width));
    for (let value = 0; value < ceiling + tick / 2; value += tick) {
      group.append(draw("path", { d: `M${left} ${y(value)}H${width - 8}`, stroke: LINE }));
      group.append(text(left - 6, y(value) + 4, percent(value), { "text-anchor": "end", "font-size": SMALL, fill: SOFT }));
    }
    const every = Math.ceil(years.length / Math.max(Math.floor((width - left) / 60), 1));
    years.filter((_, i) => i % every === 0).forEach(([month, label]) =>
      group.append(text(x(month), height - 6, label, { "text-anchor": "middle", "font-size": SMALL, fill: SOFT })));
    let last = -100, level = 0;
    for (const { month, label, colour } of byMonth(marks)) {
      const half = label.length * 3.7;
      level = x(month) - half - last < 3 ? (level + 1) % 3 : 0;
      last = x(month) + half;
      group.append(draw("path", { d: `M${x(month)} ${top}V${top + inner}`, stroke: colour, "stroke-dasharray": "2 4" }));
      group.append(text(x(month), top - 2 + 11 * level, label, { "text-anchor": "middle", "font-size": SMALL, fill: SOFT }));
    }
    series.forEach((one, i) => {
      const back = [...one.low].map((value, m) => [m, value]).reverse().map(([m, value]) => `L${x(m).toFixed(1)} ${y(value).toFixed(1)}`).join("");
      group.append(draw("path", { d: `${path(one.high)}${back}Z`, fill: COLOURS[i], "fill-opacity": 0.15 }));
    });
    series.forEach((one, i) => group.append(draw("path", {
      d: path(one.middle), fill: "none", stroke: COLOURS[i], "stroke-width": 2.5, ...(i ? {} : series.length > 1 ? { "stroke-dasharray": "7 4" } : {}),
    })));
  });
}

/** Marks in the order of time, those of a month as one: from the first number to the last. */
function byMonth(marks) {
  const found = new Map();
  for (const [month, label, colour = SOFT] of marks) {
    const before = found.get(month);
    const first = before?.first ?? label;
    found.set(month, { month, first, label: before ? `${first}–${label}` : label, colour: before && before.colour !== colour ? SOFT : colour });
  }
  return [...found.values()];
}
