import type { OrderIssue, PatchIssueRequest } from "@order-issue/client";
import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { FieldConflict, saveField } from "../data/changes";
import { notify } from "../data/notices";
import { describe, hasCode } from "../data/problems";
import { useAgentName } from "../data/session";
import { useTexts } from "../texts";

/** Saves a field of an issue. Where somebody else has changed it meanwhile, the agent is asked which value stays. */
export function useSaveField(issue: OrderIssue, name: keyof PatchIssueRequest & keyof OrderIssue, onSaved?: () => void) {
    const texts = useTexts();
    const by = useAgentName();
    const [conflict, setConflict] = useState<{ mine: unknown; theirs: OrderIssue }>();
    const saving = useMutation({
        mutationFn: ({ seen, value }: { seen: OrderIssue; value: unknown }) => saveField(seen, name, value, by),
        onSuccess: () => onSaved?.(),
        onError: (error, { value }) => {
            if (error instanceof FieldConflict) {
                setConflict({ mine: value, theirs: error.theirs });
            } else if (!isAboutFields(error)) {
                notify(texts.issue.notSaved(describe(error, texts)), true);
            }
        },
    });
    return {
        save: (value: unknown, seen = issue) => saving.mutate({ seen, value }),
        isSaving: saving.isPending,
        /** What the service says of the value. */
        fault: saving.error && isAboutFields(saving.error) ? describe(saving.error, texts) : undefined,
        conflict,
        resolve: (takesMine: boolean) => {
            if (conflict && takesMine) {
                saving.mutate({ seen: conflict.theirs, value: conflict.mine });
            } else if (conflict) {
                onSaved?.();
            }

            setConflict(undefined);
        },
        reset: () => {
            saving.reset();
            setConflict(undefined);
        },
    };
}

const isAboutFields = (error: unknown) => hasCode(error, "validation_failed");
