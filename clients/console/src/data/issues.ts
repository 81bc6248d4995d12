import type { IssueFilter, IssueListResponse, OrderIssue } from "@order-issue/client";
import { type InfiniteData, useInfiniteQuery, useQuery } from "@tanstack/preact-query";
import { cache, client } from "./client";
import type { Queue } from "./filter";
import { queryKeys } from "./queryKeys";

export type IssuePages = InfiniteData<IssueListResponse>;

const pageSize = 100;

/** The issues of a queue, page after page. */
export function useQueue(queue: Queue) {
    return useInfiniteQuery({
        queryKey: queryKeys.queue(queue),
        initialPageParam: undefined as string | undefined,
        // Rows don't move by themselves: the log of events tells what is new.
        refetchOnWindowFocus: false,
        // Comparing thousands of rows with those that were there would hold up the page at each hundred.
        structuralSharing: false,
        queryFn: ({ pageParam, signal }) => client.listIssues({ ...queue.filter, sort: queue.sort, limit: pageSize, cursor: pageParam, signal }),
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

/** Shows the issue as it is now, wherever it is shown, unless something newer is there. */
export function showIssue(issue: OrderIssue): void {
    const isOlder = (shown: OrderIssue) => shown.issueId === issue.issueId && shown.__v <= issue.__v;
    cache.setQueryData<OrderIssue>(queryKeys.issue(issue.issueId), shown => shown === undefined || isOlder(shown) ? issue : shown);
    cache.setQueriesData<IssuePages>({ queryKey: queryKeys.allQueues }, pages => pages && {
        ...pages,
        pages: pages.pages.map(page => page.data.some(isOlder)
            ? { ...page, data: page.data.map(shown => isOlder(shown) ? issue : shown) }
            : page),
    });
    cache.setQueriesData<OrderIssue[]>({ queryKey: queryKeys.allNewest }, list => list?.some(isOlder) ? list.map(shown => isOlder(shown) ? issue : shown) : list);
}

export const issuesOf = (pages: IssuePages | undefined): OrderIssue[] => pages?.pages.flatMap(page => page.data) ?? [];
