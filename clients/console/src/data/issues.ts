import type { IssueFilter, IssueListResponse, OrderIssue } from "@order-issue/client";
import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/preact-query";
import { cache, client } from "./client";
import type { Queue } from "./filter";
import { queryKeys } from "./queryKeys";

/** A page of a queue, and the time at which it was asked for, in milliseconds since 1970. */
export type QueuePage = IssueListResponse & { readAt: number };

export type QueuePages = InfiniteData<QueuePage>;

/** The service lists so many issues a call. */
export const pageSize = 100;

/** The issues of a queue, page after page. */
export function useQueue(queue: Queue) {
    return useInfiniteQuery({
        queryKey: queryKeys.queue(queue),
        initialPageParam: undefined as string | undefined,
        // Rows don't move by themselves: the log of events tells what is new.
        staleTime: Infinity,
        // Called with what is shown and what was read.
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
        initialData: () => issuesOfQueues().find(issue => issue.issueId === issueId),
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

/** The twenty newest issues that meet a filter; not asked for where `enabled` is false. */
export function useNewestIssues(filter: IssueFilter, enabled: boolean) {
    return useQuery({
        queryKey: queryKeys.newest(filter),
        enabled,
        queryFn: async ({ signal }) => (await client.listIssues({ ...filter, limit: 20, signal })).data,
    });
}

/** Those of these issues, `pageSize` at most, that meet the queue's filter. The last answer stands until the next one is there. */
export function useIssuesOfQueue({ filter }: Queue, issueIds: readonly string[]) {
    return useQuery({
        queryKey: queryKeys.ofQueue(filter, issueIds),
        enabled: issueIds.length > 0,
        placeholderData: keepPreviousData,
        gcTime: 0,
        queryFn: async ({ signal }) => (await client.listIssues({ ...filter, issueId: issueIds, limit: pageSize, signal })).data,
    });
}

/** Shows the issues as they are now, wherever they are shown, unless something newer is there. */
export function showIssues(issues: readonly OrderIssue[]): void {
    const read = new Map(issues.map(issue => [issue.issueId, issue]));
    const renew = (shown: OrderIssue) => newerOf(shown, read.get(shown.issueId) ?? shown);
    rewrite(queryKeys.allIssues, renew);
    rewrite<QueuePages>(queryKeys.allQueues, pages => renewPages(pages, renew));
    rewrite<OrderIssue[]>(queryKeys.allNewest, list => mapped(list, renew));
}

/** Writes over what is shown. Unlike `setQueryData`, it leaves the time at which that was read, and what is to be read again still is. */
export function rewrite<T>(queryKey: readonly unknown[], change: (shown: T) => T): void {
    for (const query of cache.getQueryCache().findAll({ queryKey })) {
        const { data, dataUpdatedAt, isInvalidated } = query.state;
        const next = data === undefined ? undefined : change(data as T);
        if (next === data) {
            continue;
        }

        query.setData(next, { updatedAt: dataUpdatedAt, manual: true });
        if (isInvalidated) {
            query.invalidate();
        }
    }
}

export const issuesOf = (pages: QueuePages | undefined): OrderIssue[] => pages?.pages.flatMap(page => page.data) ?? [];

/** The issues of all queues that have been read. */
export const issuesOfQueues = (): OrderIssue[] =>
    cache.getQueriesData<QueuePages>({ queryKey: queryKeys.allQueues }).flatMap(([, pages]) => issuesOf(pages));

/** Of the same version the one that was read last: what another program writes need not have a new one. */
const newerOf = (shown: OrderIssue | undefined, read: OrderIssue) => shown !== undefined && shown.__v > read.__v ? shown : read;

/** The pages that were read. An issue that was shown in a newer version meanwhile stays as it is shown. */
function keepNewer(shown: QueuePages | undefined, read: QueuePages): QueuePages {
    const replaced = shown?.pages.filter(page => !read.pages.includes(page)) ?? [];
    if (replaced.length === 0) {
        return read;
    }

    const known = new Map(replaced.flatMap(page => page.data).map(issue => [issue.issueId, issue]));
    return renewPages(read, issue => newerOf(known.get(issue.issueId), issue));
}

function renewPages(pages: QueuePages, renew: (issue: OrderIssue) => OrderIssue): QueuePages {
    const next = mapped(pages.pages, page => {
        const data = mapped(page.data, renew);
        return data === page.data ? page : { ...page, data };
    });
    return next === pages.pages ? pages : { ...pages, pages: next };
}

/** The list with each element changed; the list itself where none is. */
function mapped<T>(list: T[], change: (element: T) => T): T[] {
    const next = list.map(change);
    return next.some((element, index) => element !== list[index]) ? next : list;
}
