import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

/** What `dotnet` runs: what the environment names, or what was built last. */
const program = process.env["ORDER_ISSUE_SERVICE"]
    ?? ["../..", "../../.."].flatMap(root => ["Debug", "Release"].map(configuration => resolve(root, `src/WebApi/bin/${configuration}/net10.0/WebApi.dll`)))
        .find(existsSync)
    ?? "";

/** The service as a process of its own, on a store of its own. */
export class Service {
    private constructor(readonly url: string, readonly folder: string, private process: ChildProcess, private readonly environment: Record<string, string>) {
    }

    /** Starts one as on a developer's machine: anyone may call it, and it has sample tickets. */
    static async start(environment: Record<string, string> = {}): Promise<Service> {
        const folder = mkdtempSync(join(tmpdir(), "order-issue-"));
        const [url, child] = await spawnIn(folder, { ASPNETCORE_URLS: "http://127.0.0.1:0", ...environment });
        return new Service(url, folder, child, environment);
    }

    /** Kills it in the midst of what it does, and starts it again where it was. */
    async restart(whileItIsDown?: () => Promise<void>): Promise<void> {
        await this.kill();
        await whileItIsDown?.();
        [, this.process] = await spawnIn(this.folder, { ASPNETCORE_URLS: this.url, ...this.environment });
    }

    async stop(): Promise<void> {
        await this.kill();
        rmSync(this.folder, { recursive: true });
    }

    private async kill(): Promise<void> {
        const ended = once(this.process, "exit");
        this.process.kill("SIGKILL");
        await ended;
    }
}

async function spawnIn(folder: string, environment: Record<string, string>): Promise<[url: string, process: ChildProcess]> {
    const child = spawn("dotnet", [program], {
        cwd: folder,
        env: {
            ...process.env,
            ASPNETCORE_ENVIRONMENT: "Development",
            ConnectionStrings__Sqlite: "Data Source=issues.db",
            ...environment,
        },
        stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const line of createInterface(child.stdout)) {
        const url = /Now listening on: ([^\s"]+)/.exec(line)?.[1];
        if (url !== undefined) {
            child.stdout.resume();
            return [url, child];
        }
    }

    throw new Error(`The service didn't start: dotnet ${program}`);
}
