// node build.mjs OUT: writes runtime-<format>.js, kurspakke.css and THIRD-PARTY.txt into the folder OUT.

import { appendFile, readFile, readdir, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { build } from "esbuild";

const here = import.meta.dirname;
const modules = join(here, "node_modules");
const out = resolve(process.argv[2]);
const shared = { bundle: true, minify: true, metafile: true, legalComments: "none", logLevel: "warning", absWorkingDir: here };

const names = (await readdir(join(here, "src"))).map((name) => /^main-(\w+)\.ts$/.exec(name)?.[1]).filter(Boolean).sort();
const scripts = await build({
  ...shared,
  entryPoints: names.map((name) => ({ in: `src/main-${name}.ts`, out: `runtime-${name}` })),
  outdir: out,
  format: "iife",
  target: "es2020",
});
const style = await build({
  ...shared,
  entryPoints: [join(here, "../../templates/style/kurspakke.css")],
  outdir: out,
  nodePaths: [modules],
  // Nested rules are written flat for these; :has(), which the design system leans on, sets the floor anyway.
  target: ["chrome105", "firefox121", "safari15.4"],
});

/** The style sheet without the custom properties that nothing in it asks for: most of the theme's. */
function pruned(css) {
  const used = new Set(Array.from(css.matchAll(/var\(\s*(--[\w-]+)/g), ([, name]) => name));
  const kept = css.replace(/(?<=[{;])(--[\w-]+):[^;{}]*(?:;|(?=\}))/g, (whole, name) => (used.has(name) ? whole : ""));
  return kept === css ? css : pruned(kept);
}

const sheet = join(out, "kurspakke.css");
await writeFile(sheet, pruned(await readFile(sheet, "utf8")));

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

// The licences ask that their text goes wherever the code goes, and these files go into every course package.
const bundled = new Set();
for (const [path, { inputs }] of Object.entries({ ...scripts.metafile.outputs, ...style.metafile.outputs })) {
  const packages = packagesIn(inputs);
  packages.forEach((name) => bundled.add(name));
  if (packages.length > 0) {
    const notices = (await Promise.all(packages.map(notice))).join("\n");
    await appendFile(resolve(here, path), `/*!\nThis file holds parts of:\n\n${notices}*/\n`);
  }
}
const sections = await Promise.all([...bundled].sort().map(notice));
await writeFile(join(out, "THIRD-PARTY.txt"), sections.join(`\n${"-".repeat(72)}\n\n`));
console.log([...names.map((name) => `runtime-${name}.js`), relative(out, join(out, "kurspakke.css"))].join(" "));
