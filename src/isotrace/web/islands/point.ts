// Picks a point for two number fields: click the map, move the cross by arrow keys, or type and see where it lies.
import { onIslands, svg } from "./lib/dom";
import { loadMessages, t } from "./lib/i18n";
import { World } from "./lib/world";

const STEPS: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, -1], ArrowUp: [0, 1] };

class PointPicker {
  private readonly world: World;
  private readonly latitude: HTMLInputElement;
  private readonly longitude: HTMLInputElement;
  private readonly stage: HTMLElement;

  constructor(private readonly island: HTMLElement) {
    this.latitude = document.getElementById(island.dataset["latitude"] ?? "") as HTMLInputElement;
    this.longitude = document.getElementById(island.dataset["longitude"] ?? "") as HTMLInputElement;
    this.stage = island.querySelector<HTMLElement>(".map-stage")!;
    const label = t("Point on the map: arrow keys move the cross, with Shift faster; plus and minus zoom.");
    this.stage.tabIndex = 0;
    this.stage.setAttribute("role", "application");
    this.stage.setAttribute("aria-label", label);
    island.hidden = false;
    this.world = new World(this.stage, t("World map"), () => this.mark());
    this.listen();
  }

  async start(): Promise<void> {
    await this.world.draw(this.island.dataset["atlas"] ?? "");
  }

  private listen(): void {
    let pressed: [number, number] = [0, 0];
    this.world.picture.addEventListener("pointerdown", (event) => (pressed = [event.clientX, event.clientY]));
    this.world.picture.addEventListener("pointerup", (event) => {
      const still = Math.hypot(event.clientX - pressed[0], event.clientY - pressed[1]) < 5;
      const place = still ? this.world.place(event) : null;
      if (place) this.write(...place);
    });
    this.stage.addEventListener("keydown", (event) => this.key(event));
    for (const input of [this.latitude, this.longitude]) input.addEventListener("input", () => this.follow());
  }

  /** The point that the fields hold, null when they hold none. */
  private read(): [number, number] | null {
    const number = (input: HTMLInputElement): number => (input.value.trim() === "" ? NaN : Number(input.value));
    const [longitude, latitude] = [number(this.longitude), number(this.latitude)];
    return Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90 ? [longitude, latitude] : null;
  }

  private write(longitude: number, latitude: number): void {
    this.longitude.value = Math.min(180, Math.max(-180, longitude)).toFixed(4);
    this.latitude.value = Math.min(90, Math.max(-90, latitude)).toFixed(4);
    for (const input of [this.latitude, this.longitude]) input.dispatchEvent(new Event("change", { bubbles: true }));
    this.follow();
  }

  private key(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (event.key === "+" || event.key === "-") this.world.zoomTo(this.world.zoom * (event.key === "+" ? 1.8 : 1 / 1.8), this.centre());
    if (!step || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    const [longitude, latitude] = this.read() ?? [0, 0];
    const degrees = (event.shiftKey ? 10 : 1) / this.world.zoom;
    this.write(longitude + step[0] * degrees, latitude + step[1] * degrees);
  }

  private centre(): [number, number] {
    return this.world.spot(...(this.read() ?? [0, 0]));
  }

  private follow(): void {
    if (this.read() && !this.world.inSight(this.centre())) this.world.moveTo(this.centre());
    else this.mark();
  }

  private mark(): void {
    const place = this.read();
    if (!place) return this.world.marks.replaceChildren();
    const [x, y] = this.world.spot(...place);
    const [arm, radius] = [this.world.units(14), this.world.units(6)];
    const cross = svg("path", { class: "map-cross", d: `M${x - arm} ${y}h${arm * 2}M${x} ${y - arm}v${arm * 2}` });
    const dot = svg("g", { class: "map-point" }, svg("circle", { cx: x, cy: y, r: radius }));
    this.world.marks.replaceChildren(cross, dot);
  }
}

await loadMessages();
onIslands("point", (island) => void new PointPicker(island).start());
