import { OrderIssueError } from "@order-issue/client";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { cache, callWithNewCredential, client } from "../data/client";
import { isRefused, setCredential } from "../data/credential";
import { queryKeys } from "../data/queryKeys";
import { pageSettings } from "../data/page";
import type { Session } from "../data/session";
import { describe } from "../data/problems";
import { Field } from "../parts/Field";
import { useTexts } from "../texts";
import { forgetToken, startSignIn } from "./oidc";
import { forgetAgent } from "./signOut";

/** Asks who is there: with a key, or by the provider. */
export default function SignIn({ isAgain = false }: { isAgain?: boolean }) {
    const texts = useTexts();
    const [key, setKey] = useState("");
    const [fault, setFault] = useState<string>();
    const [isBusy, setIsBusy] = useState(false);
    const { oidc } = pageSettings;
    const signIn = async () => {
        setIsBusy(true);
        setFault(undefined);
        try {
            setCredential({ kind: "apiKey", key: key.trim() });
            callWithNewCredential();
            const { data } = await client.getSession({ retries: 0 });
            await forgetToken();
            if (isAgain && data.name !== cache.getQueryData<Session>(queryKeys.session)?.name) {
                forgetAgent();
                setCredential({ kind: "apiKey", key: key.trim() });
                location.reload();
                return;
            }

            isRefused.set(false);
            await (isAgain ? cache.invalidateQueries() : cache.resetQueries({ queryKey: queryKeys.session }));
        } catch (error) {
            setCredential(undefined);
            callWithNewCredential();
            // A key with letters that no header takes isn't sent at all.
            setFault(error instanceof OrderIssueError ? describe(error, texts) : texts.problems.unauthorized);
        } finally {
            setIsBusy(false);
        }
    };
    const withProvider = () => startSignIn().catch((error: unknown) => setFault(describe(error, texts)));
    return (
        <Frame isAgain={isAgain}>
            <h2>{isAgain ? texts.signIn.again : texts.signIn.title}</h2>
            {isAgain && <p>{texts.signIn.draftsStay}</p>}
            {oidc && (crypto.subtle
                ? <p><button type="button" class="primary" onClick={withProvider}>{texts.signIn.withProvider(new URL(oidc.authority).host)}</button></p>
                : <p class="error">{texts.signIn.needsHttps}</p>)}
            <form class="row" onSubmit={event => { event.preventDefault(); void signIn(); }}>
                <Field label={texts.signIn.key} error={fault} hint={texts.signIn.keyHint}>
                    {control => <input {...control} type="password" autoFocus required autoComplete="off" value={key} onInput={event => setKey(event.currentTarget.value)} />}
                </Field>
                <button type="submit" class={oidc ? undefined : "primary"} disabled={isBusy || key.trim() === ""} aria-busy={isBusy}>{texts.signIn.submit}</button>
            </form>
        </Frame>
    );
}

/** The first time the page has nothing else; later what is being done stays behind a dialog, which `Escape` doesn't close. */
function Frame({ isAgain, children }: { isAgain: boolean; children: ComponentChildren }) {
    const texts = useTexts();
    const dialog = useRef<HTMLDialogElement>(null);
    useEffect(() => dialog.current?.showModal(), []);
    return isAgain
        ? <dialog ref={dialog} aria-label={texts.signIn.again} onCancel={event => event.preventDefault()} onClose={() => dialog.current?.showModal()}><div class="dialog-body">{children}</div></dialog>
        : <section class="sign-in">{children}</section>;
}
