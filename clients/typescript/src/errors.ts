import type { Problem } from "./generated.js";
import { mediaType, parse } from "./texts.js";

/** Why a call failed: a code of the service's, or one of the client's own. */
export type ErrorCode =
    | Problem["code"]
    /** No answer came in time. */
    | "timeout"
    /** No whole answer came: the network failed, or, in a browser, the service doesn't let this page call it. */
    | "unreachable"
    /** The answer names another address, which isn't followed, since the credential would go along. */
    | "redirected"
    /** The answer isn't this service's; a proxy's, perhaps. */
    | "unexpected_answer";

/** A call that failed. Its message is for people. */
export class OrderIssueError extends Error {
    override readonly name = "OrderIssueError";
    /** The HTTP status; 0 where no answer came. */
    readonly status: number;
    readonly code: ErrorCode;
    /** The method and the path of the request; empty where none was sent. */
    readonly method: string;
    readonly path: string;
    /** Messages for each field that something is wrong with, by its JSON name (`items[0].qty`). */
    readonly errors: Readonly<Record<string, readonly string[]>>;
    /** In how many seconds another try may succeed, where the service told. */
    readonly retryAfter: number | undefined;
    /** The key that the request had: with it, the same call can be made again, and is done once. */
    readonly idempotencyKey: string | undefined;
    /** What the service's log calls the request; where there is no answer of the service's, the trace that the call is part of. */
    readonly traceId: string | undefined;
    /** All that the service tells of the failure: of `events_expired`, the events that there are. */
    readonly problem: Readonly<Partial<Problem>> | undefined;
    readonly cause: unknown;

    constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
        super(details.path === undefined ? message : `${message} (${details.method} ${details.path})`);
        this.code = code;
        this.status = details.status ?? 0;
        this.method = details.method ?? "";
        this.path = details.path ?? "";
        this.errors = details.errors ?? {};
        this.retryAfter = details.retryAfter;
        this.idempotencyKey = details.headers?.["Idempotency-Key"];
        this.traceId = details.traceId;
        this.problem = details.problem;
        this.cause = details.cause;
    }
}

export interface ErrorDetails {
    status?: number | undefined;
    method?: string | undefined;
    path?: string | undefined;
    errors?: Record<string, readonly string[]> | undefined;
    retryAfter?: number | undefined;
    /** The request's. */
    headers?: Record<string, string> | undefined;
    traceId?: string | undefined;
    problem?: Partial<Problem> | undefined;
    cause?: unknown;
}

/** The error that an answer other than a success is. */
export function toError(response: Response, body: string, request: ErrorDetails): OrderIssueError {
    const { status } = response;
    const { method, path, traceId, headers } = request;
    const details = { status, method, path, traceId, headers, retryAfter: readRetryAfter(response.headers.get("Retry-After")) };
    const problem = mediaType(response.headers) === "application/problem+json" ? parse<Partial<Problem>>(body) : undefined;
    return typeof problem?.code === "string"
        ? new OrderIssueError(problem.code, [`${problem.title}: ${problem.detail}`, ...faults(problem)].join(" "), {
            ...details, errors: problem.errors, traceId: problem.traceId, problem,
        })
        : new OrderIssueError("unexpected_answer", `The answer has the status ${status} and isn't one of the service's.`, details);
}

function faults({ errors = {} }: Partial<Problem>): string[] {
    return Object.entries(errors).map(([name, messages]) => `${name} ${messages.join(", ")}.`);
}

/** The error of a request that got no answer. */
export function unreachable(url: string, details: ErrorDetails): OrderIssueError {
    const { location } = globalThis as { location?: { origin?: string } };
    const origin = location?.origin;
    const hint = origin !== undefined && !url.startsWith(`${origin}/`)
        ? ` Either the network failed, or the service doesn't let this page call it: then its setting Cors:Origins lacks ${origin}.`
        : "";
    const { cause } = details as { cause?: { message?: string; cause?: { message?: string } } };
    const reason = cause?.cause?.message ?? cause?.message;
    const told = reason === undefined ? "" : `: ${reason}`;
    return new OrderIssueError("unreachable", `No whole answer came from ${new URL(url).origin}${told}.${hint}`, details);
}

/** In seconds; a proxy may write it as a date. */
function readRetryAfter(header: string | null): number | undefined {
    const seconds = header === null ? NaN : /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
    return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
