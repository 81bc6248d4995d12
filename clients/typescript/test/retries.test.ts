import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, before, beforeEach, describe, it, mock } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClientOptions, type CreateIssueRequest, OrderIssueClient } from "@order-issue/client";
import { type Fate, problem, Proxy } from "./proxy.js";
import { Service } from "./service.js";

const message = { username: "John Agent", message: "Shipped." };
const awayPage: Fate = { status: 503, headers: { "Content-Type": "text/html" }, body: "<h1>Back soon</h1>" };

/** How much quicker the client's clock goes than the proxy's. */
const hurry = 20;

describe("Retries", () => {
    let service: Service;
    let direct: OrderIssueClient;
    before(async () => {
        service = await Service.start();
        direct = new OrderIssueClient({ baseUrl: service.url });
    });
    beforeEach(() => {
        const { setTimeout } = globalThis;
        mock.method(globalThis, "setTimeout", (callback: () => void, milliseconds = 0, ...rest: []) => setTimeout(callback, milliseconds / hurry, ...rest));
    });
    afterEach(() => {
        Proxy.stopAll();
        mock.restoreAll();
    });
    after(() => service.stop());

    async function behind(fates: Fate[], options: Partial<ClientOptions> = {}): Promise<{ client: OrderIssueClient; proxy: Proxy }> {
        const proxy = await Proxy.start(service.url, ...fates);
        return { client: new OrderIssueClient({ ...options, baseUrl: proxy.url }), proxy };
    }

    function order(): CreateIssueRequest & { OrderId: string } {
        return { OrderId: randomUUID(), source: "email", issueType: "damaged" };
    }

    it("a read gets through broken connections and a proxy's error page", async () => {
        const { data } = await direct.createIssue(order());
        const { client, proxy } = await behind(["drop request", "cut answer", awayPage]);
        assert.deepEqual((await client.getIssue(data.issueId ?? "")).data, data);
        assert.equal(proxy.seen.length, 4);
    });

    it("all tries are part of one trace, which the result and an error name", async () => {
        const { data } = await direct.createIssue(order());
        const { client, proxy } = await behind(["drop request", "pass", "drop request"], { retries: 1 });
        const { traceId = "" } = await client.getIssue(data.issueId);
        const parents = proxy.seen.map(seen => String(seen.headers["traceparent"]));
        assert.match(traceId, /^[0-9a-f]{32}$/);
        assert.ok(parents.every(parent => parent.startsWith(`00-${traceId}-`)) && parents[0] !== parents[1], String(parents));
        const lost = await client.getIssue(data.issueId, { retries: 0 }).catch(error => error);
        assert.match(String(proxy.seen[2]?.headers["traceparent"]), new RegExp(`^00-${lost.traceId}-`));
        const { traceId: own } = await client.getIssue(data.issueId);
        assert.notEqual(own, traceId);
        const refused = await client.getIssue("42").catch(error => error);
        assert.match(String(proxy.seen.at(-1)?.headers["traceparent"]).slice(3, 35), new RegExp(refused.traceId.slice(3, 35)));
    });

    it("an export is tried again until it begins", async () => {
        const { data } = await direct.createIssue(order());
        const { client, proxy } = await behind(["drop request", problem("overloaded", 503)]);
        const file = await client.exportIssues({ format: "ndjson", OrderId: data.OrderId });
        assert.deepEqual(JSON.parse(await file.text()), data);
        assert.equal(proxy.seen.length, 3);
    });

    it("an export that breaks off fails where it is read", async () => {
        await direct.createIssue(order());
        const { client, proxy } = await behind(["cut answer"]);
        const file = await client.exportIssues({ format: "ndjson" });
        await assert.rejects(file.text());
        assert.equal(proxy.seen.length, 1);
    });

    it("a create is done once, with one key over all tries", async () => {
        const body = order();
        const { client, proxy } = await behind(["drop answer", "drop request", "cut answer"]);
        const { data, replayed } = await client.createIssue(body);
        assert.equal(replayed, true);
        assert.deepEqual((await direct.listIssues({ OrderId: body.OrderId })).data.map(issue => issue._id), [data._id]);
        assert.equal(proxy.seen.length, 4);
        assert.equal(new Set(proxy.seen.map(seen => seen.headers["idempotency-key"])).size, 1);
        await client.createIssue(body);
        assert.equal(new Set(proxy.seen.map(seen => seen.headers["idempotency-key"])).size, 2);
    });

    it("a message is said once", async () => {
        const { data: { OrderId } } = await direct.createIssue(order());
        const { client } = await behind(["drop answer", "cut answer"]);
        const { data } = await client.addDiscussion(OrderId, message);
        assert.equal(data.discussion.length, 1);
    });

    it("a change is done once, and undoes nothing", async () => {
        const { data: { OrderId, issueId = "" } } = await direct.createIssue(order());
        const { client } = await behind(["drop answer", "cut answer", "pass", "drop answer"]);
        const { data: patched, replayed } = await client.patchIssue(issueId, { notes: "Box was wet." });
        const { data: updated } = await client.updateStatus(OrderId, { status: "done" });
        assert.deepEqual([replayed, patched.__v, updated.__v], [true, 1, 2]);
    });

    it("a create that is too slow for the caller is done once", async () => {
        const body = order();
        const { client, proxy } = await behind([{ delay: 600 }], { timeoutMs: 300 * hurry });
        const { data } = await client.createIssue(body);
        await sleep(600);
        assert.deepEqual((await direct.listIssues({ OrderId: body.OrderId })).data.map(issue => issue._id), [data._id]);
        assert.ok(proxy.seen.length >= 2);
    });

    it("callers with one key at the same time make one issue", async () => {
        const body = order();
        const idempotencyKey = randomUUID();
        const made = await Promise.all(Array.from({ length: 8 }, () => direct.createIssue(body, { idempotencyKey })));
        assert.equal(new Set(made.map(({ data }) => data._id)).size, 1);
        assert.equal((await direct.listIssues({ OrderId: body.OrderId })).data.length, 1);
    });

    it("sends no header and no parameter that is absent", async () => {
        const { data: { OrderId } } = await direct.createIssue(order());
        const { client, proxy } = await behind([], { apiKey: undefined });
        await client.updateStatus(OrderId, { status: "done" });
        await client.listIssues({ status: undefined });
        assert.deepEqual(proxy.seen.map(seen => seen.path), [`/api/order-issue/update/${OrderId}`, "/api/order-issue"]);
        for (const { headers } of proxy.seen) {
            for (const name of ["if-match", "if-none-match", "x-api-key", "authorization"]) {
                assert.equal(headers[name], undefined, name);
            }
        }
    });

    it("a call can be aborted while it waits for the answer", async () => {
        const { client, proxy } = await behind([{ delay: 10_000 }]);
        const started = Date.now();
        await assert.rejects(client.createIssue(order(), { signal: AbortSignal.timeout(100) }), { name: "TimeoutError" });
        assert.ok(Date.now() - started < 5000);
        assert.equal(proxy.seen.length, 1);
    });

    it("a file may take longer than a try, and can be aborted on its way", async () => {
        const server = createServer(async (_, answer) => {
            answer.writeHead(200, { "Content-Type": "text/csv" }).write("begin ");
            await sleep(500);
            answer.end("end");
        }).listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        const client = new OrderIssueClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 200 * hurry });
        assert.equal(await (await client.exportIssues({ format: "csv" })).text(), "begin end");
        const controller = new AbortController();
        const file = await client.exportIssues({ format: "csv", signal: controller.signal });
        controller.abort();
        await assert.rejects(file.text(), { name: "AbortError" });
        server.close();
        server.closeAllConnections();
    });
});
