import type { OrderIssue } from "@order-issue/client";
import { useVocabulary } from "../data/lists";
import { Age } from "../parts/Time";
import { useTexts } from "../texts";
import { ConflictDialog } from "./ConflictDialog";
import { useSaveField } from "./useSaveField";

/** The status, which a click changes. */
export function StatusButtons({ issue, canChange }: { issue: OrderIssue; canChange: boolean }) {
    const texts = useTexts();
    const statuses = useVocabulary().data?.statuses.map(each => each.status) ?? [];
    const { save, conflict, isSaving, error } = useSaveField(issue, "status");
    return (
        <div class="statuses" role="group" aria-label={texts.columns.status}>
            {[...new Set([...statuses, issue.status])].map(status => (
                <button key={status} type="button" class="status" data-status={status} aria-pressed={status === issue.status}
                    disabled={!canChange || (isSaving && status !== issue.status)} onClick={() => status !== issue.status && save(status)}>
                    {status}
                </button>
            ))}
            <span class="quiet">
                {texts.issue.created} <Age at={issue.createdAt} />{issue.createdBy !== undefined && <> · <bdi>{issue.createdBy}</bdi></>}
                {issue.issueResolvedAt !== undefined && <> · {texts.issue.resolved} <Age at={issue.issueResolvedAt} /></>}
            </span>
            {error !== undefined && <span class="error" role="alert">{error}</span>}
            {conflict && <ConflictDialog name="status" kind="text" conflict={conflict} />}
        </div>
    );
}
