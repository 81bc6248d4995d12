import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
// @ts-expect-error It has no types.
import { Provider } from "oidc-provider";
import type { Browser, Page } from "playwright-core";
import { create, launch, read, refuse, Service, skip, Tab } from "./browser.js";

const [audience, scopes] = ["https://order-issues.example/", "issues:read issues:write"];

describe("Signing in at a provider", { skip }, () => {
    let browser: Browser;
    let service: Service;
    let server: Server;
    let tokens = 0;
    let revoked = 0;
    before(async () => {
        server = createServer().listen(0, "127.0.0.1");
        await once(server, "listening");
        const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
        [browser, service] = await Promise.all([launch(), Service.start({
            Auth__AllowAnonymous: "false", Auth__Jwt__Authority: issuer, Auth__Jwt__Audience: audience,
            Auth__ApiKeys__0__Name: "test", Auth__ApiKeys__0__Key: "key-of-the-tests-0123456789abcdef", Auth__ApiKeys__0__Scopes__0: "issues:read", Auth__ApiKeys__0__Scopes__1: "issues:write",
            Console__Oidc__ClientId: "console", Console__Oidc__Scope: `openid profile offline_access ${scopes}`, Console__Oidc__Resource: audience,
        })]);
        const provider = new Provider(issuer, {
            clients: [{
                client_id: "console", application_type: "native", token_endpoint_auth_method: "none", redirect_uris: [`${service.url}/console/`],
                grant_types: ["authorization_code", "refresh_token"], response_types: ["code"],
            }],
            scopes: ["openid", "profile", "offline_access", ...scopes.split(" ")],
            claims: { openid: ["sub"], profile: ["name"] },
            conformIdTokenClaims: false,
            findAccount: (_: unknown, accountId: string) => ({ accountId, claims: () => ({ sub: accountId, name: "Kim Agent" }) }),
            clientBasedCORS: () => true,
            features: {
                devInteractions: { enabled: true },
                revocation: { enabled: true },
                resourceIndicators: {
                    enabled: true,
                    getResourceServerInfo: () => ({ scope: scopes, audience, accessTokenFormat: "jwt", accessTokenTTL: 3600, jwt: { sign: { alg: "RS256" } } }),
                },
            },
        } as any);
        provider.on("grant.success", () => tokens++);
        provider.on("grant.revoked", () => revoked++);
        server.on("request", provider.callback());
    });
    after(async () => {
        await browser?.close();
        await service?.stop();
        server?.close();
        server?.closeAllConnections();
    });

    const key = { "X-Api-Key": "key-of-the-tests-0123456789abcdef" };

    async function signIn(page: Page, login = "kim"): Promise<void> {
        await page.getByRole("button", { name: "Sign in at 127.0.0.1" }).click();
        await page.locator('input[name="login"]').fill(login);
        await page.locator('input[name="password"]').fill("any");
        await page.locator('button[type="submit"]').click();
        await page.locator('button[type="submit"]', { hasText: "Continue" }).click();
    }

    it("leads back to where one was, with one's name, and renews the token by itself", async () => {
        const { issueId } = await create(service, {}, key);
        const tab = await Tab.open(browser, service, `/console/issue/${issueId}`);
        const { page } = tab;
        await signIn(page);
        await page.getByRole("heading", { name: `Issue ${issueId}` }).waitFor();
        assert.equal(new URL(page.url()).search, "");
        assert.equal(await page.getByLabel("Your name").count(), 0);
        assert.equal(tokens, 1);

        let refused = 0;
        await page.route("**/api/order-issue/discussion/**", route => refused++ > 0 ? route.continue() : refuse(route, 401, "unauthorized"));
        await page.getByLabel("New message").fill("Renewed");
        await page.getByRole("button", { name: "Send" }).click();
        await page.locator(".discussion li", { hasText: "Renewed" }).waitFor();
        assert.equal(await page.getByRole("dialog").count(), 0);
        assert.equal(tokens, 2);

        // A provider that can't be reached has refused nobody.
        refused = 0;
        await page.route("**/token", route => route.abort());
        await page.getByLabel("New message").fill("Sent later");
        await page.getByRole("button", { name: "Send" }).click();
        await page.getByText("The sign-in provider can’t be reached.").first().waitFor();
        assert.equal(await page.getByRole("dialog").count(), 0);
        await page.unroute("**/token");
        await page.getByRole("button", { name: "Send" }).click();
        await page.locator(".discussion li", { hasText: "Sent later" }).waitFor();
        await page.getByRole("button", { name: "Sign out" }).click();
        await page.getByLabel("API key").waitFor();
        assert.equal(revoked, 1, "nobody renews the token any more");
        assert.deepEqual(tab.faults, []);
        await tab.close();
    });

    it("as somebody else after a session has ended gives away nothing that was typed", async () => {
        const { issueId } = await create(service, {}, key);
        const tab = await Tab.open(browser, service, `/console/issue/${issueId}`);
        const { page } = tab;
        await signIn(page);
        for (const login of ["kim", "robin"]) {
            await page.getByLabel("New message").fill("Half a sentence");
            await page.route("**/api/order-issue/discussion/**", route => refuse(route, 401, "unauthorized"));
            await page.route("**/token", route => route.fulfill({ status: 400, json: { error: "invalid_grant" } }));
            await page.getByRole("button", { name: "Send" }).click();
            await page.getByRole("dialog", { name: "Sign in again" }).waitFor();
            await page.unrouteAll();
            await page.context().clearCookies();
            await signIn(page, login);
            await page.getByRole("heading", { name: "Details" }).waitFor();
            assert.equal(await page.getByLabel("New message").inputValue(), login === "kim" ? "Half a sentence" : "");
        }

        await tab.close();
    });
});
