// Sentences of the islands: English is the message id; other languages come from the same catalogues as the pages.

type Values = Record<string, string | number>;

let sentences: Record<string, string> = {};

/** Fetch the sentences of the page's language once; without them English is shown. */
export async function loadMessages(): Promise<void> {
  const address = document.documentElement.dataset["messages"];
  if (!address) return;
  try {
    const response = await fetch(address);
    if (response.ok) sentences = (await response.json()) as Record<string, string>;
  } catch {
    sentences = {};
  }
}

/** Translate `message` and fill its %(name)s places. */
export function t(message: string, values: Values = {}): string {
  return (sentences[message] ?? message).replace(/%\((\w+)\)s/g, (place, name: string) => String(values[name] ?? place));
}

const PARTS: Intl.DateTimeFormatOptions[] = [
  { year: "numeric" },
  { year: "numeric", month: "long" },
  { year: "numeric", month: "short", day: "numeric" },
];

/** Show what is known of a date ("1993", "1993-05", "1993-05-12") in the page's language; other text as it stands. */
export function partialDate(text: string): string {
  if (!/^\d{4}(-\d{2}){0,2}$/.test(text)) return text;
  const [year = 0, month = 1, day = 1] = text.split("-").map(Number);
  const options = { ...PARTS[text.split("-").length - 1], timeZone: "UTC", numberingSystem: "latn" };
  return new Intl.DateTimeFormat(document.documentElement.lang, options).format(new Date(Date.UTC(year, month - 1, day)));
}
