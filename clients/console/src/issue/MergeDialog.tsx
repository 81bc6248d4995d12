import type { OrderIssue } from "@order-issue/client";
import { useMutation } from "@tanstack/preact-query";
import { mergeIssue } from "../data/changes";
import { notify } from "../data/notices";
import { describe } from "../data/problems";
import { useAgentName } from "../data/session";
import { Dialog } from "../parts/Dialog";
import { useTexts } from "../texts";

interface MergeDialogProps {
    duplicate: OrderIssue;
    survivor: OrderIssue;
    onClose: () => void;
}

/** Says what a merge does, since nothing takes it back. */
export function MergeDialog({ duplicate, survivor, onClose }: MergeDialogProps) {
    const texts = useTexts();
    const by = useAgentName();
    const merging = useMutation({
        mutationFn: () => mergeIssue(duplicate, survivor.issueId, by),
        onSuccess: () => {
            notify(texts.merge.done(duplicate.issueId, survivor.issueId));
            onClose();
        },
    });
    return (
        <Dialog title={texts.merge.title(duplicate.issueId, survivor.issueId)} submitText={texts.merge.submit} isBusy={merging.isPending}
            onSubmit={() => merging.mutate()} onClose={onClose}>
            {merging.error && <p class="error" role="alert">{describe(merging.error, texts)}</p>}
            <p>{texts.merge.explanation(duplicate.discussion.length)}</p>
        </Dialog>
    );
}
