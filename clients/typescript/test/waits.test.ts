import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { type ClientOptions, OrderIssueClient, OrderIssueError } from "@order-issue/client";
import { broken, ended, issue, json, Line, type Outcome, problem } from "./line.js";

const order = { OrderId: "A", source: "email", issueType: "damaged" };
const found = () => json({ ok: true, data: issue });

type Call = (client: OrderIssueClient) => Promise<unknown>;
const read: Call = client => client.getIssue("1");
const create: Call = client => client.createIssue(order);

/** A change that takes no key, which an operation of a later service might be. */
class WithChange extends OrderIssueClient {
    change() {
        return this.send({ method: "PUT", path: "/api/order-issue/anything" }, {});
    }
}

const unkeyed: Call = client => WithChange.prototype.change.call(client);

describe("Waits", () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
    afterEach(() => {
        mock.timers.reset();
        mock.restoreAll();
    });

    /** How often a call is sent, and when it has ended. */
    async function tries(call: Call, outcomes: Outcome[], options: Partial<ClientOptions> = {}) {
        const line = new Line(...outcomes);
        const begun = Date.now();
        const error = await ended(call(line.client(options)));
        return { count: line.sent.length, took: Date.now() - begun, error: error as OrderIssueError | undefined, line };
    }

    it("outlast a restart of the service of about 15 seconds", async () => {
        for (const [part, least, most] of [[0, 11_000, 13_000], [0.5, 16_000, 19_000], [0.999, 22_000, 24_500]] as const) {
            mock.method(Math, "random", () => part);
            const { count, took, error } = await tries(read, [broken]);
            assert.deepEqual([count, error?.code], [7, "unreachable"]);
            assert.ok(took > least && took < most, `${took}`);
        }
    });

    it("grow from try to try", async () => {
        const { line } = await tries(read, [broken]);
        line.sent.slice(1).map(({ at }, n) => [at - line.sent[n]!.at, Math.min(500 * 2 ** n, 8_000)] as const)
            .forEach(([wait, longest]) => assert.ok(wait >= longest / 2 && wait <= longest + 50, `${wait} of ${longest}`));
    });

    it("are as long as the service says, and longer", async () => {
        const { took } = await tries(create, [problem("conflict", 409, { "Retry-After": "7" }), found]);
        assert.ok(took >= 7_250 && took <= 7_600, `${took}`);
    });

    it("aren't begun where they would end after the deadline", async () => {
        for (const [retryAfter, deadlineMs, count] of [["59", undefined, 2], ["60", undefined, 1], ["5", 5_000, 1], ["150", 200_000, 2]] as const) {
            const { count: sent, took, error } = await tries(read, [problem("rate_limited", 429, { "Retry-After": retryAfter }), found], { deadlineMs });
            assert.equal(sent, count);
            assert.equal(count === 2 || took < 100, true);
            assert.equal(error?.retryAfter, count === 2 ? undefined : Number(retryAfter));
        }
    });

    it("end with the signal", async () => {
        const line = new Line(problem("rate_limited", 429, { "Retry-After": "20" }));
        const stop = new AbortController();
        setTimeout(() => stop.abort(), 1_000);
        assert.equal((await ended(line.client().listIssues({ signal: stop.signal })) as Error).name, "AbortError");
        assert.deepEqual([Date.now(), line.sent.length], [1_000, 1]);
    });

    it("and tries together don't pass the deadline", async () => {
        const { count, took, error } = await tries(read, ["silence"]);
        assert.deepEqual([count, took, error?.code], [2, 60_000, "timeout"]);
        assert.equal((await tries(create, ["silence"], { deadlineMs: 10_000 })).took, 10_000);
    });

    it("and tokens and their renewal don't pass the deadline", async () => {
        for (const options of [{ getToken: () => new Promise<string>(() => {}) }, { onUnauthorized: () => new Promise<void>(() => {}) }]) {
            const { took, error } = await tries(read, [problem("unauthorized", 401)], { deadlineMs: 10_000, timeoutMs: 9_000, ...options });
            assert.deepEqual([took, error?.code], [10_000, "timeout"]);
        }
    });

    it("are as many as retries says", async () => {
        for (const [retries, count] of [[0, 1], [1, 2], [3, 4]] as const) {
            assert.equal((await tries(read, [broken], { retries })).count, count);
            assert.equal((await tries(client => client.getIssue("1", { retries }), [broken])).count, count);
        }
    });

    for (const [code, status] of [["rate_limited", 429], ["overloaded", 503]] as const) {
        it(`come after ${code} on every method, since nothing was done`, async () => {
            for (const call of [read, create, unkeyed]) {
                assert.equal((await tries(call, [problem(code, status), found])).count, 2);
            }
        });
    }

    it("come after a proxy's 429 on every method", async () => {
        assert.equal((await tries(unkeyed, [new Response("Slow down", { status: 429 }), found])).count, 2);
    });

    it("come after request_timeout only with a key", async () => {
        assert.equal((await tries(create, [problem("request_timeout", 503), found])).count, 2);
        assert.equal((await tries(read, [problem("request_timeout", 503), found])).count, 1);
        assert.equal((await tries(unkeyed, [problem("request_timeout", 503), found])).count, 1);
    });

    it("don't come where a second try could undo what somebody else did in between", async () => {
        for (const outcome of [broken, problem("store_unavailable", 503), problem("conflict", 409), new Response("", { status: 502 })]) {
            assert.equal((await tries(unkeyed, [outcome, found])).count, 1);
        }
    });

    it("don't come for what won't pass, or has been tried for long by the service", async () => {
        for (const [code, status] of [["internal_error", 500], ["query_timeout", 503], ["ticket_source_failed", 502], ["ticket_source_not_configured", 503], ["ticket_source_timeout", 504], ["unauthorized", 401]] as const) {
            assert.deepEqual([(await tries(read, [problem(code, status), found])).count, (await tries(create, [problem(code, status), found])).count], [1, 1], code);
        }
    });

    it("are followed by another token", async () => {
        let token = 0;
        const { line } = await tries(read, [broken, broken, found], { getToken: () => `token-${++token}` });
        assert.deepEqual(line.sent.map(({ headers }) => headers["Authorization"]), ["Bearer token-1", "Bearer token-2", "Bearer token-3"]);
    });
});

