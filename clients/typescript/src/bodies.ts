import { type ErrorDetails, OrderIssueError } from "./errors.js";
import { Limit } from "./signals.js";

/** The body of an answer in parts; as a whole where there are no streams (React Native). Each part must come in so long a time. */
export async function* textsOf(
    answer: Response, signal: AbortSignal, timeoutMs: number, request: ErrorDetails,
): AsyncGenerator<string, void, undefined> {
    const reader = answer.body?.getReader();
    if (reader === undefined) {
        yield await next(() => answer.text(), signal, Infinity, request);
        return;
    }

    const decoder = new TextDecoder();
    try {
        for (let isDone = false; !isDone;) {
            const { done, value } = await next(() => reader.read(), signal, timeoutMs, request);
            isDone = done;
            yield decoder.decode(value, { stream: !done });
        }
    } finally {
        reader.cancel().catch(() => {}); // For a caller that has seen enough.
    }
}

export function brokenOff(request: ErrorDetails, cause?: unknown): never {
    throw new OrderIssueError("unreachable", "The answer broke off.", { ...request, cause });
}

async function next<T>(read: () => Promise<T>, signal: AbortSignal, timeoutMs: number, request: ErrorDetails): Promise<T> {
    const limit = new Limit(signal, timeoutMs, () => new OrderIssueError("timeout", "The answer didn't go on in time.", request));
    try {
        return await limit.race(read().catch(error => signal.aborted ? Promise.reject(error) : brokenOff(request, error)));
    } finally {
        limit.release();
    }
}
