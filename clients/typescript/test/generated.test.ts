import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { run } from "./run.js";

describe("What is generated", () => {
    let folder: string;
    before(() => folder = mkdtempSync(join(tmpdir(), "generated-")));
    after(() => rmSync(folder, { recursive: true }));

    it("is made of the document: ./generate writes it anew", async () => {
        const target = join(folder, "generated.ts");
        await run(".", "./generate", "-nodeReuse:false", `-property:Generated=${target}`);
        assert.equal(readFileSync("src/generated.ts", "utf8"), readFileSync(target, "utf8"));
    });
});
