import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { run, tool } from "./run.js";

describe("The OpenAPI document", () => {
    const document = "../../docs/openapi.json";
    const folder = mkdtempSync(join(tmpdir(), "openapi-"));
    after(() => rmSync(folder, { recursive: true }));

    it("keeps to Spectral's rules, without a warning", async () => {
        await run(".", tool("spectral"), "lint", "--ruleset", "test/spectral.yaml", "--fail-severity", "hint", document);
    });

    it("is taken by another generator", async () => {
        await run(".", tool("openapi-typescript"), document, "--output", join(folder, "types.ts"));
        await run(folder, tool("tsc"), "--strict", "--noEmit", "types.ts");
    });
});
