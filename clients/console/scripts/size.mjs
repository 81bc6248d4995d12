// Tells how much JavaScript the first page takes, and fails where it is more than agents on slow lines should wait for.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const max = 60_000;
const folder = new URL("../../../src/WebApi/wwwroot/console/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", folder), "utf8"));
const files = new Set();
const needs = (name, withLazy = false) => {
    const { file, imports = [], dynamicImports = [] } = manifest[name];
    files.add(file);
    imports.forEach(each => needs(each));
    if (withLazy) {
        dynamicImports.filter(each => each.endsWith("/queue/Queue.tsx")).forEach(each => needs(each));
    }
};

needs("index.html", true);
const size = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, folder))).length, 0);
console.log(`The queue's first load takes ${size} bytes of JavaScript, gzipped.`);
if (size > max) {
    throw new Error(`That is more than ${max}.`);
}
