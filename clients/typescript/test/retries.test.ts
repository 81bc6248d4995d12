import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, before, describe, it, mock } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type ClientOptions, type CreateIssueRequest, OrderIssueClient, OrderIssueError } from "@order-issue/client";
import { type Fate, problem, Proxy } from "./proxy.js";
import { Service } from "./service.js";

const message = { username: "John Agent", message: "Shipped." };
const awayPage: Fate = { status: 503, headers: { "Content-Type": "text/html" }, body: "<h1>Back soon</h1>" };

describe("Retries", () => {
    let service: Service;
    let direct: OrderIssueClient;
    before(async () => {
        service = await Service.start();
        direct = new OrderIssueClient({ baseUrl: service.url });
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

    function order(): CreateIssueRequest {
        return { OrderId: randomUUID(), source: "email", issueType: "damaged" };
    }

    async function fails(call: Promise<unknown>, code: string): Promise<OrderIssueError> {
        const error: unknown = await call.then(() => assert.fail("It didn't fail."), reason => reason);
        assert.ok(error instanceof OrderIssueError, String(error));
        assert.equal(error.code, code);
        return error;
    }

    it("a read gets through broken connections and a proxy's error page", async () => {
        const { data } = await direct.createIssue(order());
        const { client, proxy } = await behind(["drop request", "cut answer", awayPage]);
        assert.deepEqual((await client.getIssue(data.issueId ?? "")).data, data);
        assert.equal(proxy.seen.length, 4);
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
        assert.deepEqual((await direct.listIssues({ OrderId: body.OrderId })).data, [data]);
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

    it("a create that is too slow for the caller is done once", async () => {
        const body = order();
        const { client, proxy } = await behind([{ delay: 600 }], { timeoutMs: 300 });
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

    it("a create waits as long as it is told while the first is still running", async () => {
        const { client, proxy } = await behind([problem("conflict", 409, { "Retry-After": "1" })]);
        await client.createIssue(order());
        const [first, second] = proxy.seen;
        assert.ok(first && second && second.at - first.at >= 1000 && second.at - first.at < 5000);
    });

    it("a change that isn't safe to repeat is tried once", async () => {
        const { data: { OrderId, issueId = "" } } = await direct.createIssue(order());
        for (const fate of ["drop answer", problem("overloaded", 503), problem("conflict", 409)] satisfies Fate[]) {
            const { client, proxy } = await behind([fate, fate]);
            await assert.rejects(client.updateStatus(OrderId, { status: "done" }), OrderIssueError);
            await assert.rejects(client.patchIssue(issueId, { picker: "a" }), OrderIssueError);
            assert.equal(proxy.seen.length, 2);
        }
    });

    it("gives up after as many tries as it may", async () => {
        const always = Array<Fate>(9).fill(problem("overloaded", 503));
        for (const [retries, tries] of [[undefined, 4], [0, 1], [1, 2]]) {
            const { client, proxy } = await behind(always, { retries });
            await fails(client.listIssues(), "overloaded");
            assert.equal(proxy.seen.length, tries);
        }

        const { client, proxy } = await behind(always, { retries: 5 });
        await fails(client.listIssues({ retries: 0 }), "overloaded");
        assert.equal(proxy.seen.length, 1);
    });

    it("waits longer from try to try, each time for a random part of the longest wait", async () => {
        for (const part of [0, 0.99]) {
            mock.method(Math, "random", () => part);
            const { client, proxy } = await behind(Array<Fate>(4).fill("drop request"));
            await fails(client.listIssues(), "unreachable");
            const waits = proxy.seen.slice(1).map((seen, n) => seen.at - (proxy.seen[n]?.at ?? 0));
            assert.equal(waits.length, 3);
            waits.forEach((wait, n) => assert.ok(wait >= part * 245 * 2 ** n, `${waits}`));
            assert.ok(waits.reduce((sum, wait) => sum + wait) < part * 1_750 + 1_000, `${waits}`);
            mock.restoreAll();
        }
    });

    it("doesn't wait longer than half a minute", async () => {
        const { client, proxy } = await behind([problem("rate_limited", 429, { "Retry-After": "31" })]);
        assert.equal((await fails(client.listIssues(), "rate_limited")).retryAfter, 31);
        assert.equal(proxy.seen.length, 1);
    });

    it("doesn't repeat what won't pass", async () => {
        for (const [code, status] of [["internal_error", 500], ["query_timeout", 503], ["ticket_source_failed", 502], ["ticket_source_not_configured", 503], ["unauthorized", 401]] as const) {
            const { client, proxy } = await behind([problem(code, status)]);
            await fails(client.getTicket("18362"), code);
            assert.equal(proxy.seen.length, 1);
        }
    });

    it("asks for a token before each try", async () => {
        let token = 0;
        const { client, proxy } = await behind(["drop request", awayPage], { getToken: () => `token-${++token}` });
        await fails(client.listIssues(), "unauthorized");
        assert.deepEqual(proxy.seen.map(seen => seen.headers.authorization), ["Bearer token-1", "Bearer token-2", "Bearer token-3"]);
    });

    it("sends no header and no parameter that is absent", async () => {
        const { data: { OrderId } } = await direct.createIssue(order());
        const { client, proxy } = await behind([], { apiKey: undefined });
        await client.updateStatus(OrderId, { status: "done" }, { ifMatch: undefined });
        await client.listIssues({ status: undefined });
        assert.deepEqual(proxy.seen.map(seen => seen.path), [`/api/order-issue/update/${OrderId}`, "/api/order-issue"]);
        for (const { headers } of proxy.seen) {
            for (const name of ["if-match", "if-none-match", "idempotency-key", "x-api-key", "authorization"]) {
                assert.equal(headers[name], undefined, name);
            }
        }
    });

    it("a call that is aborted before isn't sent", async () => {
        const { client, proxy } = await behind([]);
        const reason = new Error("Not needed any more.");
        await assert.rejects(client.listIssues({ signal: AbortSignal.abort(reason) }), reason);
        assert.equal(proxy.seen.length, 0);
    });

    it("a call can be aborted while it waits for the answer", async () => {
        const { client, proxy } = await behind([{ delay: 10_000 }]);
        const started = Date.now();
        await assert.rejects(client.createIssue(order(), { signal: AbortSignal.timeout(100) }), { name: "TimeoutError" });
        assert.ok(Date.now() - started < 5000);
        assert.equal(proxy.seen.length, 1);
    });

    it("a call can be aborted while it waits to try again", async () => {
        const { client, proxy } = await behind([problem("rate_limited", 429, { "Retry-After": "20" })]);
        const controller = new AbortController();
        const started = Date.now();
        const call = client.listIssues({ signal: controller.signal });
        await sleep(200);
        controller.abort();
        await assert.rejects(call, { name: "AbortError" });
        assert.ok(Date.now() - started < 10_000);
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
        const client = new OrderIssueClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 200 });
        assert.equal(await (await client.exportIssues({ format: "csv" })).text(), "begin end");
        const controller = new AbortController();
        const file = await client.exportIssues({ format: "csv", signal: controller.signal });
        controller.abort();
        await assert.rejects(file.text(), { name: "AbortError" });
        server.close();
        server.closeAllConnections();
    });
});
