import { lazy, Suspense } from "preact/compat";
import type { Queue } from "../data/filter";
import { isEmptyFilter } from "../data/filter";
import { useTexts } from "../texts";
import { type Bulk, maxIssues, type Selection } from "./useSelection";

const BulkDialog = lazy(() => import("./BulkDialog"));

interface BulkBarProps {
    selection: Selection;
    queue: Queue;
    total: number | undefined;
    bulk: Bulk | undefined;
    onBulk: (bulk: Bulk | undefined) => void;
}

/** What can be done with the selected issues. */
export function BulkBar({ selection, queue, total, bulk, onBulk }: BulkBarProps) {
    const texts = useTexts();
    const { ids, isAll, count, target } = selection;
    const canTakeAll = !isAll && total !== undefined && total > ids.size && total <= maxIssues && !isEmptyFilter(queue.filter);
    return (
        <>
            {count > 0 && (
                <div class="bulk-bar" role="region" aria-label={texts.bulk.title}>
                    <strong role="status">{texts.bulk.selected(count)}</strong>
                    {canTakeAll && (
                        <button type="button" onClick={() => selection.selectMatching(queue.filter, total)}>{texts.bulk.takeAll(total)}</button>
                    )}
                    <button type="button" class="primary" disabled={target === undefined} onClick={() => target && onBulk({ field: "any", target })}>{texts.bulk.change}</button>
                    <button type="button" onClick={selection.clear}>{texts.bulk.clear}</button>
                    {count > maxIssues && <span class="error">{texts.bulk.tooMany(maxIssues)}</span>}
                </div>
            )}
            {bulk !== undefined && (
                <Suspense fallback={null}><BulkDialog target={bulk.target} field={bulk.field} onClose={() => onBulk(undefined)} onDone={selection.clear} /></Suspense>
            )}
        </>
    );
}
