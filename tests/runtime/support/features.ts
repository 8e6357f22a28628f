/** Every feature is on: what esbuild decides in a bundle. */
Object.assign(globalThis, { WORKSHOP: true, ASSESSMENT: true, SCORM: true, WEB: false });
