import { tabStorage } from "./storage";
import { createStore } from "./store";

/** What the agent has signed in with. `name` is the one that the provider tells. */
export type Credential = { kind: "apiKey"; key: string } | { kind: "token"; token: string; name?: string | undefined };

const storageKey = "credential";

/** Kept for the session of this tab only. A token is kept by what has got it. */
export const currentCredential = createStore<Credential | undefined>(read());

/** Whether the service has refused the credential, or the lack of one. */
export const isRefused = createStore(false);

/** The provider that the agent has signed in at can't be reached: whether a token can be renewed isn't known. */
export class ProviderUnreachable extends Error {
}

/** Gets a new token. Set where the agent has signed in at a provider. */
let renew: (() => Promise<boolean>) | undefined;

export function setCredential(credential: Credential | undefined): void {
    currentCredential.set(credential);
    if (credential?.kind === "apiKey") {
        tabStorage.setItem(storageKey, credential.key);
    } else {
        tabStorage.removeItem(storageKey);
    }
}

export function renewTokensWith(renewal: () => Promise<boolean>): void {
    renew = renewal;
}

export async function renewToken(): Promise<void> {
    if (!await renew?.()) {
        sessionEnded();
    }
}

export function sessionEnded(): void {
    isRefused.set(true);
}

function read(): Credential | undefined {
    const key = tabStorage.getItem(storageKey);
    return key === null ? undefined : { kind: "apiKey", key };
}
