import { consolePath } from "../data/page";
import { setCredential } from "../data/credential";
import { changeSettings } from "../data/settings";
import { tabStorage } from "../data/storage";
import { forgetToken, revokeToken } from "./oidc";

/** Forgets the credential, and with the page all that was read and typed. A token can't be renewed any more. */
export async function signOut(): Promise<void> {
    await revokeToken();
    await forgetToken();
    setCredential(undefined);
    forgetAgent();
    location.assign(`${consolePath}/`);
}

/** What one agent has typed, and the name that it was under, isn't for the next one. */
export function forgetAgent(): void {
    tabStorage.clear();
    changeSettings({ name: "" });
}
