import type { OrderIssue } from "@order-issue/client";
import { useEffect, useRef, useState } from "preact/hooks";
import { type Draft, type Field as FieldOfIssue, fromDraft, toDraft } from "../data/fields";
import { Field } from "../parts/Field";
import { FieldEditor } from "../parts/FieldEditor";
import { FieldValue } from "../parts/FieldValue";
import { useTexts } from "../texts";
import { ConflictDialog } from "./ConflictDialog";
import { useSaveField } from "./useSaveField";

interface FactProps {
    field: FieldOfIssue;
    issue: OrderIssue;
    canChange: boolean;
}

/** A field as it is shown, and its editor once the agent asks for it. It is saved as a change to the issue that the agent saw then. */
export function Fact({ field, issue, canChange }: FactProps) {
    const texts = useTexts();
    const { name, kind } = field;
    const [editing, setEditing] = useState<{ draft: Draft; seen: OrderIssue }>();
    const editButton = useRef<HTMLButtonElement>(null);
    const editor = useRef<HTMLFormElement>(null);
    const wasEditing = useRef(false);
    const { save, conflict, isSaving, error, reset } = useSaveField(issue, name, () => setEditing(undefined));
    const isEditing = editing !== undefined;
    // Where a field is saved its controls are switched off, and lose the focus; an agent who works elsewhere by now isn't called back.
    useEffect(() => {
        const isElsewhere = wasEditing.current && document.activeElement !== document.body && !editor.current?.contains(document.activeElement);
        if (isEditing && !isSaving && !isElsewhere) {
            editor.current?.querySelector<HTMLElement>("input, select, textarea")?.focus();
        } else if (!isEditing && wasEditing.current && !isElsewhere) {
            editButton.current?.focus();
        }

        wasEditing.current = isEditing;
    }, [isEditing, isSaving, conflict === undefined]);
    const submit = ({ draft, seen }: NonNullable<typeof editing>) => {
        if (JSON.stringify(draft) === JSON.stringify(toDraft(kind, seen[name]))) {
            setEditing(undefined);
        } else {
            save(fromDraft(kind, draft), seen);
        }
    };
    const label = texts.fields[name];
    if (!editing) {
        return (
            <div class="fact">
                <dt>{label}</dt>
                <dd>
                    <FieldValue name={name} kind={kind} value={issue[name]} />
                    {canChange && (
                        <button ref={editButton} type="button" class="edit" aria-label={texts.issue.edit(label)}
                            onClick={() => { reset(); setEditing({ draft: toDraft(kind, issue[name]), seen: issue }); }}>✎</button>
                    )}
                </dd>
            </div>
        );
    }

    return (
        <div class="fact editing">
            <dt class="hidden">{label}</dt>
            <dd>
                <form
                    ref={editor}
                    onSubmit={event => { event.preventDefault(); submit(editing); }}
                    onKeyDown={event => { if (event.key === "Escape" && !event.isComposing && !isSaving) { setEditing(undefined); } }}
                >
                    <fieldset disabled={isSaving}>
                        <Field label={label} error={error !== undefined && kind === "cost" ? `${error} ${texts.fields.amountHint}` : error}>
                            {control => <FieldEditor field={field} control={control} draft={editing.draft} onDraft={draft => setEditing({ ...editing, draft })} />}
                        </Field>
                        <p class="row">
                            <button type="submit" class="primary" aria-busy={isSaving}>{texts.common.save}</button>
                            <button type="button" onClick={() => setEditing(undefined)}>{texts.common.cancel}</button>
                        </p>
                    </fieldset>
                </form>
                {conflict && <ConflictDialog name={name} kind={kind} conflict={conflict} />}
            </dd>
        </div>
    );
}
