import type { ErrorCode, OrderIssueError } from "./errors.js";

/** What passes. A bug, a query that is too slow and a ticket system that isn't set up don't. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
    "conflict", "overloaded", "request_timeout", "rate_limited", "store_unavailable", "ticket_source_unavailable", "ticket_source_timeout",
    "timeout", "unreachable",
]);

/** What a proxy answers while the service behind it is away or has too much to do. */
const passingStatuses: ReadonlySet<number> = new Set([429, 502, 503, 504]);

const firstWaitMs = 250;
const longestWaitMs = 8_000;
const longestRetryAfterMs = 30_000;

/** How long to wait before the next try, in milliseconds; undefined where another try is of no use, or not worth the wait. */
export function waitBeforeRetry({ code, status, retryAfter }: OrderIssueError, retriesDone: number): number | undefined {
    const passes = passing.has(code) || (code === "unexpected_answer" && passingStatuses.has(status));
    const told = (retryAfter ?? 0) * 1000;
    if (!passes || told > longestRetryAfterMs) {
        return undefined;
    }

    // Callers that failed together shouldn't come back together.
    return told + Math.random() * Math.min(firstWaitMs * 2 ** retriesDone, longestWaitMs);
}

/** Waits; fails with the signal's reason once it is aborted. */
export function wait(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
        const stop = () => {
            clearTimeout(timer);
            reject(signal?.reason);
        };
        const timer = setTimeout(() => {
            signal?.removeEventListener("abort", stop);
            resolve();
        }, milliseconds);
        signal?.addEventListener("abort", stop, { once: true });
        if (signal?.aborted) {
            stop();
        }
    });
}
