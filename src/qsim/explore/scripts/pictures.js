/** A drawing on the page: with its numbers as a table, and to be saved as a picture. */
import { download, make } from "./dom.js";

const SHARPNESS = 2, MARGIN = 16;

/** A figure whose drawing and table may be replaced; what is unfolded or has the focus stays. */
export class Figure {
  constructor(id, title, say) {
    const save = (kind, action) => make("button.plain", { type: "button", onclick: () => action(id, this.draw({ margin: MARGIN, ...this.alone })) },
      say(`explore.chart.${kind}`), make("span.unseen", {}, `: ${title}`));
    this.svg = make("span");
    this.numbers = make("div");
    this.element = make("figure.chart", { id },
      this.svg,
      make("details.numbers", {}, make("summary", {}, say("explore.chart.table"), make("span.unseen", {}, `: ${title}`)), this.numbers),
      make("p.save", {}, save("svg", saveSvg), save("png", savePng)));
  }

  /** Show what `draw` draws, with its `numbers`; `alone` is what a picture says instead that is saved and stands alone. */
  show(draw, numbers, alone = {}) {
    Object.assign(this, { draw, alone });
    const svg = draw({});
    this.svg.replaceWith(svg);
    this.svg = svg;
    this.numbers.replaceChildren(...numbers);
  }
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
