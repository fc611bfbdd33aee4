/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/** A new element; children are nodes or plain text, never HTML. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

const SVG = "http://www.w3.org/2000/svg";

/** One of the symbols of the page; with a label it speaks for itself, without it is decoration. */
export function icon(name, label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  if (label) {
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
  } else {
    svg.setAttribute("aria-hidden", "true");
  }
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

/** The round mark of a person: the first letter, in a colour that belongs to the name. */
export function paintAvatar(node, name) {
  node.textContent = [...name][0]?.toUpperCase() ?? "?";
  let hue = 0;
  for (const letter of name) hue = (hue * 31 + letter.codePointAt(0)) % 360;
  node.style.setProperty("--hue", hue);
  return node;
}

export const avatar = (name) => paintAvatar(element("span", { class: "avatar", "aria-hidden": "true" }), name);

export const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;
