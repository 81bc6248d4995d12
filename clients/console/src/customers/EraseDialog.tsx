import type { EraseCustomerDataRequest } from "@order-issue/client";
import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { eraseCustomer } from "../data/customers";
import { notify } from "../data/notices";
import { describe } from "../data/problems";
import { useAgentName } from "../data/session";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { useTexts } from "../texts";

interface EraseDialogProps {
    email: string;
    onClose: () => void;
    onErased: () => void;
}

/** Erases what is kept about a customer, once the address has been typed again. */
export function EraseDialog({ email, onClose, onErased }: EraseDialogProps) {
    const texts = useTexts();
    const by = useAgentName();
    const [typed, setTyped] = useState("");
    const [reason, setReason] = useState("");
    const [keepTexts, setKeepTexts] = useState(false);
    const [done, setDone] = useState(0);
    const erasing = useMutation({
        mutationFn: (request: EraseCustomerDataRequest) => eraseCustomer(request, setDone),
        onSuccess: ({ erased, failed }) => {
            notify(failed === 0 ? texts.customers.erased(erased) : texts.customers.notAllErased(failed), failed > 0);
            onErased();
            onClose();
        },
    });
    const isConfirmed = typed.trim().toLowerCase() === email.toLowerCase() && reason.trim() !== "";
    return (
        <Dialog title={texts.customers.eraseTitle} submitText={texts.customers.erase} isDangerous canSubmit={isConfirmed} isBusy={erasing.isPending}
            onSubmit={() => erasing.mutate({ email, reason: reason.trim(), keepTexts, ...by !== "" && { by } })} onClose={onClose}>
            <p>{texts.customers.explanation}</p>
            {erasing.error && <p class="error" role="alert">{describe(erasing.error, texts)}</p>}
            {erasing.isPending && <p role="status"><progress aria-label={texts.customers.erase} /> {texts.customers.progress(done)}</p>}
            <Field label={texts.customers.reason}>
                {control => <input {...control} required maxLength={200} value={reason} onInput={event => setReason(event.currentTarget.value)} />}
            </Field>
            <label class="row"><input type="checkbox" checked={keepTexts} onChange={event => setKeepTexts(event.currentTarget.checked)} /> {texts.customers.keepTexts}</label>
            <Field label={texts.customers.confirm(email)}>
                {control => <input {...control} required autoComplete="off" value={typed} onInput={event => setTyped(event.currentTarget.value)} />}
            </Field>
        </Dialog>
    );
}
