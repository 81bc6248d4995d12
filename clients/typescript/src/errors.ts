import type { Problem, ProblemCode } from "./generated.js";

/** Why a call failed: a code of the service's, or one of the client's own. */
export type ErrorCode =
    | ProblemCode
    /** No answer came in time. */
    | "timeout"
    /** No whole answer came: the network failed, or, in a browser, the service doesn't let this page call it. */
    | "unreachable"
    /** The answer isn't this service's; a proxy's, perhaps. */
    | "unexpected_answer";

/** A call that failed. Its message is for people. */
export class OrderIssueError extends Error {
    override readonly name = "OrderIssueError";
    /** The HTTP status; 0 where no answer came. */
    readonly status: number;
    readonly code: ErrorCode;
    /** Messages for each field that something is wrong with, by its JSON name (`items[0].qty`). */
    readonly errors: Readonly<Record<string, readonly string[]>>;
    /** In how many seconds another try may succeed, where the service told. */
    readonly retryAfter: number | undefined;
    /** What the service's log calls the request. */
    readonly traceId: string | undefined;

    constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
        super(message, { cause: details.cause });
        this.code = code;
        this.status = details.status ?? 0;
        this.errors = details.errors ?? {};
        this.retryAfter = details.retryAfter;
        this.traceId = details.traceId;
    }
}

export interface ErrorDetails {
    status?: number | undefined;
    errors?: Record<string, readonly string[]> | undefined;
    retryAfter?: number | undefined;
    traceId?: string | undefined;
    cause?: unknown;
}

/** The error that an answer other than a success is. */
export function toError(response: Response, body: string): OrderIssueError {
    const status = response.status;
    const retryAfter = readRetryAfter(response.headers.get("Retry-After"));
    const problem = readProblem(response, body);
    return problem
        ? new OrderIssueError(problem.code, `${problem.title}: ${problem.detail}`, { status, retryAfter, errors: problem.errors, traceId: problem.traceId })
        : new OrderIssueError("unexpected_answer", `The answer has the status ${status} and isn't one of the service's.`, { status, retryAfter });
}

function readProblem(response: Response, body: string): Problem | undefined {
    const isProblem = response.headers.get("Content-Type")?.startsWith("application/problem+json");
    const problem = isProblem ? parse<Problem>(body) : undefined;
    return typeof problem?.code === "string" ? problem : undefined;
}

/** What JSON says; undefined where it is none, or null. */
export function parse<T>(text: string): T | undefined {
    try {
        return JSON.parse(text) ?? undefined;
    } catch {
        return undefined;
    }
}

/** In seconds; a proxy may write it as a date. */
function readRetryAfter(header: string | null): number | undefined {
    const seconds = header === null ? NaN : /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
    return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}
