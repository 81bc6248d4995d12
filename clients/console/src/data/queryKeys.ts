import type { GroupField, IssueFilter, TicketSystem } from "@order-issue/client";
import type { Queue } from "./filter";

/** What the cache knows each thing by that was read. A list without its last part means all that begin so. */
export const queryKeys = {
    session: ["session"],
    vocabulary: ["vocabulary"],
    views: ["views"],
    allQueues: ["queue"],
    queue: ({ filter, sort }: Queue) => ["queue", filter, sort],
    allCounts: ["count"],
    count: (filter: IssueFilter) => ["count", filter],
    ofQueue: (filter: IssueFilter, issueIds: readonly string[]) => ["of queue", filter, issueIds],
    allNewest: ["newest"],
    newest: (filter: IssueFilter) => ["newest", filter],
    allIssues: ["issue"],
    issue: (issueId: string) => ["issue", issueId],
    history: (issueId: string) => ["history", issueId],
    statistics: (groupBy: readonly GroupField[], filter: IssueFilter) => ["statistics", groupBy, filter],
    ticket: (system: TicketSystem | undefined, ticketId: string) => ["ticket", system, ticketId],
} as const;
