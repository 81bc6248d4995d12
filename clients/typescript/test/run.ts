import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";

/** Runs a program, in a folder; fails with what it has written unless it succeeds. */
export async function run(folder: string, program: string, ...parameters: string[]): Promise<string> {
    return runWith({}, folder, program, ...parameters);
}

export async function runWith(environment: Record<string, string>, folder: string, program: string, ...parameters: string[]): Promise<string> {
    try {
        return (await promisify(execFile)(program, parameters, { cwd: folder, env: { ...process.env, ...environment } })).stdout;
    } catch (error) {
        const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
        throw new Error(`${program} ${parameters.join(" ")}\n${stdout}${stderr}`, { cause: error });
    }
}

/** A program of the development dependencies. */
export function tool(name: string): string {
    return resolve("node_modules/.bin", name);
}

/** What `test/tools` has; large, and so in a package of its own. */
export const tools = resolve("test/tools/node_modules");

export const withoutTools = !existsSync(tools) && "npm ci --prefix test/tools";
