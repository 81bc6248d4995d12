import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { after, before, describe, it } from "node:test";
import { run, tool } from "./run.js";
import { Service } from "./service.js";

const readme = readFileSync("README.md", "utf8");
const [first = ""] = Array.from(readme.matchAll(/^```ts\n([^]+?)^```$/gm), ([, code]) => code);
const [pack = "", install = ""] = Array.from(readme.matchAll(/^```sh\n([^]+?)^```$/gm), ([, commands]) => commands);
const [manifest, ...settings] = Array.from(readme.matchAll(/`("(?:type|module)": [^`]+)`/g), ([, setting]) => setting);

describe("The package of a clone", () => {
    const parent = mkdtempSync(join(tmpdir(), "clone-"));
    const project = join(parent, "project");
    let service: Service;
    before(async () => {
        service = await Service.start();
        const clone = join(parent, "order-issue-service");
        const client = join(clone, "clients/typescript");
        cpSync(".", client, { recursive: true, filter: path => !["node_modules", "dist", "build"].includes(basename(path)) });

        // Whoever runs this test has run `npm ci`, which takes half a minute.
        symlinkSync(resolve("node_modules"), join(client, "node_modules"));
        const withoutInstalling = pack.replace("\nnpm ci\n", "\n");
        assert.notEqual(withoutInstalling, pack);
        mkdirSync(project);
        writeFileSync(join(project, "package.json"), `{ ${manifest} }`);
        writeFileSync(join(project, "app.ts"), first.replace("http://localhost:5080", service.url));
        await run(clone, "sh", "-ec", withoutInstalling);
        await run(project, "sh", "-ec", install);
    });
    after(async () => {
        rmSync(parent, { recursive: true });
        await service.stop();
    });

    it("works in a project for Node", async () => {
        await compile(settings[0]);
        assert.equal(await run(project, "node", "app.js"), "1600001 open\n");
    });

    it("compiles in a project for a bundler", () => compile(settings[1]));

    async function compile(setting: string | undefined): Promise<void> {
        writeFileSync(join(project, "tsconfig.json"), `{ "compilerOptions": { ${setting}, "strict": true } }`);
        await run(project, tool("tsc"));
    }
});
