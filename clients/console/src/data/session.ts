import { useQuery } from "@tanstack/preact-query";
import { client } from "./client";
import { currentCredential } from "./credential";
import { takePosition } from "./follow";
import { queryKeys } from "./queryKeys";
import { useSettings } from "./settings";
import { useStore } from "./store";

/** Who works here, and what they may do. */
export interface Session {
    name: string | undefined;
    isAnonymous: boolean;
    mayRead: boolean;
    mayWrite: boolean;
    mayErase: boolean;
}

export function useSessionQuery() {
    return useQuery({
        queryKey: queryKeys.session,
        staleTime: Infinity,
        queryFn: async ({ signal }): Promise<Session> => {
            // Nothing else is read before the session is known: what happens from here on is followed.
            const [{ data }] = await Promise.all([client.getSession({ signal }), takePosition(signal).catch(() => undefined)]);
            const has = (scope: string) => data.scopes.includes(scope);
            return {
                name: data.name,
                isAnonymous: data.anonymous,
                mayRead: has("issues:read"),
                mayWrite: has("issues:write"),
                mayErase: has("privacy:manage"),
            };
        },
    });
}

/** The session of a page that is shown only to those who have one. */
export function useSession(): Session {
    return useSessionQuery().data ?? { name: undefined, isAnonymous: false, mayRead: false, mayWrite: false, mayErase: false };
}

/** The name that messages and histories get; empty where the agent hasn't told it. */
export function useAgentName(): string {
    const { name } = useSettings();
    const credential = useStore(currentCredential);
    return (credential?.kind === "token" && credential.name) || name;
}
