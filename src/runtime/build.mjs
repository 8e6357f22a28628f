// node build.mjs OUT: writes the scripts, the style sheets and THIRD-PARTY.txt into the folder OUT.

import { appendFile, copyFile, readFile, readdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { minify } from "terser";

const here = import.meta.dirname;
const modules = join(here, "node_modules");
const out = resolve(process.argv[2]);
const shared = { bundle: true, minify: true, metafile: true, legalComments: "none", logLevel: "warning", absWorkingDir: here };

// What only some courses need. A package carries the script and the style of just what it uses:
// `runtime-<format>[-assessment].js`, behind it `piece-<name>.js` for each piece, and `kurspakke[-<feature>…].css`.
const FEATURES = ["workshop", "assessment"];
const combinations = FEATURES.reduce((all, name) => [...all, ...all.map((chosen) => [...chosen, name])], [[]]);
// The oldest browsers; :has(), which the design system leans on, sets the floor.
const TARGET = ["chrome105", "firefox121", "safari15.4"];
const formats = (await readdir(join(here, "src"))).map((name) => /^main-(\w+)\.ts$/.exec(name)?.[1]).filter(Boolean).sort();

const entries = (await readdir(join(here, "src/pieces"))).map((name) => name.replace(".ts", "")).sort();
// runtime.py puts the pieces and the script of a format into one function, so a piece finds there by name what the script
// (or the piece `handout`) has from these modules. Functions, or used when the course begins: the pieces come first, which
// gzip likes better.
const LENT = {
  uuid: "hash.ts",
  element: "views/element.ts",
  button: "views/element.ts",
  tool: "views/element.ts",
  MARK: "views/file.ts",
  saveFile: "views/file.ts",
  statusLine: "views/notebook.ts",
  printOnly: "views/printing.ts",
};
const HANDOUT = { htmlFile: "views/handout.ts", origin: "views/handout.ts", table: "views/handout.ts", titleOf: "views/handout.ts" };
const lent = [...Object.keys({ ...LENT, ...HANDOUT }), "pieces"];
const fragment = { ...shared, minify: false, minifySyntax: true, outdir: out, format: "esm", target: TARGET };

/** ASSESSMENT, SCORM and WEB are constants in the scripts; what stands behind a false one is left out. */
function script(format, assessment) {
  return build({
    ...fragment,
    entryPoints: [{ in: `src/main-${format}.ts`, out: `runtime-${format}${assessment ? "-assessment" : ""}` }],
    define: { ASSESSMENT: String(assessment), SCORM: String(format === "scorm12"), WEB: String(format === "web") },
  });
}

/** One for all formats. What is lent is imported still; `minified` takes the imports away. */
function piece(name) {
  const borrowed = new Set(Object.values(name === "handout" ? LENT : { ...LENT, ...HANDOUT }).map((path) => join(here, "src", path)));
  return build({
    ...fragment,
    entryPoints: [{ in: `src/pieces/${name}.ts`, out: `piece-${name}` }],
    plugins: [
      {
        name: "borrow",
        setup: (made) =>
          made.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => (borrowed.has(resolve(resolveDir, path)) ? { path, external: true } : undefined)),
      },
    ],
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

const made = await Promise.all([
  ...formats.flatMap((format) => [script(format, false), script(format, true)]),
  ...entries.map(piece),
  ...combinations.map(style),
]);

/** What esbuild has joined, folded by terser; the names of what is lent stay. */
async function minified(text, isPiece) {
  // Where two modules of a piece borrow the same thing, the second calls it by another name: element2.
  const aliases = Array.from(text.matchAll(/\b(\w+) as (\w+)\b(?=[^{}]*\} from ")/g));
  const named = aliases.reduce((so, [, name, alias]) => so.replace(new RegExp(`\\b${alias}\\b`, "g"), name), text);
  const own = named.replace(/^(?:import|export) \{[^}]*\}(?: from ".*")?;$/gm, "");
  const options = { ecma: 2020, compress: { passes: 3, top_retain: lent }, mangle: { reserved: lent }, toplevel: true };
  const { code } = await minify(isPiece ? `{${own}}` : own, options);
  return code.endsWith(";") || code.endsWith("}") ? code : `${code};`;
}

for (const name of (await readdir(out)).filter((each) => each.endsWith(".js"))) {
  const file = join(out, name);
  await writeFile(file, await minified(await readFile(file, "utf8"), /^piece-(?!handout)/.test(name)));
}

// Not for packages: the LMS that `validate --play` and the preview put around them.
made.push(await build({ ...shared, entryPoints: [{ in: "src/lms/main.ts", out: "lms" }, { in: "src/lms/page.ts", out: "lmspage" }], outdir: out, format: "iife", target: TARGET }));

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
