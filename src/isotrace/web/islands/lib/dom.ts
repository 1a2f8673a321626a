// The few things that every island does to the page.

const SVG = "http://www.w3.org/2000/svg";

type Attributes = Record<string, string | number>;

/** Make an SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(name: K, attributes: Attributes = {}, ...children: Node[]): SVGElementTagNameMap[K] {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Make an HTML element; text stays text. */
export function html<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Make a button that does one thing. */
export function button(label: string, sign: string | Node, act: () => void): HTMLButtonElement {
  const made = html("button", { type: "button", "aria-label": label, title: label }, sign);
  made.addEventListener("click", act);
  return made;
}

/** Run `start` on every island of this kind, also on those that HTMX brings later; each once. */
export function onIslands(kind: string, start: (island: HTMLElement) => void): void {
  const run = (): void => {
    for (const island of document.querySelectorAll<HTMLElement>(`[data-island="${kind}"]:not([data-started])`)) {
      island.dataset["started"] = "";
      start(island);
    }
  };
  run();
  document.addEventListener("htmx:afterSettle", run);
}
