import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { run, tool } from "./run.js";

/** A project of somebody else's that has installed the package as it is published. */
export class Consumer {
    readonly folder = mkdtempSync(join(tmpdir(), "consumer-"));

    /** The names of the files that are published. */
    packed: string[] = [];

    async install(): Promise<void> {
        const [packed] = JSON.parse(await run(".", "npm", "pack", "--ignore-scripts", "--json", "--pack-destination", this.folder));
        this.packed = packed.files.map((file: { path: string }) => file.path);
        this.write("package.json", JSON.stringify({ type: "module" }));
        await run(this.folder, "npm", "install", "--offline", "--no-audit", "--no-fund", `./${packed.filename}`);
    }

    write(name: string, text: string): void {
        writeFileSync(join(this.folder, name), text);
    }

    /** Compiles what is there, strictly, with the types of browsers or of Node. */
    async compile(platform: "browser" | "node"): Promise<void> {
        this.write("tsconfig.json", JSON.stringify({
            compilerOptions: {
                target: "ES2022", module: "NodeNext", strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false,
                ...(platform === "browser" ? { lib: ["ES2022", "DOM"], types: [] } : { lib: ["ES2022"], types: ["node"], typeRoots: [resolve("node_modules/@types")] }),
            },
            include: ["*.ts"],
        }));
        await run(this.folder, tool("tsc"));
    }

    remove(): void {
        rmSync(this.folder, { recursive: true });
    }
}
