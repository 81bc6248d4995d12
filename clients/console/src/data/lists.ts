import type { GroupField, IssueFilter, Vocabulary } from "@order-issue/client";
import { useQuery } from "@tanstack/preact-query";
import { cache, client } from "./client";
import { queryKeys } from "./queryKeys";

const maxTypes = 50;

/** What a form offers: statuses, types, channels, priorities, faults. Where any type may be given, those that most issues have. */
export function useVocabulary() {
    return useQuery({
        queryKey: queryKeys.vocabulary,
        staleTime: 600_000,
        queryFn: async ({ signal }): Promise<Vocabulary> => {
            const { data } = await client.getVocabulary({ signal });
            return data.anyType ? { ...data, types: await readTypes(signal).catch(() => data.types) } : data;
        },
    });
}

async function readTypes(signal: AbortSignal): Promise<string[]> {
    const { groups } = (await client.getStatistics({ groupBy: "issueType", signal })).data;
    return groups.toSorted((left, right) => right.issues - left.issues).slice(0, maxTypes).flatMap(({ key }) => key ?? []);
}

/** The saved views, with how many issues each has. */
export function useViews() {
    return useQuery({
        queryKey: queryKeys.views,
        queryFn: async ({ signal }) => (await client.listViews({ count: true, signal })).data,
    });
}

export async function saveView(name: string, query: string): Promise<void> {
    await client.putView(name, { query });
    await cache.invalidateQueries({ queryKey: queryKeys.views });
}

export async function removeView(name: string): Promise<void> {
    await client.deleteView(name);
    await cache.invalidateQueries({ queryKey: queryKeys.views });
}

export function useStatistics(groupBy: readonly GroupField[], filter: IssueFilter) {
    return useQuery({
        queryKey: queryKeys.statistics(groupBy, filter),
        queryFn: async ({ signal }) => (await client.getStatistics({ ...filter, groupBy, signal, timeoutMs: 30_000, deadlineMs: 35_000 })).data,
    });
}
