import assert from "node:assert/strict";
import { mock } from "node:test";
import { type ClientOptions, OrderIssueClient } from "@order-issue/client";

/** What one request meets: an answer, a failure, or nothing at all. */
export type Outcome = Response | Error | "silence" | (() => Response);

/** A request as it was sent. */
export interface Sent {
    url: URL;
    init: RequestInit;
    headers: Record<string, string>;
    at: number;
}

export const issue = { _id: "691e3d1c8f1b2a0012345678", issueId: "1600001", OrderId: "A", items: [], trackingNumber: [], discussion: [], __v: 0 };

/** A line to a service that answers as it is told; the last outcome stays. */
export class Line {
    readonly sent: Sent[] = [];
    private readonly outcomes: Outcome[];

    constructor(...outcomes: Outcome[]) {
        this.outcomes = outcomes.length > 0 ? outcomes : [() => json({ ok: true, data: issue })];
    }

    readonly fetch = (url: string, init: RequestInit): Promise<Response> => {
        this.sent.push({ url: new URL(url), init, headers: { ...init.headers as Record<string, string> }, at: Date.now() });
        const outcome = this.outcomes.length > 1 ? this.outcomes.shift() : this.outcomes[0];
        return outcome instanceof Error ? Promise.reject(outcome)
            : outcome === "silence" ? new Promise(() => {})
            : Promise.resolve(typeof outcome === "function" ? outcome() : outcome!.clone());
    };

    client(options: Partial<ClientOptions> = {}): OrderIssueClient {
        return new OrderIssueClient({ baseUrl: "https://issues.test", fetch: this.fetch, ...options } as ClientOptions);
    }
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
    return new Response(typeof body === "string" ? body : JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

export function problem(code: string, status: number, headers: Record<string, string> = {}): Response {
    return json({ ok: false, title: "Title", status, detail: "Detail.", code, traceId: "00-1-2-00" }, status, { "Content-Type": "application/problem+json", ...headers });
}

export const broken = new TypeError("fetch failed");

/** Goes on with the clock until the call has ended, and gives what it failed with, if it did. */
export async function ended(call: Promise<unknown>, most = 200_000): Promise<unknown> {
    let result: { error: unknown } | undefined;
    call.then(() => result = { error: undefined }, error => result = { error });
    for (let time = 0; time <= most; time += 50) {
        await new Promise(setImmediate);
        if (result) {
            return result.error;
        }

        mock.timers.tick(50);
    }

    return assert.fail("It didn't end.");
}
