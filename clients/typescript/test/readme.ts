import { readFileSync } from "node:fs";

/** An example, and the lines that it says it prints. */
export interface Example {
    title: string;
    code: string;
    prints: string[];
}

export const examples: Example[] = read();

function read(): Example[] {
    let title = "";
    return Array.from(readFileSync("README.md", "utf8").matchAll(/^#+ (?<title>.+)$|^```ts\n(?<code>[^]+?)^```$/gm)).flatMap(({ groups = {} }) => {
        title = groups["title"] ?? title;
        const code = groups["code"];
        return code === undefined ? [] : [{ title, code, prints: Array.from(code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm), match => match[1] ?? "") }];
    });
}

/** An example as a module, at the service's address. Each but the first has the first one's client. */
export function moduleOf({ code }: Example, n: number, url: string): string {
    const there = code.replaceAll("http://localhost:5080", url);
    if (n === 0) {
        return there;
    }

    const imports = there.match(/^import .*$/gm) ?? [];
    return `import { OrderIssueClient, OrderIssueError, type IssueClient, verifyWebhook, WebhookVerificationError } from "@order-issue/client";
        ${imports.filter(line => !line.includes("@order-issue/client")).join("\n")}
        const client = new OrderIssueClient({ baseUrl: "${url}" });
        {\n${there.replace(/^import .*$/gm, "")}\n}
        export {};`;
}
