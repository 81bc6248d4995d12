import { consolePath } from "../data/page";
import { setCredential } from "../data/credential";
import { forgetToken } from "./oidc";

/** Forgets the credential, and with the page all that was read and typed. */
export async function signOut(): Promise<void> {
    await forgetToken();
    setCredential(undefined);
    sessionStorage.clear();
    location.assign(`${consolePath}/`);
}
