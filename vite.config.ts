import { readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { defineConfig, type Plugin } from "vite";

const ROOT = import.meta.dirname;
const DIST = resolve(ROOT, "frontend/dist");

// One module for each area that is alive, and the sheets that pages link to directly, so that
// every page is styled even where its script is missing.
const MODULES = ["base", "planning", "watch", "asking", "moderation", "control", "site", "report"];
const STAFF_AREAS = ["planning", "report", "moderation", "control", "site"];

function inputs(): string[] {
  return [
    "frontend/styles/main.scss",
    "frontend/styles/pages.scss",
    ...STAFF_AREAS.map((area) => `frontend/styles/areas/_${area}.scss`),
    ...MODULES.map((name) => `frontend/src/${name}.ts`),
  ].map((path) => resolve(ROOT, path));
}

/** Old hashed files stay for an hour, for readers whose page is older than the build; then they go. */
function forgetOldFiles(): Plugin {
  return {
    name: "forget-old-files",
    apply: "build",
    writeBundle(_options, bundle) {
      const folder = join(DIST, "assets");
      const anHourAgo = Date.now() - 3_600_000;
      for (const name of readdirSync(folder)) {
        const path = join(folder, name);
        if (!(`assets/${name}` in bundle) && statSync(path).mtimeMs < anHourAgo) rmSync(path);
      }
    },
  };
}

/** Nothing that is fetched late brings sheets or parts along: to fetch it is enough, a kilobyte of help is not. */
function fetchPlainly(): Plugin {
  return {
    name: "fetch-plainly",
    apply: "build",
    enforce: "pre",
    load: (id) => (id.includes("vite/preload-helper") ? "export const __vitePreload = (load) => load();" : null),
  };
}

export default defineConfig({
  root: ROOT,
  base: "/static/",
  publicDir: "frontend/public",
  plugins: [fetchPlainly(), forgetOldFiles()],
  css: { preprocessorOptions: { scss: { loadPaths: [resolve(ROOT, "frontend/styles"), resolve(ROOT, "node_modules")], quietDeps: true } } },
  build: {
    outDir: DIST,
    emptyOutDir: false,
    manifest: "manifest.json",
    target: "es2020",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
    rolldownOptions: {
      input: inputs(),
      // What the watch page needs of it comes as one file: on a weak line each costs a head and a way.
      output: { codeSplitting: { groups: [{ name: "shared", test: /src[\\/]feed\.ts|preload-helper/ }] } },
    },
  },
});
