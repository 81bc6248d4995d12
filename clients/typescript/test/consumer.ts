import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { run, runWith, tool } from "./run.js";

const readme = readFileSync("README.md", "utf8");
const [pack = "", install = ""] = Array.from(readme.matchAll(/^```sh\n([^]+?)^```$/gm), ([, commands]) => commands);

/** The settings that the README gives: for Node, and for a bundler. */
const [node, bundler] = Array.from(readme.matchAll(/`("module": [^`]+)`/g), ([, setting]) => setting);

/** A project of somebody else's that has installed the package of a clone as the README says. */
export class Consumer {
    private readonly parent = mkdtempSync(join(tmpdir(), "consumer-"));
    readonly folder = join(this.parent, "project");
    readonly tarball = join(this.parent, "order-issue-service/clients/typescript/order-issue-client-2.0.0.tgz");

    async install(manifest: object = {}): Promise<void> {
        const clone = join(this.parent, "order-issue-service");
        cpSync(".", join(clone, "clients/typescript"), { recursive: true, filter: path => !["node_modules", "build", "tools"].includes(basename(path)) });
        mkdirSync(this.folder);
        this.write("package.json", JSON.stringify(manifest));

        // Whoever runs this test has run `npm ci` and the build, which take half a minute.
        await runWith({ npm_config_ignore_scripts: "true" }, clone, "sh", "-ec", pack.replace("\nnpm ci\n", "\n"));
        await runWith({ npm_config_offline: "true", npm_config_audit: "false", npm_config_fund: "false" }, this.folder, "sh", "-ec", install);
    }

    write(name: string, text: string): void {
        writeFileSync(join(this.folder, name), text);
    }

    /** Compiles files, strictly, with the README's settings and the types of Node or of browsers. */
    async compile(platform: "browser" | "node", ...files: string[]): Promise<void> {
        const types = platform === "browser" ? '"lib": ["ES2022", "DOM"], "types": [], "noEmit": true' : `"lib": ["ES2022"], "skipLibCheck": true, "types": ["node"], "typeRoots": ["${resolve("node_modules/@types")}"]`;
        this.write(`tsconfig.${platform}.json`, `{
            "compilerOptions": { ${platform === "browser" ? bundler : node}, ${types}, "strict": true, "exactOptionalPropertyTypes": true, "noUncheckedIndexedAccess": true },
            "files": ${JSON.stringify(files)}
        }`);
        await run(this.folder, tool("tsc"), "--project", `tsconfig.${platform}.json`);
    }

    remove(): void {
        rmSync(this.parent, { recursive: true });
    }
}
