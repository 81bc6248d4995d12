import type { ErrorCode, OrderIssueError } from "./errors.js";
import type { PreparedRequest } from "./request.js";

/** What the service says while nothing was done, so that any request may be sent again. */
const refusals: ReadonlySet<ErrorCode> = new Set<ErrorCode>(["rate_limited", "overloaded"]);

/** What passes, but may have been done. A bug, a query that is too slow, and a ticket system that is slow or isn't set up don't. */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
    "conflict", "store_unavailable", "ticket_source_unavailable", "timeout", "unreachable",
]);

const firstWaitMs = 500;
const longestWaitMs = 8_000;

/** How long to wait before the next try, in milliseconds; undefined where another try is of no use, or might do harm. */
export function waitBeforeRetry(error: OrderIssueError, { method, hasKey }: PreparedRequest, retriesDone: number): number | undefined {
    const { code, status, retryAfter } = error;
    const isRepeatable = method === "GET" || hasKey;
    const passes = refusals.has(code) || isProxys(error, status === 429)
        || (isRepeatable && (passing.has(code) || isProxys(error, status === 408 || status >= 500)))
        || (hasKey && code === "request_timeout");
    return passes ? growingWait(retriesDone, retryAfter) : undefined;
}

/** A wait after so many failures, in part at random: callers that failed together shouldn't come back together. */
export function growingWait(failures: number, retryAfter = 0): number {
    const longest = Math.min(firstWaitMs * 2 ** failures, longestWaitMs);
    return retryAfter * 1000 + longest * (1 + Math.random()) / 2;
}

/** What a proxy says while the service behind it is away or has too much to do. */
function isProxys({ code }: OrderIssueError, isPassing: boolean): boolean {
    return code === "unexpected_answer" && isPassing;
}
