import { type ConnectionOptions, type IssueClient, OrderIssueClient, type OrderIssueError } from "@order-issue/client";
import { QueryClient } from "@tanstack/preact-query";
import { currentCredential, renewToken, sessionEnded } from "./credential";
import { serviceUrl } from "./page";
import { createStore } from "./store";

/** Whether the service has answered of late. The log of events, which is read all the time, tells soon. */
export const isConnected = createStore(true);

// Agents wait for an answer: after ten seconds they had better know that none came.
const limits: ConnectionOptions = {
    baseUrl: serviceUrl,
    timeoutMs: 10_000,
    deadlineMs: 15_000,
    retries: 2,
    onResponse: ({ status }) => status < 500 && setConnected(true),
    onRetry: ({ error }) => setConnected(!isAway(error)),
};

/** The service, called with the agent's credential. */
export let client: IssueClient = createClient();

/** What was read of the service. */
export const cache = new QueryClient({
    defaultOptions: {
        // The client itself tries again, and the event log tells what has changed.
        queries: { retry: false, staleTime: 60_000, gcTime: 300_000, networkMode: "always" },
        mutations: { retry: false, networkMode: "always" },
    },
});

/** Calls with the credential that there is now. */
export function callWithNewCredential(): void {
    client = createClient();
}

function createClient(): IssueClient {
    const credential = currentCredential.value;
    // A late refusal of an earlier credential says nothing of the present one. A token is another one once it is renewed.
    const onUnauthorized = () => currentCredential.value === credential ? sessionEnded() : undefined;
    const onTokenRefused = () => currentCredential.value?.kind === "token" ? renewToken() : undefined;
    switch (credential?.kind) {
        case "apiKey":
            return new OrderIssueClient({ ...limits, apiKey: credential.key, onUnauthorized });
        case "token":
            return new OrderIssueClient({ ...limits, getToken: () => tokenNow(), onUnauthorized: onTokenRefused });
        default:
            return new OrderIssueClient({ ...limits, onUnauthorized });
    }
}

// Another failure is one of the operation, such as of a ticket system.
const isAway = ({ code }: OrderIssueError) => ["unreachable", "timeout", "unexpected_answer", "store_unavailable"].includes(code);

function setConnected(value: boolean): void {
    if (isConnected.value !== value) {
        isConnected.set(value);
        void (value ? cache.refetchQueries({ predicate: query => query.state.status === "error" }) : awaiting ??= awaitService());
    }
}

let awaiting: Promise<void> | undefined;

/** Asks now and then, since what has failed isn't asked for again before the service answers. */
async function awaitService(): Promise<void> {
    while (!isConnected.value) {
        await new Promise(resolve => setTimeout(resolve, 3000));
        await client.listEvents({ limit: 1, retries: 0 }).catch(() => undefined);
    }

    awaiting = undefined;
}

function tokenNow(): string {
    const credential = currentCredential.value;
    return credential?.kind === "token" ? credential.token : "";
}
