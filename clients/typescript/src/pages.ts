import type { IssueListResponse, IssueOperations, ListIssuesOptions, OrderIssue } from "./generated.js";
import type { Result } from "./result.js";
import { throwIfAborted } from "./signals.js";

/** The list's filters and order; `cursor` is where to begin, and `limit` how many are fetched at once, 200 without it. */
export type PagesOptions = ListIssuesOptions;

type Lister = Pick<IssueOperations, "listIssues">;

export async function* walkPages(client: Lister, options: PagesOptions): AsyncGenerator<Result<IssueListResponse>, void, undefined> {
    let { cursor } = options;
    do {
        const page = await client.listIssues({ ...options, limit: options.limit ?? 200, cursor });
        yield page;
        cursor = page.page.nextCursor;
    } while (cursor !== undefined);
}

export async function* walkIssues(client: Lister, options: PagesOptions): AsyncGenerator<OrderIssue, void, undefined> {
    for await (const { data } of walkPages(client, options)) {
        for (const issue of data) {
            throwIfAborted(options.signal);
            yield issue;
        }
    }

    throwIfAborted(options.signal);
}
