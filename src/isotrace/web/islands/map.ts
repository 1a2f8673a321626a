// A world map of incidents beside the equal list: groups by zoom, one tab stop, arrow keys from mark to mark.
import { html, onIslands, svg } from "./lib/dom";
import { groups, nearest, type Group } from "./lib/groups";
import { loadMessages, partialDate, t } from "./lib/i18n";
import { World } from "./lib/world";

interface Incident {
  id: string;
  url: string;
  title: string;
  lat: number;
  lon: number;
  date: string;
  kind: string;
  sample: boolean;
}

const LISTED = 12;

class IncidentMap {
  private readonly world: World;
  private readonly card = html("div", { class: "map-card", hidden: "", role: "status" });
  private shown: Group<Incident>[] = [];
  private current = 0;

  constructor(
    private readonly island: HTMLElement,
    private readonly incidents: Incident[],
  ) {
    const stage = island.querySelector<HTMLElement>(".map-stage")!;
    stage.hidden = false;
    this.world = new World(stage, t("World map of incidents. Arrow keys go from mark to mark; the list holds the same incidents."), () => this.mark());
    stage.append(this.card);
    this.world.picture.addEventListener("keydown", (event) => this.step(event));
    stage.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.card.hidden = true;
    });
  }

  async start(): Promise<void> {
    await this.world.draw(this.island.dataset["atlas"] ?? "");
  }

  private mark(): void {
    const placed = this.incidents.map((thing) => {
      const [x, y] = this.world.spot(thing.lon, thing.lat);
      return { x, y, thing };
    });
    const focused = this.world.marks.contains(document.activeElement);
    this.shown = groups(placed, this.world.units(34)).sort((a, b) => a.x - b.x);
    this.current = Math.min(this.current, Math.max(0, this.shown.length - 1));
    this.world.marks.replaceChildren(...this.shown.map((group, at) => this.drawn(group, at)));
    if (focused) this.focus(this.current);
  }

  private drawn(group: Group<Incident>, at: number): SVGElement {
    const [only, ...more] = group.things;
    const radius = this.world.units(more.length ? 9 + Math.min(8, Math.sqrt(group.things.length)) : 6);
    const made = more.length
      ? svg("g", { role: "button", "aria-label": t("Incidents here: %(count)s", { count: group.things.length }) })
      : svg("a", { href: only!.url, "aria-label": sentence(only!) });
    made.classList.add("map-point");
    made.setAttribute("tabindex", at === this.current ? "0" : "-1");
    made.append(svg("circle", { cx: group.x, cy: group.y, r: radius }));
    if (more.length) {
      const size = this.world.units(11);
      made.append(svg("text", { x: group.x, y: group.y, "font-size": size }, document.createTextNode(String(group.things.length))));
      made.addEventListener("click", () => this.open(group));
    }
    for (const kind of ["pointerenter", "focus"]) made.addEventListener(kind, () => this.tell(group, at));
    return made;
  }

  /** Say beside the map what a mark stands for. */
  private tell(group: Group<Incident>, at: number): void {
    if (document.activeElement === this.world.marks.children[at]) this.current = at;
    const heads = group.things.slice(0, 3).map((incident) => html("div", {}, sentence(incident)));
    const rest = group.things.length - heads.length;
    this.card.replaceChildren(...heads, ...(rest > 0 ? [html("div", {}, t("and %(count)s more", { count: rest }))] : []));
    this.card.hidden = false;
  }

  /** List a group's incidents as links, with a way to come closer. */
  private open(group: Group<Incident>): void {
    const links = group.things.slice(0, LISTED).map((incident) => html("li", {}, html("a", { href: incident.url }, html("bdi", {}, sentence(incident)))));
    const rest = group.things.length - links.length;
    const closer = html("button", { type: "button", class: "button button-quiet" }, t("Zoom to these"));
    closer.addEventListener("click", () => this.come(group));
    this.card.replaceChildren(html("ul", {}, ...links), ...(rest > 0 ? [html("p", {}, t("and %(count)s more", { count: rest }))] : []), closer);
    this.card.hidden = false;
    this.card.querySelector("a")?.focus();
  }

  private come(group: Group<Incident>): void {
    this.card.hidden = true;
    this.world.zoomTo(this.world.zoom * 3, [group.x, group.y]);
    this.current = Math.max(0, this.shown.findIndex(({ things }) => things.includes(group.things[0]!)));
    this.focus(this.current);
  }

  private step(event: KeyboardEvent): void {
    const group = this.shown[this.current];
    if (group && (event.key === "Enter" || event.key === " ") && group.things.length > 1) {
      event.preventDefault();
      this.open(group);
    }
    const next = nearest(this.shown, this.current, event.key);
    if (next < 0) return;
    event.preventDefault();
    this.focus(next);
  }

  private focus(at: number): void {
    const group = this.shown[at];
    if (!group) return;
    this.world.marks.children[this.current]?.setAttribute("tabindex", "-1");
    this.current = at;
    if (!this.world.inSight([group.x, group.y])) this.world.moveTo([group.x, group.y]);
    const mark = this.world.marks.children[at] as SVGElement | undefined;
    mark?.setAttribute("tabindex", "0");
    mark?.focus({ preventScroll: true });
  }
}

function sentence(incident: Incident): string {
  const values = { title: incident.title, kind: incident.kind, date: partialDate(incident.date) };
  return incident.sample ? t("%(title)s (%(kind)s, %(date)s, sample)", values) : t("%(title)s (%(kind)s, %(date)s)", values);
}

function start(island: HTMLElement): void {
  const data = document.getElementById(island.dataset["source"] ?? "")?.textContent ?? "[]";
  void new IncidentMap(island, JSON.parse(data) as Incident[]).start();
}

await loadMessages();
onIslands("map", start);
