/** Makes elements: texts are set as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/** Return an element with properties and children; what is null or false is left out. */
export function make(name, properties = {}, ...children) {
  const [tag, ...classes] = name.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && key !== "list" && key !== "form") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

/** Return an element of a drawing. */
export function draw(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** Return a table: heads, rows whose first cell heads the row, and which columns are words. */
export function table(caption, heads, rows, words = 1) {
  const number = (i) => (i >= words ? "number" : "");
  return make(".table", heads.length > 2 ? { role: "group", tabIndex: 0, ariaLabel: caption } : {},
    make("table", {},
      make("caption", {}, caption),
      make("thead", {}, make("tr", {}, heads.map((head, i) => make("th", { scope: "col", className: number(i) }, head)))),
      make("tbody", {}, rows.map((row) => make("tr", {}, row.map((cell, i) =>
        i ? make("td", { className: number(i), "data-head": heads[i] }, cell) : make("th", { scope: "row" }, cell)))))));
}

/** Offer bytes or text as a file. */
export function download(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}
