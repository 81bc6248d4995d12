import type { User, UserManager } from "oidc-client-ts";
import { isRefused, ProviderUnreachable, renewTokensWith, setCredential } from "../data/credential";
import { drafts } from "../data/drafts";
import { notify } from "../data/notices";
import { consolePath, pageSettings } from "../data/page";
import { tabStorage } from "../data/storage";

let manager: UserManager | undefined;

/** Takes the agent's token, where the provider has just led back here or the tab has one already. */
export async function takeToken(): Promise<void> {
    if (!pageSettings.oidc || !crypto.subtle) {
        return;
    }

    const users = await managerOf(pageSettings.oidc);
    const query = new URLSearchParams(location.search);
    if (query.has("state") && (query.has("code") || query.has("error"))) {
        const earlier = await users.getUser();
        const user = await users.signinRedirectCallback().catch((error: unknown) => notify(error instanceof Error ? error.message : String(error), true));
        if (user && earlier && user.profile.sub !== earlier.profile.sub) {
            drafts.clear(); // What another agent has typed isn't for this one.
        }

        const returnTo = user?.state;
        history.replaceState(null, "", typeof returnTo === "string" && returnTo.startsWith(`${consolePath}/`) ? returnTo : `${consolePath}/`);
    }

    accept(await users.getUser());
}

/** Leads to the provider, and back to this page. */
export async function startSignIn(): Promise<void> {
    const users = await managerOf(pageSettings.oidc!);
    await users.signinRedirect({ state: location.pathname + location.search + location.hash });
}

/** Ends the refresh token at the provider, as far as it can be reached and takes such requests; the token is forgotten here in any case. */
export async function revokeToken(): Promise<void> {
    await manager?.revokeTokens(["refresh_token"]).catch(() => undefined);
}

export async function forgetToken(): Promise<void> {
    await manager?.removeUser();
}

async function managerOf(oidc: NonNullable<typeof pageSettings.oidc>): Promise<UserManager> {
    if (!manager) {
        const { UserManager, WebStorageStateStore } = await import("oidc-client-ts");
        const store = new WebStorageStateStore({ store: tabStorage });
        manager = new UserManager({
            authority: oidc.authority,
            client_id: oidc.clientId,
            redirect_uri: `${location.origin}${consolePath}/`,
            scope: oidc.scope,
            // Else the provider leaves the refresh token out: https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess
            ...oidc.scope.split(" ").includes("offline_access") && { prompt: "consent" },
            ...oidc.resource !== undefined && { resource: oidc.resource, extraTokenParams: { resource: oidc.resource } },
            userStore: store,
            stateStore: store,
            automaticSilentRenew: false,
            loadUserInfo: false,
            requestTimeoutInSeconds: 10,
        });
        renewTokensWith(renew);
    }

    return manager;
}

/**
 * By the refresh token, without a page of the provider; false where there is none, or it isn't taken any more. Fails where the provider
 * can't be reached: then nobody is refused.
 */
async function renew(): Promise<boolean> {
    const user = await manager?.getUser();
    if (!user?.refresh_token) {
        return false;
    }

    try {
        return accept(await manager!.signinSilent());
    } catch (error) {
        if (error instanceof Error && error.name === "ErrorResponse") {
            return false;
        }

        throw new ProviderUnreachable();
    }
}

function accept(user: User | null): boolean {
    if (!user) {
        return false;
    }

    const { name, preferred_username, email } = user.profile;
    isRefused.set(false);
    setCredential({ kind: "token", token: user.access_token, name: name ?? preferred_username ?? email });
    return true;
}
