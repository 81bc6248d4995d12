import type { OrderIssue } from "@order-issue/client";
import { useState } from "preact/hooks";
import { Link } from "wouter-preact";
import { useNewestIssues } from "../data/issues";
import { Read } from "../parts/State";
import { Age } from "../parts/Time";
import { useTexts } from "../texts";
import { MergeDialog } from "./MergeDialog";

/** Other issues of the order, which may be duplicates, and of the customer. */
export function Related({ issue, canMerge }: { issue: OrderIssue; canMerge: boolean }) {
    const texts = useTexts();
    const { issueId, OrderId, customerEmail } = issue;
    const [duplicate, setDuplicate] = useState<OrderIssue>();
    const ofOrder = useNewestIssues({ OrderId: [OrderId] }, true);
    const ofCustomer = useNewestIssues({ customerEmail: [customerEmail ?? ""] }, customerEmail !== undefined);
    const list = (issues: readonly OrderIssue[], merges: boolean) => {
        const others = issues.filter(other => other.issueId !== issueId);
        return others.length === 0 ? <p class="quiet">{texts.related.none}</p> : (
            <ul class="related">
                {others.map(other => (
                    <li key={other.issueId}>
                        <Link href={`/issue/${encodeURIComponent(other.issueId)}`}>{other.issueId}</Link> <span dir="auto">{other.issueType}</span>
                        <span class="status" data-status={other.status}>{other.status}</span> <Age at={other.createdAt} />
                        {merges && isPossibleDuplicate(other, issue) && <span class="tag">{texts.related.possibleDuplicate}</span>}
                        {merges && canMerge && other.mergedInto === undefined && (
                            <button type="button" onClick={() => setDuplicate(other)}>{texts.related.merge}</button>
                        )}
                        {other.mergedInto !== undefined && <span class="quiet">{texts.issue.mergedInto(other.mergedInto)}</span>}
                    </li>
                ))}
            </ul>
        );
    };
    return (
        <section aria-labelledby="related">
            <h2 id="related">{texts.related.ofOrder}</h2>
            <Read query={ofOrder}>{issues => list(issues, true)}</Read>
            {customerEmail !== undefined && <><h2>{texts.related.ofCustomer}</h2><Read query={ofCustomer}>{issues => list(issues, false)}</Read></>}
            {duplicate && <MergeDialog duplicate={duplicate} survivor={issue} onClose={() => setDuplicate(undefined)} />}
        </section>
    );
}

/** As the service has it: unresolved, with the same type or an item in common. */
function isPossibleDuplicate(other: OrderIssue, issue: OrderIssue): boolean {
    const skus = new Set(issue.items.map(item => item.sku));
    return other.issueResolvedAt === undefined && other.mergedInto === undefined
        && (other.issueType === issue.issueType || other.items.some(item => skus.has(item.sku)));
}
