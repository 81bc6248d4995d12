import type { OrderIssue } from "@order-issue/client";
import { useMutation } from "@tanstack/preact-query";
import { useState } from "preact/hooks";
import { addMessage } from "../data/changes";
import { drafts } from "../data/drafts";
import { useIdempotencyKey } from "../data/idempotency";
import { notify } from "../data/notices";
import { describe } from "../data/problems";
import { useAgentName } from "../data/session";
import { changeSettings } from "../data/settings";
import { Field } from "../parts/Field";
import { NameField } from "../parts/NameField";
import { useIsShown } from "../parts/shown";
import { useTexts } from "../texts";

/** Writes a message. The text stays until the service has it, also over a reload. */
export function Composer({ issue }: { issue: OrderIssue }) {
    const texts = useTexts();
    const known = useAgentName();
    const [name, setName] = useState("");
    const [text, setText] = useState(() => drafts.read(issue.issueId));
    const { keyFor, settle } = useIdempotencyKey(issue.issueId);
    const isShown = useIsShown();
    const write = (next: string) => {
        setText(next);
        drafts.write(issue.issueId, next);
    };
    const by = known || name.trim();
    const sending = useMutation({
        mutationFn: (message: string) => addMessage(issue, by, message, keyFor([by, message])),
        onSuccess: (_, sent) => {
            settle();
            if (known === "") {
                changeSettings({ name: by });
            }

            // What was typed while it was sent stays.
            if (drafts.read(issue.issueId) === sent) {
                write("");
            }
        },
        onError: error => isShown.current || notify(texts.issue.messageNotSent(issue.issueId, describe(error, texts)), true),
    });
    const canSend = text.trim() !== "" && by !== "" && !sending.isPending;
    const send = () => canSend && sending.mutate(text);
    return (
        <form class="composer" onSubmit={event => { event.preventDefault(); send(); }}>
            {known === "" && <NameField value={name} onValue={setName} />}
            <Field label={texts.issue.newMessage} error={sending.error ? texts.issue.notSent(describe(sending.error, texts)) : undefined}>
                {control => (
                    <textarea {...control} rows={3} dir="auto" value={text}
                        onInput={event => write(event.currentTarget.value)}
                        onKeyDown={event => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); send(); } }} />
                )}
            </Field>
            <p class="row">
                <button type="submit" class="primary" disabled={!canSend} aria-busy={sending.isPending}>{texts.issue.send}</button>
                <span class="quiet">{sending.isPending ? texts.issue.sending : texts.issue.sendKeys}</span>
            </p>
        </form>
    );
}
