import type { ComponentChildren } from "preact";
import { lazy, Suspense } from "preact/compat";
import { isRefused } from "../data/credential";
import { hasCode } from "../data/problems";
import { useSessionQuery } from "../data/session";
import { useStore } from "../data/store";
import { signOut } from "../signIn/signOut";
import { Failure } from "../parts/State";
import { useTexts } from "../texts";

const Customers = lazy(() => import("../customers/Customers"));
const SignIn = lazy(() => import("../signIn/SignIn"));

/** Lets those in whom the service knows. Where a session ends, the page stays as it is behind the dialog to sign in again. */
export function Gate({ children }: { children: ComponentChildren }) {
    const texts = useTexts();
    const session = useSessionQuery();
    const isEnded = useStore(isRefused);
    if (session.data === undefined) {
        return (
            <main class="alone">
                <h1>{texts.title}</h1>
                {hasCode(session.error, "unauthorized") ? <Suspense fallback={null}><SignIn /></Suspense>
                    : session.error ? <Failure error={session.error} onRetry={() => void session.refetch()} />
                    : <p class="quiet" aria-busy="true">{texts.common.loading}</p>}
            </main>
        );
    }

    if (!session.data.mayRead) {
        return (
            <main class="alone">
                <h1>{texts.title}</h1>
                <p role="alert">{texts.signIn.mayNotRead} <button type="button" onClick={() => void signOut()}>{texts.shell.signOut}</button></p>
                {session.data.mayErase && <Suspense fallback={null}><Customers /></Suspense>}
            </main>
        );
    }

    return <>{children}{isEnded && <Suspense fallback={null}><SignIn isAgain /></Suspense>}</>;
}
