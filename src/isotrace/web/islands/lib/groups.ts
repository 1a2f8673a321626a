// Marks that would lie on one another are shown as one with a number.

export interface Placed<T> {
  x: number;
  y: number;
  thing: T;
}

export interface Group<T> {
  x: number;
  y: number;
  things: T[];
}

/** Group what falls into the same square of side `cell`; a group lies at the middle of its members. */
export function groups<T>(placed: Placed<T>[], cell: number): Group<T>[] {
  const cells = new Map<string, Placed<T>[]>();
  for (const each of placed) {
    const key = `${Math.floor(each.x / cell)}:${Math.floor(each.y / cell)}`;
    cells.set(key, [...(cells.get(key) ?? []), each]);
  }
  return [...cells.values()].map((members) => ({
    x: members.reduce((sum, { x }) => sum + x, 0) / members.length,
    y: members.reduce((sum, { y }) => sum + y, 0) / members.length,
    things: members.map(({ thing }) => thing),
  }));
}

const WAYS: Record<string, [number, number]> = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The index of the nearest other spot in the direction of an arrow key, or -1. */
export function nearest(spots: { x: number; y: number }[], from: number, key: string): number {
  const start = spots[from];
  const way = WAYS[key];
  if (!start || !way) return -1;
  const [dx, dy] = way;
  let [best, cost] = [-1, Infinity];
  spots.forEach(({ x, y }, at) => {
    const ahead = (x - start.x) * dx + (y - start.y) * dy;
    const aside = Math.abs((x - start.x) * dy) + Math.abs((y - start.y) * dx);
    if (at !== from && ahead > 0 && ahead + 2 * aside < cost) [best, cost] = [at, ahead + 2 * aside];
  });
  return best;
}
