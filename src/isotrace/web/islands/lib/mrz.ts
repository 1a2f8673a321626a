// When a keyboard-wedge scanner has sent a whole machine-readable zone (ICAO Doc 9303: 2 lines of 44 or 36, 3 of 30).

const SHAPES: [lines: number, length: number][] = [[2, 44], [2, 36], [3, 30]];
const KINDS = /^[PVIAC]/;

function lines(text: string): string[] {
  return text.toUpperCase().split(/\s+/).filter(Boolean);
}

function fromZone(line: string): boolean {
  return /^[A-Z0-9<]+$/.test(line);
}

/** Whether the text is one or more whole lines of a zone that still lacks lines. */
export function isBegun(text: string): boolean {
  const found = lines(text);
  const [first = ""] = found;
  return (
    KINDS.test(first) &&
    first.includes("<") &&
    found.every(fromZone) &&
    SHAPES.some(([count, length]) => found.length < count && found.every((line) => line.length === length))
  );
}

/** Whether the text is a whole zone, in lines; or in one run, where a scanner sends no line ends. */
export function isWhole(text: string): boolean {
  const found = lines(text);
  const [first = ""] = found;
  if (!KINDS.test(first) || !first.includes("<") || !found.every(fromZone)) return false;
  const inLines = SHAPES.some(([count, length]) => found.length === count && found.every((line) => line.length === length));
  return inLines || (found.length === 1 && SHAPES.some(([count, length]) => first.length === count * length));
}
