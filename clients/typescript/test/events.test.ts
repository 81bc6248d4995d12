import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, it, mock } from "node:test";
import { type ClientOptions, type EventsOptions, type IssueEvent, OrderIssueError } from "@order-issue/client";
import { broken, ended, json, Line, type Outcome, problem } from "./line.js";

const epoch = "e1";

function eventOf(sequence: number): IssueEvent {
    const data = { issueId: "1600001", OrderId: "ü 日本 🙂\u2028", version: 0, resolved: false, changed: [] };
    return { sequence, type: "order_issue.created", timestamp: "2026-11-28T12:00:00.000Z", data };
}

function textOf(...sequences: number[]): string {
    return sequences.map(sequence => `id: ${sequence}\nevent: order_issue.created\ndata: ${JSON.stringify(eventOf(sequence))}\n\n`).join("");
}

/** A page, of a log that has nothing else. */
function pageOf(...sequences: number[]) {
    return () => json({ ok: true, data: sequences.map(eventOf), page: { limit: 500, next: sequences.at(-1) ?? 0, oldest: 1, latest: sequences.at(-1) ?? 0, epoch } });
}

type End = "open" | "close" | "break";

/** A stream of these parts, which then stays open, closes or breaks. */
function streamOf(end: End, ...parts: (string | Uint8Array)[]) {
    return () => {
        const rest = parts.map(part => typeof part === "string" ? new TextEncoder().encode(part) : part);
        return respond(new ReadableStream({
            pull(controller) {
                const part = rest.shift();
                if (part) {
                    controller.enqueue(part);
                } else if (end === "open") {
                    return new Promise(() => {});
                } else {
                    end === "close" ? controller.close() : controller.error(broken);
                }
                return undefined;
            },
        }, { highWaterMark: 0 }));
    };
}

function respond(body: BodyInit): Response {
    return new Response(body, { headers: { "Content-Type": "text/event-stream; charset=utf-8" } });
}

