import { render } from "preact";
import { App } from "./App";
import { callWithNewCredential } from "./data/client";
import { apply, currentSettings } from "./data/settings";
import { tell } from "./data/notices";
import { takeToken } from "./signIn/oidc";
import { speak } from "./texts";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/parts.css";
import "./styles/shell.css";

// After an upgrade a page that is still open asks for a file that is gone: the new page has another. Once, lest it never ends.
addEventListener("vite:preloadError", () => {
    const place = "reloaded-for";
    const version = import.meta.url;
    if (sessionStorage.getItem(place) !== version) {
        sessionStorage.setItem(place, version);
        location.reload();
    }
});

apply();
const prepared = await Promise.allSettled([speak(currentSettings().language), takeToken()]);
prepared.filter(each => each.status === "rejected").forEach(({ reason }) => tell(String(reason), true));
callWithNewCredential();
render(<App />, document.getElementById("app")!);
