import { OrderIssueError } from "@order-issue/client";
import { useMutation } from "@tanstack/preact-query";
import { useEffect, useRef } from "preact/hooks";
import { useLocation } from "wouter-preact";
import { cache } from "../data/client";
import { fields, toDraft } from "../data/fields";
import { useIdempotencyKey } from "../data/idempotency";
import { useVocabulary } from "../data/lists";
import { notify } from "../data/notices";
import { describe, fieldOf } from "../data/problems";
import { queryKeys } from "../data/queryKeys";
import { useAgentName } from "../data/session";
import { Field } from "../parts/Field";
import { FieldEditor } from "../parts/FieldEditor";
import { useIsShown } from "../parts/shown";
import { fieldText, type Texts, useTexts } from "../texts";
import { bodyOf, create, type IssueFormState } from "./form";

interface IssueFormProps {
    form: IssueFormState;
    onChange: (form: IssueFormState) => void;
    onCreated: () => void;
}

export function IssueForm({ form, onChange, onCreated }: IssueFormProps) {
    const texts = useTexts();
    const createdBy = useAgentName();
    const vocabulary = useVocabulary().data;
    const { keyFor, settle } = useIdempotencyKey("new issue");
    const [, navigate] = useLocation();
    const isShown = useIsShown();
    const element = useRef<HTMLFormElement>(null);
    const creating = useMutation({
        mutationFn: (filled: IssueFormState) => {
            const body = bodyOf(filled, createdBy);
            return create(filled, body, keyFor([filled.fromTicket, body]));
        },
        onError: error => isShown.current || notify(`${texts.create.title}: ${describe(error, texts)}`, true),
        onSuccess: ({ data: { issueId }, possibleDuplicates = [] }) => {
            settle();
            onCreated();
            cache.removeQueries({ queryKey: queryKeys.allQueues, type: "inactive" });
            notify(possibleDuplicates.length === 0 ? texts.create.done(issueId) : texts.create.doneWithDuplicates(issueId, possibleDuplicates.join(", ")));
        },
    });
    const submit = () => {
        const controls = [...element.current?.querySelectorAll("input") ?? []];
        const isUnfinished = controls.find(input => input.validity.badInput); // Such as a day without a time, which has no value.
        if (isUnfinished) {
            isUnfinished.reportValidity();
            return;
        }

        // Who has gone elsewhere meanwhile stays there.
        creating.mutate(form, { onSuccess: ({ data: { issueId } }) => navigate(`/issue/${encodeURIComponent(issueId)}`) });
    };
    useEffect(() => {
        element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    }, [creating.error]);
    const faults = faultsOf(creating.error, texts);
    const shownFields = fields.filter(({ name }) => !(form.fromTicket && name === "ticketId"));
    const own: string[] = ["OrderId", ...form.fromTicket ? [] : ["source"], ...shownFields.map(field => field.name)];
    const others = Object.entries(faults).filter(([name]) => !own.includes(name))
        .map(([name, messages]) => `${fieldText(texts, name)}: ${messages}.`);
    return (
        <form ref={element} class="issue-form" noValidate onSubmit={event => { event.preventDefault(); submit(); }}>
            {creating.error && (
                <p class="error" role="alert">{Object.keys(faults).length > 0 ? [texts.create.faults, ...others].join(" ") : describe(creating.error, texts)}</p>
            )}
            <div class="grid">
                <Field label={texts.fields.OrderId} error={faults["OrderId"]} hint={form.fromTicket ? texts.create.orderOfTicket : undefined}>
                    {control => <input {...control} dir="auto" required={!form.fromTicket} value={form.OrderId} onInput={event => onChange({ ...form, OrderId: event.currentTarget.value })} />}
                </Field>
                {!form.fromTicket && (
                    <Field label={texts.fields.source} error={faults["source"]}>
                        {control => (
                            <select {...control} value={form.source} onChange={event => onChange({ ...form, source: event.currentTarget.value })}>
                                {[...new Set([...vocabulary?.channels ?? [], form.source])].map(channel => <option key={channel} value={channel}>{channel}</option>)}
                            </select>
                        )}
                    </Field>
                )}
                {shownFields.map(field => (
                    <Field key={field.name} label={texts.fields[field.name]} error={faults[field.name]}>
                        {control => (
                            <FieldEditor field={field} control={control} draft={form.drafts[field.name] ?? toDraft(field.kind, undefined)}
                                onDraft={draft => onChange({ ...form, drafts: { ...form.drafts, [field.name]: draft } })} />
                        )}
                    </Field>
                ))}
            </div>
            <p class="row">
                <button type="submit" class="primary" disabled={creating.isPending} aria-busy={creating.isPending}>
                    {creating.isPending ? texts.create.working : texts.create.submit}
                </button>
            </p>
        </form>
    );
}

/** What is wrong with each field; that of `items[0].qty` is told of `items`. */
function faultsOf(error: unknown, texts: Texts): Record<string, string> {
    const faults: Record<string, string> = {};
    for (const [name, messages] of error instanceof OrderIssueError ? Object.entries(error.errors) : []) {
        const field = fieldOf(name);
        faults[field] = [faults[field], ...messages.map(texts.reason)].filter(Boolean).join(" ");
    }

    return faults;
}
