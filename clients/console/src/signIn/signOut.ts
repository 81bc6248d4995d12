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
    tabStorage.clear();
    changeSettings({ name: "" }); // The next one to sign in has another.
    location.assign(`${consolePath}/`);
}
