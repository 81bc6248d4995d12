import type { ChangedIssue, ChangeIssuesRequest, OrderIssue, PatchIssueRequest } from "@order-issue/client";
import { cache, client } from "./client";
import { hasCode } from "./problems";
import { queryKeys } from "./queryKeys";
import { pageSize, rewrite, showIssues } from "./issues";

/** What an agent may do with issues. Each fails with an `OrderIssueError`, and then nothing on the screen has changed for good. */

/** Changes the status or other fields, if the issue is as it was read. They are shown at once, and taken back where that fails. */
export async function patchIssue(issue: OrderIssue, change: PatchIssueRequest): Promise<OrderIssue> {
    const { by: _, ...fields } = change;
    const queryKey = queryKeys.issue(issue.issueId);
    const before = cache.getQueryData<OrderIssue>(queryKey);
    rewrite<OrderIssue>(queryKey, shown => ({ ...shown, ...asShown(fields) }) as OrderIssue);
    try {
        const guard = issue._etag === undefined ? {} : { ifMatch: issue._etag };
        return shown(await (change.status
            ? client.updateStatus(issue.OrderId, { status: change.status, by: change.by }, { issueId: issue.issueId, ...guard })
            : client.patchIssue(issue.issueId, change, guard)));
    } catch (error) {
        const values = Object.fromEntries(Object.keys(fields).map(name => [name, before?.[name as keyof OrderIssue]]));
        rewrite<OrderIssue>(queryKey, shown => shown.__v === before?.__v ? { ...shown, ...values } : shown);
        throw error;
    }
}

/** The field has another value by now. `theirs` is the issue that has it. */
export class FieldConflict extends Error {
    constructor(readonly theirs: OrderIssue) {
        super("Somebody else has changed the field.");
    }
}

/** A field that can be changed alone. */
export type ChangeableField = keyof PatchIssueRequest & keyof OrderIssue;

/** Changes one field. That others of the issue have changed meanwhile doesn't matter. */
export async function saveField(issue: OrderIssue, name: ChangeableField, value: unknown, by: string): Promise<OrderIssue> {
    const change = { [name]: value, ...by !== "" && { by } } as PatchIssueRequest;
    for (let current = issue; ;) {
        try {
            return await patchIssue(current, change);
        } catch (error) {
            if (!hasCode(error, "precondition_failed")) {
                throw error;
            }

            current = shown(await client.getIssue(issue.issueId));
            if (isSame(current[name], value)) {
                return current; // An earlier try had been made, and its answer was lost.
            }

            if (!isSame(current[name], issue[name])) {
                throw new FieldConflict(current);
            }
        }
    }
}

/** Says something. A message that went out twice stands there once, as both tries have one key. */
export async function addMessage(issue: OrderIssue, username: string, message: string, idempotencyKey: string): Promise<OrderIssue> {
    const { OrderId, issueId } = issue;
    return shown(await client.addDiscussion(OrderId, { username, message }, { issueId, idempotencyKey }));
}

export async function mergeIssue(issue: OrderIssue, into: string, by: string): Promise<OrderIssue> {
    const survivor = shown(await client.mergeIssue(issue.issueId, { into, ...by !== "" && { by } }));
    await cache.invalidateQueries({ queryKey: queryKeys.issue(issue.issueId) });
    await cache.invalidateQueries({ queryKey: queryKeys.allNewest });
    return survivor;
}

/** Changes many issues. What becomes of each is in the answer. */
export async function changeIssues(request: ChangeIssuesRequest, idempotencyKey: string): Promise<ChangedIssue[]> {
    const { data } = await client.changeIssues(request, { idempotencyKey, timeoutMs: 35_000, deadlineMs: 90_000, retries: 4 }).catch((error: unknown) => {
        void cache.invalidateQueries({ queryKey: queryKeys.allCounts }); // Another number may match by now.
        throw error;
    });
    // The change is made, whether or not it can be shown at once.
    await readAgain(data.filter(entry => entry.ok).map(entry => entry.issueId)).catch(() => cache.invalidateQueries({ queryKey: queryKeys.allQueues }));
    void cache.invalidateQueries({ queryKey: queryKeys.views });
    void cache.invalidateQueries({ queryKey: queryKeys.allCounts });
    return data;
}

/** Reads issues together, a hundred a call, and shows them. */
export async function readAgain(issueIds: readonly string[]): Promise<void> {
    for (let start = 0; start < issueIds.length; start += pageSize) {
        const part = issueIds.slice(start, start + pageSize);
        showIssues((await client.listIssues({ issueId: part, limit: part.length })).data);
    }

    issueIds.forEach(issueId => void cache.invalidateQueries({ queryKey: queryKeys.history(issueId) }));
}

/** The issue of an answer, with the state that the answer tells. */
function shown({ data, etag }: { data: OrderIssue; etag: string | undefined }): OrderIssue {
    const issue = { ...data, ...etag !== undefined && { _etag: etag } };
    showIssues([issue]);
    void cache.invalidateQueries({ queryKey: queryKeys.history(issue.issueId) });
    return issue;
}

const isSame = (left: unknown, right: unknown) => textOf(left) === textOf(right);

const textOf = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0) ? "null" : JSON.stringify(value);

/** An issue always has a list of items and one of tracking numbers; other fields that are removed are left out. */
function asShown(fields: object): object {
    const always = ["items", "trackingNumber"];
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, value ?? (always.includes(name) ? [] : undefined)]));
}
