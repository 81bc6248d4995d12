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
    onResponse: () => setConnected(true),
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
    // A late refusal of an earlier credential says nothing of the present one.
    const onUnauthorized = () => {
        if (currentCredential.value === credential) {
            sessionEnded();
        }
    };
    switch (credential?.kind) {
        case "apiKey":
            return new OrderIssueClient({ ...limits, apiKey: credential.key, onUnauthorized });
        case "token":
            return new OrderIssueClient({ ...limits, getToken: () => tokenNow(), onUnauthorized: renewToken });
        default:
            return new OrderIssueClient({ ...limits, onUnauthorized });
    }
}

// Another failure is one of the operation, such as of a ticket system.
const isAway = ({ code }: OrderIssueError) => ["unreachable", "timeout", "unexpected_answer", "store_unavailable"].includes(code);

function setConnected(value: boolean): void {
    if (isConnected.value !== value) {
        isConnected.set(value);
        if (value) {
            void cache.refetchQueries({ predicate: query => query.state.status === "error" });
        }
    }
}

function tokenNow(): string {
    const credential = currentCredential.value;
    return credential?.kind === "token" ? credential.token : "";
}
