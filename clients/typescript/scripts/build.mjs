// Makes what is published of src: ES modules, the same for require, and one file for pages that have no bundler.
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const most = 8_000;
const target = ["es2020", "safari16"];
["dist", "build"].forEach(folder => rmSync(folder, { recursive: true, force: true }));
execFileSync("node_modules/.bin/tsc", { stdio: "inherit" });

await build({ entryPoints: ["dist/esm/index.js"], outfile: "dist/cjs/index.js", bundle: true, format: "cjs", target });
for (const name of readdirSync("dist/esm").filter(name => name.endsWith(".d.ts"))) {
    cpSync(`dist/esm/${name}`, `dist/cjs/${name}`);
}

writeFileSync("dist/cjs/package.json", '{ "type": "commonjs" }\n');

const page = "dist/browser.min.js";
await build({ entryPoints: ["dist/esm/index.js"], outfile: page, bundle: true, minify: true, format: "esm", target });
const size = gzipSync(readFileSync(page)).length;
console.log(`${page}: ${size} bytes, gzipped`);
if (size > most) {
    throw new Error(`That is more than ${most}.`);
}
