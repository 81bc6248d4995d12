import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, afterEach, before, describe, it } from "node:test";
import { type ConnectionOptions, OrderIssueClient, OrderIssueError } from "@order-issue/client";
import { type Fate, problem, Proxy } from "./proxy.js";
import { Service } from "./service.js";

const anOrder = { OrderId: "errors", source: "email", issueType: "damaged" };
const met = new Set<string>();

/** The error that a call ends with; one of the service's must be complete. */
async function failure(call: Promise<unknown>): Promise<OrderIssueError> {
    const error: unknown = await call.then(() => assert.fail("It didn't fail."), reason => reason);
    assert.ok(error instanceof OrderIssueError, String(error));
    assert.equal(error.name, "OrderIssueError");
    if (error.traceId?.startsWith("00-")) {
        met.add(error.code);
    }

    return error;
}

async function expect(call: Promise<unknown>, status: number, code: string): Promise<OrderIssueError> {
    const error = await failure(call);
    assert.deepEqual([error.status, error.code], [status, code], error.message);
    return error;
}

describe("Errors", () => {
    let service: Service;
    let client: OrderIssueClient;
    before(async () => {
        service = await Service.start();
        client = new OrderIssueClient({ baseUrl: service.url, retries: 0 });
    });
    afterEach(() => Proxy.stopAll());
    after(() => service.stop());

    function clientThat(fetch: ConnectionOptions["fetch"]): OrderIssueClient {
        return new OrderIssueClient({ baseUrl: service.url, retries: 0, fetch });
    }

    it("malformed_body", async () => void await expect(client.createIssue({ ...anOrder, items: JSON.parse('{"a":1}') }), 400, "malformed_body"));

    it("validation_failed, with what is wrong with each field", async () => {
        const error = await expect(client.createIssue({ ...anOrder, OrderId: " ", items: [{ sku: "A", qty: 0 }] }), 400, "validation_failed");
        assert.deepEqual(Object.keys(error.errors).sort(), ["OrderId", "items[0].qty"]);
        assert.ok(error.errors["OrderId"]?.[0]);
        assert.equal(error.retryAfter, undefined);
    });

    it("events_expired", async () => void await expect(client.listEvents({ after: 1_000_000 }), 410, "events_expired"));

    it("issue_not_found", async () => {
        const error = await expect(client.getIssue("42"), 404, "issue_not_found");
        assert.equal(error.message, "Issue not found: There is no issue of this number. (GET /api/order-issue/42)");
        assert.deepEqual([error.method, error.path], ["GET", "/api/order-issue/42"]);
        assert.deepEqual(error.errors, {});
        await expect(client.updateStatus("nobody's", { status: "done" }), 404, "issue_not_found");
    });

    it("ticket_not_found", async () => {
        await expect(client.getTicket("404"), 404, "ticket_not_found");
        await expect(client.createIssueFromTicket({ source: "freshdesk", ticketId: "404", issueType: "damaged" }), 404, "ticket_not_found");
    });

    it("webhook_not_found", async () => void await expect(client.listWebhookDeliveries("nobody"), 404, "webhook_not_found"));

    it("view_not_found", async () => void await expect(client.deleteView("nobody's"), 404, "view_not_found"));

    it("validation_failed, where neither the call nor the ticket names an order", async () => {
        const error = await expect(client.createIssueFromTicket({ source: "freshdesk", ticketId: "18366", issueType: "refund" }), 400, "validation_failed");
        assert.deepEqual(Object.keys(error.errors), ["OrderId"]);
    });

    it("route_not_found", async () => void await expect(new OrderIssueClient({ baseUrl: `${service.url}/elsewhere` }).getIssue("1"), 404, "route_not_found"));

    it("method_not_allowed", async () => void await expect(clientThat((url, init) => fetch(url, { ...init, method: "DELETE" })).getIssue("1"), 405, "method_not_allowed"));

    it("issue_merged, with the issue that took over", async () => {
        const [first, second] = [await client.createIssue(anOrder), await client.createIssue(anOrder)];
        await client.mergeIssue(first.data.issueId!, { into: second.data.issueId! });
        const error = await expect(client.patchIssue(first.data.issueId!, { picker: "a" }), 409, "issue_merged");
        assert.equal(error.problem?.into, second.data.issueId);
    });

    it("precondition_failed", async () => {
        const { data: { issueId = "" } } = await client.createIssue(anOrder);
        await expect(client.patchIssue(issueId, { picker: "a" }, { ifMatch: '"9-9"' }), 412, "precondition_failed");
    });

    it("count_differs", async () => void await expect(
        client.changeIssues({ filter: { OrderId: ["nobody's"] }, expect: 37, change: { status: "done" } }), 409, "count_differs"));

    it("payload_too_large", async () => void await expect(client.createIssue({ ...anOrder, notes: "x".repeat(1_100_000) }), 413, "payload_too_large"));

    it("unsupported_media_type", async () => void await expect(
        clientThat((url, init) => fetch(url, { ...init, headers: { "Content-Type": "text/plain" } })).createIssue(anOrder), 415, "unsupported_media_type"));

    it("idempotency_mismatch", async () => {
        await client.createIssue(anOrder, { idempotencyKey: "mine" });
        await expect(client.createIssue({ ...anOrder, notes: "other" }, { idempotencyKey: "mine" }), 422, "idempotency_mismatch");
    });

    it("issue_full", async () => {
        const { data: { issueId = "" } } = await client.createIssue({ ...anOrder, OrderId: "full" });
        const fill = async () => {
            for (let change = 1; change < 100; change++) {
                await client.patchIssue(issueId, { items: Array(500).fill({ sku: "日".repeat(100), qty: change }) });
            }
        };
        await expect(fill(), 422, "issue_full");
    });

    it("overloaded, while a caller has 16 exports under way", async () => {
        // More than what the connections hold, and not compressed, so that none of the exports can end.
        const items = Array(500).fill({ sku: "日".repeat(100), qty: 1 });
        await Promise.all(Array.from({ length: 4 }, async () => {
            for (let index = 0; index < 20; index++) {
                await client.createIssue({ ...anOrder, items });
            }
        }));

        const plain = clientThat((url, init) => {
            const headers = new Headers(init.headers);
            headers.set("Accept-Encoding", "identity");
            return fetch(url, { ...init, headers });
        });
        const stop = new AbortController();
        const exports = await Promise.all(Array.from({ length: 16 }, () => plain.exportIssues({ format: "ndjson", issueType: "damaged", signal: stop.signal })));
        const error = await expect(client.exportIssues({ format: "csv" }), 503, "overloaded");
        assert.equal(error.retryAfter, 1);
        stop.abort();
        assert.equal(exports.length, 16);
    });

    it("conflict, internal_error, store_unavailable, query_timeout and request_timeout", async () => {
        const proxy = await Proxy.start(
            service.url, problem("conflict", 409, { "Retry-After": "1" }), problem("internal_error", 500),
            problem("store_unavailable", 503, { "Retry-After": "2" }), problem("query_timeout", 503),
            problem("request_timeout", 503, { "Retry-After": "1" }));
        const behind = new OrderIssueClient({ baseUrl: proxy.url, retries: 0 });
        assert.equal((await expect(behind.createIssue(anOrder), 409, "conflict")).retryAfter, 1);
        assert.equal((await expect(behind.getIssue("1"), 500, "internal_error")).retryAfter, undefined);
        assert.equal((await expect(behind.getIssue("1"), 503, "store_unavailable")).retryAfter, 2);
        await expect(behind.listIssues(), 503, "query_timeout");
        assert.equal((await expect(behind.createIssue(anOrder), 503, "request_timeout")).retryAfter, 1);
    });

    it("unexpected_answer, for what isn't the service's", async () => {
        const answers: Fate[] = [
            { status: 502, headers: { "Content-Type": "text/html", "Retry-After": new Date(Date.now() + 60_000).toUTCString() }, body: "<h1>Bad gateway</h1>" },
            { status: 500, headers: { "Content-Type": "application/problem+json" }, body: "{" },
            { status: 500, headers: { "Content-Type": "application/problem+json" }, body: "null" },
            { status: 500, headers: { "Content-Type": "application/problem+json" }, body: '{"title":"Someone else\'s"}' },
            { status: 200, headers: { "Content-Type": "text/html" }, body: "<h1>Log in</h1>" },
            { status: 200, headers: { "Content-Type": "application/json" }, body: "null" },
        ];
        const proxy = await Proxy.start(service.url, ...answers);
        const behind = new OrderIssueClient({ baseUrl: proxy.url, retries: 0 });
        const first = await expect(behind.listIssues(), 502, "unexpected_answer");
        assert.ok(first.retryAfter !== undefined && first.retryAfter > 50 && first.retryAfter <= 60);
        for (const status of [500, 500, 500, 200, 200]) {
            await expect(behind.listIssues(), status, "unexpected_answer");
        }
    });

    it("unreachable, where nobody answers", async () => {
        const error = await expect(new OrderIssueClient({ baseUrl: "http://127.0.0.1:1", retries: 0 }).listIssues(), 0, "unreachable");
        assert.ok(error.cause instanceof TypeError);
    });

    it("redirected, where another place is named, which the key must not get to", async () => {
        const elsewhere = await Proxy.start(service.url);
        const proxy = await Proxy.start(service.url, { status: 307, headers: { Location: `${elsewhere.url}/api/order-issue` } });
        await expect(new OrderIssueClient({ baseUrl: proxy.url, apiKey: "secret" }).listIssues(), 307, "redirected");
        assert.deepEqual([proxy.seen.length, elsewhere.seen.length], [1, 0]);
    });

    it("timeout, where nobody answers in time", async () => {
        const proxy = await Proxy.start(service.url, { delay: 2_000 });
        await expect(new OrderIssueClient({ baseUrl: proxy.url, retries: 0, timeoutMs: 50 }).listIssues(), 0, "timeout");
    });
});

