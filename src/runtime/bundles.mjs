// What is bundled out of what, for build.mjs, which does it once, and again.mjs, which does it while somebody writes.

import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";

export const here = import.meta.dirname;
export const modules = join(here, "node_modules");
export const shared = { bundle: true, minify: true, metafile: true, legalComments: "none", logLevel: "warning", absWorkingDir: here };

// What only some courses need. A package carries the script and the style of just what it uses:
// `runtime-<format>[-assessment].js`, behind it `piece-<name>.js` for each piece, and `kurspakke[-<feature>…].css`.
const FEATURES = ["workshop", "assessment"];
export const combinations = FEATURES.reduce((all, name) => [...all, ...all.map((chosen) => [...chosen, name])], [[]]);
// The oldest browsers; :has(), which the design system leans on, sets the floor.
export const TARGET = ["chrome105", "firefox121", "safari15.4"];
export const formats = (await readdir(join(here, "src"))).map((name) => /^main-(\w+)\.ts$/.exec(name)?.[1]).filter(Boolean).sort();

export const entries = (await readdir(join(here, "src/pieces"))).map((name) => name.replace(".ts", "")).sort();
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
export const lent = [...Object.keys({ ...LENT, ...HANDOUT }), "pieces"];
const fragment = { ...shared, minify: false, minifySyntax: true, format: "esm", target: TARGET };

/** ASSESSMENT, SCORM and WEB are constants in the scripts; what stands behind a false one is left out. */
export function script(format, assessment) {
  return {
    ...fragment,
    entryPoints: [{ in: `src/main-${format}.ts`, out: `runtime-${format}${assessment ? "-assessment" : ""}` }],
    define: { ASSESSMENT: String(assessment), SCORM: String(format === "scorm12"), WEB: String(format === "web") },
  };
}

/** One for all formats. What is lent is imported still; `own` takes the imports away. */
export function piece(name) {
  const borrowed = new Set(Object.values(name === "handout" ? LENT : { ...LENT, ...HANDOUT }).map((path) => join(here, "src", path)));
  return {
    ...fragment,
    entryPoints: [{ in: `src/pieces/${name}.ts`, out: `piece-${name}` }],
    plugins: [
      {
        name: "borrow",
        setup: (made) =>
          made.onResolve({ filter: /^\./ }, ({ path, resolveDir }) => (borrowed.has(resolve(resolveDir, path)) ? { path, external: true } : undefined)),
      },
    ],
  };
}

/** In the style sheet each feature is a file of its name; that of a feature not chosen counts as empty. */
export function style(chosen) {
  const leaveOut = FEATURES.filter((name) => !chosen.includes(name)).map((name) => `${name}\\.css`);
  return {
    ...shared,
    entryPoints: [{ in: join(here, "../../templates/style/kurspakke.css"), out: ["kurspakke", ...chosen].join("-") }],
    nodePaths: [modules],
    // Nested rules are written flat for these.
    target: TARGET,
    plugins: leaveOut.length ? [{ name: "features", setup: (made) => made.onLoad({ filter: new RegExp(`/(${leaveOut.join("|")})$`) }, () => ({ contents: "", loader: "css" })) }] : [],
  };
}

/** What esbuild has joined, without the imports of what is lent and the exports. */
export function own(text) {
  // Where two modules of a piece borrow the same thing, the second calls it by another name: element2.
  const aliases = Array.from(text.matchAll(/\b(\w+) as (\w+)\b(?=[^{}]*\} from ")/g));
  const named = aliases.reduce((so, [, name, alias]) => so.replace(new RegExp(`\\b${alias}\\b`, "g"), name), text);
  return named.replace(/^(?:import|export) \{[^}]*\}(?: from ".*")?;$/gm, "");
}

/** Whether the script of that name, without `.js`, is a piece that stands in a block of its own. */
export function isBlock(name) {
  return /^piece-(?!handout)/.test(name);
}
