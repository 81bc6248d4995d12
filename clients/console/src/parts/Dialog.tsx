import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { useTexts } from "../texts";

interface DialogProps {
    title: string;
    onClose: () => void;
    /** What happens when the agent agrees; without it there is nothing to agree to. */
    onSubmit?: () => void;
    submitText?: string;
    isDangerous?: boolean;
    isBusy?: boolean;
    canSubmit?: boolean;
    children: ComponentChildren;
}

/** A modal dialog. The browser keeps the focus in it, and gives it back where it came from. */
export function Dialog({ title, onClose, onSubmit, submitText, isDangerous, isBusy, canSubmit = true, children }: DialogProps) {
    const texts = useTexts();
    const titleId = useId();
    const dialog = useRef<HTMLDialogElement>(null);
    useEffect(() => {
        const [before, { current }] = [document.activeElement, dialog];
        current?.showModal();
        // Where the dialog is taken out of the page while it is open, the browser doesn't. As long as it is there, nothing else takes the focus.
        return () => current?.open && queueMicrotask(() => before instanceof HTMLElement && before.focus({ preventScroll: true }));
    }, []);
    return (
        <dialog ref={dialog} aria-labelledby={titleId} onCancel={event => isBusy && event.preventDefault()}
            onClose={() => isBusy ? dialog.current?.showModal() : onClose()}>
            <form
                method="dialog"
                onSubmit={event => {
                    event.preventDefault();
                    if (canSubmit && !isBusy) {
                        onSubmit?.();
                    }
                }}
            >
                <h2 id={titleId}>{title}</h2>
                <div class="dialog-body">{children}</div>
                <footer>
                    <button type="button" disabled={isBusy} onClick={() => dialog.current?.close()}>{onSubmit ? texts.common.cancel : texts.common.close}</button>
                    {onSubmit && (
                        <button type="submit" class={isDangerous ? "danger" : "primary"} disabled={!canSubmit || isBusy} aria-busy={isBusy}>
                            {submitText}
                        </button>
                    )}
                </footer>
            </form>
        </dialog>
    );
}