describe("Errors of credentials", () => {
    const reader = "0123456789012345678901234567890123456789-reader";
    let service: Service;
    before(async () => {
        service = await Service.start({
            ASPNETCORE_ENVIRONMENT: "Production",
            Auth__ApiKeys__0__Name: "reader", Auth__ApiKeys__0__Key: reader, Auth__ApiKeys__0__Scopes: "issues:read",
            RateLimit__PermitsPerMinute: "20",
        });
    });
    after(() => service.stop());

    it("unauthorized", async () => {
        await expect(new OrderIssueClient({ baseUrl: service.url }).listIssues(), 401, "unauthorized");
        await expect(new OrderIssueClient({ baseUrl: service.url, apiKey: "wrong" }).listIssues(), 401, "unauthorized");
    });

    it("forbidden", async () => {
        const client = new OrderIssueClient({ baseUrl: service.url, apiKey: reader });
        assert.deepEqual((await client.listIssues()).data, []);
        await expect(client.createIssue(anOrder), 403, "forbidden");
    });

    it("a key may also be sent as a token", async () => {
        const client = new OrderIssueClient({ baseUrl: service.url, getToken: async () => reader });
        assert.deepEqual((await client.listIssues()).data, []);
    });

    it("what getToken fails with is passed on", () => assert.rejects(
        new OrderIssueClient({ baseUrl: service.url, getToken: () => Promise.reject(new RangeError("No token.")) }).listIssues(), RangeError));

    it("ticket_source_not_configured", async () =>
        void await expect(new OrderIssueClient({ baseUrl: service.url, apiKey: reader }).getTicket("1"), 503, "ticket_source_not_configured"));

    it("rate_limited", async () => {
        const client = new OrderIssueClient({ baseUrl: service.url, apiKey: reader, retries: 0 });
        const error = await expect((async () => {
            for (let call = 0; call < 30; call++) {
                await client.listIssues();
            }
        })(), 429, "rate_limited");
        assert.ok(error.retryAfter !== undefined && error.retryAfter >= 1 && error.retryAfter <= 3);
    });
});

