import type { OrderIssue } from "@order-issue/client";
import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { type ChangeableField, FieldConflict, saveField } from "../data/changes";
import { notify } from "../data/notices";
import { describe, hasCode } from "../data/problems";
import { useAgentName } from "../data/session";
import { useIsShown } from "../parts/shown";
import { useTexts } from "../texts";

/** A value of the agent's, and the issue that has another one by now. */
export interface Conflict {
    mine: unknown;
    theirs: OrderIssue;
    keepMine: () => void;
    keepTheirs: () => void;
    /** Decides nothing yet. */
    close: () => void;
}

/** Saves a field of an issue. Where somebody else has changed it meanwhile, the agent is asked which value stays. */
export function useSaveField(issue: OrderIssue, name: ChangeableField, onSaved?: () => void) {
    const texts = useTexts();
    const by = useAgentName();
    const isShown = useIsShown();
    const [conflict, setConflict] = useState<Pick<Conflict, "mine" | "theirs">>();
    const label = texts.fields[name];
    const saving = useMutation({
        mutationFn: ({ seen, value }: { seen: OrderIssue; value: unknown }) => saveField(seen, name, value, by),
        onSuccess: () => onSaved?.(),
        onError: (error, { value }) => {
            if (error instanceof FieldConflict && isShown.current) {
                setConflict({ mine: value, theirs: error.theirs });
            } else if (!isAboutFields(error) || !isShown.current) {
                const reason = error instanceof FieldConflict ? texts.conflict.title(label) : describe(error, texts);
                notify(texts.issue.notSaved(issue.issueId, label, reason), true);
            }
        },
    });
    return {
        save: (value: unknown, seen = issue) => saving.mutate({ seen, value }),
        isSaving: saving.isPending,
        /** What the service says of the value. */
        error: saving.error && isAboutFields(saving.error) ? describe(saving.error, texts) : undefined,
        conflict: conflict && {
            ...conflict,
            keepMine: () => {
                saving.mutate({ seen: conflict.theirs, value: conflict.mine });
                setConflict(undefined);
            },
            keepTheirs: () => {
                onSaved?.();
                setConflict(undefined);
            },
            close: () => setConflict(undefined),
        } satisfies Conflict,
        /** Forgets what an earlier try has led to. */
        reset: () => {
            saving.reset();
            setConflict(undefined);
        },
    };
}

const isAboutFields = (error: unknown) => hasCode(error, "validation_failed") || hasCode(error, "malformed_body");
