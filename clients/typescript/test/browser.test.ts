import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { Consumer } from "./consumer.js";
import { Proxy } from "./proxy.js";
import { Service } from "./service.js";

const executablePath = process.env["CHROMIUM"] ?? ["chromium", "chromium-browser", "google-chrome"]
    .flatMap(name => (process.env["PATH"] ?? "").split(delimiter).map(folder => join(folder, name)))
    .find(existsSync);

describe("In a browser", { skip: executablePath === undefined && "There is no Chromium." }, () => {
    const consumer = new Consumer();
    let pages: Server;
    let service: Service;
    let browser: Browser;
    let page: Page;
    before(async () => {
        await consumer.install();
        const bundle = readFileSync(join(consumer.folder, "node_modules/@order-issue/client/dist/browser.min.js"));
        pages = createServer((incoming, answer) => incoming.url === "/browser.min.js"
            ? answer.writeHead(200, { "Content-Type": "text/javascript" }).end(bundle)
            : answer.writeHead(200, { "Content-Type": "text/html" }).end("<!doctype html><title>A page</title>"));
        pages.listen(0, "127.0.0.1");
        await once(pages, "listening");
        const { port } = pages.address() as AddressInfo;

        // Plain http, and not this machine by its name: such a page has no crypto.randomUUID.
        service = await Service.start({ Cors__Origins: `http://page.test:${port}` });
        browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox", "--host-resolver-rules=MAP *.test 127.0.0.1"] });
        page = await open(`http://page.test:${port}`);
    });
    after(async () => {
        consumer.remove();
        pages.close();
        pages.closeAllConnections();
        await browser?.close();
        await service.stop();
    });

    async function open(address: string): Promise<Page> {
        const opened = await browser.newPage();
        await opened.goto(address);
        await opened.evaluate(`import("/browser.min.js").then(module => {
            globalThis.OrderIssueError = module.OrderIssueError;
            globalThis.client = new module.OrderIssueClient({ baseUrl: ${JSON.stringify(service.url)}, retries: 0 });
        })`);
        return opened;
    }

    it("reports an issue, changes it and reads it", async () => {
        assert.equal(await page.evaluate("crypto.randomUUID"), undefined);
        assert.deepEqual(await page.evaluate(`(async () => {
            const created = await client.createIssue({ OrderId: "A/B", source: "email", issueType: "damaged" });
            const updated = await client.updateStatus("A/B", { status: "done" }, { ifMatch: created.etag });
            const { data } = await client.addDiscussion("A/B", { username: "a", message: "b" }, { ifMatch: updated.etag });
            const { etag } = await client.patchIssue(data.issueId, { picker: "Jim" });
            const unchanged = await client.getIssue(data.issueId, { ifNoneMatch: etag });
            const read = await client.getIssue(data.issueId);
            return [read.data.status, read.data.discussion.length, read.data.picker, read.etag === etag, String(unchanged)];
        })()`), ["done", 1, "Jim", true, "undefined"]);
    });

    it("goes through all issues, and exports them", async () => {
        assert.deepEqual(await page.evaluate(`(async () => {
            await client.createIssue({ OrderId: "C", source: "email", issueType: "damaged" });
            const orders = [];
            for await (const issue of client.allIssues({ limit: 1 })) {
                orders.push(issue.OrderId);
            }

            for await (const issue of client.exportRows()) {
                orders.push(issue.OrderId);
            }

            const file = await client.exportIssues({ format: "ndjson" });
            return [...orders, (await file.text()).trim().split("\\n").length];
        })()`), ["C", "A/B", "C", "A/B", 2]);
    });

    it("follows what happens", async () => {
        assert.deepEqual(await page.evaluate(`(async () => {
            const { page: { latest, epoch } } = await client.listEvents({ limit: 1 });
            const sequences = [];
            setTimeout(() => client.createIssue({ OrderId: "D", source: "email", issueType: "damaged" }), 100);
            for await (const event of client.events({ after: latest, epoch })) {
                sequences.push(event.sequence - latest, event.data.OrderId);
                break;
            }

            return sequences;
        })()`), [1, "D"]);
    });

    it("tells what failed", async () => {
        assert.deepEqual(await page.evaluate(`client.getIssue("42").catch(error => [error instanceof OrderIssueError, error.status, error.code])`), [true, 404, "issue_not_found"]);
    });

    it("ends a call with its signal", async () => {
        assert.equal(await page.evaluate(`client.listIssues({ signal: AbortSignal.abort() }).catch(error => error.name)`), "AbortError");
    });

    it("can't call a service that doesn't let its page", async () => {
        const other = await open(page.url().replace("page.test", "other.test"));
        assert.deepEqual(await other.evaluate(`client.listIssues().catch(error => [error.code, error.message.includes("Cors:Origins lacks " + location.origin)])`), ["unreachable", true]);
    });

    it("is told of a redirect", async () => {
        const proxy = await Proxy.start(service.url, "pass", { status: 307, headers: { "Location": service.url, "Access-Control-Allow-Origin": "*" } });
        const code = await page.evaluate(`new client.constructor({ baseUrl: "${proxy.url}" }).listIssues().catch(error => error.code)`);
        Proxy.stopAll();
        assert.equal(code, "redirected");
    });
});
