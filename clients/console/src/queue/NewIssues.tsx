import type { OrderIssue } from "@order-issue/client";
import { cache } from "../data/client";
import type { Queue } from "../data/filter";
import { unseenIssues } from "../data/follow";
import { useCount } from "../data/issues";
import { queryKeys } from "../data/queryKeys";
import { useStore } from "../data/store";
import { useTexts } from "../texts";

interface NewIssuesProps {
    queue: Queue;
    shown: readonly OrderIssue[];
    onShow: () => void;
}

/** Tells of issues that have come to this queue. They are shown when the agent asks, so that no row moves under the pointer. */
export function NewIssues({ queue, shown, onShow }: NewIssuesProps) {
    const texts = useTexts();
    const changed = useStore(unseenIssues);
    const shownIds = new Set(changed.size > 0 ? shown.map(issue => issue.issueId) : []);
    const unseen = [...changed].filter(issueId => !shownIds.has(issueId));
    const isAsked = unseen.length > 0 && queue.filter.issueId === undefined;
    const count = useCount({ ...queue.filter, issueId: unseen.slice(-100) }, isAsked).data ?? 0;
    const show = () => {
        unseenIssues.set(new Set());
        void cache.resetQueries({ queryKey: queryKeys.queue(queue) });
        void cache.invalidateQueries({ queryKey: queryKeys.allCounts });
        onShow();
    };
    return (
        <div role="status" class="new-issues">
            {isAsked && count > 0 && <button type="button" onClick={show}>{texts.queue.newIssues(count)}</button>}
        </div>
    );
}
