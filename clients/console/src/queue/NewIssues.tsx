import { cache } from "../data/client";
import type { Queue } from "../data/filter";
import { unseenIssues } from "../data/follow";
import { queueKey, useCount } from "../data/issues";
import { useStore } from "../data/store";
import { useTexts } from "../texts";

/** Tells of issues that have come to this queue. They are shown when the agent asks, so that no row moves under the pointer. */
export function NewIssues({ queue, onShow }: { queue: Queue; onShow: () => void }) {
    const texts = useTexts();
    const unseen = [...useStore(unseenIssues)];
    const isAsked = unseen.length > 0 && queue.filter.issueId === undefined;
    const count = useCount({ ...queue.filter, issueId: unseen.slice(-100) }, isAsked).data ?? 0;
    const show = () => {
        unseenIssues.set(new Set());
        void cache.resetQueries({ queryKey: queueKey(queue) });
        void cache.invalidateQueries({ queryKey: ["count"] });
        onShow();
    };
    return (
        <div role="status" class="new-issues">
            {isAsked && count > 0 && <button type="button" onClick={show}>{texts.queue.newIssues(count)}</button>}
        </div>
    );
}
