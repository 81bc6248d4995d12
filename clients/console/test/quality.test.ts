import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { call, create, isFitForEverybody, type Service, skip, Stage, Tab } from "./browser.js";

describe("Every screen", { skip }, () => {
    let stage: Stage;
    let browser: Browser;
    let service: Service;
    let page: Page;
    let issueId: string;
    before(async () => {
        stage = await Stage.open();
        ({ browser, service, tab: { page } } = stage);
        for (let index = 0; index < 12; index++) {
            await create(service, {
                items: [{ sku: index < 6 ? "MUG" : `SKU-${index}`, qty: 2 }], picker: index % 2 ? "Ann" : "Bea", fault: "carrier", priority: index % 5 ? "low" : "urgent",
                cost: { amount: 2.5, currency: "EUR" }, customerName: "Jo Long", customerEmail: "Jo@example.com", tags: ["vip"], dueAt: "2020-01-01T00:00:00Z",
            });
        }

        ({ issueId } = await create(service, { source: "freshdesk", ticketId: "18362", notes: "Wet box" }));
        await call(service, "PUT", "/api/issue-view/Open%20ones", { query: "status=open" });
    });
    after(() => stage?.close());

    const open = (path: string) => page.goto(service.url + path);

    it("speaks German, and keeps to the colours that were chosen", async () => {
        await open("/console/settings");
        await page.getByLabel("Language").selectOption("de");
        await page.getByRole("heading", { name: "Einstellungen" }).waitFor();
        await page.getByLabel("Farben").selectOption("dark");
        await page.reload();
        await page.getByRole("link", { name: "Auswertung" }).waitFor();
        assert.deepEqual(await page.evaluate(() => [document.documentElement.lang, getComputedStyle(document.body).backgroundColor]), ["de", "rgb(22, 24, 29)"]);
        await open("/console/new");
        await page.getByLabel("E-Mail des Kunden").fill("Unsinn");
        await page.getByRole("button", { name: "Anlegen" }).click();
        await page.getByText("muss eine E-Mail-Adresse sein").waitFor();
        await page.getByText("fehlt").first().waitFor();
        assert.equal(await page.getByText(/\b(must|is required)\b/).count(), 0, "of what the service says in English");
        await page.evaluate(() => sessionStorage.clear());
        await open("/console/settings");
        await page.getByLabel("Sprache").selectOption("en");
        await page.getByLabel("Colours").selectOption("system");
    });

    it("is loaded again where an upgrade has taken a file away", async () => {
        const own = await Tab.open(browser, service);
        await own.page.locator("tr[data-index]").first().waitFor();
        let asked = 0;
        await own.page.route("**/assets/Insights-*.js", route => asked++ < 1 ? route.fulfill({ status: 404 }) : route.continue());
        await own.page.getByRole("link", { name: "Insights" }).click();
        await own.page.getByRole("heading", { name: "Insights" }).waitFor();
        assert.equal(asked, 2); // A page asks once for a file.
        await own.close();
    });

    it("has no fault in its dialogs", async () => {
        const own = await Tab.open(browser, service, "/console/?issueType=damaged");
        const { page } = own;
        const dialogs: Record<string, () => Promise<void>> = {
            "All filters": () => page.getByRole("button", { name: "All filters" }).click(),
            "Save as view": () => page.getByRole("button", { name: "Save as view" }).click(),
            "Keyboard shortcuts": () => page.getByRole("button", { name: "Keyboard shortcuts" }).click(),
            "Change issue": async () => {
                await page.getByRole("checkbox", { name: /^Select issue/ }).first().check();
                await page.getByRole("button", { name: "Change…" }).click();
            },
            "Export": async () => {
                await page.getByRole("link", { name: "Insights" }).click();
                await page.getByRole("button", { name: "Export" }).click();
            },
        };
        for (const [name, show] of Object.entries(dialogs)) {
            await show();
            await page.getByRole("dialog", { name }).waitFor();
            await isFitForEverybody(page);
            await page.keyboard.press("Escape");
            await page.getByRole("dialog").waitFor({ state: "detached" });
        }

        assert.deepEqual(own.faults, []);
        await own.close();
    });

    it("tells where a link has led: by the title, and by the focus", async () => {
        const own = await Tab.open(browser, service);
        await own.page.locator("tr[data-index]").first().waitFor();
        await own.page.keyboard.press("Tab");
        assert.equal(await own.page.evaluate(() => document.activeElement?.textContent), "Skip to content", "the page begins at its beginning");
        for (const name of ["Insights", "Settings", "New issue", "Customer data", "Queue"]) {
            await own.page.getByRole("link", { name, exact: true }).click();
            await own.page.waitForFunction(heading => document.activeElement?.tagName === "H1" && document.activeElement.textContent === heading, name);
            assert.equal(await own.page.title(), `${name} · Order issues`);
        }

        await own.close();
    });

    it("keeps its signs where the system chooses the colours", async () => {
        const own = await Tab.open(browser, service, `/console/issue/${issueId}`, { forcedColors: "active" });
        const background = (selector: string) => own.page.locator(selector).first().evaluate(element => getComputedStyle(element).backgroundColor);
        await own.page.locator("button.status").first().waitFor();
        assert.notEqual(await background("button[aria-pressed=true]"), await background("button[aria-pressed=false]"));
        await own.page.getByRole("link", { name: "Queue" }).first().click();
        await own.page.getByRole("checkbox", { name: /^Select issue/ }).first().check();
        assert.match(await own.page.locator("tr.selected").evaluate(element => getComputedStyle(element).outline), /solid/);
        await own.page.getByRole("link", { name: "Insights" }).click();
        assert.notEqual(await background(".bars .bar span"), await background("body"));
        await own.close();
    });

    for (const [name, path] of Object.entries({
        queue: "/console/?status=open", issue: "/console/issue/*", create: "/console/new", insights: "/console/insights", customers: "/console/customers", settings: "/console/settings",
    })) {
        for (const [colorScheme, width] of [["light", 360], ["dark", 1440]] as const) {
            it(`is fit for everybody: ${name} in ${colorScheme} colours and ${width} pixels`, async () => {
                const own = await Tab.open(browser, service, path.replace("*", issueId), { colorScheme, viewport: { width, height: 800 } });
                await own.page.waitForFunction(() => document.querySelector('#content h1') !== null && document.querySelector('#content [aria-busy="true"]') === null);
                await isFitForEverybody(own.page);
                assert.ok(await own.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the screen");
                assert.deepEqual(own.faults, []);
                await own.close();
            });
        }
    }
});
