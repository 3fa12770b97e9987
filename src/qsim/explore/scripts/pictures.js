/** A drawing on the page: with its numbers as a table, and to be saved as a picture. */
import { download, make } from "./dom.js";

const SHARPNESS = 2;

/** Return a figure with a drawing, its table, and what saves it; `say` speaks. */
export function figure(id, title, svg, tables, say) {
  const save = (kind, action) => make("button.plain", { type: "button", onclick: () => action(id, svg) }, say(`explore.chart.${kind}`),
    make("span.unseen", {}, `: ${title}`));
  return make("figure.chart", { id },
    svg,
    make("details.numbers", {}, make("summary", {}, say("explore.chart.table"), make("span.unseen", {}, `: ${title}`)), tables),
    make("p.save", {}, save("svg", saveSvg), save("png", savePng)));
}

const written = (svg) => `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svg)}`;

function saveSvg(id, svg) {
  download(`${id}.svg`, written(svg), "image/svg+xml");
}

async function savePng(id, svg) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(written(svg))}`;
  await picture.decode();
  const { width, height } = svg.viewBox.baseVal;
  const canvas = make("canvas", { width: width * SHARPNESS, height: height * SHARPNESS });
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((content) => download(`${id}.png`, content, "image/png"), "image/png");
}
