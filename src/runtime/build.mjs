// node build.mjs OUT: writes the scripts, the style sheets and THIRD-PARTY.txt into the folder OUT.

import { appendFile, copyFile, readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";

const here = import.meta.dirname;
const modules = join(here, "node_modules");
const out = resolve(process.argv[2]);
const shared = { bundle: true, minify: true, metafile: true, legalComments: "none", logLevel: "warning", absWorkingDir: here };

// What only some courses need. A package carries the script and the style of just the features it uses, so each
// combination is made: `runtime-<format>[-<feature>…].js` and `kurspakke[-<feature>…].css` (features in this order).
const FEATURES = ["workshop", "assessment"];
const combinations = FEATURES.reduce((all, name) => [...all, ...all.map((chosen) => [...chosen, name])], [[]]);
// The oldest browsers; :has(), which the design system leans on, sets the floor.
const TARGET = ["chrome105", "firefox121", "safari15.4"];
const formats = (await readdir(join(here, "src"))).map((name) => /^main-(\w+)\.ts$/.exec(name)?.[1]).filter(Boolean).sort();

/**
 * In the scripts each feature is a constant of its name in capitals, and so are SCORM and WEB; what stands behind a false
 * one is left out.
 */
function script(format, chosen) {
  const features = FEATURES.map((name) => [name.toUpperCase(), String(chosen.includes(name))]);
  return build({
    ...shared,
    entryPoints: [{ in: `src/main-${format}.ts`, out: [`runtime-${format}`, ...chosen].join("-") }],
    outdir: out,
    format: "iife",
    target: TARGET,
    define: { ...Object.fromEntries(features), SCORM: String(format === "scorm12"), WEB: String(format === "web") },
  });
}

/** In the style sheet each feature is a file of its name; that of a feature not chosen counts as empty. */
function style(chosen) {
  const leaveOut = FEATURES.filter((name) => !chosen.includes(name)).map((name) => `${name}\\.css`);
  return build({
    ...shared,
    entryPoints: [{ in: join(here, "../../templates/style/kurspakke.css"), out: ["kurspakke", ...chosen].join("-") }],
    outdir: out,
    nodePaths: [modules],
    // Nested rules are written flat for these.
    target: TARGET,
    plugins: leaveOut.length ? [{ name: "features", setup: (made) => made.onLoad({ filter: new RegExp(`/(${leaveOut.join("|")})$`) }, () => ({ contents: "", loader: "css" })) }] : [],
  });
}

const made = await Promise.all(combinations.flatMap((chosen) => [...formats.map((format) => script(format, chosen)), style(chosen)]));

// Not for packages: the LMS that `validate --play` and the preview put around them.
made.push(await build({ ...shared, entryPoints: [{ in: "src/lms/main.ts", out: "lms" }], outdir: out, format: "iife", target: TARGET }));

// esbuild joins and strips; terser then folds functions into each other, which takes another twelfth off the line.
for (const name of (await readdir(out)).filter((each) => each.endsWith(".js"))) {
  const file = join(out, name);
  const { code } = await minify(await readFile(file, "utf8"), { ecma: 2020, toplevel: true, compress: { passes: 3 } });
  await writeFile(file, code);
}

/** The style sheet without the custom properties that nothing in it asks for: most of the theme's. */
function pruned(css) {
  const used = new Set(Array.from(css.matchAll(/var\(\s*(--[\w-]+)/g), ([, name]) => name));
  const kept = css.replace(ABSENT, "").replace(/(?<=[{;])(--[\w-]+):[^;{}]*(?:;|(?=\}))/g, (whole, name) => (used.has(name) ? whole : ""));
  return kept === css ? css : pruned(kept);
}

// What the design system says of switches, of fields that can only be read and of boxes half ticked: no course has any.
const ABSENT = /(?<=[{}])(?:\.ds-readonly-icon|\.ds-input(?:\[role=switch\]|\[aria-readonly=true\],|\[type=checkbox\]:indeterminate))[^{}]*\{[^{}]*\}/g;

for (const chosen of combinations) {
  const sheet = join(out, `${["kurspakke", ...chosen].join("-")}.css`);
  await writeFile(sheet, pruned(await readFile(sheet, "utf8")));
}

/** The npm packages that an output holds text from: "@digdir/designsystemet-css". */
function packagesIn(inputs) {
  const found = Object.keys(inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]);
  return [...new Set(found.filter(Boolean))].sort();
}

/** Name, version and full licence text of an installed package. */
async function notice(name) {
  const { version } = JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));
  const text = await readFile(join(modules, name, "LICENSE"), "utf8");
  return `${name} ${version}\n\n${text.replaceAll("\r\n", "\n").trim()}\n`;
}

// Looks for barriers, in `validate --play` and in the preview; it goes into no package.
await copyFile(join(modules, "axe-core/axe.min.js"), join(out, "axe.js"));

// The licences ask that their text goes wherever the code goes, and these files go into every course package.
const bundled = new Set();
for (const [path, { inputs }] of made.flatMap(({ metafile }) => Object.entries(metafile.outputs))) {
  const packages = packagesIn(inputs);
  packages.forEach((name) => bundled.add(name));
  if (packages.length > 0) {
    const notices = (await Promise.all(packages.map(notice))).join("\n");
    await appendFile(resolve(here, path), `/*!\nThis file holds parts of:\n\n${notices}*/\n`);
  }
}
const sections = await Promise.all([...bundled, "axe-core"].sort().map(notice));
await writeFile(join(out, "THIRD-PARTY.txt"), sections.join(`\n${"-".repeat(72)}\n\n`));
console.log(`${made.flatMap(({ metafile }) => Object.keys(metafile.outputs)).length} scripts and style sheets for ${combinations.length} combinations of features`);
