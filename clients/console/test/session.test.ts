import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { call, create, isFitForEverybody, launch, refuse, Service, skip, Tab } from "./browser.js";

const keys = {
    Auth__AllowAnonymous: "false",
    Auth__ApiKeys__0__Name: "team", Auth__ApiKeys__0__Key: "key-of-the-team-0123456789abcdef", Auth__ApiKeys__0__Scopes__0: "issues:read", Auth__ApiKeys__0__Scopes__1: "issues:write",
    Auth__ApiKeys__1__Name: "guest", Auth__ApiKeys__1__Key: "key-of-a-guest-0123456789abcdef0", Auth__ApiKeys__1__Scopes__0: "issues:read",
    Auth__ApiKeys__2__Name: "writer", Auth__ApiKeys__2__Key: "key-of-a-writer-0123456789abcdef", Auth__ApiKeys__2__Scopes__0: "issues:write",
    Auth__ApiKeys__3__Name: "ben", Auth__ApiKeys__3__Key: "key-of-ben-0123456789abcdefabcdef", Auth__ApiKeys__3__Scopes__0: "issues:read", Auth__ApiKeys__3__Scopes__1: "issues:write",
    Auth__ApiKeys__4__Name: "privacy", Auth__ApiKeys__4__Key: "key-of-privacy-0123456789abcdefab", Auth__ApiKeys__4__Scopes__0: "privacy:manage",
};
const team = { "X-Api-Key": keys.Auth__ApiKeys__0__Key };

