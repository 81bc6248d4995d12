import type { IssueFilter, IssueListResponse, OrderIssue } from "@order-issue/client";
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/preact-query";
import { cache, client } from "./client";
import type { Queue } from "./filter";
import { queryKeys } from "./queryKeys";

/** A page of a queue, and the time at which it was asked for, in milliseconds since 1970. */
export type QueuePage = IssueListResponse & { readAt: number };

export type QueuePages = InfiniteData<QueuePage>;

const pageSize = 100;

/** The issues of a queue, page after page. */
export function useQueue(queue: Queue) {
    return useInfiniteQuery({
        queryKey: queryKeys.queue(queue),
        initialPageParam: undefined as string | undefined,
        // Rows don't move by themselves: the log of events tells what is new.
        refetchOnWindowFocus: false,
        structuralSharing: (shown, read) => keepNewer(shown as QueuePages | undefined, read as QueuePages),
        queryFn: async ({ pageParam, signal }): Promise<QueuePage> => {
            const readAt = Date.now();
            return { ...await client.listIssues({ ...queue.filter, sort: queue.sort, limit: pageSize, cursor: pageParam, signal }), readAt };
        },
        getNextPageParam: last => last.page.nextCursor,
    });
}

/** How many issues meet the filter; undefined until it is known. */
export function useCount(filter: IssueFilter, enabled = true) {
    return useQuery({
        queryKey: queryKeys.count(filter),
        enabled,
        staleTime: 10_000,
        queryFn: async ({ signal }) => (await client.listIssues({ ...filter, limit: 1, count: true, signal })).page.total ?? 0,
    });
}

export function useIssue(issueId: string) {
    return useQuery({
        queryKey: queryKeys.issue(issueId),
        // What the queue shows of it is there at once, and read again all the same.
        initialData: () => findInQueues(issueId),
        initialDataUpdatedAt: 0,
        structuralSharing: (shown, read) => newerOf(shown as OrderIssue | undefined, read as OrderIssue),
        queryFn: async ({ signal }): Promise<OrderIssue> => {
            const { data, etag } = await client.getIssue(issueId, { signal });
            return { ...data, ...etag !== undefined && { _etag: etag } };
        },
    });
}

export function useHistory(issueId: string) {
    return useQuery({
        queryKey: queryKeys.history(issueId),
        queryFn: async ({ signal }) => (await client.getHistory(issueId, { signal })).data,
    });
}

/** The twenty newest issues that meet a filter. `enabled` is false as long as the filter isn't known. */
export function useNewestIssues(filter: IssueFilter, enabled: boolean) {
    return useQuery({
        queryKey: queryKeys.newest(filter),
        enabled,
        queryFn: async ({ signal }) => (await client.listIssues({ ...filter, limit: 20, signal })).data,
    });
}

/** Those of these issues, a hundred at most, that meet the queue's filter. The last answer stands until the next one is there. */
export function useIssuesOfQueue({ filter }: Queue, issueIds: readonly string[]) {
    return useQuery({
        queryKey: queryKeys.ofQueue(filter, issueIds),
        enabled: issueIds.length > 0,
        placeholderData: keepPreviousData,
        gcTime: 0,
        queryFn: async ({ signal }) => (await client.listIssues({ ...filter, issueId: issueIds, limit: pageSize, signal })).data,
    });
}

/** Shows the issue as it is now, wherever it is shown, unless something newer is there. */
export function showIssue(issue: OrderIssue): void {
    const newer = (shown: OrderIssue) => shown.issueId === issue.issueId ? newerOf(shown, issue) : shown;
    rewrite(queryKeys.issue(issue.issueId), newer);
    rewrite<QueuePages>(queryKeys.allQueues, pages => rewritePages(pages, newer));
    rewrite<OrderIssue[]>(queryKeys.allNewest, list => list.some(shown => newer(shown) !== shown) ? list.map(newer) : list);
}

/** Writes over what is shown. What is to be read again still is, since this isn't an answer to the same question. */
export function rewrite<T>(queryKey: readonly unknown[], change: (shown: T) => T): void {
    for (const query of cache.getQueryCache().findAll({ queryKey })) {
        const shown = query.state.data as T | undefined;
        const next = shown === undefined ? undefined : change(shown);
        if (next !== shown) {
            query.setState({ data: next });
        }
    }
}

export const issuesOf = (pages: QueuePages | undefined): OrderIssue[] => pages?.pages.flatMap(page => page.data) ?? [];

const newerOf = (shown: OrderIssue | undefined, read: OrderIssue) => shown !== undefined && shown.__v > read.__v ? shown : read;

/** What was read, but for issues that have changed since it was asked for, and that are shown as they are by now. */
function keepNewer(shown: QueuePages | undefined, read: QueuePages): QueuePages {
    const known = new Map(issuesOf(shown).map(issue => [issue.issueId, issue]));
    return rewritePages(read, issue => newerOf(known.get(issue.issueId), issue));
}

function rewritePages(pages: QueuePages, change: (issue: OrderIssue) => OrderIssue): QueuePages {
    const next = pages.pages.map(page => page.data.some(issue => change(issue) !== issue) ? { ...page, data: page.data.map(change) } : page);
    return next.some((page, index) => page !== pages.pages[index]) ? { ...pages, pages: next } : pages;
}

function findInQueues(issueId: string): OrderIssue | undefined {
    const queues = cache.getQueriesData<QueuePages>({ queryKey: queryKeys.allQueues }).map(([, pages]) => issuesOf(pages));
    return queues.flat().find(issue => issue.issueId === issueId);
}
