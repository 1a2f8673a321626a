// The world as SVG: land, borders, and a window on it that zooms and moves. No tiles, nothing from elsewhere.
import { geoEqualEarth, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";
import { button, html, svg } from "./dom";
import { t } from "./i18n";

export const WIDTH = 960;
export const HEIGHT = 415; // the window ends at about 60° south: nobody files incidents on the ice, and a laptop's screen is low
const GLOBE = "M10 3a7 7 0 1 0 0 14a7 7 0 0 0 0-14zM3 10h14M10 3c-4.5 4.5-4.5 9.5 0 14c4.5-4.5 4.5-9.5 0-14z";
const DEEPEST = 40;
const STEP = 1.8;

type Atlas = Topology<{ countries: GeometryCollection; land: GeometryCollection }>;
export type Spot = [x: number, y: number];

export class World {
  readonly picture: SVGSVGElement;
  readonly marks = svg("g");
  readonly projection = geoEqualEarth().fitExtent([[4, 4], [WIDTH - 4, 470]], { type: "Sphere" });
  zoom = 1;
  private centre: Spot = [WIDTH / 2, HEIGHT / 2];
  private readonly buttons: Record<"closer" | "farther" | "whole", HTMLButtonElement>;

  constructor(
    readonly stage: HTMLElement,
    label: string,
    private readonly changed: () => void,
  ) {
    this.picture = svg("svg", { role: "group", "aria-label": label });
    this.buttons = {
      closer: button(t("Zoom in"), "+", () => this.zoomTo(this.zoom * STEP)),
      farther: button(t("Zoom out"), "−", () => this.zoomTo(this.zoom / STEP)),
      whole: button(t("Show the whole world"), svg("svg", { viewBox: "0 0 20 20", class: "icon map-globe", "aria-hidden": "true" }, svg("path", { d: GLOBE })), () => this.zoomTo(1)),
    };
    stage.append(this.picture, html("div", { class: "map-buttons" }, ...Object.values(this.buttons)));
    this.listen();
  }

  /** Fetch the atlas and draw it under the marks. */
  async draw(address: string): Promise<void> {
    const atlas = (await (await fetch(address)).json()) as Atlas;
    const path = geoPath(this.projection);
    const countries = atlas.objects.countries;
    const land = svg("path", { class: "map-land", d: path(feature(atlas, countries)) ?? "" });
    const borders = svg("path", { class: "map-borders", d: path(mesh(atlas, countries, (a, b) => a !== b)) ?? "" });
    this.picture.replaceChildren(land, borders, this.marks);
    this.show();
  }

  /** Where a place lies in the picture; the middle for one that the projection cannot show. */
  spot(longitude: number, latitude: number): Spot {
    return this.projection([longitude, latitude]) ?? [WIDTH / 2, HEIGHT / 2];
  }

  /** Longitude and latitude under a pointer, null beside the world. */
  place(event: PointerEvent): Spot | null {
    const matrix = this.picture.getScreenCTM();
    if (!matrix) return null;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    const found = this.projection.invert?.([at.x, at.y]);
    return found && Math.abs(found[0]) <= 180 && Math.abs(found[1]) <= 90 ? found : null;
  }

  /** Picture units for a length on the screen, so that marks keep their size. */
  units(pixels: number): number {
    const shown = this.picture.clientWidth || WIDTH;
    return (pixels * WIDTH) / shown / this.zoom;
  }

  zoomTo(zoom: number, centre: Spot = this.centre): void {
    this.zoom = Math.min(DEEPEST, Math.max(1, zoom));
    this.centre = centre;
    this.show();
  }

  moveTo(centre: Spot): void {
    this.zoomTo(this.zoom, centre);
  }

  /** Whether a spot is inside the window, a little away from its rim. */
  inSight([x, y]: Spot): boolean {
    const [width, height] = [(WIDTH / this.zoom) * 0.45, (HEIGHT / this.zoom) * 0.45];
    return Math.abs(x - this.centre[0]) < width && Math.abs(y - this.centre[1]) < height;
  }

  private show(): void {
    const [width, height] = [WIDTH / this.zoom, HEIGHT / this.zoom];
    const within = (middle: number, part: number, whole: number): number => Math.min(whole - part / 2, Math.max(part / 2, middle));
    this.centre = [within(this.centre[0], width, WIDTH), within(this.centre[1], height, HEIGHT)];
    this.picture.setAttribute("viewBox", [this.centre[0] - width / 2, this.centre[1] - height / 2, width, height].join(" "));
    this.picture.classList.toggle("map-moves", this.zoom > 1);
    this.buttons.closer.disabled = this.zoom >= DEEPEST;
    this.buttons.farther.disabled = this.zoom <= 1;
    this.buttons.whole.disabled = this.zoom <= 1;
    this.changed();
  }

  private listen(): void {
    let held: { x: number; y: number; centre: Spot } | null = null;
    this.picture.addEventListener("pointerdown", (event) => {
      if (this.zoom > 1) held = { x: event.clientX, y: event.clientY, centre: this.centre };
    });
    this.picture.addEventListener("pointermove", (event) => {
      if (!held || event.buttons === 0) return;
      const unit = this.units(1);
      this.moveTo([held.centre[0] - (event.clientX - held.x) * unit, held.centre[1] - (event.clientY - held.y) * unit]);
    });
    for (const end of ["pointerup", "pointercancel", "pointerleave"] as const) this.picture.addEventListener(end, () => (held = null));
    new ResizeObserver(() => this.changed()).observe(this.picture);
  }
}
