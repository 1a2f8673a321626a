// The queue of suggestions by keyboard: j and k go from pair to pair, each other key presses the button that bears it.
import { onIslands } from "./lib/dom";

const WRITING = "input, textarea, select, [contenteditable]";

class Queue {
  constructor(private readonly list: HTMLElement) {
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  /** Keys count while a pair has the focus, or nothing has; never while somebody writes. */
  private pressed(event: KeyboardEvent): void {
    const target = event.target instanceof Element ? event.target : document.body;
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches(WRITING) || !this.concerns(target)) return;
    if (event.key === "j" || event.key === "k") this.step(event, event.key === "j" ? 1 : -1);
    else this.act(event);
  }

  private concerns(target: Element): boolean {
    return target === document.body || target.id === "main" || this.list.contains(target);
  }

  private pairs(): HTMLElement[] {
    return [...this.list.querySelectorAll<HTMLElement>("[data-pair]")];
  }

  private current(): HTMLElement | null {
    return document.activeElement?.closest<HTMLElement>("[data-pair]") ?? null;
  }

  private step(event: KeyboardEvent, by: number): void {
    const pairs = this.pairs();
    const here = this.current();
    const next = here ? pairs[pairs.indexOf(here) + by] : pairs[0];
    if (!next) return;
    event.preventDefault();
    this.show(next);
  }

  private show(pair: HTMLElement): void {
    pair.focus({ preventScroll: true });
    pair.scrollIntoView({ block: "nearest" });
  }

  /** A pair that is judged keeps the focus, so that j goes on from there. */
  private act(event: KeyboardEvent): void {
    const pair = this.current();
    const chosen = [...(pair?.querySelectorAll<HTMLElement>("[data-key]") ?? [])].find((each) => each.dataset["key"] === event.key);
    if (!pair || !chosen) return;
    event.preventDefault();
    chosen.click();
    this.show(pair);
  }
}

onIslands("queue", (list) => void new Queue(list));
