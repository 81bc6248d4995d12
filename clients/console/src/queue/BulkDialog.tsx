import type { ChangedIssue, ChangeIssuesRequest, PatchIssuesRequest } from "@order-issue/client";
import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { changeIssues } from "../data/changes";
import { splitList } from "../data/fields";
import { useIdempotencyKey } from "../data/idempotency";
import { useVocabulary } from "../data/lists";
import { notify } from "../data/notices";
import { describe } from "../data/problems";
import { useAgentName } from "../data/session";
import { changeSettings } from "../data/settings";
import { Dialog } from "../parts/Dialog";
import { Field, Suggest } from "../parts/Field";
import { NameField } from "../parts/NameField";
import { useTexts, valueText } from "../texts";
import type { Bulk, Target } from "./useSelection";

interface BulkDialogProps {
    target: Target;
    field: Bulk["field"];
    onClose: () => void;
    onDone: () => void;
}

const nothing = { status: "", assignee: "", isUnassigned: false, priority: "", addTags: "", removeTags: "", message: "" };

/** Changes many issues at once, and tells which couldn't be changed. */
export default function BulkDialog({ target, field, onClose, onDone }: BulkDialogProps) {
    const texts = useTexts();
    const known = useAgentName();
    const [typedName, setTypedName] = useState("");
    const name = known || typedName.trim();
    const vocabulary = useVocabulary().data;
    const { keyFor } = useIdempotencyKey();
    const [form, setForm] = useState(nothing);
    const [failed, setFailed] = useState<readonly ChangedIssue[]>();
    const set = (change: Partial<typeof nothing>) => setForm(now => ({ ...now, ...change }));
    const change = changeOf(form);
    const count = "expect" in target ? target.expect : target.issueIds.length;
    const save = useMutation({
        mutationFn: (request: ChangeIssuesRequest) => changeIssues(request, keyFor(request)),
        onSuccess: (entries, { change: { by } }) => {
            if (known === "" && by) {
                changeSettings({ name: by });
            }

            const failures = entries.filter(entry => !entry.ok);
            notify(texts.bulk.changed(entries.length - failures.length));
            onDone();
            if (failures.length === 0) {
                onClose();
            } else {
                setFailed(failures);
            }
        },
    });
    if (failed) {
        return (
            <Dialog title={texts.bulk.failed(failed.length)} onClose={onClose}>
                <ul>{failed.map(({ issueId, code, detail }) => <li key={issueId}>{issueId}: {(texts.problems as Record<string, string>)[code ?? ""] ?? detail}</li>)}</ul>
            </Dialog>
        );
    }

    return (
        <Dialog
            title={"issueIds" in target && count === 1 ? texts.bulk.changeOne(target.issueIds[0]!) : texts.bulk.changeMany(count)}
            submitText={save.isPending ? texts.bulk.working : texts.bulk.changeMany(count)}
            isBusy={save.isPending}
            canSubmit={Object.keys(change).length > 0 && (change.message === undefined || name !== "")}
            onSubmit={() => save.mutate({ ...target, change: { ...change, ...name !== "" && { by: name } } })}
            onClose={onClose}
        >
            {save.error && <p class="error" role="alert">{describe(save.error, texts)}</p>}
            {save.isPending && <progress aria-label={texts.bulk.working} />}
            <Field label={texts.columns.status}>
                {control => (
                    <Suggest {...control} autoFocus={field === "status"} value={form.status} placeholder={texts.bulk.asItIs}
                        values={vocabulary?.statuses.map(each => each.status) ?? []} onValue={status => set({ status })} />
                )}
            </Field>
            <Field label={texts.columns.assignee}>
                {control => (
                    <input {...control} autoFocus={field === "assignee"} value={form.assignee} disabled={form.isUnassigned} maxLength={200}
                        placeholder={texts.bulk.asItIs} onInput={event => set({ assignee: event.currentTarget.value })} />
                )}
            </Field>
            <p class="row">
                {known !== "" && <button type="button" onClick={() => set({ assignee: known, isUnassigned: false })}>{texts.bulk.toMe}</button>}
                <label><input type="checkbox" checked={form.isUnassigned} onChange={event => set({ isUnassigned: event.currentTarget.checked })} /> {texts.bulk.nobody}</label>
            </p>
            <Field label={texts.columns.priority}>
                {control => (
                    <select {...control} value={form.priority} onChange={event => set({ priority: event.currentTarget.value })}>
                        <option value="">{texts.bulk.asItIs}</option>
                        {vocabulary?.priorities.map(each => <option key={each} value={each}>{valueText(texts, "priority", each)}</option>)}
                    </select>
                )}
            </Field>
            <Field label={texts.bulk.addTags} hint={texts.bulk.tagsHint}>
                {control => <input {...control} value={form.addTags} onInput={event => set({ addTags: event.currentTarget.value })} />}
            </Field>
            <Field label={texts.bulk.removeTags}>
                {control => <input {...control} value={form.removeTags} onInput={event => set({ removeTags: event.currentTarget.value })} />}
            </Field>
            <Field label={texts.bulk.message}>
                {control => <textarea {...control} rows={3} value={form.message} onInput={event => set({ message: event.currentTarget.value })} />}
            </Field>
            {known === "" && change.message !== undefined && <NameField value={typedName} onValue={setTypedName} />}
        </Dialog>
    );
}

function changeOf(form: typeof nothing): PatchIssuesRequest {
    const [addTags, removeTags] = [splitList(form.addTags), splitList(form.removeTags)];
    return {
        ...form.status.trim() !== "" && { status: form.status.trim() },
        ...(form.isUnassigned || form.assignee.trim() !== "") && { assignee: form.isUnassigned ? null : form.assignee.trim() },
        ...form.priority !== "" && { priority: form.priority },
        ...addTags.length > 0 && { addTags },
        ...removeTags.length > 0 && { removeTags },
        ...form.message.trim() !== "" && { message: form.message.trim() },
    };
}
