// The desk of an agent, written from the README alone.
import { type IssueClient, OrderIssueClient, OrderIssueError, type OrderIssue } from "@order-issue/client";

/** Sets the packer, unless somebody else has changed the issue since it was listed: then tells who packed it by now. */
async function setPacker(client: IssueClient, row: OrderIssue, packer: string): Promise<string> {
    const { issueId, _etag } = row;
    if (issueId === undefined || _etag === undefined) {
        return "unknown state";
    }

    try {
        const { data } = await client.patchIssue(issueId, { packer, notes: undefined }, { ifMatch: _etag });
        return `saved: ${data.packer}`;
    } catch (error) {
        if (error instanceof OrderIssueError && error.code === "precondition_failed") {
            const { data } = await client.getIssue(issueId);
            return `conflict: ${data.packer}`;
        }

        throw error;
    }
}

export async function work(baseUrl: string): Promise<string[]> {
    const client = new OrderIssueClient({ baseUrl });
    const packed: readonly { sku: string; qty: number }[] = [{ sku: "MUG", qty: 1 }];
    for (const status of ["open", "pending", "our own"] as const) {
        await client.createIssue({ OrderId: "desk", source: "email", issueType: "damaged", status, items: packed, picker: undefined });
    }

    const told: string[] = [];
    const filter = { OrderId: "desk" };
    const { data: rows } = await client.listIssues({ ...filter, sort: "-createdAt" });
    told.push(`listed ${rows.length}`);
    const [row] = rows;
    if (row !== undefined) {
        await client.patchIssue(row.issueId ?? "", { packer: "Jane" });
        told.push(await setPacker(client, row, "Jim"));
        const [fresh] = (await client.listIssues({ ...filter, limit: 1 })).data;
        told.push(fresh === undefined ? "" : await setPacker(client, fresh, "Jim"));
    }

    let exported = 0;
    for await (const { status } of client.exportRows(filter)) {
        exported += status === "closed" ? 0 : 1;
    }

    told.push(`exported ${exported}`);
    const stop = new AbortController();
    let met = 0;
    try {
        for await (const issue of client.allIssues({ ...filter, signal: stop.signal })) {
            met += issue.__v >= 0 ? 1 : 0;
            stop.abort();
        }
    } catch (error) {
        if (!stop.signal.aborted) {
            throw error;
        }

        told.push(`aborted after ${met}`);
    }

    return told;
}