describe("A walk along the log", () => {
    beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "Date"] }));
    afterEach(() => mock.timers.reset());

    /** What comes until so many have come, and the requests that it took. */
    async function take(count: number, outcomes: Outcome[], options: EventsOptions = {}, client: Partial<ClientOptions> = {}) {
        const line = new Line(...outcomes);
        const sequences: number[] = [];
        const error = await ended((async () => {
            for await (const event of line.client(client).events(options)) {
                assert.deepEqual(event, eventOf(event.sequence));
                if (sequences.push(event.sequence) === count) {
                    break;
                }
            }
        })());
        return { sequences, error, sent: line.sent, asked: line.sent.map(({ url }) => url.pathname.replace("/api/issue-event", "log") + url.search) };
    }

    async function gets(expected: number[], asked: string[], outcomes: Outcome[], options: EventsOptions = {}): Promise<void> {
        const taken = await take(expected.length, outcomes, options);
        assert.deepEqual([taken.sequences, taken.asked, taken.error], [expected, asked, undefined]);
    }

    it("begins with a page, which names the log, and goes on as a stream", () =>
        gets([1, 2, 3, 4], ["log?limit=500&wait=0", "log/stream?after=2&epoch=e1"], [pageOf(1, 2), streamOf("open", textOf(3), textOf(4))]));

    it("begins with the stream where the place is known", () =>
        gets([8, 9], ["log/stream?after=7&type=order_issue.created&type=order_issue.erased&epoch=e1"], [streamOf("open", textOf(8, 9))], {
            after: 7, epoch, types: ["order_issue.created", "order_issue.erased"],
        }));

    for (const end of ["close", "break"] as const) {
        it(`goes on from the last event after a stream that has ended: ${end}`, () => gets([1, 2, 3, 4], [
            "log?limit=500&wait=0", "log/stream?after=0&epoch=e1", "log/stream?after=2&epoch=e1", "log/stream?after=3&epoch=e1",
        ], [pageOf(), streamOf(end, textOf(1, 2), textOf(3).slice(0, -1)), streamOf(end, ": hello\n\n", textOf(3)), streamOf("open", textOf(4))]));
    }

    it("gives each event once where the service tells of some again", () => gets([1, 2, 3, 4], [
        "log?limit=500&wait=0", "log/stream?after=2&epoch=e1", "log/stream?after=3&epoch=e1",
    ], [pageOf(1, 2), streamOf("close", textOf(1, 2, 3, 2)), streamOf("open", textOf(1, 2, 3, 4))]));

    it("goes on from an id without an event, which tells that there was nothing of these types", () => gets([9], [
        "log/stream?after=1&type=order_issue.erased&epoch=e1", "log/stream?after=8&type=order_issue.erased&epoch=e1",
    ], [streamOf("close", "id: 8\n\n", ": still here\n\n"), streamOf("open", textOf(9))], { after: 1, epoch, types: "order_issue.erased" }));

    for (const lineEnd of ["\n", "\r\n", "\r"]) {
        it(`reads parts that are cut anywhere, with lines that end with ${JSON.stringify(lineEnd)}`, async () => {
            const json = JSON.stringify(eventOf(2));
            const comma = json.indexOf(",") + 1;
            const lines = ["\ufeff: hello", "", "retry: 1", "", "id:1", "event:x", `data:${JSON.stringify(eventOf(1))}`, "", ": still here", `data: ${json.slice(0, comma)}`, "nothing", ":", `data: ${json.slice(comma)}`, "id: 2", "", "data", "", ""];
            const bytes = new TextEncoder().encode(lines.join(lineEnd) + textOf(3));
            for (let cut = 1; cut < bytes.length; cut++) {
                const line = new Line(streamOf("open", bytes.subarray(0, cut), bytes.subarray(cut)));
                const walk = line.client().events({ after: 0, epoch });
                assert.deepEqual([(await walk.next()).value, (await walk.next()).value, (await walk.next()).value], [1, 2, 3].map(eventOf), `cut at ${cut}`);
                await walk.return();
            }

            await gets([1, 2, 3], ["log/stream?after=0&epoch=e1"], [streamOf("open", ...Array.from(bytes, byte => Uint8Array.of(byte)))], { after: 0, epoch });
        });
    }

    it("hands an event on as soon as its line has ended, not with the next one", async () => {
        const walk = new Line(streamOf("open", textOf(1).replaceAll("\n", "\r"))).client().events({ after: 0, epoch });
        assert.deepEqual((await walk.next()).value, eventOf(1));
    });

    for (const [name, failure] of Object.entries<Outcome>({
        "no connection": broken,
        "a proxy's 502": () => new Response("<h1>Away</h1>", { status: 502, headers: { "Content-Type": "text/html" } }),
        "overloaded": () => problem("overloaded", 503),
        "internal_error": () => problem("internal_error", 500),
        "request_timeout": () => problem("request_timeout", 503),
    })) {
        it(`outlasts ${name}, with waits that grow, and tells of them`, async t => {
            t.mock.method(Math, "random", () => 1);
            const told: unknown[] = [];
            const { sequences, sent } = await take(1, [...Array(8).fill(failure), streamOf("open", textOf(1))], { after: 0, epoch }, {
                retries: 0, deadlineMs: 1, onRetry: ({ attempt, waitMs, path }) => told.push([attempt, waitMs, path]),
            });
            assert.deepEqual(sequences, [1]);
            assert.deepEqual(told, [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 8_000].map((waitMs, n) => [n + 1, waitMs, "/api/issue-event/stream"]));
            assert.equal(sent.length, 9);
        });
    }

    it("begins with short waits again once it has got on, but not for a service that only says hello", async t => {
        t.mock.method(Math, "random", () => 1);
        const waits: number[] = [];
        const hello = streamOf("close", ": hello\n\n");
        await take(3, [hello, hello, streamOf("break", textOf(1)), hello, streamOf("break", ": hello\n\n", ": still here\n\n"), streamOf("open", textOf(2, 3))],
            { after: 0, epoch }, { onRetry: ({ waitMs }) => waits.push(waitMs) });
        assert.deepEqual(waits, [500, 1_000, 500, 1_000, 500]);
    });

    it("waits in part at random, and for what Retry-After says", async () => {
        const waits: number[] = [];
        const refused = () => problem("rate_limited", 429, { "Retry-After": "20" });
        await take(1, [refused, refused, streamOf("open", textOf(1))], { after: 0, epoch }, { onRetry: ({ waitMs }) => waits.push(waitMs) });
        const [first = 0, second = 0] = waits;
        assert.ok(first > 20_250 && first < 20_500 && second > 20_500 && second < 21_000, String(waits));
    });

    it("asks for the credential before each connection, and for a new one where that is refused", async () => {
        let tokens = 0;
        let renewals = 0;
        const { sequences, sent } = await take(2, [pageOf(1), streamOf("close", ": hello\n\n"), () => problem("unauthorized", 401), streamOf("open", textOf(2))], {}, {
            getToken: () => `t${++tokens}`, onUnauthorized: () => void renewals++,
        });
        assert.deepEqual([sequences, sent.map(({ headers }) => headers["Authorization"]), renewals], [[1, 2], ["Bearer t1", "Bearer t2", "Bearer t3", "Bearer t4"], 1]);
    });

    it("ends with what tells where to start over, once the log hasn't got what comes next", async () => {
        const expired = () => json({ ok: false, title: "Events expired", status: 410, detail: "D.", code: "events_expired", traceId: "00-1-2-00", oldest: 500, latest: 4711, epoch: "e2" }, 410, {
            "Content-Type": "application/problem+json",
        });
        for (const options of [{}, { after: 7, epoch }, { after: 7 }]) {
            const { error, sent } = await take(1, [expired], options);
            assert.ok(error instanceof OrderIssueError, String(error));
            const { oldest, latest, epoch: named } = error.problem ?? {};
            assert.deepEqual([error.code, error.status, oldest, latest, named, sent.length], ["events_expired", 410, 500, 4711, "e2", 1]);
        }

        const { sequences, error } = await take(9, [pageOf(1), streamOf("close", textOf(2)), expired]);
        assert.deepEqual([sequences, (error as OrderIssueError).code], [[1, 2], "events_expired"]);
    });

    for (const [code, status] of [["unauthorized", 401], ["forbidden", 403], ["validation_failed", 400], ["route_not_found", 404]] as const) {
        it(`ends with what won't pass: ${code}`, async () => {
            for (const options of [{}, { after: 7, epoch }]) {
                const { error, sent } = await take(1, [() => problem(code, status)], options);
                assert.deepEqual([(error as OrderIssueError).code, sent.length], [code, 1]);
            }
        });
    }

    it("ends with an answer that somebody else gives, and with what is no event", async () => {
        const page = () => new Response("<h1>Log in</h1>", { headers: { "Content-Type": "text/html" } });
        const elsewhere = () => new Response(null, { status: 302, headers: { Location: "https://elsewhere.test" } });
        for (const [outcome, code] of [[page, "unexpected_answer"], [elsewhere, "redirected"], [streamOf("open", "data: {\n\n"), "unexpected_answer"], [streamOf("open", "data: {}\n\n"), "unexpected_answer"]] as const) {
            const { error, sent } = await take(1, [outcome], { after: 7, epoch });
            assert.deepEqual([(error as OrderIssueError).code, sent.length], [code, 1]);
        }
    });

    it("tells a mistake in the program at once", async () => {
        const line = new Line();
        for (const wrong of [{ types: [] }, { after: null }, { retires: 1 }]) {
            assert.ok(await ended(line.client().events(wrong as EventsOptions).next()) instanceof TypeError, JSON.stringify(wrong));
        }

        assert.throws(() => line.client().events({ timeoutMs: -1 }), RangeError);
        assert.equal(line.sent.length, 0);
    });

    describe("polls where streams don't come through", () => {
        const polls = ["log?limit=500&wait=25&after=0&epoch=e1", "log?limit=500&wait=25&after=2&epoch=e1"];
        const late = [pageOf(1, 2), pageOf(3)];
        const whole = () => Object.defineProperty(respond(""), "body", { value: undefined });

        for (const [name, outcomes] of Object.entries<Outcome[]>({
            "nothing comes for 30 seconds": [streamOf("open")],
            "not even an answer comes": ["silence"],
            "something else comes": [() => json({ ok: true })],
            "bodies are no streams": [whole],
            "two of them end before anything has come": [streamOf("close"), streamOf("break")],
        })) {
            it(name, () => gets([1, 2, 3], [...outcomes.map(() => "log/stream?after=0&epoch=e1"), ...polls], [...outcomes, ...late], { after: 0, epoch }));
        }

        it("the runtime has none", async t => {
            const body = Object.getOwnPropertyDescriptor(Response.prototype, "body")!;
            delete (Response.prototype as { body?: unknown }).body;
            t.after(() => Object.defineProperty(Response.prototype, "body", body));
            await gets([1, 2, 3], polls, late, { after: 0, epoch });
        });

        it("but not where one has ended early, or where a stream that got on falls silent", () => gets([1, 2], [
            "log/stream?after=0&epoch=e1", "log/stream?after=0&epoch=e1", "log/stream?after=1&epoch=e1", "log/stream?after=1&epoch=e1",
        ], [streamOf("close"), streamOf("open", textOf(1)), streamOf("close"), streamOf("open", textOf(2))], { after: 0, epoch }));

        it("lets a poll take its time, and doesn't ask all the time a service that stops", async t => {
            t.mock.method(Math, "random", () => 1);
            const line = new Line(streamOf("open"), "silence", pageOf(), pageOf(), pageOf(), pageOf(1));
            await ended(line.client({ timeoutMs: 40_000 }).events({ after: 0, epoch }).next());
            assert.deepEqual(line.sent.map(({ at }) => Math.round(at / 1000)), [0, 31, 97, 99, 103, 111]);
        });

        it("goes on from a page that had nothing of these types", async () => {
            const empty = () => json({ ok: true, data: [], page: { limit: 500, next: 10_000, oldest: 1, latest: 20_000, epoch } });
            const asked = ["log/stream?after=0", "log?limit=500&wait=25&after=0", "log?limit=500&wait=25&after=10000"].map(path => `${path}&type=order_issue.erased&epoch=e1`);
            await gets([10_001], asked, [streamOf("open"), empty, pageOf(10_001)], { after: 0, epoch, types: "order_issue.erased" });
        });
    });

    describe("ends with its signal", () => {
        async function stopsIn(outcomes: Outcome[], whenSent: number): Promise<void> {
            const stop = new AbortController();
            const line = new Line(...outcomes);
            const walk = (async () => {
                for await (const _ of line.client().events({ signal: stop.signal }));
            })();
            walk.catch(() => {});
            while (line.sent.length < whenSent) {
                await new Promise(setImmediate);
            }

            await new Promise(setImmediate);
            stop.abort(new RangeError("Enough."));
            await assert.rejects(walk, RangeError);
            assert.equal(line.sent.length, whenSent);
        }

        it("while it asks", () => stopsIn(["silence"], 1));
        it("while it waits for an event", () => stopsIn([pageOf(1), streamOf("open", textOf(2))], 2));
        it("while it waits for another try", () => stopsIn([broken], 1));
        it("before it has begun", async () => {
            const line = new Line();
            await assert.rejects(line.client().events({ signal: AbortSignal.abort(new RangeError("Enough.")) }).next(), RangeError);
            assert.equal(line.sent.length, 0);
        });

        it("in the midst of what has come", async () => {
            const stop = new AbortController();
            const walk = new Line(streamOf("open", textOf(1, 2))).client().events({ after: 0, epoch, signal: stop.signal });
            await walk.next();
            stop.abort(new RangeError("Enough."));
            await assert.rejects(walk.next(), RangeError);
            assert.equal((await walk.next()).done, true);
        });

        it("and leaves nothing on it after many connections", async t => {
            const { signal } = new AbortController();
            const [added, removed] = ["addEventListener", "removeEventListener"].map(name => t.mock.method(signal, name as "addEventListener").mock);
            const { sequences } = await take(1, [pageOf(), ...Array(5).fill(streamOf("close", ": hello\n\n")), streamOf("open", textOf(1))], { signal });
            assert.deepEqual(sequences, [1]);
            assert.ok(added?.callCount() && added.callCount() === removed?.callCount(), `${added?.callCount()} ${removed?.callCount()}`);
        });
    });

    it("lets go of the stream of a caller that has seen enough", async () => {
        let isCancelled = false;
        const body = new ReadableStream({ start: controller => controller.enqueue(new TextEncoder().encode(textOf(1, 2))), cancel: () => void (isCancelled = true) });
        assert.deepEqual((await take(1, [() => respond(body)], { after: 0, epoch })).sequences, [1]);
        assert.ok(isCancelled);
    });

    it("reads no further than its caller", async () => {
        let made = 0;
        const body = () => new ReadableStream({ pull: controller => controller.enqueue(new TextEncoder().encode(textOf(++made))) }, { highWaterMark: 0 });
        const walk = new Line(() => respond(body())).client().events({ after: 0, epoch });
        for (let n = 1; n <= 100; n++) {
            assert.equal((await walk.next()).value?.sequence, n);
            await new Promise(setImmediate);
            assert.ok(made <= n + 1, `${made} were read for ${n}.`);
        }
    });

    it("gives its caller as long as it takes", async () => {
        const walk = new Line(streamOf("open", textOf(1), textOf(2))).client().events({ after: 0, epoch });
        await walk.next();
        mock.timers.tick(3_600_000);
        assert.equal((await walk.next()).value?.sequence, 2);
    });
});
