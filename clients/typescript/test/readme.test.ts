import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { Consumer } from "./consumer.js";
import { run } from "./run.js";
import { Service } from "./service.js";

const start = "http://localhost:5080";

/** An example, and the lines that it says it prints. */
interface Example {
    title: string;
    code: string;
    prints: string[];
}

function read(): Example[] {
    let title = "";
    return Array.from(readFileSync("README.md", "utf8").matchAll(/^#+ (?<title>.+)$|^```ts\n(?<code>[^]+?)^```$/gm)).flatMap(({ groups = {} }) => {
        title = groups["title"] ?? title;
        const code = groups["code"];
        return code === undefined ? [] : [{ title, code, prints: Array.from(code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm), match => match[1] ?? "") }];
    });
}

describe("README", () => {
    const examples = read();
    const consumer = new Consumer();
    let service: Service;
    before(async () => {
        service = await Service.start();
        await consumer.install();
        examples.forEach(({ code }, n) => consumer.write(`example${n}.ts`, n === 0 ? localized(code) : wrapped(localized(code))));
        await consumer.compile("node");
    });
    after(async () => {
        consumer.remove();
        await service.stop();
    });

    function localized(code: string): string {
        return code.replace(start, service.url);
    }

    /** Each example but the first has the first one's client. */
    function wrapped(code: string): string {
        return `import { OrderIssueClient, OrderIssueError } from "@order-issue/client";
            const client = new OrderIssueClient({ baseUrl: "${service.url}" });
            {\n${code.replace(/^import .*$/m, "")}\n}
            export {};`;
    }

    it("begins with at most ten lines", () => assert.ok((examples[0]?.code.trimEnd().split("\n").length ?? 99) <= 10));

    examples.forEach(({ title, prints }, n) => it(`${title}: example ${n + 1}`, async () => {
        assert.equal(await run(consumer.folder, "node", `example${n}.js`), prints.map(line => `${line}\n`).join(""));
    }));
});
