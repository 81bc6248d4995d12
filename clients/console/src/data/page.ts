/** What the service says in the page: see `ConsolePage` of the service. */
interface PageSettings {
    oidc?: { authority: string; clientId: string; scope: string; resource?: string };
}

const meta = document.querySelector<HTMLMetaElement>('meta[name="console-settings"]');

export const pageSettings: PageSettings = JSON.parse(meta?.content || "{}");

/** The path that the console is served at, without the slash at its end. */
export const consolePath = new URL(document.baseURI).pathname.replace(/\/$/, "");

/** The address of the service, which serves the console one folder below. */
export const serviceUrl = new URL("..", document.baseURI).href.replace(/\/$/, "");

/** Whether the service serves this page now. Else loading it anew would put a page of the browser's own in its place. */
export const isServed = (): Promise<boolean> => fetch(document.baseURI, { cache: "no-store" }).then(response => response.ok, () => false);
