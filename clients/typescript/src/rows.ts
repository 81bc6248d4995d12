import { OrderIssueError } from "./errors.js";
import type { ExportIssuesOptions, IssueOperations, OrderIssue } from "./generated.js";
import { Limit, throwIfAborted } from "./signals.js";
import { parse } from "./texts.js";

export type RowsOptions = Omit<ExportIssuesOptions, "format">;

const request = { method: "GET", path: "/api/order-issue/export" };

/** The issues of an export, as they come: NDJSON has one a line. */
export async function* readRows(
    client: Pick<IssueOperations, "exportIssues">, options: RowsOptions, timeoutMs: number,
): AsyncGenerator<OrderIssue, void, undefined> {
    const caller = new Limit(options.signal, Infinity, () => new Error());
    try {
        let rest = "";
        const file = await client.exportIssues({ ...options, format: "ndjson", signal: caller.signal });
        for await (const text of textsOf(file, caller.signal, timeoutMs)) {
            const lines = (rest + text).split("\n");
            rest = lines.pop() ?? "";
            for (const line of lines) {
                throwIfAborted(options.signal);
                yield toRow(line);
            }
        }

        if (rest !== "") {
            yield toRow(rest);
        }
    } finally {
        caller.release();
    }
}

function toRow(line: string): OrderIssue {
    return parse<OrderIssue>(line) ?? brokenOff();
}

function brokenOff(cause?: unknown): never {
    throw new OrderIssueError("unreachable", "The export broke off.", { ...request, cause });
}

/** The body in parts; as a whole where there are no streams (React Native). */
async function* textsOf(file: Response, signal: AbortSignal, timeoutMs: number): AsyncGenerator<string, void, undefined> {
    const reader = file.body?.getReader();
    if (reader === undefined) {
        yield await next(() => file.text(), signal, Infinity);
        return;
    }

    const decoder = new TextDecoder();
    try {
        for (let isDone = false; !isDone;) {
            const { done, value } = await next(() => reader.read(), signal, timeoutMs);
            isDone = done;
            yield decoder.decode(value, { stream: !done });
        }
    } finally {
        reader.cancel().catch(() => {}); // For a caller that has seen enough.
    }
}

/** Each part must come in as long as a try may take. */
async function next<T>(read: () => Promise<T>, signal: AbortSignal, timeoutMs: number): Promise<T> {
    const limit = new Limit(signal, timeoutMs, () => new OrderIssueError("timeout", "The export didn't go on in time.", request));
    try {
        return await limit.race(read().catch(error => signal.aborted ? Promise.reject(error) : brokenOff(error)));
    } finally {
        limit.release();
    }
}
