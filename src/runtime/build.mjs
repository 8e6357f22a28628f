// node build.mjs OUT: writes the scripts, the style sheets and THIRD-PARTY.txt into the folder OUT.

import { appendFile, copyFile, readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";
import { combinations, entries, formats, here, isBlock, lent, modules, own, piece, script, shared, style, TARGET } from "./bundles.mjs";

const out = resolve(process.argv[2]);
const bundle = (options) => build({ ...options, outdir: out });

const made = await Promise.all([
  ...formats.flatMap((format) => [bundle(script(format, false)), bundle(script(format, true))]),
  ...entries.map((name) => bundle(piece(name))),
  ...combinations.map((chosen) => bundle(style(chosen))),
]);

// What terser calls unsafe is so for code that builds on `new` of a plain function, or on what `String` makes of an object
// with a `valueOf` of its own: ours has neither.
const FOLDED = { passes: 3, unsafe: true, unsafe_arrows: true };

/** What esbuild has joined, folded by terser; the names of what is lent stay. */
async function minified(text, isPiece) {
  const options = { ecma: 2020, compress: { ...FOLDED, top_retain: lent }, mangle: { reserved: lent }, toplevel: true };
  const { code } = await minify(isPiece ? `{${own(text)}}` : own(text), options);
  return code.endsWith(";") || code.endsWith("}") ? code : `${code};`;
}

for (const name of (await readdir(out)).filter((each) => each.endsWith(".js"))) {
  const file = join(out, name);
  await writeFile(file, await minified(await readFile(file, "utf8"), isBlock(name)));
}

// Not for packages: the LMS that `validate --play` and the preview put around them.
made.push(await build({ ...shared, entryPoints: [{ in: "src/lms/main.ts", out: "lmspage" }], outdir: out, format: "iife", target: TARGET }));

// Nor these: the preview's own pages, the first one and the inspector.
made.push(
  await build({
    ...shared,
    entryPoints: ["overview", "inspector"].flatMap((page) => [
      { in: `src/${page}/main.ts`, out: page },
      { in: `src/${page}/${page}.css`, out: page },
    ]),
    outdir: out,
    format: "iife",
    target: TARGET,
  }),
);

/** What the theme has for colours and letters that no template asks for. */
const UNASKED = /@layer ds\.theme[\w.]*\{[^{}]*\[data-(?:color=(?:danger|neutral|success)|typography=secondary)\]\{[^{}]*\}\}/g;

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
  await writeFile(sheet, pruned((await readFile(sheet, "utf8")).replace(UNASKED, "")));
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

// These are folded by terser, too.
for (const name of ["lmspage.js", "inspector.js", "overview.js"]) {
  const file = join(out, name);
  // Not `unsafe`: what foreign content hands to the LMS may be anything.
  const { code } = await minify(await readFile(file, "utf8"), { ecma: 2020, compress: { passes: 3, unsafe_arrows: true }, toplevel: true });
  await writeFile(file, code);
}

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
console.log(`${made.flatMap(({ metafile }) => Object.keys(metafile.outputs)).length} scripts and style sheets`);
