import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { Consumer } from "./consumer.js";
import { Service } from "./service.js";

describe("The package", () => {
    const consumer = new Consumer();
    let service: Service;
    before(async () => {
        service = await Service.start();
        await consumer.install();
        consumer.write("app.ts", readFileSync("test/consumer/app.ts", "utf8"));
    });
    after(async () => {
        consumer.remove();
        await service.stop();
    });

    it("has what was built, and nothing else", () => {
        assert.deepEqual(consumer.packed.filter(path => !path.startsWith("dist/")).sort(), ["README.md", "package.json"]);
        for (const name of ["index.js", "index.d.ts", "generated.d.ts", "browser.min.js"]) {
            assert.ok(consumer.packed.includes(`dist/${name}`), name);
        }
    });

    it("has no dependencies", () => {
        assert.deepEqual(readdirSync(join(consumer.folder, "node_modules")).filter(name => !name.startsWith(".")), ["@order-issue"]);
    });

    it("compiles strictly in a project for browsers", () => consumer.compile("browser"));

    it("compiles strictly in a project for Node, and works there", async () => {
        await consumer.compile("node");
        const { tour } = await import(pathToFileURL(join(consumer.folder, "app.js")).href);
        assert.deepEqual(await tour(service.url), [
            "undefined", "undefined", "1", "done", "3", "b", "undefined", "18362", "1", "created", "A", "true", "1", "issue_not_found",
        ]);
    });

    it("has the descriptions of the OpenAPI document", () => {
        const types = readFileSync(join(consumer.folder, "node_modules/@order-issue/client/dist/generated.d.ts"), "utf8");
        const { paths } = JSON.parse(readFileSync("../../docs/openapi.json", "utf8"));
        const operations: Description[] = Object.values<Record<string, Description>>(paths).flatMap(path => Object.values(path));
        assert.equal(operations.length, 11);
        for (const { operationId, summary, parameters = [] } of operations) {
            assert.match(types, new RegExp(`^    ${operationId}\\(`, "m"));
            for (const text of [summary, ...parameters.map(parameter => parameter.description)]) {
                assert.ok(types.replace(/\n +\* /g, "\n").includes(text), text);
            }
        }
    });
});

interface Description {
    operationId: string;
    summary: string;
    parameters?: { description: string }[];
}
