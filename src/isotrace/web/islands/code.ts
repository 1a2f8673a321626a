// Codes a text: what is selected in it goes into a field of the form beside it, named in a list or last used. Without it, copy and paste do.
import { onIslands } from "./lib/dom";

type Field = HTMLInputElement | HTMLTextAreaElement;

class Coder {
  private readonly text: HTMLElement | null;
  private readonly form: HTMLFormElement | null;
  private readonly list: HTMLSelectElement | null;
  private selected = "";

  constructor(island: HTMLElement) {
    this.text = document.getElementById(island.dataset["text"] ?? "");
    this.form = document.getElementById(island.dataset["form"] ?? "") as HTMLFormElement | null;
    this.list = document.getElementById("coder-field") as HTMLSelectElement | null;
    if (this.text && this.form && this.list) this.start(this.form, this.list);
  }

  private start(form: HTMLFormElement, list: HTMLSelectElement): void {
    for (const field of fields(form)) list.append(new Option(labelOf(field), field.id));
    form.addEventListener("focusin", (event) => this.used(event.target as HTMLElement));
    document.addEventListener("selectionchange", () => this.remember());
    document.getElementById("coder-put")?.addEventListener("click", () => this.put());
    const bar = list.closest<HTMLElement>(".coder");
    if (bar) bar.hidden = false;
  }

  /** The field that was written in last is offered first. */
  private used(target: HTMLElement): void {
    if (this.list && [...this.list.options].some((option) => option.value === target.id)) this.list.value = target.id;
  }

  /** What is selected in the text, kept while a button is pressed. */
  private remember(): void {
    const selection = document.getSelection();
    const inside = selection?.anchorNode && this.text?.contains(selection.anchorNode) && this.text.contains(selection.focusNode);
    if (inside && selection.toString().trim()) this.selected = selection.toString().trim();
  }

  private put(): void {
    const field = document.getElementById(this.list?.value ?? "") as Field | null;
    if (!field || !this.selected) return this.text?.focus();
    const before = field.value.trim();
    const text = field instanceof HTMLTextAreaElement ? this.selected : this.selected.replace(/\s+/g, " ");
    field.value = before && field instanceof HTMLTextAreaElement ? `${before}\n${text}` : text;
    field.closest("details")?.setAttribute("open", "");
    field.focus();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** The fields of the form that take words, in order. */
function fields(form: HTMLFormElement): Field[] {
  const said = (field: Field): boolean => /^(reference|incident_|material_|person_|involvement_|assessment_)/.test(field.name);
  return [...form.querySelectorAll<Field>("input[type=text], textarea")].filter((field) => field.id !== "" && said(field));
}

function labelOf(field: Field): string {
  return field.labels?.[0]?.firstChild?.textContent?.trim() ?? field.name;
}

onIslands("code", (island) => void new Coder(island));
