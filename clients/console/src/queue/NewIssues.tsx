import type { IssueSort, OrderIssue } from "@order-issue/client";
import { cache } from "../data/client";
import type { Queue } from "../data/filter";
import { changedIssues } from "../data/changedIssues";
import { issuesOf, type QueuePages, useIssuesOfQueue } from "../data/issues";
import { queryKeys } from "../data/queryKeys";
import { useStore } from "../data/store";
import { useTexts } from "../texts";

interface NewIssuesProps {
    queue: Queue;
    shown: QueuePages | undefined;
    onShow: () => void;
}

/** Tells of issues that have come to this queue. They are shown when the agent asks, so that no row moves under the pointer. */
export function NewIssues({ queue, shown, onShow }: NewIssuesProps) {
    const texts = useTexts();
    const unseen = unseenIssues(useStore(changedIssues), shown);
    const isAsked = unseen.length > 0 && queue.filter.issueId === undefined;
    const found = useIssuesOfQueue(queue, isAsked ? unseen : []).data ?? [];
    const last = shown?.pages.at(-1);
    const end = last?.page.nextCursor === undefined ? undefined : last.data.at(-1);
    const { length: count } = found.filter(issue => unseen.includes(issue.issueId) && (end === undefined || standsBefore(end, issue, queue.sort)));
    const show = () => {
        void cache.resetQueries({ queryKey: queryKeys.queue(queue) });
        void cache.invalidateQueries({ queryKey: queryKeys.allCounts });
        onShow();
    };
    return (
        <div role="status" class="new-issues">
            {count > 0 && <button type="button" onClick={show}>{texts.queue.newIssues(count)}</button>}
        </div>
    );
}

/** The last hundred that have changed since the queue was read, and that it doesn't show. */
function unseenIssues(changed: ReadonlyMap<string, number>, queue: QueuePages | undefined): string[] {
    const readAt = queue?.pages[0]?.readAt ?? Infinity;
    const late = [...changed].filter(([, at]) => at >= readAt);
    const shown = new Set(late.length > 0 ? issuesOf(queue).map(issue => issue.issueId) : []);
    return late.map(([issueId]) => issueId).filter(issueId => !shown.has(issueId)).slice(-100);
}

/** Whether the issue stands before the last one that is loaded: what comes after it is shown as one scrolls. */
function standsBefore(last: OrderIssue, issue: OrderIssue, sort: IssueSort): boolean {
    const name = sort.replace("-", "") as "createdAt" | "updatedAt" | "dueAt";
    const [at, end] = [issue[name], last[name]];
    return at !== undefined && (end === undefined || (sort === name ? at < end : at > end));
}
