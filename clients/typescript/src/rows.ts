import { brokenOff, textsOf } from "./bodies.js";
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
        for await (const text of textsOf(file, caller.signal, timeoutMs, request)) {
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
    return parse<OrderIssue>(line) ?? brokenOff(request);
}
