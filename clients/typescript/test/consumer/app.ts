// What an app does with the package. It is compiled where the package is installed, and run there with the service's address.
import { type ErrorCode, OrderIssueClient, OrderIssueError, type OrderIssue } from "@order-issue/client";

type IsAny<T> = 0 extends 1 & T ? true : false;

/** Doesn't compile with a value that is of the type any. */
function typed<T>(value: T, ..._: IsAny<T> extends true ? [never] : []): T {
    return value;
}

export async function tour(baseUrl: string): Promise<string[]> {
    const client = new OrderIssueClient({ baseUrl, timeoutMs: 5_000, retries: 1 });
    const OrderId = "consumer";
    const created = typed(await client.createIssue({ OrderId, source: "email", issueType: "damaged", items: [{ sku: "A", qty: 1 }] }));
    const issue: OrderIssue = created.data;
    const issueId = typed(issue.issueId) ?? "";
    const shipped: string | undefined = typed(issue.shipped_at);
    const quantities: number[] = issue.items.map(item => typed(item.qty));
    const updated = typed(await client.updateStatus(OrderId, { status: "done" }, { ifMatch: created.etag ?? "" }));
    const said = typed(await client.addDiscussion(OrderId, { username: "a", message: "b" }, { issueId, idempotencyKey: "c" }));
    const patched = typed(await client.patchIssue(issueId, { picker: "Jim", notes: null }, { ifMatch: said.etag ?? "" }));
    const read = typed(await client.getIssue(issueId));
    const known = typed(await client.getIssue(issueId, { ifNoneMatch: patched.etag }));
    const ticket = typed(await client.getTicket("18362"));
    const list = typed(await client.listIssues({ OrderId, status: ["open", "done"], limit: 10, count: true }));
    const next: string | undefined = typed(list.page.nextCursor);
    const history = typed(await client.getHistory(issueId));
    const statistics = typed(await client.getStatistics({ groupBy: "sku", OrderId }));
    const file: Response = typed(await client.exportIssues({ format: "csv", OrderId }));
    const all: OrderIssue[] = [];
    for await (const one of client.allIssues({ OrderId, signal: new AbortController().signal })) {
        all.push(typed(one));
    }

    let code: ErrorCode | undefined;
    try {
        await client.getIssue("42");
    } catch (error) {
        if (error instanceof OrderIssueError) {
            code = typed(error.code);
            typed(error.status);
            typed(error.errors["OrderId"]);
            typed(error.retryAfter);
            typed(error.traceId);
        }
    }

    return [
        shipped, next, quantities.length, updated.data.status, patched.data.__v, read.data.discussion[0]?.message, known?.ok, ticket.data.ticketId, list.page.total,
        history.data[0]?.action, statistics.data.groups[0]?.key, (await file.text()).length > 0, all.length, code,
    ].map(String);
}