describe("Hooks", () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
    afterEach(() => mock.timers.reset());

    it("are told of each try", async () => {
        const told: unknown[] = [];
        const client = new Line(broken, problem("store_unavailable", 503), found).client({
            apiKey: "secret",
            onRequest: ({ method, path, attempt, headers }) => {
                headers["traceparent"] = `trace-${attempt}`;
                told.push([method, path, attempt, headers["X-Api-Key"]]);
            },
            onResponse: ({ attempt, status }) => told.push([attempt, status]),
            onRetry: ({ attempt, error, waitMs }) => told.push([attempt, error.code, waitMs > 0]),
        });
        assert.equal(await ended(client.getIssue("1")), undefined);
        const request = (attempt: number) => ["GET", "/api/order-issue/1", attempt, undefined];
        assert.deepEqual(told, [request(1), [1, "unreachable", true], request(2), [2, 503], [2, "store_unavailable", true], request(3), [3, 200]]);
    });

    it("may add headers", async () => {
        const line = new Line();
        await line.client({ onRequest: ({ headers }) => headers["traceparent"] = "00-1" }).getIssue("1");
        assert.equal(line.sent[0]?.headers["traceparent"], "00-1");
    });

    it("end the call with what they throw", async () => {
        for (const name of ["onRequest", "onResponse", "onRetry"] as const) {
            const line = new Line(problem("overloaded", 503));
            assert.ok(await ended(line.client({ [name]: () => { throw new EvalError(name); } }).getIssue("1")) instanceof EvalError);
            assert.ok(line.sent.length <= 1);
        }
    });

    it("onUnauthorized renews the credential, once for all calls, and each is sent once more", async () => {
        let token = "old";
        let renewals = 0;
        const line = new Line(() => token === "old" ? problem("unauthorized", 401) : found());
        const client = line.client({
            getToken: () => token,
            onUnauthorized: async error => {
                assert.equal(error.code, "unauthorized");
                renewals++;
                await new Promise(setImmediate);
                token = "new";
            },
        });
        assert.equal(await ended(Promise.all([client.getIssue("1"), client.createIssue(order), client.patchIssue("1", { notes: "a" })])), undefined);
        assert.equal(renewals, 1);
        assert.deepEqual(line.sent.map(({ headers }) => headers["Authorization"]), [...Array(3).fill("Bearer old"), ...Array(3).fill("Bearer new")]);
    });

    it("onUnauthorized is called for a proxy's 401 too", async () => {
        const line = new Line(new Response("Log in", { status: 401 }), found());
        assert.equal(await ended(line.client({ onUnauthorized: () => {} }).getIssue("1")), undefined);
    });

    it("onUnauthorized isn't called again, and what it fails with is passed on", async () => {
        const line = new Line(problem("unauthorized", 401));
        const error = await ended(line.client({ onUnauthorized: () => {} }).getIssue("1"));
        assert.deepEqual([(error as OrderIssueError).code, line.sent.length], ["unauthorized", 2]);
        assert.ok(await ended(line.client({ onUnauthorized: () => { throw new EvalError(); } }).getIssue("1")) instanceof EvalError);
    });
});
