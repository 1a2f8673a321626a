// The check field at a border: always ready for a scanner, and sent by itself once a whole machine-readable zone is in.
import { onIslands } from "./lib/dom";
import { isBegun, isWhole } from "./lib/mrz";

interface Settled {
  requestConfig?: { elt: Element };
}

type Field = HTMLInputElement | HTMLTextAreaElement;

const QUIET = 150; // ms without a key after which a scanner has finished
const SCAN = 4000; // ms within which a scanner, unlike a person, sends everything

class CheckField {
  private began = 0;
  private timer = 0;
  private sent = "";

  constructor(private readonly field: Field) {
    field.addEventListener("keydown", (event) => this.enter(event as KeyboardEvent));
    field.addEventListener("input", () => this.typed());
    document.addEventListener("keydown", (event) => this.catchKeys(event));
    document.addEventListener("htmx:afterSettle", (event) => this.answered(event as CustomEvent<Settled>));
    this.ready();
  }

  /** Ready for the next traveller: what stands in the field is selected, so that the next scan replaces it. */
  private ready(): void {
    this.sent = "";
    this.field.focus({ preventScroll: true });
    this.field.select();
  }

  /** Only the answer to this form frees the field; what else the page polls must not take the focus. */
  private answered(event: CustomEvent<Settled>): void {
    if (event.detail.requestConfig?.elt === this.field.form) this.ready();
  }

  /** A scanner ends each line with Enter: the first line of a zone is not yet a question. */
  private enter(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    if (isBegun(this.field.value)) this.join();
    else this.send();
  }

  private join(): void {
    this.field.value = `${this.field.value.trimEnd()}${this.field instanceof HTMLTextAreaElement ? "\n" : " "}`;
  }

  private typed(): void {
    if (this.field.value.length <= 1 || this.began === 0) this.began = performance.now();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.settled(), QUIET);
  }

  private settled(): void {
    if (isWhole(this.field.value) && performance.now() - this.began < SCAN) this.send();
  }

  private send(): void {
    if (!this.field.value.trim() || this.field.value === this.sent) return;
    clearTimeout(this.timer);
    this.sent = this.field.value;
    this.began = 0;
    this.field.form?.requestSubmit();
  }

  /** Keys that go nowhere else belong to the check. */
  private catchKeys(event: KeyboardEvent): void {
    const nowhere = document.activeElement === document.body || document.activeElement?.id === "main";
    if (nowhere && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ") this.field.focus();
  }
}

onIslands("check", (field) => void new CheckField(field as Field));