describe("Errors of the ticket system", () => {
    let answer: RequestListener;
    let freshdesk: Server;
    let service: Service;
    let client: OrderIssueClient;
    before(async () => {
        freshdesk = createServer((incoming, reply) => answer(incoming, reply)).listen(0, "127.0.0.1");
        await once(freshdesk, "listening");
        const { port } = freshdesk.address() as AddressInfo;
        service = await Service.start({ Freshdesk__BaseUrl: `http://127.0.0.1:${port}`, Freshdesk__ApiKey: "key" });
        client = new OrderIssueClient({ baseUrl: service.url, retries: 0 });
    });
    after(async () => {
        freshdesk.close();
        freshdesk.closeAllConnections();
        await service.stop();
    });

    it("ticket_source_failed", async () => {
        answer = (_, reply) => reply.writeHead(200, { "Content-Type": "application/json" }).end("[]");
        await expect(client.getTicket("1"), 502, "ticket_source_failed");
        await expect(client.createIssueFromTicket({ source: "freshdesk", ticketId: "1", issueType: "damaged" }), 502, "ticket_source_failed");
    });

    it("ticket_source_timeout", async () => {
        answer = () => {};
        await expect(client.getTicket("2"), 504, "ticket_source_timeout");
    });

    it("ticket_source_unavailable", async () => {
        answer = incoming => incoming.socket.destroy();
        await expect(client.getTicket("3"), 503, "ticket_source_unavailable");
    });
});

it("Every code of the OpenAPI document was met", () => {
    const { components } = JSON.parse(readFileSync("../../docs/openapi.json", "utf8"));
    assert.deepEqual([...met].sort(), [...components.schemas.ProblemCode.enum].sort());
});
