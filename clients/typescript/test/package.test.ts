import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it, mock } from "node:test";
import { pathToFileURL } from "node:url";
import { format } from "node:util";
import { Consumer } from "./consumer.js";
import { examples, moduleOf } from "./readme.js";
import { Service } from "./service.js";

describe("The package", () => {
    const consumer = new Consumer();
    const names = examples.map((_, n) => `example${n}`);
    let service: Service;
    before(async () => {
        [service] = await Promise.all([Service.start(), consumer.install({ type: "module" })]);
        for (const name of ["app", "desk", "mistakes"]) {
            consumer.write(`${name}.ts`, readFileSync(`test/consumer/${name}.ts`, "utf8"));
        }

        examples.forEach((example, n) => consumer.write(`${names[n]}.ts`, moduleOf(example, n, service.url)));
        await Promise.all([
            consumer.compile("node", "app.ts", "desk.ts", ...names.map(name => `${name}.ts`)),
            consumer.compile("browser", "app.ts", "desk.ts", "mistakes.ts"),
        ]);
    });
    after(async () => {
        consumer.remove();
        await service.stop();
    });

    function load(name: string) {
        return import(pathToFileURL(join(consumer.folder, `${name}.js`)).href);
    }

    const installed = (path = "") => join(consumer.folder, "node_modules/@order-issue/client", path);

    describe("README", () => { // First, as its issue is the first.
        it("begins with at most ten lines", () => assert.ok((examples[0]?.code.trimEnd().split("\n").length ?? 99) <= 10));

        it("has no link that doesn't hold on npm", () => {
            for (const [, target = ""] of readFileSync("README.md", "utf8").matchAll(/\]\(([^)]+)\)/g)) {
                assert.match(target, /^(https:\/\/|#|CHANGELOG\.md$)/);
            }
        });

        examples.forEach(({ title, prints }, n) => it(`${title}: example ${n + 1}`, async t => {
            const printed: string[] = [];
            t.mock.method(console, "log", (...values: unknown[]) => printed.push(format(...values)));
            await load(names[n] ?? "");
            mock.restoreAll();
            assert.deepEqual(printed, prints);
        }));
    });

    it("has what was built, and nothing else", () => {
        assert.deepEqual(readdirSync(installed()).sort(), ["CHANGELOG.md", "README.md", "browser", "dist", "package.json"]);
        for (const name of ["esm/index.js", "esm/index.d.ts", "esm/generated.d.ts", "cjs/index.js", "cjs/index.d.ts", "browser.min.js"]) {
            assert.ok(readFileSync(installed(`dist/${name}`)).length > 0, name);
        }
    });

    it("has no dependencies", () => assert.deepEqual(readdirSync(join(consumer.folder, "node_modules")).filter(name => !name.startsWith(".")), ["@order-issue"]));

    it("has types for all that it takes and gives", async () => {
        const { tour } = await load("app");
        assert.deepEqual(await tour(service.url), [
            "undefined", "undefined", "1", "done", "3", "b", "undefined", "18362", "1", "created", "A", "true", "1", "issue_not_found",
        ]);
    });

    it("lets a desk list, edit with a conflict, export and follow an abort, without a cast", async () => {
        assert.doesNotMatch(readFileSync("test/consumer/desk.ts", "utf8"), /\bas (?!const)|\bany\b|!\.|@ts-/);
        const { work } = await load("desk");
        assert.deepEqual(await work(service.url), ["listed 3", "conflict: Jane", "saved: Jim", "exported 3", "aborted after 1"]);
    });

    it("has the descriptions of the OpenAPI document", () => {
        const types = readFileSync(installed("dist/cjs/generated.d.ts"), "utf8").replace(/\n +\* ?/g, "\n");
        const { paths } = JSON.parse(readFileSync("../../docs/openapi.json", "utf8"));
        const operations: Description[] = Object.values<Record<string, Description>>(paths).flatMap(path => Object.values(path));
        for (const { operationId, summary, parameters = [] } of operations) {
            assert.match(types, new RegExp(`^    ${operationId}\\(`, "m"));
            const taken = parameters.filter(({ name }) => name !== "Prefer"); // The client always gives the issue.
            for (const text of [summary, ...taken.map(parameter => parameter.description), `@example\nconst`, "`validation_failed` (400)"]) {
                assert.ok(types.includes(text), text);
            }
        }
    });
});

interface Description {
    operationId: string;
    summary: string;
    parameters?: { name: string; description: string }[];
}
