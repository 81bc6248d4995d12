import { isConnected } from "../data/client";
import { useSession } from "../data/session";
import { useStore } from "../data/store";
import { useTexts } from "../texts";

/** Tells that what is shown may be old, and that nothing may be changed. */
export function ConnectionBanner() {
    const texts = useTexts();
    const connected = useStore(isConnected);
    const { mayWrite } = useSession();
    return (
        <>
            <div role="status">{!connected && <p class="banner warning">{texts.shell.notConnected}</p>}</div>
            {!mayWrite && <p class="banner">{texts.shell.readOnly}</p>}
        </>
    );
}