describe("A session", { skip }, () => {
    let browser: Browser;
    let service: Service;
    let issueId: string;
    before(async () => {
        [browser, service] = await Promise.all([launch(), Service.start({ ...keys, PathBase: "/help" })]);
        ({ issueId } = await create(service, {}, team));
    });
    after(async () => {
        await browser?.close();
        await service?.stop();
    });

    const signIn = async ({ page }: Tab, key: string) => {
        await page.getByLabel("API key").fill(key);
        await page.getByRole("button", { name: "Sign in" }).click();
    };

    /** Sends the message where the session has ended meanwhile. */
    const sendRefused = async ({ page }: Tab) => {
        await page.route("**/api/order-issue/**", route => refuse(route, 401, "unauthorized"));
        await page.getByRole("button", { name: "Send" }).click();
        await page.getByRole("dialog", { name: "Sign in again" }).waitFor();
        await page.unroute("**/api/order-issue/**");
    };

    it("begins with a key, at the address that was asked for, under the service's prefix", async () => {
        const tab = await Tab.open(browser, service, `/help/console/issue/${issueId}`);
        await tab.page.getByLabel("API key").waitFor();
        await isFitForEverybody(tab.page);
        await signIn(tab, "wrong");
        await tab.page.getByText("The key isn’t valid.").waitFor();
        await signIn(tab, keys.Auth__ApiKeys__0__Key);
        await tab.page.getByRole("heading", { name: `Issue ${issueId}` }).waitFor();
        assert.equal(await tab.page.getByRole("link", { name: "Customer data" }).count(), 0);
        await tab.page.reload();
        await tab.page.getByRole("heading", { name: `Issue ${issueId}` }).waitFor();
        assert.equal(await tab.page.evaluate(() => JSON.stringify(localStorage).includes("key-of")), false);
        await tab.page.getByRole("button", { name: "Sign out" }).click();
        await tab.page.getByLabel("API key").waitFor();
        assert.equal(await tab.page.evaluate(() => sessionStorage.length), 0);
        await tab.close();
    });

    it("changes nothing where the key may only read, and shows nothing where it may only write", async () => {
        const tab = await Tab.open(browser, service, `/help/console/issue/${issueId}`);
        await signIn(tab, keys.Auth__ApiKeys__1__Key);
        await tab.page.getByText("You may read issues, but not change them.").waitFor();
        await tab.page.getByRole("heading", { name: "Details" }).waitFor();
        assert.deepEqual([await tab.page.getByLabel("New message").count(), await tab.page.getByRole("button", { name: /^Edit/ }).count()], [0, 0]);
        await tab.page.getByRole("link", { name: "Queue" }).first().click();
        await tab.page.locator("tr[data-index]").first().waitFor();
        assert.equal(await tab.page.getByRole("checkbox").count(), 0);
        await tab.page.goto(`${service.url}/help/console/customers`);
        await tab.page.getByText("You may not see or erase").waitFor();
        await tab.close();

        const writer = await Tab.open(browser, service, "/help/console/");
        await signIn(writer, keys.Auth__ApiKeys__2__Key);
        await writer.page.getByText("it lacks the scope issues:read").waitFor();
        await writer.close();
    });

    it("that is refused in the midst of work keeps what was typed", async () => {
        const tab = await Tab.open(browser, service, `/help/console/issue/${issueId}`);
        await signIn(tab, keys.Auth__ApiKeys__0__Key);
        await tab.page.getByLabel("New message").fill("Half a sentence");
        await tab.page.getByLabel("Your name").fill("Kim");
        await sendRefused(tab);
        await isFitForEverybody(tab.page);
        await signIn(tab, keys.Auth__ApiKeys__0__Key);
        await tab.page.getByRole("dialog").waitFor({ state: "detached" });
        assert.equal(await tab.page.getByLabel("New message").inputValue(), "Half a sentence");
        await tab.page.getByRole("button", { name: "Send" }).click();
        await tab.page.locator(".discussion li", { hasText: "Half a sentence" }).waitFor();
        await call(service, "PATCH", `/api/order-issue/${issueId}`, { picker: "Followed again" }, team);
        await tab.page.locator("dd", { hasText: "Followed again" }).waitFor();
        await tab.close();
    });

    it("says so as long as the service can't use its store, and doesn't press it", async () => {
        const tab = await Tab.open(browser, service, `/help/console/issue/${issueId}`);
        await signIn(tab, keys.Auth__ApiKeys__0__Key);
        await tab.page.getByRole("heading", { name: "Details" }).waitFor();
        let asked = 0;
        await tab.page.route("**/api/**", route => {
            asked++;
            return refuse(route, 503, "store_unavailable");
        });
        await tab.page.getByRole("link", { name: "Queue" }).first().click();
        const banner = tab.page.getByText("What you see may be old");
        await banner.waitFor();
        await banner.evaluate(element => {
            new MutationObserver(() => { document.title = element.isConnected ? document.title : "flickered"; }).observe(document.body, { childList: true, subtree: true });
        });
        await tab.page.waitForTimeout(3000);
        assert.notEqual(await tab.page.title(), "flickered");
        assert.ok(asked < 40, `${asked} requests`);
        await tab.page.unroute("**/api/**");
        await banner.waitFor({ state: "detached" });
        await tab.page.locator("tr[data-index]").first().waitFor();
        await tab.close();
    });

    it("that ends forgets the agent’s name, and one that begins as somebody else forgets what was typed", async () => {
        const tab = await Tab.open(browser, service, `/help/console/issue/${issueId}`);
        await signIn(tab, keys.Auth__ApiKeys__0__Key);
        await tab.page.getByLabel("New message").fill("Anna’s sentence");
        await tab.page.getByLabel("Your name").fill("Anna");
        await tab.page.getByRole("button", { name: "Send" }).click();
        await tab.page.locator(".discussion li", { hasText: "Anna’s sentence" }).waitFor();
        await tab.page.getByLabel("New message").fill("Not sent yet");
        await sendRefused(tab);
        await signIn(tab, keys.Auth__ApiKeys__3__Key);
        await tab.page.getByLabel("Your name").waitFor();
        assert.equal(await tab.page.getByLabel("New message").inputValue(), "");
        await tab.page.getByLabel("Your name").fill("Ben");
        await tab.page.getByLabel("New message").fill("Ben’s");
        await tab.page.getByRole("button", { name: "Send" }).click();
        await tab.page.locator(".discussion li", { hasText: "Ben’s" }).waitFor();
        await tab.page.getByRole("button", { name: "Sign out" }).click();
        await tab.page.getByLabel("API key").waitFor();
        await tab.page.goto(`${service.url}/help/console/issue/${issueId}`);
        await signIn(tab, keys.Auth__ApiKeys__0__Key);
        await tab.page.getByLabel("Your name").waitFor();
        await tab.close();
    });

    it("shows a screen that isn’t there yet once the service is back, not the browser’s own page", async () => {
        const tab = await Tab.open(browser, service, `/help/console/issue/${issueId}`);
        await signIn(tab, keys.Auth__ApiKeys__0__Key);
        await tab.page.getByRole("heading", { name: "Details" }).waitFor();
        await service.restart(async () => {
            await tab.page.getByRole("link", { name: "Insights" }).click();
            await tab.page.getByText("This can’t be shown at the moment.").waitFor();
        });
        await tab.page.getByRole("heading", { name: "Insights" }).waitFor();
        await tab.close();
    });

    it("can be had in a browser that keeps nothing", async () => {
        const context = await browser.newContext();
        await context.addInitScript(() => {
            for (const name of ["localStorage", "sessionStorage"]) {
                Object.defineProperty(window, name, { get: () => { throw new DOMException("Denied", "SecurityError"); } });
            }
        });
        const page = await context.newPage();
        await page.goto(`${service.url}/help/console/issue/${issueId}`);
        await page.getByLabel("API key").fill(keys.Auth__ApiKeys__0__Key);
        await page.getByRole("button", { name: "Sign in" }).click();
        await page.getByRole("heading", { name: "Details" }).waitFor();
        await context.close();
    });

    it("of who may only erase leads to customers’ data", async () => {
        const tab = await Tab.open(browser, service, "/help/console/");
        await signIn(tab, keys.Auth__ApiKeys__4__Key);
        await tab.page.getByRole("heading", { name: "Customer data" }).waitFor();
        await tab.page.getByLabel("Customer’s e-mail").fill("jürgen@example.de");
        await tab.page.getByRole("button", { name: "Find" }).click();
        await tab.page.getByText("Nothing is kept about this customer.").waitFor();
        await tab.page.getByRole("button", { name: "Sign out" }).click();
        await tab.page.getByLabel("API key").waitFor();
        await tab.close();
    });

    it("outlives a service that is killed, and tells", async () => {
        const tab = await Tab.open(browser, service, `/help/console/issue/${issueId}`);
        await signIn(tab, keys.Auth__ApiKeys__0__Key);
        await tab.page.getByRole("heading", { name: "Details" }).waitFor();
        await tab.page.waitForTimeout(1000);
        await service.restart(async () => {
            await tab.page.getByText("The service can’t be reached.").first().waitFor();
            await tab.page.getByRole("button", { name: "pending", exact: true }).click();
            await tab.page.getByText("Not saved:").waitFor();
            assert.equal(await tab.page.getByRole("button", { name: "open", exact: true }).getAttribute("aria-pressed"), "true");
        });
        await tab.page.getByText("What you see may be old").waitFor({ state: "detached" });
        await call(service, "PATCH", `/api/order-issue/${issueId}`, { packer: "After the restart" }, team);
        await tab.page.locator("dd", { hasText: "After the restart" }).waitFor();
        await tab.close();
    });
});
