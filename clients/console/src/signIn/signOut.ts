import { consolePath } from "../data/page";
import { setCredential } from "../data/credential";
import { forgetToken, revokeToken } from "./oidc";

/** Forgets the credential, and with the page all that was read and typed. A token can't be renewed any more. */
export async function signOut(): Promise<void> {
    await revokeToken();
    await forgetToken();
    setCredential(undefined);
    sessionStorage.clear();
    location.assign(`${consolePath}/`);
}
