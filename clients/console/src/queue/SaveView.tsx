import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { type Queue, readQueue, viewQuery, writeQueue } from "../data/filter";
import { removeView, saveView, useViews } from "../data/lists";
import { notify } from "../data/notices";
import { describe } from "../data/problems";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { useTexts } from "../texts";

/** Keeps the filter under a name, for everybody, or removes the name that it has. */
export default function SaveView({ queue }: { queue: Queue }) {
    const texts = useTexts();
    const views = useViews().data;
    const [name, setName] = useState<string>();
    const [isRemoving, setIsRemoving] = useState(false);
    const address = writeQueue(queue);
    const isTaken = views?.some(view => view.name.toLowerCase() === name?.trim().toLowerCase()) ?? false;
    const saved = views?.find(view => writeQueue(readQueue(view.query)) === address);
    const save = useMutation({
        mutationFn: (to: string) => saveView(to.trim(), viewQuery(queue)),
        onSuccess: () => setName(undefined),
    });
    const remove = useMutation({ mutationFn: removeView, onSuccess: () => setIsRemoving(false), onError: error => notify(describe(error, texts), true) });
    return (
        <>
            {saved
                ? <button type="button" onClick={() => setIsRemoving(true)}>{texts.views.remove(saved.name)}</button>
                : <button type="button" onClick={() => setName("")}>{texts.views.save}</button>}
            {saved && isRemoving && (
                <Dialog title={texts.views.remove(saved.name)} submitText={texts.views.submitRemoval} isDangerous isBusy={remove.isPending}
                    onSubmit={() => remove.mutate(saved.name)} onClose={() => setIsRemoving(false)}>
                    <p>{texts.views.shared}</p>
                </Dialog>
            )}
            {name !== undefined && (
                <Dialog title={texts.views.save} submitText={texts.views.submit} canSubmit={name.trim() !== "" && !isTaken} isBusy={save.isPending}
                    onSubmit={() => save.mutate(name)} onClose={() => { setName(undefined); save.reset(); }}>
                    <Field label={texts.views.name} hint={queue.filter.customerEmail === undefined ? texts.views.shared : texts.views.withoutCustomer}
                        error={isTaken ? texts.views.taken : save.error ? describe(save.error, texts) : undefined}>
                        {control => <input {...control} autoFocus required maxLength={100} value={name} onInput={event => setName(event.currentTarget.value)} />}
                    </Field>
                </Dialog>
            )}
        </>
    );
}
