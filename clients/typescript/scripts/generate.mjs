// Writes what the client has from the OpenAPI document: the types, and a method for each operation.
import { readFileSync, writeFileSync } from "node:fs";
import { writeClass, writeFilter, writeInterface, writeOptions } from "./operations.mjs";
import { writeType } from "./types.mjs";
import { findSchemas } from "./schemas.mjs";

const [source, target] = process.argv.slice(2);
const document = JSON.parse(readFileSync(source, "utf8"));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, path, method: method.toUpperCase() })));
const schemas = findSchemas(document, operations);

writeFileSync(target, [
    "// Made from docs/openapi.json: ./generate writes it anew, and what is changed here is lost.",
    'import type { CallOptions } from "./options.js";',
    'import type { Description } from "./request.js";',
    'import type { Result } from "./result.js";\n',
    writeFilter(operations),
    ...operations.map(operation => writeOptions(operation, operations)),
    writeInterface(operations),
    writeClass(operations),
    ...schemas.map(writeType),
].filter(part => part !== "").join("\n"));
