import { render } from "preact";
import { App } from "./App";
import { callWithNewCredential } from "./data/client";
import { apply, currentSettings } from "./data/settings";
import { notify } from "./data/notices";
import { isServed } from "./data/page";
import { tabStorage } from "./data/storage";
import { takeToken } from "./signIn/oidc";
import { loadTexts } from "./texts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/shell.css";

// After an upgrade a page that is still open asks for a file that is gone: the new page has another. Once, lest it never ends.
addEventListener("vite:preloadError", () => {
    const storageKey = "reloaded-for";
    const version = import.meta.url;
    if (tabStorage.getItem(storageKey) !== version) {
        void isServed().then(served => {
            if (served) {
                tabStorage.setItem(storageKey, version);
                location.reload();
            }
        });
    }
});

apply();
const prepared = await Promise.allSettled([loadTexts(currentSettings().language), takeToken()]);
prepared.filter(each => each.status === "rejected").forEach(({ reason }) => notify(String(reason), true));
callWithNewCredential();
render(<App />, document.getElementById("app")!);
