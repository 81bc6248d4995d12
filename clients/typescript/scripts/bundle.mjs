// Makes dist/browser.min.js, one module for pages that have no bundler, and says how much of it goes over the wire.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

const most = 12_000;
const outfile = "dist/browser.min.js";
await build({ entryPoints: ["dist/index.js"], outfile, bundle: true, minify: true, format: "esm", target: "es2022" });
const size = gzipSync(await readFile(outfile)).length;
console.log(`${outfile}: ${size} bytes, gzipped`);
if (size > most) {
    throw new Error(`That is more than ${most}.`);
}
