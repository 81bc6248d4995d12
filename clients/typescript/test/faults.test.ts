import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { type CallOptions, OrderIssueClient, OrderIssueError, type PatchIssueOptions } from "@order-issue/client";
import { broken, ended, issue, json, Line, problem } from "./line.js";

const order = { OrderId: "A", source: "email", issueType: "damaged" };

describe("A client on a bad day", () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
    afterEach(() => mock.timers.reset());

    async function failsAs(call: Promise<unknown>, code: string): Promise<OrderIssueError> {
        const error = await ended(call);
        assert.ok(error instanceof OrderIssueError, String(error));
        assert.equal(error.code, code);
        return error;
    }

    for (const [place, answer] of [
        ["in a browser", () => Object.defineProperties(new Response(), { type: { value: "opaqueredirect" }, status: { value: 0 }, ok: { value: false } })],
        ["on Node and Workers", () => new Response(null, { status: 307, headers: { Location: "https://elsewhere.test" } })],
    ] as const) {
        it(`is told of a redirect, which it doesn't follow: ${place}`, async () => {
            const line = new Line(answer);
            const error = await failsAs(line.client({ apiKey: "secret" }).getIssue("1"), "redirected");
            assert.match(error.message, /another address/);
            assert.deepEqual(line.sent.map(({ init }) => init.redirect), ["manual"]);
        });
    }

    for (const idempotencyKey of ["", "a b", "é", "x".repeat(256)]) {
        it(`takes no key that is none: "${idempotencyKey.slice(0, 9)}"`, async () => {
            const line = new Line();
            assert.ok(await ended(line.client().createIssue(order, { idempotencyKey })) instanceof TypeError);
            assert.equal(line.sent.length, 0);
        });
    }

    for (const ifMatch of [undefined, "", " "]) {
        it(`doesn't change an issue in an unknown state: ${JSON.stringify(ifMatch)}`, async () => {
            const line = new Line();
            const unread = { ifMatch } as PatchIssueOptions;
            assert.ok(await ended(line.client().patchIssue("1", { notes: "a" }, unread)) instanceof TypeError);
            assert.ok(await ended(line.client().updateStatus("A", { status: "done" }, unread)) instanceof TypeError);
            assert.ok(await ended(line.client().addDiscussion("A", { username: "a", message: "b" }, unread)) instanceof TypeError);
            assert.equal(line.sent.length, 0);
            assert.equal(await ended(line.client().patchIssue("1", { notes: "a" })), undefined);
        });
    }

    it("waits for a token as long as for an answer", async () => {
        const line = new Line();
        const error = await failsAs(line.client({ getToken: () => new Promise(() => {}), timeoutMs: 1_000, retries: 0 }).getIssue("1"), "timeout");
        assert.deepEqual([error.method, error.path, Date.now()], ["GET", "/api/order-issue/1", 1_000]);
    });

    it("can be ended while it waits for a token, which isn't used then", async () => {
        const line = new Line();
        const stop = new AbortController();
        let give = (_: string) => {};
        const call = line.client({ getToken: () => new Promise(resolve => give = resolve) }).createIssue(order, { signal: stop.signal });
        stop.abort(new Error("Enough."));
        await assert.rejects(call, /Enough/);
        give("late");
        await new Promise(setImmediate);
        assert.equal(line.sent.length, 0);
    });

    it("ends even where what sends doesn't heed the signal", async () => {
        await failsAs(new Line("silence").client({ timeoutMs: 1_000, retries: 0 }).getIssue("1"), "timeout");
        const call = new Line("silence").client().getIssue("1", { signal: AbortSignal.abort() });
        assert.equal((await ended(call) as Error).name, "AbortError");
    });

    for (const walk of ["allIssues", "exportRows", "pages"] as const) {
        it(`lets nothing through after an abort: ${walk}`, async () => {
            const line = new Line(() => walk === "exportRows" ? new Response(`${JSON.stringify(issue)}\n`.repeat(5)) : json({ ok: true, data: [issue, issue], page: { limit: 2, nextCursor: "c" } }));
            const stop = new AbortController();
            let met = 0;
            const error = await ended((async () => {
                for await (const _ of line.client()[walk]({ signal: stop.signal })) {
                    met++;
                    stop.abort();
                }
            })());
            assert.deepEqual([met, (error as Error).name], [1, "AbortError"]);
        });
    }

    for (const timeoutMs of [Infinity, 2 ** 40]) {
        it(`has no time limit with ${timeoutMs}`, async () => {
            mock.timers.reset(); // The real ones take so long a time for a millisecond.
            const late = () => new Promise<Response>(resolve => setTimeout(() => resolve(json({ ok: true, data: issue })), 50));
            await new Line().client({ fetch: late, timeoutMs, deadlineMs: timeoutMs, retries: 0 }).getIssue("1");
        });
    }

    for (const wrong of [{ timeoutMs: NaN }, { timeoutMs: -1 }, { timeoutMs: 0 }, { deadlineMs: NaN }, { deadlineMs: -1 }, { retries: NaN }, { retries: -1 }] as CallOptions[]) {
        it(`takes no ${JSON.stringify(wrong)}`, async () => {
            const line = new Line();
            assert.throws(() => line.client(wrong), RangeError);
            assert.ok(await ended(line.client().getIssue("1", wrong)) instanceof RangeError);
            assert.equal(line.sent.length, 0);
        });
    }

    for (const baseUrl of ["", "issues.test", "/api", "ftp://issues.test", "https://", "http://a b", "https://user:password@issues.test", "https://issues.test?a=b", "https://issues.test#a", "https://issues.test:99999"]) {
        it(`takes no baseUrl like "${baseUrl}"`, () => assert.throws(() => new OrderIssueClient({ baseUrl }), TypeError));
    }

    it("takes no key or token that no header takes", async () => {
        const line = new Line();
        for (const secret of ["", "日本", "a\nb", "a\u0000"]) {
            assert.throws(() => line.client({ apiKey: secret }), TypeError, secret);
            assert.ok(await ended(line.client({ getToken: () => secret }).getIssue("1")) instanceof TypeError, secret);
        }

        assert.ok(await ended(line.client({ getToken: () => undefined as unknown as string }).getIssue("1")) instanceof TypeError);
        assert.ok(await ended(line.client({ onRequest: ({ headers }) => headers["a"] = "日本" }).getIssue("1")) instanceof TypeError);
        assert.equal(line.sent.length, 0);
        await line.client({ getToken: () => "from a file\n" }).getIssue("1");
        assert.equal(line.sent[0]?.headers["Authorization"], "Bearer from a file");
    });

    it("takes no option that it doesn't know, no null, and no half a character", async () => {
        const line = new Line();
        const client = line.client();
        const wrong = [
            () => client.listIssues({ stauts: "open" } as object), () => client.listIssues({ status: null } as never),
            () => client.getIssue(null as never), () => client.createIssue(order, { idempotencyKey: null as never }),
            () => client.listIssues({ OrderId: "\ud83d" }), () => client.getIssue("\ud83d"),
            () => line.client({ onRequest: ({ headers }) => headers["x y"] = "1" }).getIssue("1"),
        ];
        for (const call of wrong) {
            assert.ok(await ended((async () => call())()) instanceof TypeError, String(call));
        }

        assert.throws(() => new OrderIssueClient({ baseUrl: new URL("https://issues.test") as never }), TypeError);
        assert.equal(line.sent.length, 0);
    });

    it("waits for what is told of a try", async () => {
        const line = new Line();
        await line.client({ onRequest: async ({ headers }) => headers["Traceparent"] = await Promise.resolve("00-1-2-01") }).getIssue("1");
        assert.deepEqual([line.sent[0]?.headers["Traceparent"], line.sent[0]?.headers["traceparent"]], ["00-1-2-01", undefined]);
        const failed = line.client({ onResponse: () => Promise.reject(new RangeError("No.")) }).getIssue("1");
        assert.ok(await ended(failed) instanceof RangeError);
    });

    it("tells why, which fields, and the key to go on with", async () => {
        const cut = new Line(new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") }));
        const lost = await failsAs(cut.client({ retries: 0 }).createIssue(order), "unreachable");
        assert.match(lost.message, /https:\/\/issues\.test: connect ECONNREFUSED/);
        assert.equal(lost.idempotencyKey, cut.sent[0]?.headers["Idempotency-Key"]);
        const body = { ok: false, title: "T", status: 400, detail: "D.", code: "validation_failed", traceId: "00-1-2-00", errors: { OrderId: ["is required"] } };
        const refused = await failsAs(new Line(json(body, 400, { "Content-Type": "application/problem+json" })).client().createIssue(order), "validation_failed");
        assert.match(refused.message, /OrderId is required\./);
    });

    it("takes no empty list of filters, which would find all", async () => {
        const line = new Line();
        const client = line.client();
        assert.match(String(await ended(client.listIssues({ status: [] }))), /TypeError: status is an empty list/);
        assert.match(String(await ended(client.getStatistics({ groupBy: "sku", packer: [] }))), /TypeError: packer is an empty list/);
        assert.match(String(await ended(client.exportIssues({ format: "csv", OrderId: [] }))), /TypeError: OrderId is an empty list/);
        assert.match(String(await ended(client.allIssues({ sku: [] }).next())), /TypeError: sku is an empty list/);

        assert.equal(line.sent.length, 0);
    });

    it("tells a mistake in the program at once", async () => {
        const line = new Line();
        const circle: Record<string, unknown> = {};
        circle["self"] = circle;
        assert.ok(await ended(line.client().createIssue({ ...order, notes: circle as unknown as string })) instanceof TypeError);
        assert.ok(await ended(line.client().getIssue("..")) instanceof TypeError);
        assert.equal(line.sent.length, 0);
        assert.equal(Date.now(), 0);
    });

    it("tries again after an answer that breaks off, and a proxy's 408, 500 and 520", async () => {
        const away = (status: number) => new Response("<h1>Away</h1>", { status, headers: { "Content-Type": "text/html" } });
        const line = new Line(json('{"ok":true,"da'), json(""), away(408), away(500), away(520), json({ ok: true, data: issue }));
        assert.equal(await ended(line.client().createIssue(order)), undefined);
        assert.equal(line.sent.length, 6);
        assert.equal(new Set(line.sent.map(({ headers }) => headers["Idempotency-Key"])).size, 1);
        await failsAs(new Line(json('{"ok":true,"da')).client({ retries: 0 }).getIssue("1"), "unreachable");
    });

    it("knows a problem whatever the case of its media type", async () => {
        const line = new Line(problem("issue_not_found", 404, { "Content-Type": "Application/Problem+JSON; Charset=UTF-8" }));
        await failsAs(line.client().getIssue("1"), "issue_not_found");
    });

    it("doesn't take a page to log in for the service", async () => {
        const line = new Line(new Response("<h1>Log in</h1>", { headers: { "Content-Type": "text/html" } }));
        await failsAs(line.client().getIssue("1"), "unexpected_answer");
        assert.equal(line.sent.length, 1);
    });

    it("doesn't take a page to log in for an export", async () => {
        const line = new Line(new Response("<h1>Log in</h1>", { headers: { "Content-Type": "Text/HTML; charset=utf-8" } }));
        await failsAs(line.client().exportIssues({ format: "csv" }), "unexpected_answer");
        await failsAs(line.client().exportRows().next(), "unexpected_answer");
    });

    it("reads an export as a whole where bodies are no streams", async () => {
        const line = new Line(() => Object.defineProperty(new Response(`${JSON.stringify(issue)}\n`.repeat(3)), "body", { value: undefined }));
        const rows: unknown[] = [];
        for await (const row of line.client().exportRows()) {
            rows.push(row);
        }

        assert.deepEqual(rows, [issue, issue, issue]);
    });

    it("tells of an export that breaks off or doesn't go on, and lets go of one that isn't needed any more", async () => {
        const text = new TextEncoder().encode(`${JSON.stringify(issue)}\n{"_id":`);
        const bodyThat = (then: (controller: ReadableStreamDefaultController) => void, cancel = () => {}) =>
            new ReadableStream({ start: controller => controller.enqueue(text), pull: then, cancel }, { highWaterMark: 0 });
        for (const [then, code] of [
            [controller => controller.error(broken), "unreachable"],
            [controller => controller.close(), "unreachable"],
            [() => new Promise(() => {}), "timeout"],
        ] as [(controller: ReadableStreamDefaultController) => void, string][]) {
            const rows = new Line(() => new Response(bodyThat(then))).client().exportRows();
            assert.deepEqual((await rows.next()).value, issue);
            assert.equal((await failsAs(rows.next(), code)).path, "/api/order-issue/export");
        }

        let isCancelled = false;
        for await (const _ of new Line(() => new Response(bodyThat(() => {}, () => { isCancelled = true; }))).client().exportRows()) {
            break;
        }

        assert.ok(isCancelled);
    });

    it("doesn't iterate over streams, which Safari can't", async t => {
        const iterate = Object.getOwnPropertyDescriptor(ReadableStream.prototype, Symbol.asyncIterator)!;
        Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, { ...iterate, value: undefined });
        t.after(() => Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, iterate));
        assert.deepEqual((await new Line(() => new Response(`${JSON.stringify(issue)}\n`)).client().exportRows().next()).value, issue);
    });

    it("needs neither AbortSignal.any nor throwIfAborted, and signals may have no reason", async t => {
        const { any } = AbortSignal;
        const { throwIfAborted } = AbortSignal.prototype;
        Object.assign(AbortSignal, { any: undefined });
        Object.assign(AbortSignal.prototype, { throwIfAborted: undefined });
        t.after(() => {
            Object.assign(AbortSignal, { any });
            Object.assign(AbortSignal.prototype, { throwIfAborted });
        });
        const stop = new AbortController();
        const call = new Line("silence").client().getIssue("1", { signal: stop.signal });
        Object.defineProperty(stop.signal, "reason", { value: undefined });
        stop.abort();
        assert.equal((await ended(call) as Error).name, "AbortError");
    });

    it("says what makes a key where there is no source of random numbers", async t => {
        const line = new Line();
        t.mock.getter(globalThis, "crypto", () => undefined as unknown as Crypto);
        assert.match(String(await ended(line.client().createIssue(order))), /TypeError: .*idempotencyKey.*react-native-get-random-values/);
        assert.equal(await ended(line.client().createIssue(order, { idempotencyKey: "mine" })), undefined);
        assert.equal(line.sent[0]?.headers["Idempotency-Key"], "mine");
    });

    it("tells method and path, and in a page what may be wrong with CORS", async t => {
        const error = await failsAs(new Line(broken).client({ retries: 0 }).listIssues({ customerEmail: "josh@example.com" }), "unreachable");
        assert.deepEqual([error.method, error.path, error.cause], ["GET", "/api/order-issue", broken]);
        assert.doesNotMatch(error.message, /Cors|josh/);
        Object.defineProperty(globalThis, "location", { value: { origin: "https://shop.test" }, configurable: true });
        t.after(() => delete (globalThis as { location?: unknown }).location);
        assert.match((await failsAs(new Line(broken).client({ retries: 0 }).listIssues(), "unreachable")).message, /Cors:Origins lacks https:\/\/shop\.test/);
    });
});
