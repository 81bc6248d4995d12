import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { isEmptyFilter, type Queue, readQueue, viewQuery, writeQueue } from "../data/filter";
import { removeView, saveView, useViews } from "../data/lists";
import { tell } from "../data/notices";
import { describe } from "../data/problems";
import { useSession } from "../data/session";
import { Dialog } from "../parts/Dialog";
import { Field } from "../parts/Field";
import { useTexts } from "../texts";

/** Keeps the filter under a name, for everybody, or removes the name that it has. */
export function SaveView({ queue }: { queue: Queue }) {
    const texts = useTexts();
    const { mayWrite } = useSession();
    const views = useViews().data;
    const [name, setName] = useState<string>();
    const address = writeQueue(queue);
    const saved = views?.find(view => writeQueue(readQueue(view.query)) === address);
    const save = useMutation({
        mutationFn: (to: string) => saveView(to.trim(), viewQuery(queue)),
        onSuccess: () => setName(undefined),
    });
    const remove = useMutation({ mutationFn: removeView, onError: error => tell(describe(error, texts), true) });
    if (!mayWrite || isEmptyFilter(queue.filter)) {
        return null;
    }

    return (
        <>
            {saved
                ? <button type="button" disabled={remove.isPending} onClick={() => remove.mutate(saved.name)}>{texts.views.remove(saved.name)}</button>
                : <button type="button" onClick={() => setName("")}>{texts.views.save}</button>}
            {name !== undefined && (
                <Dialog title={texts.views.save} submitText={texts.views.submit} canSubmit={name.trim() !== ""} isBusy={save.isPending}
                    onSubmit={() => save.mutate(name)} onClose={() => { setName(undefined); save.reset(); }}>
                    <Field label={texts.views.name} hint={queue.filter.customerEmail === undefined ? texts.views.shared : texts.views.withoutCustomer}
                        error={save.error ? describe(save.error, texts) : undefined}>
                        {control => <input {...control} autoFocus required maxLength={100} value={name} onInput={event => setName(event.currentTarget.value)} />}
                    </Field>
                </Dialog>
            )}
        </>
    );
}
