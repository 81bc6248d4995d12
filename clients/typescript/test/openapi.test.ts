import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { run, tool, tools, withoutTools } from "./run.js";

const document = resolve("../../docs/openapi.json");

describe("The OpenAPI document", { skip: withoutTools, concurrency: 2 }, () => {
    let folder: string;
    before(() => {
        folder = mkdtempSync(join(tmpdir(), "openapi-"));
        symlinkSync(tools, join(folder, "node_modules"));
    });
    after(() => rmSync(folder, { recursive: true }));

    function execute(program: string, ...parameters: string[]): Promise<string> {
        return run(folder, join(tools, ".bin", program), ...parameters);
    }

    it("keeps to Spectral's rules, without a warning", async () =>
        void await execute("spectral", "lint", "--ruleset", resolve("test/spectral.yaml"), "--fail-severity", "hint", document));

    it("keeps to Redocly's rules, without a warning", async () =>
        void await execute("redocly", "lint", "--config", resolve("test/redocly.yaml"), "--max-problems", "1000", document)
            .then(output => /\bwarning/i.test(output) && Promise.reject(new Error(output))));

    it("is taken by other generators, whose code compiles", async () => {
        await Promise.all([
            execute("openapi-typescript", document, "--output", "types.ts"),
            execute("openapi-ts", "--input", document, "--output", "hey-api", "--client", "@hey-api/client-fetch", "--silent"),
            execute("orval", "--input", document, "--output", "orval/client.ts", "--client", "fetch"),
        ]);
        await run(folder, tool("tsc"), "--strict", "--noEmit", "--skipLibCheck", "--target", "es2022", "--module", "preserve", "--lib", "es2022,dom,dom.iterable",
            "types.ts", "hey-api/index.ts", "hey-api/client.gen.ts", "orval/client.ts");
    });
});
