import { OrderIssueError, toError } from "./errors.js";
import type { PreparedRequest } from "./request.js";
import { isJson, parse } from "./texts.js";

/** An answer: its body, and what its status and headers tell. */
export type Result<T> = T & {
    /** The HTTP status. */
    status: number;
    headers: Headers;
    /** Whether the call made something new. An issue of a ticket may have been there already. */
    created: boolean;
    /** The state of the issue, for `ifMatch` and `ifNoneMatch`; undefined where the answer isn't one issue. */
    etag: string | undefined;
    /** Whether this is the answer that the same idempotency key was given before. */
    replayed: boolean;
    /** The trace that the call is part of, which the service's log names. */
    traceId: string | undefined;
};

export async function readResult<T>(response: Response, request: PreparedRequest): Promise<Result<T>> {
    const { status, headers } = response;
    const text = await response.text();
    const body = status === 204 ? { ok: true } : parse<{ ok?: unknown }>(text);
    if (body === undefined && isJson(headers) && text.trim() !== "null") {
        throw new OrderIssueError("unreachable", "The answer broke off.", { ...request, status });
    }

    if (body?.ok !== true) {
        throw toError(response, text, request);
    }

    return {
        ...body as T & object,
        status,
        headers,
        created: status === 201,
        etag: headers.get("ETag") ?? undefined,
        replayed: headers.get("Idempotency-Replayed") === "true",
        traceId: request.traceId,
    };
}
